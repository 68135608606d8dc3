"""A document is held against its canonical text piece by piece, with the outcome that the whole has."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awen_ref.canonical import CanonicalError, dumps, loads_canonical
from awen_ref.canonical.agreement import departure
from awen_ref.limits import DEFAULT

trees = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(trees, st.data())
def test_departure_is_where_the_octets_first_differ(tree: object, data: st.DataObject) -> None:
    text = dumps(tree)
    assert departure(tree, text, 32) is None
    at = data.draw(st.integers(0, len(text)))
    altered = data.draw(
        st.sampled_from([text[:at] + b" " + text[at:], text[:at], text[:at] + text[at + 1 :]])
    )
    found = departure(tree, altered, 32)
    same = next((i for i, (a, b) in enumerate(zip(text, altered, strict=False)) if a != b), len(altered))
    assert found is None if altered == text else found is not None
    if found is not None:
        assert found[0] == min(same, len(text))
        assert text[found[0] :].startswith(found[1])


def test_large_document_that_is_not_canonical_is_refused_by_its_place() -> None:
    """AWB-R-080; the slow way, taken for a character beyond U+FFFF, without the text as a whole."""
    document = {"a": "\U00010000" + "x" * DEFAULT.json_keys, "b": [1, {"c": "d"}]}
    data = dumps(document)
    assert loads_canonical(data) == document
    quoted = b'"d"'
    spaced = data.replace(b'"c":', b'"c": ')
    with pytest.raises(CanonicalError, match=f"at byte {data.index(quoted)} stands") as caught:
        loads_canonical(spaced)
    assert [finding.code for finding in caught.value.findings] == ["AWB-ENC-007"]
    assert json.loads(spaced) == document
