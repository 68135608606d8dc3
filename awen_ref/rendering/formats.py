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
from awen_ref.rendering.relations import urn
from awen_ref.rendering.ris import ris
from awen_ref.rendering.text import apa, ieee, letters
from awen_ref.rendering.work import Work
from awen_ref.rendering.zenodo import zenodo

__all__ = ["FILE_NAMES", "LIST_FORMATS", "SINGLE_FORMATS", "STYLES"]


def _json(value: object) -> str:
    return canonical.dumps(value).decode() + "\n"


def _linked(one: Callable[[Work, Sequence[str]], str]) -> Callable[[Sequence[Work]], str]:
    """Entries that name the keys of those parents that have an entry, too."""

    def written(works: Sequence[Work]) -> str:
        keys = {urn(work.artifact_id): work.key for work in works}
        parents = ([keys[item.value] for item in work.parents if item.value in keys] for work in works)
        return "\n".join(
            one(work, list(dict.fromkeys(known))) for work, known in zip(works, parents, strict=True)
        )

    return written


def _one(write: Callable[[Work], str]) -> Callable[[Sequence[Work]], str]:
    return lambda works: write(works[0])


def _csl(works: Sequence[Work]) -> str:
    items: list[dict[str, Any]] = [item for work in works for item in csl_items(work)]
    return _json(items)


STYLES: Mapping[str, Callable[[Sequence[Work]], list[str]]] = {
    "apa": lambda works: [
        apa(work, letter=letter) for work, letter in zip(works, letters(works), strict=True)
    ],
    "ieee": lambda works: [ieee(work) for work in works],
}
"""Styles of the format `text`: one line a work."""

LIST_FORMATS: Mapping[str, Callable[[Sequence[Work]], str]] = {
    "biblatex": _linked(biblatex),
    "bibtex": _linked(bibtex),
    "csl-json": _csl,
    "markdown": lambda works: "\n".join(map(markdown, works, letters(works))),
    "ris": lambda works: "".join(map(ris, works)),
}
"""Formats that hold any number of works in one document, ending in a newline."""

SINGLE_FORMATS: Mapping[str, Callable[[Sequence[Work]], str]] = {
    "cff": lambda works: cff(works[0], works[1:]),
    "codemeta": _one(lambda work: _json(codemeta(work))),
    "datacite-json": _one(lambda work: _json(datacite_json(work))),
    "datacite-xml": _one(datacite_xml),
    "zenodo": lambda works: _json(zenodo(works[0], works[1:])),
}
"""Formats whose document describes one work, the first; the others are references or relations in it."""

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
