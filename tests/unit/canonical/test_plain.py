"""The short way says yes to nothing that the long way would refuse."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awen_ref.canonical import CanonicalError, dumps, loads, loads_canonical
from awen_ref.canonical.plain import NOT_PLAIN, parse_plain
from awen_ref.limits import DEFAULT

BULK = {f"k{number:05}": "x" * 20 for number in range(1000)}
"""Members that make a document as large as those it is for."""


def large(value: object) -> bytes:
    return dumps({"a": value, **BULK})


@pytest.mark.parametrize(
    "value", [1, 0, 2**53 - 1, "\u00e9\uffff", True, None, [], {}, [[1, "x"]], 1.5, 1e-7, 1e21]
)
def test_large_plain_document_is_its_value(value: object) -> None:
    data = large(value)
    assert parse_plain(data, DEFAULT) == json.loads(data) == loads_canonical(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"a":1', b'"a":-0'),
        (b'"a":1', b'"a":1.0'),
        (b'"a":1', b'"a":1e0'),
        (b'"a":1', b'"a":10e20'),
        (b'"a":1', b'"a":9007199254740993'),
        (b'"a":1', b'"a":NaN'),
        (b'"a":1', b'"a":1e400'),
        (b'"a":1', b'"a": 1'),
        (b'"a":1', b'"a":1,"a":1'),
        (b'"a":1', b'"b":1,"a":1'),
        (b'"a":1', b'"a":"\\u00e9"'),
        (b'"a":1', b'"a":"\xff"'),
        (b"{", b"\xef\xbb\xbf{"),
        (b"{", b" {"),
    ],
)
def test_large_document_with_one_flaw_is_refused(old: bytes, new: bytes) -> None:
    data = large(1).replace(old, new, 1)
    assert parse_plain(data, DEFAULT) is NOT_PLAIN
    with pytest.raises(CanonicalError):
        loads_canonical(data)


def test_members_beyond_u_ffff_are_ordered_as_utf_16() -> None:
    data = large({"\U00010000": 1, "\uffff": 2})
    assert parse_plain(data, DEFAULT) is NOT_PLAIN
    assert loads_canonical(data) == json.loads(data)


@pytest.mark.parametrize(
    ("limits", "value"),
    [
        (DEFAULT._replace(json_depth=3), [[[1]]]),
        (DEFAULT._replace(json_string_bytes=100), "x" * 101),
        (DEFAULT._replace(json_keys=1000), 1),
        (DEFAULT._replace(json_bytes=20_000), 1),
    ],
)
def test_large_document_over_a_limit_is_refused(limits: object, value: object) -> None:
    assert isinstance(limits, type(DEFAULT))
    with pytest.raises(CanonicalError):
        loads_canonical(large(value), limits=limits)


def test_string_of_the_longest_length_allowed_is_accepted() -> None:
    limits = DEFAULT._replace(json_string_bytes=100)
    assert parse_plain(large("x" * 100), limits) is not NOT_PLAIN


@given(st.lists(st.integers(0, 12), min_size=1, max_size=30), st.integers(1, 12))
def test_strings_are_as_long_as_allowed_and_no_longer(lengths: list[int], longest: int) -> None:
    limits = DEFAULT._replace(json_string_bytes=longest)
    data = dumps(["x" * length for length in lengths])
    assert (parse_plain(data, limits) is not NOT_PLAIN) == (max(lengths) <= longest)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(values)
@settings(deadline=None)
def test_what_another_encoder_writes_is_accepted_only_where_it_is_canonical(value: object) -> None:
    text = json.dumps({"a": value, **BULK}, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "surrogatepass")
    try:
        canonical = dumps(loads(data))
    except CanonicalError:
        canonical = b""
    if canonical == data:
        assert loads_canonical(data) == loads(data)
    else:
        assert parse_plain(data, DEFAULT) is NOT_PLAIN
        with pytest.raises(CanonicalError):
            loads_canonical(data)


@pytest.mark.parametrize(("items", "plain"), [(9, True), (10, False), (13, False)])
def test_as_many_values_as_may_be_are_plain_and_one_more_is_not(items: int, plain: bool) -> None:  # noqa: FBT001
    """The array is one of them."""
    data = dumps([1] * items)
    assert (parse_plain(data, DEFAULT._replace(json_values=10)) is not NOT_PLAIN) == plain
