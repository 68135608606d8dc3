import codecs

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awen_ref.bundle.bagit import bag_info, read_bag_info, single_line

TEXT = st.text(max_size=60)


def test_bag_info_is_sorted_and_one_line_a_field() -> None:
    """AWB-R-025."""
    data = bag_info(
        {"Payload-Oxum": "5.1", "External-Description": "two\r\nlines\u2028and\x0bmore", "Empty": " \n"}
    )
    assert data == b"External-Description: two lines and more\nPayload-Oxum: 5.1\n"


def test_long_value_is_not_folded() -> None:
    assert bag_info({"Label": "word " * 100}).count(b"\n") == 1


@given(TEXT)
def test_single_line_is_a_single_line_for_every_reader(text: str) -> None:
    line = single_line(text)
    assert line == single_line(line)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@given(
    st.dictionaries(st.sampled_from(["Contact-Name", "External-Description", "Source-Organization"]), TEXT)
)
def test_bag_info_reads_back(fields: dict[str, str]) -> None:
    data = bag_info(fields)
    kept = {label: single_line(text) for label, text in fields.items() if single_line(text)}
    assert (dict(read_bag_info(data)) if data else {}) == kept


@given(
    st.dictionaries(st.sampled_from(["Contact-Name", "External-Description", "Source-Organization"]), TEXT)
)
def test_bagit_reads_the_same_values(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str]
) -> None:
    place = tmp_path_factory.mktemp("bag") / "bag-info.txt"
    place.write_bytes(bag_info(fields))
    with codecs.open(str(place), encoding="utf-8") as stream:
        found = dict(bagit._parse_tags(stream))
    assert found == {label: single_line(text) for label, text in fields.items() if single_line(text)}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Label: x",
        b"Label:x\n",
        b" folded\n",
        b"Label: x\r\n",
        b"\n",
        b"Label: \n",
        b"La\xffbel: x\n",
        b": x\n",
    ],
)
def test_bag_info_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - several messages, one meaning
        read_bag_info(data)


def test_doubled_labels_are_both_given() -> None:
    assert read_bag_info(b"A: 1\nA: 2\n") == [("A", "1"), ("A", "2")]
