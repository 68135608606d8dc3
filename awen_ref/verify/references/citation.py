"""The citation files against `metadata.json` and the artifact id (AWB-R-281, 282, 288).

Another implementation may word and lay out a citation otherwise; only what the specification names is
required: title, creators in order, year and id.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from awen_ref.bundle.schema import pointer
from awen_ref.rendering.plain import one_line
from awen_ref.verify.state import State

__all__ = ["compare", "names_of"]

CFF = "CITATION.cff"
CSL = "citation/csl.json"
DATACITE = "citation/datacite.json"
DATACITE_VERSION = "http://datacite.org/schema/kernel-4"
PROSE = ("citation/citation.bib", "citation/citation.md")
METADATA = "metadata.json"

_TEX_COMMAND = re.compile(r"\\[A-Za-z]+")
_BETWEEN = re.compile(r"[\W_]+")
_TOP = re.compile(r'([a-z-]+):(?: (".*"))?')
_NAME = re.compile(r'(?:  - |    )(?:family-names|name): (".*")')


def compare(state: State) -> None:
    """Hold every citation file against the record it was made from."""
    record = state.sound.get(METADATA)
    if record is None or state.ids is None:
        return
    wanted = {
        "title": one_line(record["title"]),
        "year": record["created"][:4],
        "artifact_id": state.ids.artifact_id,
        "creators": names_of(record),
    }
    _cff(state, wanted)
    for path in PROSE:
        _prose(state, path, wanted)
    _csl(state, wanted)
    _datacite(state, wanted)


def names_of(record: Mapping[str, Any]) -> list[str]:
    """The name that identifies each creator in any style: family name, or the organisation's.

    Args:
        record: A Metadata document.
    """
    return [one_line(creator.get("family_name") or creator["name"]) for creator in record["creators"]]


def _differs(state: State, path: str, what: str, where: str = "") -> None:
    state.report("AWB-SEM-031", f"the file does not give the {what} of the bundle", path, where)


def _decoded(state: State, path: str) -> str | None:
    """A text file as text; `None` where it is missing or no UTF-8."""
    data = state.texts.get(path)
    if data is None:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        state.report("AWB-SEM-032", "the file is not UTF-8", path)
        return None


def _prose(state: State, path: str, wanted: Mapping[str, Any]) -> None:
    """BibTeX and Markdown escape what is special to them: texts are compared by letters and digits."""
    text = _decoded(state, path)
    if text is None:
        return
    plain = text.replace("\\", "")
    bare = _bare(_TEX_COMMAND.sub(" ", text) if path.endswith(".bib") else text)
    dated = re.search(rf"(?<!\w){wanted['year']}(?!\d)", plain.replace(wanted["artifact_id"], ""))
    found = {
        "title": _bare(wanted["title"]) in bare,
        "year": dated is not None,
        "creators": _in_order(bare, map(_bare, wanted["creators"])),
        "artifact_id": wanted["artifact_id"] in plain,
    }
    for what, agrees in found.items():
        if not agrees:
            _differs(state, path, what)


def _in_order(text: str, names: Iterable[str]) -> bool:
    """Whether names stand in a text one behind another; a pattern of many names would fail after ages."""
    at = 0
    for name in names:
        at = text.find(name, at) + len(name)
        if at < len(name):
            return False
    return True


def _bare(text: str) -> str:
    """Letters and digits only, with one space for whatever stands between them."""
    return _BETWEEN.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _cff(state: State, wanted: Mapping[str, Any]) -> None:
    """AWB-R-288: title, date and names are JSON strings on the lines of their keys, and read as such."""
    text = _decoded(state, CFF)
    if text is None:
        return
    top: dict[str, str] = {}
    names: list[str] = []
    section = ""
    for line in text.split("\n"):
        if match := _TOP.fullmatch(line):
            section = match[1]
            top[section] = match[2] or ""
        elif section == "authors" and (match := _NAME.fullmatch(line)):
            names.append(_string(match[1]))
    title, date = _string(top.get("title", "")), _string(top.get("date-released", ""))
    if not title or not date or not names:
        state.report("AWB-SEM-032", "title, date-released and authors cannot be read from their lines", CFF)
        return
    found = {"title": title == wanted["title"], "year": date[:4] == wanted["year"]}
    found["creators"] = names == wanted["creators"]
    found["artifact_id"] = wanted["artifact_id"] in text
    for what, agrees in found.items():
        if not agrees:
            _differs(state, CFF, what)


def _string(text: str) -> str:
    """A JSON string's value; empty where the text is none."""
    try:
        value = json.loads(text)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def _csl(state: State, wanted: Mapping[str, Any]) -> None:
    """One item of type dataset."""
    items = state.parsed.get(CSL)
    if CSL not in state.parsed:
        return
    item = items[0] if isinstance(items, list) and len(items) == 1 else None
    if not isinstance(item, dict) or item.get("type") != "dataset":
        state.report("AWB-SEM-032", "the file is not a list of one item of type dataset", CSL)
        return
    issued = _at(item, "issued", "date-parts", 0, 0)
    authors = item.get("author")
    found = {
        "title": (item.get("title") == wanted["title"], "/0/title"),
        "year": (str(issued) == wanted["year"], "/0/issued"),
        "creators": (_named(authors, wanted["creators"]), "/0/author"),
        "artifact_id": (wanted["artifact_id"] in _strings(item), "/0"),
    }
    for what, (agrees, where) in found.items():
        if not agrees:
            _differs(state, CSL, what, where)


def _datacite(state: State, wanted: Mapping[str, Any]) -> None:
    """DataCite 4.6: the members that it makes mandatory, and the id among the identifiers."""
    record = state.parsed.get(DATACITE)
    if DATACITE not in state.parsed:
        return
    if not isinstance(record, dict) or record.get("schemaVersion") != DATACITE_VERSION:
        state.report("AWB-SEM-032", f"the file is no object of {DATACITE_VERSION}", DATACITE)
        return
    found = {
        "title": (_at(record, "titles", 0, "title") == wanted["title"], pointer("titles")),
        "year": (record.get("publicationYear") == wanted["year"], pointer("publicationYear")),
        "creators": (_named(record.get("creators"), wanted["creators"]), pointer("creators")),
        "artifact_id": (wanted["artifact_id"] in _strings(record), ""),
    }
    for what, (agrees, where) in found.items():
        if not agrees:
            _differs(state, DATACITE, what, where)


def _at(value: object, *steps: str | int) -> object:
    """What stands at a place of a document of unknown shape, or `None`."""
    for step in steps:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _named(entries: object, names: Sequence[str]) -> bool:
    """Whether each entry holds the name of its creator, in order."""
    if not isinstance(entries, list) or len(entries) != len(names):
        return False
    return all(
        any(name in text for text in _strings(entry)) for entry, name in zip(entries, names, strict=True)
    )


def _strings(value: object) -> set[str]:
    """Every string of a document that is no member's name."""
    return set(_walk(value))


def _walk(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item)
