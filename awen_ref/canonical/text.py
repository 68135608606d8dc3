"""RFC 8785 text of a value: the hot path, which only says *that* a value has no text, not why."""

from json.encoder import encode_basestring as _quote
from typing import cast

__all__ = ["MAX_SAFE_INTEGER", "NoTextError", "number_text", "ordered", "text"]

MAX_SAFE_INTEGER = 2**53 - 1
"""Largest integer of RFC 7493 section 2.2 (I-JSON), which RFC 8785 builds on."""


class NoTextError(ValueError):
    """A value somewhere in the tree has no canonical text; `flaws` finds out which, where and why."""


def text(value: object, depth: int) -> str:
    """The canonical text of a value, before it is encoded (RFC 8785 section 3.2).

    Args:
        value: None, bool, int, float, str, and lists, tuples and dicts of them.
        depth: How many more levels may open.

    Raises:
        NoTextError: Some value in the tree has no canonical text.
    """
    kind = type(value)
    if kind is str:
        return _quote(cast("str", value))
    if kind is float:
        return number_text(cast("float", value))
    if kind is dict:
        return _object(cast("dict[str, object]", value), depth)
    if kind is list or kind is tuple:
        return _array(cast("list[object]", value), depth)
    if kind is bool:
        return "true" if value else "false"
    if value is None:
        return "null"
    if kind is int:
        return _whole(cast("int", value))
    return text(_plain(value), depth)


def _array(value: list[object], depth: int) -> str:
    if depth == 0:
        raise NoTextError
    return "[" + ",".join([text(item, depth - 1) for item in value]) + "]"


def _object(value: dict[str, object], depth: int) -> str:
    if depth == 0:
        raise NoTextError
    # Strings, which most values are, are quoted without another call.
    members = [
        f"{_quote(key)}:{_quote(item) if type(item := value[key]) is str else text(item, depth - 1)}"
        for key in ordered(value)
    ]
    return "{" + ",".join(members) + "}"


def ordered(value: dict[str, object]) -> list[str]:
    """The names of an object's members in the order in which they are written.

    Raises:
        NoTextError: A name is no string, or holds a lone surrogate.
    """
    try:
        keys = sorted(value)
        if not "".join(keys).isascii():
            # Section 3.2.3: by UTF-16 code units, which differs from code points beyond U+FFFF.
            keys.sort(key=_utf16)
    except (TypeError, UnicodeEncodeError):
        raise NoTextError from None
    return keys


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _plain(value: object) -> object:
    """The builtin value of an instance of a subclass (an enumeration's member, a NumPy float64)."""
    match value:
        case str():
            return str.__str__(value)
        case int():
            return int(value)
        case float():
            return float(value)
        case list() | tuple():
            return list(value)
        case dict():
            return dict(value)
    raise NoTextError


def _whole(value: int) -> str:
    if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return repr(value)
    raise NoTextError


def number_text(value: float) -> str:
    """ECMAScript `Number::toString` (RFC 8785 section 3.2.2.3).

    Python's `repr` gives the same shortest digits; only the layout of whole, tiny and huge numbers differs.

    Raises:
        NoTextError: The number is not finite.
    """
    shortest = repr(value)
    if "e" in shortest:
        return _exponent(shortest)
    if shortest[-2:] == ".0":
        return "0" if value == 0 else shortest[:-2]
    if shortest[-1] in "nf":  # nan, inf
        raise NoTextError
    return shortest


def _exponent(shortest: str) -> str:
    """Lay out `d.ddde±xx` as ECMAScript does: plain from 1e-6 up to 1e21, else with a signed exponent.

    `repr` writes an exponent below 1e-4 and from 1e16 on, where 17 digits have no fraction.
    """
    sign = "-" if shortest[0] == "-" else ""
    mantissa, _, exponent = shortest.lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = int(exponent) + 1  # the value is 0.digits * 10^point
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"
