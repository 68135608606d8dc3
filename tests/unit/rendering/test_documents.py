"""CSL-JSON, DataCite (JSON and XML), CodeMeta, Zenodo and RIS: valid by their schemas, and read back.

AWB-R-281, AWB-R-282, AWB-R-284 (ORCIDs as URLs), AWB-R-287 (no DOI of our own).
"""

import html
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]  # ships no types
from datacite import schema45  # type: ignore[import-untyped]  # ships no types
from jsonschema import Draft7Validator
from lxml import etree

from awen_ref import canonical
from awen_ref.rendering.codemeta import codemeta
from awen_ref.rendering.csl import csl_items
from awen_ref.rendering.datacite import datacite_json
from awen_ref.rendering.datacite_xml import datacite_xml
from awen_ref.rendering.names import Creator, Organization
from awen_ref.rendering.relations import RELATED_TYPES, kind_of
from awen_ref.rendering.ris import ris
from awen_ref.rendering.work import Related, Work
from awen_ref.rendering.zenodo import zenodo

ROOT = Path(__file__).resolve().parents[3]
ASSETS = ROOT / "tests/assets"
# Zenodo's REST API, "Deposit metadata", and the vocabulary of relations of its records (InvenioRDM).
ZENODO_MEMBERS = {
    "upload_type", "publication_date", "title", "creators", "description", "access_right", "license",
    "access_conditions", "doi", "keywords", "notes", "related_identifiers", "contributors", "references",
    "imprint_publisher", "version",
}  # fmt: skip
ZENODO_RELATIONS = {
    "isCitedBy", "cites", "isSupplementTo", "isSupplementedBy", "isContinuedBy", "continues", "isDescribedBy",
    "describes", "hasMetadata", "isMetadataFor", "hasVersion", "isVersionOf", "isNewVersionOf",
    "isPreviousVersionOf", "isPartOf", "hasPart", "isPublishedIn", "isReferencedBy", "references",
    "isDocumentedBy", "documents", "isCompiledBy", "compiles", "isVariantFormOf", "isOriginalFormOf",
    "isIdenticalTo", "isAlternateIdentifier", "isReviewedBy", "reviews", "isDerivedFrom", "isSourceOf",
    "isRequiredBy", "requires", "isObsoletedBy", "obsoletes",
}  # fmt: skip
RELATIONS: list[str] = json.loads((ROOT / "generated/json-schema/Metadata.schema.json").read_bytes())[
    "$defs"
]["DataciteRelation"]["enum"]
NAMESPACE = {"d": "http://datacite.org/schema/kernel-4"}


def reread(value: object) -> Any:  # noqa: ANN401 - a JSON document of any shape
    return json.loads(canonical.dumps(value))


def csl_creator(name: dict[str, str]) -> tuple[str, ...]:
    if "literal" in name:
        return (name["literal"],)
    return tuple(name.get(part, "") for part in ("family", "given", "non-dropping-particle", "suffix"))


def parts(creator: Creator) -> tuple[str, ...]:
    if isinstance(creator, Organization):
        return (creator.name,)
    return (creator.family, creator.given, creator.particle, creator.suffix)


def test_csl_json_is_valid_and_loses_no_name(works: Sequence[Work]) -> None:
    validator = Draft7Validator(json.loads((ASSETS / "csl-1.0/csl-data.json").read_bytes()))
    for work in works:
        items = reread(csl_items(work))
        assert list(validator.iter_errors(items)) == []
        (item,) = items
        assert [csl_creator(name) for name in item["author"]] == [parts(creator) for creator in work.creators]
        assert (item["title"], item["abstract"]) == (work.title, work.description)
        assert item.get("version", "") == work.version
        assert item.get("DOI", "") == work.doi
        assert item["archive_location"] == work.artifact_id
        assert item["issued"]["date-parts"] == [[work.day.year, work.day.month, work.day.day]]
        assert work.seal in item.get("note", "")


def test_datacite_json_is_valid_and_carries_the_record(works: Sequence[Work]) -> None:
    for work in works:
        document = reread(datacite_json(work))
        assert list(schema45.validator.iter_errors(document)) == []
        assert document["titles"] == [{"title": work.title}]
        assert [item["name"] for item in document["creators"]] == [item.inverted for item in work.creators]
        names = {row["alternateIdentifier"] for row in document["alternateIdentifiers"]}
        assert {work.artifact_id, work.seal} - {""} <= names
        assert {item.value for item in work.identifiers} <= names | {document.get("doi")}
        related = {
            (row["relatedIdentifier"], row["relationType"]) for row in document.get("relatedIdentifiers", [])
        }
        assert related == {
            (item.value, item.relation) for item in work.relations if item.type in RELATED_TYPES
        }
        titled = [row["titles"][0]["title"] for row in document.get("relatedItems", [])]
        assert set(titled) == {item.title for item in work.relations if item.title}
        assert len(document.get("fundingReferences", [])) <= len(work.funding)


def test_datacite_gives_a_doi_only_where_the_record_has_one(works: Sequence[Work]) -> None:
    without = [work for work in works if not work.doi]
    assert without
    assert not any("doi" in datacite_json(work) for work in without)
    assert all("(:tba)" in datacite_xml(work) for work in without)


def test_datacite_xml_is_valid_and_says_what_the_json_says(works: Sequence[Work]) -> None:
    schema = etree.XMLSchema(etree.parse(ASSETS / "datacite-4.6/metadata.xsd"))
    for work in works:
        root = etree.fromstring(datacite_xml(work).encode())
        schema.assertValid(root)
        document = datacite_json(work)
        assert root.findtext("d:titles/d:title", namespaces=NAMESPACE) == work.title
        names = [node.text for node in root.findall("d:creators/d:creator/d:creatorName", NAMESPACE)]
        assert names == [creator["name"] for creator in document["creators"]]
        subjects = [node.text for node in root.findall("d:subjects/d:subject", NAMESPACE)]
        assert subjects == [row["subject"] for row in document.get("subjects", [])]
        rows = root.findall("d:relatedIdentifiers/d:relatedIdentifier", NAMESPACE)
        assert [row.text for row in rows] == [
            row["relatedIdentifier"] for row in document.get("relatedIdentifiers", [])
        ]
        titles = root.findall("d:relatedItems/d:relatedItem/d:titles/d:title", NAMESPACE)
        assert [node.text for node in titles] == [
            row["titles"][0]["title"] for row in document.get("relatedItems", [])
        ]
        texts = [node.text for node in root.findall("d:descriptions/d:description", NAMESPACE)]
        assert texts == [text for text in (work.description, work.notes) if text]


def test_ris_is_read_back_by_rispy(works: Sequence[Work]) -> None:
    for work in works:
        (record,) = rispy.loads(ris(work))
        assert record["type_of_reference"] == "DATA"
        assert record["title"] == work.title
        assert record["authors"] == [creator.inverted for creator in work.creators]
        assert record["year"] == str(work.day.year)
        assert record.get("keywords", []) == list(work.keywords)
        assert record.get("doi", "") == work.doi
        assert record["accession_number"] == work.artifact_id
        assert record["abstract"].split() == work.description.split()


def test_ris_holds_nothing_but_tagged_lines(works: Sequence[Work]) -> None:
    for work in works:
        lines = ris(work).split("\r\n")
        assert lines[-1] == ""
        assert all(line[2:6] == "  - " and line[:2].isalnum() for line in lines[:-1])


def test_codemeta_carries_the_record(works: Sequence[Work]) -> None:
    for work in works:
        document = reread(codemeta(work))
        assert document["@context"][0] == "https://w3id.org/codemeta/3.0"
        assert (document["name"], document["description"]) == (work.title, work.description)
        assert document.get("keywords", []) == list(work.keywords)
        authors = [
            (a["name"],) if a["type"] == "Organization" else (a["familyName"], a.get("givenName", ""))
            for a in document["author"]
        ]
        assert authors == [
            (c.name,) if isinstance(c, Organization) else (c.surname, c.given) for c in work.creators
        ]
        identifiers = {row["value"] for row in document["identifier"]}
        assert {work.artifact_id, work.seal} - {""} | {i.value for i in work.identifiers} == identifiers
        assert len(document.get("isBasedOn", [])) == len(work.parents)
        assert len(document.get("citation", [])) == len(work.related)


def test_zenodo_escapes_markup_and_claims_no_licence_of_its_own(works: Sequence[Work]) -> None:
    for work in works:
        document = reread(zenodo(work))
        assert document["title"] == work.title
        assert [item["name"] for item in document["creators"]] == [item.inverted for item in work.creators]
        assert ("license" in document) == bool(work.licence.spdx_id) == (document["access_right"] == "open")
        text = document["description"].replace("<p>", "").replace("</p>", "\n")
        assert "<" not in text
        assert html.unescape(text).split() == work.description.split()
        assert work.artifact_id in document["notes"]


def test_a_zenodo_deposit_uses_its_documented_words_and_each_once(works: Sequence[Work]) -> None:
    used: set[str] = set()
    for work in works:
        document = reread(zenodo(work))
        assert set(document) <= ZENODO_MEMBERS
        rows = document["related_identifiers"]
        assert all(rows.count(row) == 1 for row in rows)
        used |= {row["relation"] for row in rows}
        assert {row["scheme"] for row in rows} <= {"ark", "doi", "handle", "url", "urn"}
        assert all(set(row) <= {"name", "affiliation", "orcid"} for row in document["creators"])
        assert [row["type"] for row in document.get("contributors", [])] in ([], ["ContactPerson"])
        references = document.get("references", [])
        assert len(set(references)) == len(references)
    assert used
    assert used <= ZENODO_RELATIONS


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        ("url", "https://example.org", "url"),
        ("url", "http://example.org/a b", "url"),
        ("url", "wiki", "other"),
        ("url", "javascript:alert(1)", "other"),
        ("handle", "2381/12345", "handle"),
        ("handle", "2381", "other"),
        ("ark", "ark:/12148/btv1b8449691v", "ark"),
        ("ark", "12148", "other"),
        ("swhid", "swh:1:dir:" + "0" * 40, "swhid"),
        ("swhid", "swh:1:dir:0", "other"),
        ("other", "x", "other"),
    ],
)
def test_an_identifier_is_of_a_kind_where_it_looks_like_one(kind: str, value: str, seen: str) -> None:
    assert kind_of(kind, value) == seen


def test_a_zenodo_deposit_leaves_out_relations_that_it_would_be_refused_for(works: Sequence[Work]) -> None:
    related = tuple(Related(name, "doi", f"10.1234/{name}") for name in RELATIONS)
    rows = zenodo(replace(works[0], related=related, identifiers=(), parents=()))["related_identifiers"]
    told = {row["relation"] for row in rows} - {"isAlternateIdentifier"}
    assert told == ZENODO_RELATIONS - {"isAlternateIdentifier"}


@pytest.mark.parametrize("write", [csl_items, datacite_json, codemeta, zenodo])
def test_documents_hold_no_empty_members(write: Any, works: Sequence[Work]) -> None:  # noqa: ANN401 - any of four
    def empty(value: object) -> bool:
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return value in ("", [], {}, None) or any(empty(child) for child in children)

    assert not any(empty(write(work)) for work in works)


def test_orcids_are_urls_in_datacite(works: Sequence[Work]) -> None:
    rows = [
        row["nameIdentifier"]
        for work in works
        for creator in datacite_json(work)["creators"]
        for row in creator.get("nameIdentifiers", ())
        if row["nameIdentifierScheme"] == "ORCID"
    ]
    assert rows
    assert all(row.startswith("https://orcid.org/0000-") for row in rows)
