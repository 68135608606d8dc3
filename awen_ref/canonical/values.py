"""A JSON text without its strings, and how many values it holds before any is made (AWB-R-361, 362).

A value of a text takes an octet or two; parsed it takes up to two hundred. So the number of values is what
bounds the memory of a parse, and it has to be known beforehand. Most of a document is in its strings: what
has to be looked for outside of them is looked for in the little that is left without them.
"""

import re

__all__ = ["ValueCounter", "at_most", "count_values", "outline", "values_in"]

_WINDOW = 1 << 16
"""Strings are parted off so many octets at a time: a hostile text is made of quotation marks alone."""

_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_SPACES = b" \t\r\n"


def at_most(data: bytes) -> int:
    """A number that the values of a text do not exceed, had in a moment."""
    # Each value but the first stands behind a comma, or is the first one of an array or object.
    return data.count(b",") + data.count(b"[") + data.count(b"{") + 1


def outline(data: bytes) -> bytes:
    """A JSON text with one quotation mark in place of each string.

    Args:
        data: JSON. Of octets that are none, the outline says nothing.
    """
    if len(data) <= _WINDOW and b"\\" not in data:
        return b'"'.join(data.split(b'"')[::2])
    strings = _Strings()
    return b"".join(
        [strings.leave_out(data[start : start + _WINDOW]) for start in range(0, len(data), _WINDOW)]
    )


def values_in(outlined: bytes) -> int:
    """How many objects, arrays, strings, numbers and literals a text of that outline holds."""
    text = outlined.translate(None, _SPACES)
    return at_most(text) - text.count(b"[]") - text.count(b"{}")  # what is empty opens and holds nothing


def count_values(data: bytes) -> int:
    """How many objects, arrays, strings, numbers and literals a JSON text holds; names of members are none.

    Args:
        data: JSON. Of octets that are none, the count says nothing.
    """
    return values_in(outline(data))


class _Strings:
    """Leaves the strings out of a JSON text that arrives in pieces."""

    __slots__ = ("_escape", "_inside")

    def __init__(self) -> None:
        self._inside = False
        self._escape = b""  # a backslash at the edge of a piece, with what it escapes behind it

    def leave_out(self, piece: bytes) -> bytes:
        """What of the piece stands outside of strings, and a quotation mark for each that begins in it."""
        if self._escape or b"\\" in piece:
            piece = _ESCAPED.sub(b"", self._escape + piece)
            self._escape = piece[-1:] if piece.endswith(b"\\") else b""
            piece = piece.removesuffix(b"\\")
        parts = piece.split(b'"')
        outside = b'"'.join(parts[self._inside :: 2])
        self._inside ^= len(parts) % 2 == 0
        if self._inside and len(parts) > 1:  # one that began before the piece was given its mark then
            outside += b'"'
        return outside


class ValueCounter:
    """Counts the values of JSON texts that arrive in pieces.

    Attributes:
        inner: Values so far that stand inside of others.
        lines: Line feeds so far that stand outside of strings.
    """

    __slots__ = ("_last", "_strings", "inner", "lines")

    def __init__(self) -> None:
        """Begin before the first octet."""
        self.inner = self.lines = 0
        self._strings = _Strings()
        self._last = b""

    def update(self, piece: bytes) -> None:
        """Take the next octets."""
        for start in range(0, len(piece), _WINDOW):
            outside = self._strings.leave_out(piece[start : start + _WINDOW])
            self.lines += outside.count(b"\n")
            text = outside.translate(None, _SPACES)
            self.inner += values_in(text) - 1 - ((self._last + text[:1]) in {b"[]", b"{}"})
            self._last = text[-1:] or self._last
