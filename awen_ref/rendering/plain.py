"""Plain text of the record, made fit for every format: no control characters (AWB-R-289).

Titles, names and keywords are one line each; descriptions and notes keep their line breaks. What is
left out here (control characters, line and paragraph separators, non-characters) could not stand in
XML 1.0 or YAML 1.2, so no format may show it: all formats agree because all read the same text.
"""

import re
import unicodedata

__all__ = ["ascii_fold", "flat", "one_line", "paragraphs"]

# XML 1.0 Char and YAML 1.2 c-printable leave these out; U+2028/2029 break lines in some readers only.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", _NEWLINES.sub("\n", text))


def one_line(text: str) -> str:
    """The text with every run of white space as one space, and none at the ends.

    Only the white space of XML and YAML (space, tab, line ends) is collapsed: a no-break space in a
    quantity or a thin space in a name is a character like any other.
    """
    return re.sub("[ \t\n]+", " ", _clean(text)).strip(" ")


def paragraphs(text: str) -> str:
    r"""The text with `\n` line ends, no trailing blanks, and no more than one blank line in a row."""
    lines = [re.sub("[ \t]+", " ", line).strip(" ") for line in _clean(text).split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def flat(text: str) -> str:
    """Paragraphs in one line, for formats in which a line end means something."""
    return " ".join(line for line in text.split("\n") if line)


def ascii_fold(text: str) -> str:
    """Lower-case ASCII letters and digits of the text, accents dropped: for keys, never for display."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("Ø", "o"))
    return re.sub("[^a-z0-9]", "", decomposed.encode("ascii", "ignore").decode().lower())
