"""HTML in pieces: every text of a bundle is escaped and isolated, and only web addresses become links.

`<bdi>` keeps the direction of one name from the rest of the line.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

__all__ = ["code", "link", "number", "region", "shown", "table", "text"]

_WEB = re.compile(r"https?://[^\s<>\"']+")
_MOST_TEXT = 400
_MOST_ITEMS = 8


def text(value: str) -> str:
    """Plain text."""
    return f"<bdi>{escape(value)}</bdi>"


def code(value: str) -> str:
    """An identifier, in a typewriter face."""
    return f"<code>{escape(value)}</code>"


def link(target: str, label: str = "") -> str:
    """A link for web addresses only: no other scheme is ever made clickable."""
    if not _WEB.fullmatch(target):
        return text(label or target)
    return f'<a href="{escape(target)}" rel="noreferrer">{escape(label or target)}</a>'


def number(value: float) -> str:
    """A number as a person reads it, six digits; the whole of it stands in the element's `value`."""
    whole = repr(value)
    # Integers stay as they are: a count is not rounded.
    short = whole if whole.lstrip("-").isdigit() else format(value, ".6g")
    return short if short == whole else f'<data value="{whole}">{short}</data>'


def shown(value: object, deep: int = 3) -> str:
    """Any JSON value in a few words; what is long or deep is cut, because the file is one click away.

    Args:
        value: The value.
        deep: How many levels of lists and objects are opened.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, list | tuple | dict) and value and not deep:
        return "…"
    if isinstance(value, list | tuple):
        return _joined(", ", [shown(item, deep - 1) for item in value[:_MOST_ITEMS]], len(value))
    if isinstance(value, dict):
        pairs = islice(value.items(), _MOST_ITEMS)
        parts = [f"{text(str(name))} {shown(item, deep - 1)}" for name, item in pairs]
        return _joined("; ", parts, len(value))
    said = str(value)
    return text(said if len(said) <= _MOST_TEXT else f"{said[:_MOST_TEXT]}…")


def _joined(separator: str, parts: list[str], count: int) -> str:
    more = [f"… {count} in all"] if count > len(parts) else []
    return separator.join([*parts, *more]) or "none"


def region(label: str, content: str) -> str:
    """What may be wider than the page, and scrolls by itself, by keyboard, too.

    Args:
        label: What is in it, for those who hear the page.
        content: HTML.
    """
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(label)}">{content}</div>\n'


def _cell(content: str, end: bool) -> str:  # noqa: FBT001 - mapped over a row
    return f'<td class="n">{content}' if end else f"<td>{content}"


def table(label: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in a region of its own.

    Args:
        label: What is in it.
        columns: Headings; one that begins with `#` is over numbers, which end in line.
        rows: Cells, HTML each.
    """
    ends = [column.startswith("#") for column in columns]
    heads = "".join(
        f'<th scope="col" class="n">{column[1:]}' if end else f'<th scope="col">{column}'
        for column, end in zip(columns, ends, strict=True)
    )
    body = "".join(f"<tr>{''.join(map(_cell, row, ends))}\n" for row in rows)
    return region(label, f"<table>\n<tr>{heads}\n{body}</table>")
