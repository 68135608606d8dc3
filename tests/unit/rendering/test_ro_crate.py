"""The crate over real and over many files (AWB-R-264 to AWB-R-267, AWB-R-283)."""

import json
import time
from collections.abc import Sequence
from typing import Any

import pytest

from awen_ref import canonical
from awen_ref.execution.description import described
from awen_ref.rendering import CITATION_FILES, render
from awen_ref.rendering.contents import Contents
from awen_ref.rendering.relations import iri
from awen_ref.rendering.work import Work

CREATED = "2026-01-01T00:00:00+00:00"
IDS = {"inputs_id": "inp_" + "1" * 64, "results_id": "res_" + "2" * 64, "artifact_id": "awen_" + "3" * 64}
TOOL = {"name": "awen-ref", "version": "0.1.0", "url": "https://example.org/awen"}
DESCRIBED = ("data/inputs/ir.json", "data/results/body.json", "data/results/outputs.json", "manifest.json")
UNDESCRIBED = described(None, name="a ring", artifact_type="run", created=CREATED)
FILES = dict.fromkeys(DESCRIBED, ("0" * 64, 10, "application/json"))


def rendered(record: dict[str, Any], **changes: Any) -> dict[str, bytes]:  # noqa: ANN401 - arguments of `render`
    arguments: dict[str, Any] = {
        "ids": IDS,
        "artifact_type": "run",
        "files": FILES,
        "tool": TOOL,
        "parents": (),
        "window": (CREATED, CREATED),
        "contents": Contents(),
    }
    return render(record, **(arguments | changes))


def graph_of(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    crate = json.loads(files["ro-crate-metadata.json"])
    assert crate["@context"] == "https://w3id.org/ro/crate/1.2/context"
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"]), "an id stands twice"
    return entities


def references(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*(references(item) for item in value))
    if isinstance(value, dict):
        return (
            {value["@id"]} if set(value) == {"@id"} else set().union(*(references(v) for v in value.values()))
        )
    return set()


def test_every_awkward_record_gives_a_flat_closed_graph(records: Sequence[dict[str, Any]]) -> None:
    outside = ("https://w3id.org/ro/crate/", "ro-crate-preview.html")
    for record in records:
        entities = graph_of(rendered(record))
        named = set().union(
            *(references({k: v for k, v in e.items() if k != "@id"}) for e in entities.values())
        )
        assert {name for name in named - set(entities) if not name.startswith(outside)} == set()
        for entity in entities.values():
            lists = [value for key, value in entity.items() if isinstance(value, list) and key != "@type"]
            assert all(len(value) > 1 for value in lists), entity


def test_the_crate_says_what_the_work_says(records: Sequence[dict[str, Any]], works: Sequence[Work]) -> None:
    for record, work in zip(records, works, strict=True):
        entities = graph_of(rendered(record))
        root = entities["./"]
        assert (root["name"], root["description"]) == (work.title, work.description)
        assert root["datePublished"] == work.created
        licence = entities[root["license"]["@id"]]
        assert licence["name"] == work.licence.name
        assert (licence["@id"] == "#license") == (not work.licence.spdx_id)
        identifiers = root["identifier"] if isinstance(root["identifier"], list) else [root["identifier"]]
        assert entities[identifiers[0]["@id"]]["value"] == IDS["artifact_id"]


def test_the_citation_files_are_described_with_their_digests() -> None:
    files = rendered(UNDESCRIBED)
    entities = graph_of(files)
    for path in CITATION_FILES:
        assert entities[path]["contentSize"] == str(len(files[path]))
    assert set(FILES) <= set(entities)
    assert not {"metadata.json", "ro-crate-preview.html", "bagit.txt"} & set(entities)


def test_one_action_says_when_and_with_what() -> None:
    window = ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:07+00:00")
    entities = graph_of(rendered(UNDESCRIBED, window=window))
    (action,) = (entity for entity in entities.values() if entity["@type"] == "CreateAction")
    assert (action["startTime"], action["endTime"]) == window
    assert action["actionStatus"] == "http://schema.org/CompletedActionStatus"
    tool = entities[action["instrument"]["@id"]]
    assert tool == {"@id": TOOL["url"], "@type": "SoftwareApplication"} | TOOL
    assert action["object"] == {"@id": "data/inputs/ir.json"}
    assert [row["@id"] for row in action["result"]] == ["data/results/body.json", "data/results/outputs.json"]


def test_parents_are_what_the_crate_is_based_on() -> None:
    parents = [{"artifact_id": "awen_" + "9" * 64, "relation": "replay_of"}]
    entities = graph_of(rendered(UNDESCRIBED, parents=parents))
    based = entities["./"]["isBasedOn"]["@id"]
    assert based == "urn:awen:awen_" + "9" * 64
    assert entities[based]["@type"] == "CreativeWork"


@pytest.mark.parametrize(
    "value", ["garbage", "data/inputs/ir.json", "javascript:alert(1)", "//host/x", "https://"]
)
def test_what_is_no_address_is_mentioned_and_not_cited(value: str) -> None:
    """RO-Crate 1.2: a citation's `@id` is an absolute URI; and no entity may take the place of a file's."""
    record = {**UNDESCRIBED, "related": [{"relation": "Cites", "type": "url", "value": value}]}
    entities = graph_of(rendered(record))
    assert "citation" not in entities["./"]
    assert entities["#related-1"]["name"] == value
    assert entities["data/inputs/ir.json"]["@type"] == "File"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=%20#c", "https://example.org/a?b=%20#c"),
        ("http://[::1]:8/[x]", "http://[::1]:8/%5Bx%5D"),
        ("http://a/%zz%", "http://a/%25zz%25"),
        ("http://a/x#y#z", "http://a/x#y%23z"),
        ("http://a/<\u00fc>", "http://a/%3C\u00fc%3E"),
        ("urn:awen:x", "urn:awen:x"),
        ("", ""),
    ],
)
def test_an_address_is_made_an_iri(url: str, expected: str) -> None:
    assert iri(url) == expected
    assert iri(expected) == expected


SHARED = (
    "https://example.org/award/42", "https://spdx.org/licenses/MIT", "https://ror.org/01ggx4157", TOOL["url"],
    "https://orcid.org/0000-0002-1825-0097", "https://w3id.org/ro/wfrun/process/0.5",
)  # fmt: skip


@pytest.mark.parametrize("address", SHARED)
@pytest.mark.parametrize("award", ["https://example.org/award/42", *SHARED[1:4]])
def test_one_address_for_two_things_is_the_id_of_one(address: str, award: str) -> None:
    record = {
        **UNDESCRIBED,
        "creators": [{"type": "person", "family_name": "Curie", "orcid": "0000-0002-1825-0097"}],
        "license": {"name": "MIT licence", "spdx_id": "MIT"},
        "publisher": {"name": "CERN", "ror": "https://ror.org/01ggx4157"},
        "contact": {"name": "Desk", "email": "desk@example.org"},
        "funding": [
            {"funder_name": "A", "award_url": award, "award_title": "first"},
            {"funder_name": "B", "award_url": award, "award_title": "second"},
        ],
        "related": [
            {"relation": relation, "type": "url", "value": address} for relation in ("Cites", "Reviews")
        ],
    }
    entities = graph_of(rendered(record))
    root = entities["./"]
    assert entities[root["license"]["@id"]]["name"] == "MIT licence"
    assert entities[root["author"]["@id"]]["@type"] == "Person"
    assert entities[root["conformsTo"]["@id"]]["name"] == "Process Run Crate"
    grants = [entities[row["@id"]] for row in root["funding"]]
    assert [(grant["@type"], grant["name"]) for grant in grants] == [("Grant", "first"), ("Grant", "second")]
    assert [entities[row["@id"]]["name"] for row in root["funder"]] == ["A", "B"]
    (action,) = (entity for entity in entities.values() if entity["@type"] == "CreateAction")
    assert entities[action["instrument"]["@id"]]["@type"] == "SoftwareApplication"
    works = {entity.get("description", "") for entity in entities.values()}
    assert {f"Cites {address}", f"Reviews {address}"} <= works


def test_an_address_with_signs_that_no_iri_holds_is_encoded() -> None:
    odd = "https://example.org/a b/\u00fc?x=<1>"
    record = {**UNDESCRIBED, "related": [{"relation": "Cites", "type": "url", "value": odd}]}
    assert graph_of(rendered(record))["./"]["citation"] == {
        "@id": "https://example.org/a%20b/\u00fc?x=%3C1%3E"
    }


@pytest.mark.parametrize("name", ["TZ", "LC_ALL", "PYTHONHASHSEED"])
def test_the_same_record_gives_the_same_bytes(
    name: str, monkeypatch: pytest.MonkeyPatch, records: Sequence[dict[str, Any]]
) -> None:
    before = [rendered(record) for record in records[:20]]
    # AWB-R-285: neither the locale nor the time zone shows.
    monkeypatch.setenv(name, "Asia/Tokyo")
    time.tzset()
    assert [rendered(record) for record in records[:20]] == before


def test_every_json_document_is_canonical(records: Sequence[dict[str, Any]]) -> None:
    for record in records[:50]:
        for path, data in rendered(record).items():
            if path.endswith("json"):
                assert canonical.dumps(json.loads(data)) == data


def test_each_of_five_thousand_files_is_described() -> None:
    files = FILES | {
        f"data/evidence/attachments/{number:05}.bin": (f"{number:064x}", number, "application/octet-stream")
        for number in range(5000)
    }
    assert set(files) <= set(graph_of(rendered(UNDESCRIBED, files=files)))


def test_the_record_of_whoever_gave_none_names_neither_user_nor_host() -> None:
    """AWB-R-189: nor any address, affiliation or licence."""
    assert UNDESCRIBED["creators"] == [{"type": "organization", "name": "AWEN user"}]
    assert UNDESCRIBED["license"] == {"name": "No licence stated"}
