"""What keeps a tree from being an acceptable document, and where: the slow path, taken for bad documents."""

import math
from collections.abc import Iterator

from awen_ref.canonical.text import MAX_SAFE_INTEGER
from awen_ref.errors import AwenError, Finding
from awen_ref.limits import Limits

__all__ = ["MOST_FINDINGS", "CanonicalError", "Repeated", "flaws", "refusal"]

NOT_FINITE, LONE_SURROGATE, DUPLICATE_KEY, NO_TEXT = (
    "AWB-ENC-005",
    "AWB-ENC-006",
    "AWB-ENC-004",
    "AWB-ENC-010",
)
TOO_DEEP, TOO_MANY_KEYS, LONG_STRING = "AWB-LIM-011", "AWB-LIM-012", "AWB-LIM-013"

MOST_FINDINGS = 20
"""The first flaws of a document are enough to mend it; a hostile one has millions."""


class CanonicalError(AwenError):
    """A document is not strict JSON, not canonical, or over a limit; or a value has no canonical text."""


class Repeated:
    """Stands in the parsed tree for an object with a repeated member, until `flaws` finds where it is."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        """Keep the member's name."""
        self.key = key


def refusal(*findings: Finding) -> CanonicalError:
    """The error that carries these findings and tells the first one."""
    first = findings[0]
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return CanonicalError(f"{first.path or 'the document'}: {first.message}{more}", findings=findings)


def flaws(value: object, pointer: str, depth: int, limits: Limits) -> Iterator[Finding]:
    """Everything that keeps a tree from being an acceptable document, in document order."""
    match value:
        case str():
            yield from _string_flaws(value, pointer, limits)
        case bool() | None:
            pass
        case int() | float():
            yield from _number_flaws(value, pointer)
        case Repeated():
            message = f"the member {_shown(value.key)} stands twice"
            yield Finding(DUPLICATE_KEY, message, pointer=f"{pointer}/{_token(value.key)}")
        case dict() | list() | tuple():
            yield from _container_flaws(value, pointer, depth, limits)
        case _:
            yield Finding(NO_TEXT, f"a {type(value).__name__} is no JSON value", pointer=pointer)


def _number_flaws(value: float, pointer: str) -> Iterator[Finding]:
    if isinstance(value, int):
        if abs(value) > MAX_SAFE_INTEGER:
            yield Finding(NO_TEXT, "an integer beyond 2^53-1", pointer=pointer)
    elif not math.isfinite(value):
        yield Finding(NOT_FINITE, f"a number that binary64 reads as {value}", pointer=pointer)


def _container_flaws(
    value: dict[object, object] | list[object] | tuple[object, ...], pointer: str, depth: int, limits: Limits
) -> Iterator[Finding]:
    if depth == limits.json_depth:
        yield Finding(TOO_DEEP, f"nests deeper than {limits.json_depth} levels", pointer=pointer)
    elif isinstance(value, dict):
        yield from _object_flaws(value, pointer, depth, limits)
    else:
        for index, item in enumerate(value):
            yield from flaws(item, f"{pointer}/{index}", depth + 1, limits)


def _object_flaws(value: dict[object, object], pointer: str, depth: int, limits: Limits) -> Iterator[Finding]:
    if len(value) > limits.json_keys:
        message = f"an object with {len(value)} members, allowed are {limits.json_keys}"
        yield Finding(TOO_MANY_KEYS, message, pointer=pointer)
        return
    for key, item in value.items():
        if not isinstance(key, str):
            yield Finding(NO_TEXT, f"the member name {key!r} is not a string", pointer=pointer)
            continue
        for finding in _string_flaws(key, pointer, limits):
            yield finding._replace(message=f"in a member's name: {finding.message}")
        yield from flaws(item, f"{pointer}/{_token(key)}", depth + 1, limits)


def _token(key: str) -> str:
    """A member's name in a pointer: printable, and no longer than a reader bears."""
    if len(key) > 255 or not key.isprintable():
        key = _shown(key)
    return key.replace("~", "~0").replace("/", "~1")


def _string_flaws(value: str, pointer: str, limits: Limits) -> Iterator[Finding]:
    if len(value) > limits.json_string_bytes:  # told without another copy of it
        message = f"a string of {len(value)} characters, allowed are {limits.json_string_bytes} bytes"
        yield Finding(LONG_STRING, message, pointer=pointer)
        return
    try:
        size = len(value.encode())
    except UnicodeEncodeError as error:
        message = f"a string holds the lone surrogate U+{ord(value[error.start]):04X}"
        yield Finding(LONE_SURROGATE, message, pointer=pointer)
        return
    if size > limits.json_string_bytes:
        message = f"a string of {size} bytes, allowed are {limits.json_string_bytes}"
        yield Finding(LONG_STRING, message, pointer=pointer)


def _shown(text: str) -> str:
    """A string from a stranger, short and printable."""
    return ascii(text if len(text) <= 64 else f"{text[:61]}...")
