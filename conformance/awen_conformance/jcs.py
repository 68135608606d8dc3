"""RFC 8785 text of a JSON value: the suite's own, so that it needs nobody's implementation to make a case."""

import json
import math
import re
from json.encoder import encode_basestring

__all__ = ["dumps", "loads"]

_EXPONENT = re.compile(r"^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$")


def loads(data: bytes) -> object:
    """A JSON document that the suite itself made, or trusts."""
    return json.loads(data)


def dumps(value: object) -> bytes:
    """The canonical text.

    Raises:
        TypeError: The value is not one that JSON has.
        ValueError: A number is not finite.
    """
    return _text(value).encode()


def _text(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{encode_basestring(name)}:{_text(value[name])}" for name in names) + "}"
    raise TypeError(f"JSON has no {type(value).__name__}")


def _number(value: float) -> str:
    """ECMAScript Number::toString (RFC 8785 section 3.2.2.3), from Python's shortest digits."""
    if not math.isfinite(value):
        raise ValueError("JSON has no infinity and no NaN")
    if value == 0.0:
        return "0"
    text = repr(value)
    if "e" not in text:
        return text.removesuffix(".0")
    found = _EXPONENT.match(text)
    if found is None:
        raise ValueError(f"{text} is no number of Python's")
    sign, whole, fraction, exponent = found[1], found[2], found[3] or "", int(found[4])
    digits, point = whole + fraction, len(whole) + exponent
    if 0 < point <= 21:
        return sign + (
            digits.ljust(point, "0") if len(digits) <= point else f"{digits[:point]}.{digits[point:]}"
        )
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{sign}{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"
