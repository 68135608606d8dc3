"""The short way to accept a canonical document: by its tokens, instead of writing it anew.

Most documents have no escapes and no character beyond U+FFFF. Such a one is canonical iff nothing stands
between the tokens, the members of every object ascend, and every number is spelled as ECMAScript spells it.
Whatever is not accepted here goes the long way, which also says what is wrong; this module answers yes or
"cannot say".
"""

import json
from itertools import chain

from awen_ref.canonical.text import MAX_SAFE_INTEGER, NoTextError, number_text
from awen_ref.canonical.values import at_most, outline
from awen_ref.limits import Limits

__all__ = ["NOT_PLAIN", "parse_plain"]

NOT_PLAIN = object()
"""The answer "cannot say"."""

_SPACES = (b" ", b"\n", b"\r", b"\t")
_BEYOND = tuple(bytes([lead]) for lead in range(0xF0, 0xF5))
"""First octets of characters beyond U+FFFF. Without those, code points order as UTF-16 does."""

_CONTAINERS = frozenset({dict, list})
_EXACT_DIGITS = 15


def parse_plain(data: bytes, limits: Limits, outlined: bytes | None = None) -> object:
    """The value of a document that is canonical and within the limits, or `NOT_PLAIN`.

    Args:
        data: The document.
        limits: Bounds on it.
        outlined: Its outline, where that is at hand.
    """
    if b"\\" in data or len(data) > limits.json_bytes:
        return NOT_PLAIN
    outlined = outline(data) if outlined is None else outlined
    if len(data) > 2 * limits.json_values and at_most(outlined) > limits.json_values:
        return NOT_PLAIN
    if not data.isascii() and any(lead in data for lead in _BEYOND):
        return NOT_PLAIN
    if any(space in outlined for space in _SPACES) or not _has_short_strings(data, limits.json_string_bytes):
        return NOT_PLAIN
    try:
        value: object = _DECODER.decode(data.decode())
    except (ValueError, RecursionError):
        return NOT_PLAIN
    return value if _is_ordered(value, outlined.count(b'":'), limits) else NOT_PLAIN


def _has_short_strings(data: bytes, longest: int) -> bool:
    """Whether no string is longer than it may be; False also where that many octets have no string at all."""
    start = 0
    while start + longest < len(data):
        mark = data.rfind(b'"', start, start + longest + 1)
        if mark < 0:
            return False
        start = mark + 1
    return True


def _is_ordered(value: object, members: int, limits: Limits) -> bool:
    """Whether the members of every object ascend, stand once, and are no more than may be, on few levels.

    Args:
        value: What was parsed, with the last of equal members kept.
        members: How many names of members stand in the text.
        limits: How many levels may open, and how many members an object may have.
    """
    depth, most = limits.json_depth, limits.json_keys
    level = [value] if type(value) in _CONTAINERS else []
    while level and depth:
        depth -= 1
        objects = [container for container in level if type(container) is dict]
        arrays = [container for container in level if type(container) is list]
        members -= sum(map(len, objects))
        orders = set(map(tuple, objects))  # most objects of a document have the members of many others
        if not all(len(order) <= most and list(order) == sorted(order) for order in orders):
            return False
        inner = chain(chain.from_iterable(map(dict.values, objects)), chain.from_iterable(arrays))
        level = [item for item in inner if type(item) in _CONTAINERS]
    return not level and members == 0


def _integer(digits: str) -> int | float:
    if len(digits) <= _EXACT_DIGITS and digits != "-0":
        return int(digits)
    value = _number(digits)
    return int(value) if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER else value


def _number(token: str) -> float:
    value = float(token)
    if number_text(value) != token:
        raise NoTextError
    return value


_DECODER = json.JSONDecoder(parse_float=_number, parse_int=_integer, parse_constant=_number)
