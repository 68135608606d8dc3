"""Every format read by somebody else's reader: the texts that stand in a document, each by itself."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pybtex.database  # type: ignore[import-untyped]  # ships no types
import rdflib
import rispy  # type: ignore[import-untyped]  # ships no types
import yaml
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from lxml import etree
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # ships no types

ASSETS = Path(__file__).resolve().parents[2] / "assets"
CODEMETA = "https://w3id.org/codemeta/3.0"
SPDX = "https://spdx.org/licenses/"
URN = "urn:awen:"

_DECODER = LatexNodes2Text(math_mode="text", strict_latex_spaces=True)
_REFERENCE = re.compile(r"(.*) \((\S+) (.*)\)")


def decoded(source: str) -> str:
    """LaTeX as text, blanks of other kinds (which pybtex takes for ordinary ones) as ordinary ones."""
    # pylatexenc reads \textasciicircum as U+02C6, the accent, where TeX sets U+005E.
    text: str = _DECODER.latex_to_text(source)
    return spaced(text.replace("\u02c6", "^"))


def spaced(text: str) -> str:
    return text.replace("\u2009", " ").replace("\u3000", " ").replace("  ", " ")


def walked(value: object) -> Iterator[str]:
    """Every text of a tree."""
    if isinstance(value, str | int):
        yield str(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from walked(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walked(inner)


def split_keywords(source: str) -> list[str]:
    """Keywords between commas that stand in no braces."""
    words, depth, start = [], 0, 0
    for place, character in enumerate(source):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "," and depth == 0:
            words.append(source[start:place])
            start = place + 1
    return [decoded(word).strip(" ") for word in [*words, source[start:]]]


def _fields(fields: Mapping[str, str]) -> Iterator[str]:
    for name, value in fields.items():
        if name == "keywords":
            yield from split_keywords(value)
        elif name == "howpublished":
            yield decoded(value).removeprefix("Data set, ")
        elif name in ("doi", "url"):
            yield value
        else:
            yield decoded(value)


def read_bibtex(text: str) -> Iterator[str]:
    (entry,) = pybtex.database.parse_string(text, "bibtex").entries.values()
    for person in entry.persons["author"]:
        for part in ("prelast_names", "last_names", "lineage_names"):
            yield decoded(" ".join(getattr(person, part)))
        yield decoded(" ".join(person.first_names + person.middle_names))
    yield from _fields(dict(entry.fields.items()))


def read_biblatex(text: str) -> Iterator[str]:
    (entry,) = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()]).entries
    for name in entry["author"]:
        for part in (name.von, name.last, name.jr, name.first):
            yield decoded(" ".join(part))
    yield from _fields({name: field.value for name, field in entry.fields_dict.items() if name != "author"})


def read_csl(text: str) -> Iterator[str]:
    (item,) = json.loads(text)
    yield from (f"organisation {name['literal']}" for name in item["author"] if "literal" in name)
    yield from item.pop("keyword", "").split(", ")
    note = item.pop("note", "")
    first, _, rest = note.partition("\n")
    yield from (note, rest, *first.replace("; ", " ").split(" "))
    yield from walked(item)


def read_cff(text: str) -> Iterator[str]:
    document = yaml.safe_load(text)
    for author in document["authors"]:
        yield f"organisation {author.get('name')}"
        yield from author.get("affiliation", "").split("; ")
    yield from walked(document)


def read_datacite_json(text: str) -> Iterator[str]:
    document = json.loads(text)
    organisations = (row for row in document["creators"] if row["nameType"] == "Organizational")
    yield from (f"organisation {row['name']}" for row in organisations)
    yield from walked(document)


def read_datacite_xml(text: str) -> Iterator[str]:
    root = etree.fromstring(text.encode())
    for node in root.iter():
        texts = [node.text or "", *(str(value) for value in node.attrib.values())]
        yield from texts
        if "Organizational" in texts:
            yield f"organisation {node.text}"


def read_codemeta(text: str) -> Iterator[str]:
    """The statements that a reader of JSON-LD gets, under CodeMeta's own context."""
    document = json.loads(text)
    known = json.loads((ASSETS / "codemeta-3.0/codemeta.jsonld").read_bytes())["@context"]
    document["@context"] = [known if part == CODEMETA else part for part in document["@context"]]
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    organisation = rdflib.URIRef("http://schema.org/Organization")
    for subject in graph.subjects(rdflib.RDF.type, organisation):
        yield f"organisation {graph.value(subject, rdflib.URIRef('http://schema.org/name'))}"
    for triple in graph:
        for part in map(str, triple):
            yield from (part, part.removeprefix(SPDX))


def read_ris(text: str) -> Iterator[str]:
    (record,) = rispy.loads(text)
    for note in record.get("notes", ()):
        yield from note.removeprefix("seal ").split(" ")
    for name in record["authors"]:
        yield from name.split(", ")
    yield from record.get("author_address", "").split("; ")
    yield from walked(record)


def _paragraphs(source: str) -> list[str]:
    parts = re.findall("<p>(.*?)</p>", source.replace("<br>", "\n"), re.DOTALL)
    return [html.unescape(part) for part in parts]


def read_zenodo(text: str) -> Iterator[str]:
    document = json.loads(text)
    yield "\n\n".join(_paragraphs(document.pop("description")))
    yield "\n\n".join(_paragraphs(document.pop("notes"))[:-1])
    for author in document["creators"]:
        yield from author["name"].split(", ")
        yield from author.get("affiliation", "").split("; ")
    for reference in document.get("references", ()):
        if found := _REFERENCE.fullmatch(reference):
            yield from found.groups()
    conditions = html.unescape(document.get("access_conditions", ""))
    yield from (conditions, *conditions.rpartition(" "))
    yield from walked(document)


READERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "biblatex": read_biblatex,
    "bibtex": read_bibtex,
    "cff": read_cff,
    "codemeta": read_codemeta,
    "csl-json": read_csl,
    "datacite-json": read_datacite_json,
    "datacite-xml": read_datacite_xml,
    "ris": read_ris,
    "zenodo": read_zenodo,
}
