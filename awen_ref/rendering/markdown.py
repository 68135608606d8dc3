"""Markdown (CommonMark): the citation as one line, and the page `citation/citation.md` of a bundle."""

import re

from awen_ref.rendering.text import Markup, apa
from awen_ref.rendering.work import Work

__all__ = ["citation_page", "escape", "markdown"]

_ACTIVE = re.compile(r"[\\`*_\[\]<>#|&~$]")
_LINE_START = re.compile(r"^(?:([-+=])|([0-9]+)([.)]))")


def escape(text: str) -> str:
    """Plain text as Markdown that shows exactly that text within a line.

    Args:
        text: One line of plain text.

    Returns:
        The line with every character escaped that could begin a construct.
    """
    return _ACTIVE.sub(r"\\\g<0>", text)


def _begin(line: str) -> str:
    """The line, made no list item or rule by how it happens to begin."""
    return _LINE_START.sub(lambda found: f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[1]}", line)


def _code(text: str) -> str:
    return f"`{text}`"


def _link(target: str) -> str:
    return f"<{target}>" if re.fullmatch(r"https?://[^\s<>]+", target) else escape(target)


def _italic(text: str) -> str:
    return f"*{text}*"


_MARKDOWN = Markup(text=escape, italic=_italic, code=_code, link=_link)


def markdown(work: Work, letter: str = "") -> str:
    """The citation (APA) as one line of Markdown.

    Args:
        work: The work.
        letter: What stands behind the year, as for `apa`.

    Returns:
        One line, ending in a newline.
    """
    return f"{_begin(apa(work, _MARKDOWN, letter))}\n"


def citation_page(work: Work) -> str:
    """The page that tells a reader of the bundle how to cite it.

    Args:
        work: The work.

    Returns:
        A Markdown document, ending in a newline.
    """
    licence = work.licence
    terms = f"{escape(licence.name)} ({_link(licence.url)})" if licence.url else escape(licence.name)
    # The line above may shorten a long list and given names; AWB-R-281 wants every creator in full.
    creators = "; ".join(escape(creator.inverted) for creator in work.creators)
    return (
        "# How to cite\n\n"
        f"{markdown(work)}\n"
        "The artifact id names the inputs, the claim and the results. Anybody can compute it again:\n\n"
        "    grep -E '^[0-9a-f]{64}  data/(inputs|claim|results)/' manifest-sha256.txt | sha256sum\n\n"
        f"Creators: {creators}\n\n"
        f"Licence: {terms}\n\n"
        "The same citation for machines: `CITATION.cff`, `citation/citation.bib`, `citation/csl.json`,\n"
        "`citation/datacite.json`, `ro-crate-metadata.json`.\n"
    )
