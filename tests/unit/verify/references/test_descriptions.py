"""Citation files, crate, bag-info and provenance that speak of something else, sealed again by a forger."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from awen_ref import canonical
from awen_ref.verify import check
from tests import bundles

CFF = "CITATION.cff"
BIB = "citation/citation.bib"
CSL = "citation/csl.json"
DATACITE = "citation/datacite.json"
CRATE = "ro-crate-metadata.json"
BAG_INFO = "bag-info.txt"
PROVENANCE = "data/evidence/provenance.json"

Json = Any


def codes(path: str, change: Callable[[bytes], bytes], kind: str = "run") -> set[tuple[str, str]]:
    """Codes and files of what is found once one file is changed and everything is sealed again."""
    files = bundles.files_of(bundles.sealed(kind))
    changed = change(files[path])
    assert changed != files[path], "the change changes nothing"
    files[path] = changed
    return {(f.code, f.path) for f in check(bundles.resealed(files)).findings}


def edited(change: Callable[[Json], None]) -> Callable[[bytes], bytes]:
    """A change to a JSON document, kept canonical."""

    def apply(data: bytes) -> bytes:
        value = json.loads(data)
        change(value)
        return canonical.dumps(value)

    return apply


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old, new)


def root(crate: Json) -> Json:
    return next(entity for entity in crate["@graph"] if entity["@id"] == "./")


def entity(crate: Json, name: str) -> Json:
    return next(entity for entity in crate["@graph"] if entity["@id"] == name)


@pytest.mark.parametrize(
    "change",
    [
        swap(b"Zehnder", b"Other"),
        swap(b"2026-01-02", b"2025-01-02"),
        swap(b"M\xc3\xbcller", b"Mallory"),
        swap(b"awen_", b"awen_0"),
    ],
    ids=["title", "year", "creator", "artifact_id"],
)
def test_citation_cff_that_disagrees_is_a_finding(change: Callable[[bytes], bytes]) -> None:
    assert codes(CFF, change) == {("AWB-SEM-031", CFF), ("AWB-SEM-029", CRATE)}


def test_citation_cff_whose_title_is_no_json_string_is_a_finding() -> None:
    assert ("AWB-SEM-032", CFF) in codes(CFF, swap(b"title: ", b"title: !x "))


def test_citation_cff_that_is_not_utf_8_is_a_finding() -> None:
    assert ("AWB-SEM-032", CFF) in codes(CFF, lambda data: data + b"\xff")


@pytest.mark.parametrize("path", [BIB, "citation/citation.md"])
def test_prose_citation_with_another_id_is_a_finding(path: str) -> None:
    artifact_id = bundles.sealed("run").ids.artifact_id[5:].encode()
    assert ("AWB-SEM-031", path) in codes(path, swap(artifact_id, b"0" * 64))


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (CSL, edited(lambda items: items[0].update(title="Other"))),
        (CSL, edited(lambda items: items[0]["author"].reverse())),
        (CSL, edited(lambda items: items[0]["author"].pop())),
        (CSL, edited(lambda items: items[0]["issued"].update({"date-parts": [[1999]]}))),
        (DATACITE, edited(lambda record: record.update(titles=[]))),
        (DATACITE, edited(lambda record: record["creators"].reverse())),
        (DATACITE, edited(lambda record: record.update(publicationYear="1999"))),
        (DATACITE, edited(lambda record: record.update(alternateIdentifiers=[]))),
    ],
)
def test_structured_citation_that_disagrees_is_a_finding(path: str, change: Callable[[bytes], bytes]) -> None:
    assert ("AWB-SEM-031", path) in codes(path, change)


@pytest.mark.parametrize(
    ("path", "data"),
    [(CSL, b"{}"), (CSL, b"[]"), (CSL, b'[{"type":"book"}]'), (CSL, b"[1]"), (DATACITE, b"[]")],
)
def test_structured_citation_of_another_form_is_a_finding(path: str, data: bytes) -> None:
    assert ("AWB-SEM-032", path) in codes(path, lambda _: data)


@pytest.mark.parametrize(
    "change",
    [
        edited(lambda crate: crate["@graph"].clear()),
        edited(lambda crate: entity(crate, CRATE)["conformsTo"].reverse()),
        edited(lambda crate: root(crate).pop("conformsTo")),
        lambda _: b"[]",
        lambda _: b"1",
    ],
)
def test_crate_of_another_profile_is_a_finding(change: Callable[[bytes], bytes]) -> None:
    assert ("AWB-SEM-028", CRATE) in codes(CRATE, change)


@pytest.mark.parametrize(
    "change",
    [
        edited(lambda crate: entity(crate, "manifest.json").update(sha256="0" * 64)),
        edited(lambda crate: entity(crate, PROVENANCE).update(contentSize="1")),
        edited(lambda crate: entity(crate, PROVENANCE).update({"@type": "Dataset"})),
        edited(lambda crate: entity(crate, "manifest.json").update({"@id": "other.json"})),
        edited(lambda crate: crate["@graph"].append({"@id": "bagit.txt", "@type": "File"})),
    ],
)
def test_crate_of_other_files_is_a_finding(change: Callable[[bytes], bytes]) -> None:
    assert codes(CRATE, change) == {("AWB-SEM-029", CRATE)}


@pytest.mark.parametrize(
    "change",
    [
        edited(lambda crate: root(crate).update(name="Other")),
        edited(lambda crate: root(crate).update(description="Other")),
        edited(lambda crate: root(crate).update(license={"@id": "#none"})),
        edited(lambda crate: root(crate).pop("author")),
        edited(lambda crate: root(crate)["author"].reverse()),
        edited(lambda crate: root(crate)["author"].pop()),
        edited(lambda crate: root(crate)["author"].append({"@id": "#nobody"})),
        edited(lambda crate: entity(crate, root(crate)["author"][1]["@id"]).update(name="Mallory")),
        edited(lambda crate: entity(crate, "#artifact-id").update(value="awen_" + "0" * 64)),
    ],
)
def test_crate_of_another_artifact_is_a_finding(change: Callable[[bytes], bytes]) -> None:
    assert codes(CRATE, change) == {("AWB-SEM-030", CRATE)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (swap(b"External-Identifier: awen_", b"External-Identifier: awen_0"), "AWB-SEM-033"),
        (swap(b"Payload-Oxum: ", b"Payload-Oxum: 1"), "AWB-SEM-033"),
        (swap(b"Bagging-Date: 2026", b"Bagging-Date: 2025"), "AWB-SEM-034"),
        (swap(b"Payload-Oxum", b"Payload-Oxen"), "AWB-INV-023"),
        (lambda data: data + b"Bagging-Date: 2026-01-02\n", "AWB-INV-023"),
        (lambda data: data + b" folded\n", "AWB-INV-023"),
        (lambda data: data[:-1], "AWB-INV-023"),
        (lambda data: data.replace(b"\n", b"\r\n"), "AWB-INV-023"),
        (lambda data: data + b"X: \xff\n", "AWB-INV-023"),
    ],
)
def test_bag_info_that_disagrees_is_a_finding(change: Callable[[bytes], bytes], code: str) -> None:
    assert codes(BAG_INFO, change) == {(code, BAG_INFO)}


def provenance(change: Callable[[Json], None], kind: str = "gradient") -> set[str]:
    """Codes found in a changed account of provenance; the crate's digest of it is beside the point."""
    return {code for code, path in codes(PROVENANCE, edited(change), kind) if path == PROVENANCE}


def renamed(account: Json, prefix: str, name: str) -> None:
    """Give the entity whose id begins so another id, everywhere."""
    old = next(key for key in account["entity"] if key.startswith(f"art:{prefix}_"))
    text = json.dumps(account).replace(old, f"art:{name}")
    account.clear()
    account.update(json.loads(text))


def test_provenance_under_another_prefix_is_as_good() -> None:
    def change(account: Json) -> None:
        text = json.dumps(account).replace('"art:', '"thing:').replace('"art"', '"thing"')
        account.clear()
        account.update(json.loads(text))

    assert provenance(change) == set()


@pytest.mark.parametrize("prefix", ["inp", "res", "awen"])
def test_provenance_of_other_ids_is_a_finding(prefix: str) -> None:
    assert provenance(lambda account: renamed(account, prefix, f"{prefix}_" + "0" * 64), "run") == {
        "AWB-SEM-025"
    }


def test_provenance_without_an_entity_is_a_finding() -> None:
    def change(account: Json) -> None:
        renamed(account, "inp", "nameless")

    assert provenance(change, "run") == {"AWB-SEM-024"}


def test_crate_refers_once_to_an_author_who_stands_twice() -> None:
    made = bundles.parts("run")
    ror = "https://ror.org/02nr0ka47"
    institutes = [
        {"type": "organization", "name": name, "ror": ror} for name in ("Institute of Light", "Workshop")
    ]
    made.metadata["creators"] = [institutes[0], *made.metadata["creators"]]
    files = bundles.files_of(bundles.build(made))
    record = {**made.metadata, "creators": [*made.metadata["creators"], institutes[1]]}
    report = check(bundles.resealed({**files, "metadata.json": canonical.dumps(record)}))
    # Of the crate only the digest of metadata.json is another; the citation files lack the name.
    assert {finding.code for finding in report.findings} == {"AWB-SEM-029", "AWB-SEM-031", "AWB-SEM-036"}


def test_many_creators_who_are_not_in_a_long_citation_are_found_missing_at_once() -> None:
    """AWB-R-362: as one pattern, forty names take longer than anybody lives to be found missing."""
    made = bundles.parts("run")
    made.metadata["creators"] = [
        {"type": "person", "family_name": "a" if number else "zz", "given_name": f"b{number}"}
        for number in reversed(range(40))
    ]
    files = {**bundles.files_of(bundles.build(made)), "citation/citation.md": b"a " * 20_000}
    start = time.perf_counter()
    found = {(f.code, f.path, f.message) for f in check(bundles.resealed(files)).findings}
    assert time.perf_counter() - start < 2
    assert (
        "AWB-SEM-031",
        "citation/citation.md",
        "the file does not give the creators of the bundle",
    ) in found


@pytest.mark.parametrize("path", [CRATE, DATACITE])
def test_null_in_the_description_is_a_finding(path: str) -> None:
    def change(document: Json) -> None:
        place = root(document) if path == CRATE else document
        place["extra"] = [1, None]

    assert ("AWB-SCH-003", path) in codes(path, edited(change))


def test_null_below_extensions_is_none() -> None:
    change = edited(lambda crate: root(crate).update(extensions={"org.example.note": None}))
    assert codes(CRATE, change) == set()


@pytest.mark.parametrize("relation", ["used", "wasGeneratedBy", "wasAssociatedWith"])
def test_provenance_without_a_relation_is_a_finding(relation: str) -> None:
    assert provenance(lambda account: account[relation].clear()) == {"AWB-SEM-024"}


def test_provenance_with_results_from_nowhere_is_a_finding() -> None:
    assert provenance(lambda account: account["wasDerivedFrom"].pop("_:derived-1")) == {"AWB-SEM-024"}


def test_provenance_without_the_parent_is_a_finding() -> None:
    assert provenance(lambda account: account["wasDerivedFrom"].pop("_:derived-2")) == {"AWB-SEM-026"}


def test_provenance_without_an_entity_for_the_parent_is_a_finding() -> None:
    assert provenance(lambda account: account["entity"].pop(f"art:{bundles.PARENT}")) == {"AWB-SEM-026"}


def test_provenance_with_a_parent_of_its_own_is_a_finding() -> None:
    stranger = "awen_" + "c" * 64
    found = provenance(
        lambda account: account["wasDerivedFrom"]["_:derived-2"].update(
            {"prov:usedEntity": f"art:{stranger}"}
        )
    )
    assert found == {"AWB-SEM-026"}


def test_activity_that_ends_before_it_starts_is_a_finding() -> None:
    def change(account: Json) -> None:
        (activity,) = account["activity"].values()
        activity["prov:startTime"] = "2026-01-02T03:04:05.2+00:00"
        activity["prov:endTime"] = "2026-01-02T03:04:05.15+00:00"

    assert provenance(change) == {"AWB-SEM-027"}
