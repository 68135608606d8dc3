"""Values are counted from the text as they are in the tree."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awen_ref.canonical import CanonicalError, ValueCounter, count_values, loads, loads_canonical, outline
from awen_ref.canonical import values as counting
from awen_ref.canonical.values import at_most
from awen_ref.limits import DEFAULT

awkward = st.sampled_from(
    ["", "a,b", "[]", "{}", "\\", '"', '\\"', "é", "[", "]", '{"a":[]}', "\n", "x" * 20]
)
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | awkward,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(awkward, inner, max_size=3),
    max_leaves=12,
)


def values_of(tree: object) -> int:
    """The same count, taken from the tree."""
    if isinstance(tree, dict):
        return 1 + sum(map(values_of, tree.values()))
    return 1 + sum(map(values_of, tree)) if isinstance(tree, list) else 1


@given(trees, st.sampled_from([None, 1]), st.integers(1, 9))
def test_count_is_that_of_the_tree_however_the_text_is_laid_out_and_cut(
    tree: object, indent: int | None, step: int
) -> None:
    data = json.dumps(tree, indent=indent).encode()
    assert count_values(data) == values_of(tree)
    assert values_of(tree) <= at_most(data)
    assert values_of(tree) <= (len(data) + 1) / 2
    counter = ValueCounter()
    for start in range(0, len(data), step):
        counter.update(data[start : start + step])
    assert counter.inner + 1 == values_of(tree)
    assert counter.lines == data.count(b"\n")


@given(trees, st.sampled_from([None, 1]), st.integers(1, 9))
def test_outline_has_one_quotation_mark_for_each_string_however_the_text_is_cut(
    tree: object, indent: int | None, window: int
) -> None:
    data = json.dumps(tree, indent=indent).encode()
    expected = re.sub(rb'"(?:[^"\\]|\\.)*"', b'"', data)
    assert outline(data) == expected
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(counting, "_WINDOW", window)
        assert outline(data) == expected


@pytest.mark.parametrize("read", [loads, loads_canonical])
def test_text_with_a_value_more_than_may_be_is_refused_before_it_is_parsed(read: object) -> None:
    """AWB-R-361, AWB-R-362."""
    assert callable(read)
    limits = DEFAULT._replace(json_values=100)
    assert read(b"[" + b"0," * 98 + b"0]", limits=limits) == [0] * 99
    assert read(b'["' + b"," * 500 + b'"]', limits=limits) == ["," * 500]
    with pytest.raises(CanonicalError) as caught:
        read(b"[" + b"0," * 100 + b"0", limits=limits)  # not even ended
    assert [finding.code for finding in caught.value.findings] == ["AWB-LIM-017"]
