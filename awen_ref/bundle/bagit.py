"""The BagIt tag files (RFC 8493) in the one form that AWEN writes and accepts (AWB-R-019, 022, 025).

RFC 8493 lets a writer fold long values and a reader keep the fold or not, so that two tools can read two
values out of one folded line. Here a value is one line, however long (AWB-R-022), and every reader agrees.
"""

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["BAGIT_TXT", "bag_info", "read_bag_info", "single_line"]

BAGIT_TXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""The whole of `bagit.txt` (RFC 8493 section 2.1.1, AWB-R-019)."""

_BREAKING = frozenset({"Cc", "Zl", "Zp", "Zs"})
"""Unicode categories that some tool takes for a line end or for the white space of a fold."""

_LINE = re.compile(r"([^\s:][^:\r]*): ([^\r]+)")


def single_line(text: str) -> str:
    """The text on one line: each run of white space and control characters becomes one space.

    Args:
        text: Any text, line ends included.
    """
    spaced = "".join(" " if unicodedata.category(letter) in _BREAKING else letter for letter in text)
    return " ".join(spaced.split())


def bag_info(fields: Mapping[str, str]) -> bytes:
    """The bytes of `bag-info.txt`: one `Label: value` line a field, ascending by label.

    Args:
        fields: Label to value. Values are brought onto one line; a field left empty by that is not written.
    """
    values = {label: single_line(text) for label, text in fields.items()}
    return "".join(f"{label}: {values[label]}\n" for label in sorted(values) if values[label]).encode()


def read_bag_info(data: bytes) -> list[tuple[str, str]]:
    """The fields of a `bag-info.txt`, in order, doubled labels included.

    Args:
        data: The bytes of the file.

    Raises:
        ValueError: The bytes are not UTF-8, a line is not `Label: value`, or the last one is not ended.
    """
    text = data.decode()
    if not text.endswith("\n"):
        raise ValueError("the last line is not ended by a line feed")
    return [_field(line) for line in text[:-1].split("\n")]


def _field(line: str) -> tuple[str, str]:
    """One line's label and value."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a line of the form 'Label: value': {line[:80]!r}")
    return match[1], match[2]
