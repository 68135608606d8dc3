"""What a format holds comes back out of it, and what it does not hold it says (AWB-R-291)."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from awen_ref.rendering.formats import LIST_FORMATS, SINGLE_FORMATS
from awen_ref.rendering.losses import LOSSES, losses
from awen_ref.rendering.names import Organization, Person
from awen_ref.rendering.work import Identifier, Work
from tests.awkward import EXTENSION
from tests.unit.rendering.reading import READERS, spaced

WRITERS = {**LIST_FORMATS, **SINGLE_FORMATS}
ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs/reference/citations.md"
SCHEMA = ROOT / "generated/json-schema/Metadata.schema.json"


def _people(work: Work) -> list[Person]:
    return [creator for creator in work.creators if isinstance(creator, Person)]


def _organisations(work: Work) -> list[Organization]:
    return [creator for creator in work.creators if isinstance(creator, Organization)]


def _contact(work: Work) -> Iterator[tuple[str, str]]:
    if work.contact:
        yield work.contact.name, work.contact.email


def _funding(work: Work) -> Iterator[str]:
    for row in work.funding:
        yield from (row.funder_name, row.funder_ror, row.award_number, row.award_title, row.award_url)


def _others(work: Work) -> Iterator[str]:
    return (item.value for item in work.identifiers if item != Identifier("doi", work.doi))


LEAVES: Mapping[str, Callable[[Work], Iterator[str] | Sequence[str]]] = {
    "ORCID iDs": lambda work: [person.orcid for person in _people(work)],
    "e-mail addresses of creators": lambda work: [person.email for person in _people(work)],
    "affiliations": lambda work: [place.name for person in _people(work) for place in person.affiliations],
    "ROR ids of affiliations": lambda work: [p.ror for person in _people(work) for p in person.affiliations],
    "ROR ids of creators": lambda work: [creator.ror for creator in _organisations(work)],
    "which creators are organisations": lambda work: [f"organisation {c.name}" for c in _organisations(work)],
    "particles apart from family names": lambda work: [person.particle for person in _people(work)],
    "suffixes apart from names": lambda work: [person.suffix for person in _people(work)],
    "publisher": lambda work: [work.publisher.name] if work.publisher else [],
    "ROR id of the publisher": lambda work: [work.publisher.ror] if work.publisher else [],
    "contact": lambda work: [name for name, _ in _contact(work)],
    "e-mail address of the contact": lambda work: [address for _, address in _contact(work)],
    "licence": lambda work: [work.licence.spdx_id or work.licence.name],
    "address of the licence": lambda work: [work.licence.url],
    "funding": _funding,
    "identifiers beside the DOI": _others,
    "identifiers of related works": lambda work: [item.value for item in work.related],
    "titles of related works": lambda work: [item.title for item in work.related],
    "parents": lambda work: [item.value for item in work.parents],
    "notes": lambda work: [" ".join(work.notes.split())],
    "line breaks of texts": lambda work: [work.description] if "\n" in work.description else [],
    "commas inside keywords": lambda work: [word for word in work.keywords if "," in word],
    "extensions": lambda work: [EXTENSION] if work.extended else [],
}
"""Each fact of a record as the texts that say it."""

SAID_BY: Mapping[str, str] = {
    "contact/email": "e-mail address of the contact",
    "contact/name": "contact",
    "created": "year",
    "creators/affiliations/name": "affiliations",
    "creators/affiliations/ror": "ROR ids of affiliations",
    "creators/email": "e-mail addresses of creators",
    "creators/family_name": "family names",
    "creators/given_name": "given names",
    "creators/name": "organisations",
    "creators/name_particle": "particles apart from family names",
    "creators/name_suffix": "suffixes apart from names",
    "creators/orcid": "ORCID iDs",
    "creators/ror": "ROR ids of creators",
    "creators/type": "which creators are organisations",
    "description": "description",
    "extensions": "extensions",
    "funding/award_number": "funding",
    "funding/award_title": "funding",
    "funding/award_url": "funding",
    "funding/funder_name": "funding",
    "funding/funder_ror": "funding",
    "identifiers/type": "identifiers beside the DOI",
    "identifiers/value": "identifiers beside the DOI",
    "keywords": "keywords",
    "license/name": "licence",
    "license/spdx_id": "licence",
    "license/url": "address of the licence",
    "notes": "notes",
    "publisher/name": "publisher",
    "publisher/ror": "ROR id of the publisher",
    "related/relation": "identifiers of related works",
    "related/title": "titles of related works",
    "related/type": "identifiers of related works",
    "related/value": "identifiers of related works",
    "title": "title",
    "version": "version",
}
"""Each member of `metadata.json`, and the fact that it is part of."""

HELD_BY_ALL: Mapping[str, Callable[[Work], Sequence[str]]] = {
    "title": lambda work: [work.title],
    "version": lambda work: [work.version],
    "link": lambda work: [work.url],
    "year": lambda work: [str(work.day.year)],
    "keywords": lambda work: [word for word in work.keywords if "," not in word],
    "description": lambda work: [" ".join(work.description.split())],
    "family names": lambda work: [p.family for p in _people(work) if "," not in p.family and not p.particle],
    "given names": lambda work: [p.given for p in _people(work) if "," not in p.given and not p.suffix],
    "organisations": lambda work: [c.name for c in _organisations(work) if "," not in c.name],
}


def found_in(name: str, work: Work) -> Callable[[str], bool]:
    """Whether a text stands by itself in the work's document of a format."""
    read = set(READERS[name](WRITERS[name]([work])))
    read |= {" ".join(text.split()) for text in read}
    known = {
        piece for text in read for piece in (text, spaced(text), text.removeprefix("https://orcid.org/"))
    }
    known |= {text[:4] for text in read}

    def found(text: str) -> bool:
        # A deposit spells SPDX identifiers in small letters.
        return not text or bool(known & {text, spaced(text), *([text.lower()] if name == "zenodo" else [])})

    return found


def _members(schema: Mapping[str, Any], node: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """The places of a document that hold a value and no members."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    parts = [rule["then"] for rule in node.get("allOf", ())]
    parts += [node["items"]] if "items" in node else []
    for part in parts:
        yield from _members(schema, part, place)
    for name, inner in node.get("properties", {}).items():
        yield from _members(schema, inner, f"{place}/{name}".removeprefix("/"))
    if not parts and "properties" not in node:
        yield place


def test_every_member_of_the_record_is_part_of_a_fact() -> None:
    schema = json.loads(SCHEMA.read_bytes())
    assert set(_members(schema, schema)) == set(SAID_BY)
    assert set(SAID_BY.values()) <= {*LEAVES, *HELD_BY_ALL}


def test_every_format_and_style_says_what_it_leaves_out() -> None:
    assert set(LOSSES) == (set(WRITERS) | {"json", "apa", "ieee"})
    assert set(READERS) == set(LOSSES) - {"json", "apa", "ieee", "markdown"}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_what_a_format_does_not_name_as_lost_is_read_back(name: str, works: Sequence[Work]) -> None:
    missing = dict.fromkeys(LOSSES[name], 0)
    for work in works:
        found, lost = found_in(name, work), losses(name, [work])
        for fact, leaves in {**LEAVES, **HELD_BY_ALL}.items():
            gone = [text for text in leaves(work) if not found(text)]
            assert fact in lost or not gone, (fact, gone, WRITERS[name]([work]))
            if fact in lost and gone:
                missing[fact] += 1
    assert 0 not in missing.values(), f"named as lost, and never missing: {missing}"


def test_a_record_that_says_little_loses_nothing(works: Sequence[Work]) -> None:
    least = replace(
        works[0], creators=(Person("Curie", "Marie"),), description="One line.", keywords=(), notes="",
        publisher=None, contact=None, funding=(), identifiers=(), related=(), parents=(), extended=False,
        licence=replace(works[0].licence, name="MIT", spdx_id="MIT", url=""),
    )  # fmt: skip
    lost = {name: losses(name, [least]) for name in WRITERS}
    assert {name: facts for name, facts in lost.items() if facts} == dict.fromkeys(
        ("biblatex", "bibtex", "ris"), ("licence",)
    )


def test_a_parent_with_an_entry_of_its_own_is_not_lost(works: Sequence[Work]) -> None:
    child = next(work for work in works if len(work.parents) == 1)
    parent = replace(works[0], artifact_id=child.parents[0].value.rpartition(":")[2], parents=())
    for name in ("bibtex", "biblatex", "cff"):
        assert "parents" in losses(name, [child])
        assert "parents" not in losses(name, [child, parent])


def test_a_style_names_creators_as_lost_when_it_shortens_the_list(works: Sequence[Work]) -> None:
    ten = replace(works[0], creators=tuple(Person(f"Name{number}") for number in range(10)))
    assert losses("text", [ten], style="ieee") == ("creators",)
    assert losses("text", [ten], style="apa") == ()
    twice = replace(ten, creators=ten.creators * 3)
    assert losses("markdown", [twice]) == losses("text", [twice], style="apa") == ("creators",)


def test_the_reference_names_every_loss_of_every_format() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    for name, lost in LOSSES.items():
        form = "text" if name in ("apa", "ieee") else name
        row = next(line for line in rows if f"`{form}`" in line.split("|")[1])
        assert [fact for fact in lost if fact not in row] == [], name
