"""Where a document leaves the canonical text of its value, without that text ever being there as a whole.

A document of a few megabytes with one character beyond U+FFFF takes four octets a character as a `str`, and
its canonical text as much again. Held against each other value by value, they take what one string takes.
"""

from awen_ref.canonical.text import NoTextError, ordered, text

__all__ = ["SHOWN", "departure"]

SHOWN = 12
"""Octets that are shown of a place where a document departs."""


class _DepartsError(Exception):
    """A document leaves its canonical text."""

    def __init__(self, at: int, belongs: bytes) -> None:
        super().__init__(at, belongs)
        self.at = at
        self.belongs = belongs


def departure(value: object, data: bytes, depth: int) -> tuple[int, bytes] | None:
    """The first octet of a document that is not the canonical text's, and what belongs there.

    Args:
        value: What the document was parsed to.
        data: The document.
        depth: How many levels may open.

    Returns:
        Offset, and the beginning of what belongs there; `None` where the document is the canonical text.

    Raises:
        NoTextError: Some value in the tree has no canonical text.
    """
    try:
        end = _passed(value, data, 0, depth)
    except _DepartsError as error:
        return error.at, error.belongs
    return None if end == len(data) else (end, b"")


def _passed(value: object, data: bytes, at: int, depth: int) -> int:
    """The offset behind the canonical text of a value, which stands at an offset."""
    kind = type(value)
    if not value or (kind is not dict and kind is not list):
        return _token(text(value, depth).encode(), data, at)
    if depth == 0:
        raise NoTextError
    if isinstance(value, dict):
        mark = b"{"
        for key in ordered(value):
            at = _token(mark + text(key, 0).encode() + b":", data, at)
            at = _passed(value[key], data, at, depth - 1)
            mark = b","
        return _token(b"}", data, at)
    mark = b"["
    for item in value if isinstance(value, list) else ():
        at = _passed(item, data, _token(mark, data, at), depth - 1)
        mark = b","
    return _token(b"]", data, at)


def _token(token: bytes, data: bytes, at: int) -> int:
    """The offset behind a piece of the canonical text.

    Raises:
        _DepartsError: Something else stands there. The first octet that differs is found by halving, since
            one by one takes long in a long string.
    """
    if data.startswith(token, at):
        return at + len(token)
    same, differs = 0, len(token)
    while differs - same > 1:
        middle = (same + differs) // 2
        same, differs = (middle, differs) if data.startswith(token[:middle], at) else (same, middle)
    raise _DepartsError(at + same, token[same : same + SHOWN])
