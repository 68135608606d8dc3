"""Every format that a citation can take, by the name the command line gives it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awen_ref import canonical
from awen_ref.rendering.bibtex import biblatex, bibtex
from awen_ref.rendering.cff import cff
from awen_ref.rendering.codemeta import codemeta
from awen_ref.rendering.csl import csl_items
from awen_ref.rendering.datacite import datacite_json
from awen_ref.rendering.datacite_xml import datacite_xml
from awen_ref.rendering.markdown import markdown
from awen_ref.rendering.ris import ris
from awen_ref.rendering.text import apa, ieee
from awen_ref.rendering.work import Work
from awen_ref.rendering.zenodo import zenodo

__all__ = ["FILE_NAMES", "LIST_FORMATS", "SINGLE_FORMATS", "STYLES"]


def _json(value: object) -> str:
    return canonical.dumps(value).decode() + "\n"


def _concatenated(one: Callable[[Work], str], between: str = "") -> Callable[[Sequence[Work]], str]:
    return lambda works: between.join(one(work) for work in works)


def _csl(works: Sequence[Work]) -> str:
    items: list[dict[str, Any]] = [item for work in works for item in csl_items(work)]
    return _json(items)


STYLES: Mapping[str, Callable[[Work], str]] = {"apa": apa, "ieee": ieee}
"""Styles of the format `text`."""

LIST_FORMATS: Mapping[str, Callable[[Sequence[Work]], str]] = {
    "biblatex": _concatenated(biblatex, "\n"),
    "bibtex": _concatenated(bibtex, "\n"),
    "csl-json": _csl,
    "markdown": _concatenated(markdown, "\n"),
    "ris": _concatenated(ris),
}
"""Formats that hold any number of works in one document, ending in a newline."""

SINGLE_FORMATS: Mapping[str, Callable[[Work], str]] = {
    "cff": cff,
    "codemeta": lambda work: _json(codemeta(work)),
    "datacite-json": lambda work: _json(datacite_json(work)),
    "datacite-xml": datacite_xml,
    "zenodo": lambda work: _json(zenodo(work)),
}
"""Formats whose document describes one work; other works are named in it as relations."""

FILE_NAMES: Mapping[str, str] = {
    "biblatex": "citation.biblatex.bib",
    "bibtex": "citation.bib",
    "cff": "CITATION.cff",
    "codemeta": "codemeta.json",
    "csl-json": "csl.json",
    "datacite-json": "datacite.json",
    "datacite-xml": "datacite.xml",
    "json": "citation.json",
    "markdown": "citation.md",
    "ris": "citation.ris",
    "text": "citation.txt",
    "zenodo": ".zenodo.json",
}
"""Format to the file name under which its readers look for it."""
