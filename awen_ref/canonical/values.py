"""How many values a JSON text holds, counted before any of them is made (AWB-R-361, 362).

A value of a text takes an octet or two; parsed it takes up to two hundred. So the number of values is what
bounds the memory of a parse, and it has to be known beforehand.
"""

import re

__all__ = ["ValueCounter", "at_most", "count_values"]

_WINDOW = 1 << 16
_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_SPACES = b" \t\r"


def at_most(data: bytes) -> int:
    """A number that the values of a text do not exceed, had in a moment."""
    # Each value but the first stands behind a comma, or is the first one of an array or object.
    return data.count(b",") + data.count(b"[") + data.count(b"{") + 1


def count_values(data: bytes) -> int:
    """How many objects, arrays, strings, numbers and literals a JSON text holds; names of members are none.

    Args:
        data: JSON. Of octets that are none, the count says nothing.
    """
    counter = ValueCounter()
    counter.update(data)
    return counter.inner + 1


class ValueCounter:
    """Counts the values of JSON texts that arrive in pieces.

    Attributes:
        inner: Values so far that stand inside of others.
        lines: Line feeds so far that stand outside of strings.
    """

    __slots__ = ("_escape", "_inside", "_last", "inner", "lines")

    def __init__(self) -> None:
        """Begin before the first octet."""
        self.inner = self.lines = 0
        self._inside = False
        self._escape = b""  # a backslash at the edge of a piece, with what it escapes behind it
        self._last = b""

    def update(self, piece: bytes) -> None:
        """Take the next octets."""
        for start in range(0, len(piece), _WINDOW):
            outside = self._outside(piece[start : start + _WINDOW])
            self.lines += outside.count(b"\n")
            text = outside.replace(b"\n", b"")
            self.inner += at_most(text) - 1
            # What is empty opens and holds nothing.
            self.inner -= text.count(b"[]") + text.count(b"{}") + ((self._last + text[:1]) in {b"[]", b"{}"})
            self._last = text[-1:] or self._last

    def _outside(self, piece: bytes) -> bytes:
        """The text without strings, each replaced by a digit, and without space but line feeds."""
        if self._escape or b"\\" in piece:
            piece = _ESCAPED.sub(b"", self._escape + piece)
            self._escape = piece[-1:] if piece.endswith(b"\\") else b""
            piece = piece.removesuffix(b"\\")
        parts = piece.split(b'"')
        outside = b"0".join(parts[self._inside :: 2])
        self._inside ^= len(parts) % 2 == 0
        if self._inside and len(parts) > 1:  # one that began before the piece was given its digit then
            outside += b"0"
        return outside.translate(None, _SPACES)
