"""Where the rules of JSON end: the last value that is inside, and the first that is not."""

import pytest

from awen_ref import canonical
from awen_ref.canonical import CanonicalError, dumps, loads
from awen_ref.canonical.agreement import departure
from awen_ref.canonical.text import NoTextError, number_text
from awen_ref.limits import DEFAULT


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5e-7, "1.5e-7"),
        (-2.5e-9, "-2.5e-9"),
        (1e-7, "1e-7"),
        (1.25e-7, "1.25e-7"),
        (0.0000015, "0.0000015"),
        (2.5e21, "2.5e+21"),
        (1e21, "1e+21"),
        (1.5e20, "150000000000000000000"),
        (123456789012345680000.0, "123456789012345680000"),
    ],
)
def test_short_numbers_are_laid_out_as_ecmascript_does(value: float, text: str) -> None:
    """AWB-R-085."""
    assert number_text(value) == text


def test_a_document_of_the_largest_size_is_read() -> None:
    limits = DEFAULT._replace(json_bytes=7)
    assert canonical.loads(b'["abc"]', limits=limits) == ["abc"]
    assert canonical.loads_canonical(b'["abc"]', limits=limits) == ["abc"]
    for reading in (canonical.loads, canonical.loads_canonical):
        with pytest.raises(CanonicalError) as refused:
            reading(b'["abcd"]', limits=limits)
        assert [finding.code for finding in refused.value.findings] == ["AWB-LIM-010"]


def test_the_member_that_stands_twice_is_named_and_not_the_first() -> None:
    """AWB-R-082."""
    with pytest.raises(CanonicalError) as refused:
        canonical.loads(b'{"a":1,"b":2,"c":3,"b":4}')
    assert [finding.pointer for finding in refused.value.findings] == ["/b"]


@pytest.mark.parametrize(
    "token", ["0", "7", "999999999999999", "1234567890123456", "-9007199254740991", "9007199254740991"]
)
def test_an_integer_that_binary64_holds_stays_an_integer(token: str) -> None:
    for value in (canonical.loads(token.encode()), canonical.loads_canonical(token.encode())):
        assert type(value) is int
        assert value == int(token)


def test_levels_are_counted_where_a_document_is_held_against_its_text() -> None:
    """AWB-R-361: one level more than may open."""
    data = b'{"a":[[1]]}'
    value = {"a": [[1]]}
    assert departure(value, data, 3) is None
    with pytest.raises(NoTextError):
        departure(value, data, 2)
    with pytest.raises(NoTextError):
        departure([[[1]]], b"[[[1]]]", 2)
    assert departure([[[1]]], b"[[[1]]]", 3) is None


def test_an_error_says_how_many_more_there_are() -> None:
    one, two = b'{"a":1e999}', b'{"a":1e999,"b":1e999}'
    texts = []
    for data in (one, two):
        with pytest.raises(CanonicalError) as refused:
            canonical.loads(data, path="x.json")
        texts.append((str(refused.value), len(refused.value.findings)))
    assert texts[0][1] == 1
    assert "more)" not in texts[0][0]
    if texts[1][1] > 1:
        assert texts[1][0].endswith(f" (and {texts[1][1] - 1} more)")


def test_values_of_derived_classes_are_written_as_what_they_are() -> None:
    class Row(list[int]):
        """A list by another name."""

    class Words(str):
        """Text by another name."""

        __slots__ = ()

    class Table(dict[str, object]):
        """An object by another name."""

    assert canonical.dumps(Row([1, 2])) == b"[1,2]"
    assert canonical.dumps(Table(a=Words("b"))) == b'{"a":"b"}'


def test_an_object_of_as_many_members_as_may_be_has_no_flaw_of_its_own() -> None:
    """AWB-R-361."""
    limits = DEFAULT._replace(json_keys=2)
    with pytest.raises(CanonicalError) as refused:
        canonical.loads(b'{"a":1e999,"b":1}', limits=limits)
    assert [(one.code, one.pointer) for one in refused.value.findings] == [("AWB-ENC-005", "/a")]
    with pytest.raises(CanonicalError) as refused:
        canonical.loads(b'{"a":1e999,"b":1,"c":1}', limits=limits)
    assert [one.code for one in refused.value.findings] == ["AWB-LIM-012"]


def test_a_flaw_on_the_deepest_level_is_told_as_what_it_is() -> None:
    value: object = float("nan")
    for _ in range(DEFAULT.json_depth):
        value = [value]
    with pytest.raises(CanonicalError) as refused:
        canonical.dumps(value)
    assert [one.code for one in refused.value.findings] == ["AWB-ENC-005"]


@pytest.mark.parametrize(("length", "whole"), [(255, True), (256, False)])
def test_a_name_in_a_pointer_is_whole_up_to_255_characters(length: int, whole: bool) -> None:  # noqa: FBT001
    name = "x" * length
    with pytest.raises(CanonicalError) as refused:
        canonical.dumps({name: float("nan")})
    assert (refused.value.findings[0].pointer == f"/{name}") is whole


@pytest.mark.parametrize(("length", "whole"), [(64, True), (65, False)])
def test_a_text_of_a_stranger_is_shown_whole_up_to_64_characters(length: int, whole: bool) -> None:  # noqa: FBT001
    name = "x" * length
    with pytest.raises(CanonicalError) as refused:
        canonical.loads(f'{{"{name}":1,"{name}":2}}'.encode())
    assert (name in refused.value.findings[0].message) is whole


def test_a_string_of_as_many_octets_as_may_be_has_no_flaw_of_its_own() -> None:
    """AWB-R-361: octets of UTF-8, of which two characters here have four."""
    limits = DEFAULT._replace(json_string_bytes=4)
    for text, codes in (("éé", ["AWB-ENC-005"]), ("ééa", ["AWB-LIM-013", "AWB-ENC-005"])):
        with pytest.raises(CanonicalError) as refused:
            canonical.loads(f'["{text}",1e999]'.encode(), limits=limits)
        assert [one.code for one in refused.value.findings] == codes


def test_document_of_exactly_as_many_values_as_may_be_is_read_in_any_layout() -> None:
    """Nine numbers and the array that holds them, far apart."""
    data = b"[" + b",   ".join([b"1"] * 9) + b"]"
    assert loads(data, limits=DEFAULT._replace(json_values=10)) == [1] * 9
    with pytest.raises(CanonicalError) as caught:
        loads(data, limits=DEFAULT._replace(json_values=9))
    assert [finding.code for finding in caught.value.findings] == ["AWB-LIM-017"]


@pytest.mark.parametrize("text", ["abcd", "\u00e9\u00e9", "\U0001f600"])
def test_text_of_exactly_as_many_octets_as_may_be_has_no_flaw(text: str) -> None:
    data = f' "{text}"'.encode()
    assert loads(data, limits=DEFAULT._replace(json_string_bytes=4)) == text
    with pytest.raises(CanonicalError) as caught:
        loads(data, limits=DEFAULT._replace(json_string_bytes=3))
    assert [finding.code for finding in caught.value.findings] == ["AWB-LIM-013"]


def test_name_that_is_no_text_hides_no_flaw_behind_it() -> None:
    with pytest.raises(CanonicalError) as caught:
        dumps({1: "one", "b": float("nan")})
    assert [finding.pointer for finding in caught.value.findings] == ["", "/b"]
