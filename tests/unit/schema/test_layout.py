"""The matrix of files and artifact types."""

import pytest

from awen_schema import schemas
from awen_schema.layout import (
    ARTIFACT_TYPES,
    DATA_DIRECTORIES,
    ENTRIES,
    FAMILIES,
    FILES,
    ROOT_DIRECTORIES,
    ROOT_FILES,
    entry_for,
    presence,
)
from schemagen import layout
from schemagen.sources import SourceError


def needed(artifact_type: str, demand: str) -> set[str]:
    """The files that a type asks for in one way."""
    return {path for path, entry in FILES.items() if presence(entry, artifact_type) == demand}


def test_every_entry_speaks_of_every_type() -> None:
    assert all(tuple(entry.presence) == ARTIFACT_TYPES for entry in ENTRIES)
    assert len(FILES) + len(FAMILIES) == len(ENTRIES)


def test_every_schema_of_the_matrix_is_published() -> None:
    assert {entry.schema for entry in ENTRIES if entry.schema} <= set(schemas.names())


def test_every_file_lies_in_a_permitted_directory() -> None:
    for path in FILES:
        first, _, rest = path.partition("/")
        assert first in ROOT_DIRECTORIES if rest else path in ROOT_FILES
        assert first != "data" or rest.partition("/")[0] in DATA_DIRECTORIES


def test_only_a_run_has_no_task() -> None:
    task = FILES["data/inputs/task.json"]
    assert {kind: presence(task, kind) for kind in ARTIFACT_TYPES} == {
        kind: "forbidden" if kind == "run" else "required" for kind in ARTIFACT_TYPES
    }


def test_only_a_replay_holds_replayed_results() -> None:
    replayed = {path for path in FILES if path.startswith("data/results/replayed/")}
    assert replayed & needed("replay", "required") == {
        "data/results/replayed/body.json",
        "data/results/replayed/outputs.json",
    }
    for kind in set(ARTIFACT_TYPES) - {"replay"}:
        assert replayed <= needed(kind, "forbidden")


def test_every_type_seals_claim_and_results_and_environment() -> None:
    common = set.intersection(*(needed(kind, "required") for kind in ARTIFACT_TYPES))
    assert {
        "manifest.json",
        "metadata.json",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "data/inputs/experiment.json",
        "data/claim/claim.json",
        "data/results/outputs.json",
        "data/results/body.json",
        "data/evidence/environment.json",
        "data/evidence/provenance.json",
        "CITATION.cff",
        "ro-crate-metadata.json",
    } <= common


def test_an_unknown_type_asks_for_nothing() -> None:
    assert {presence(entry, "tomography") for entry in ENTRIES} == {"optional"}


@pytest.mark.parametrize(
    "path",
    [
        "data/results/arrays/pd1.power.npy",
        "data/results/replayed/arrays/x.npy",
        "data/evidence/attachments/plot.png",
        "data/evidence/attachments/v0.2/ir/graph.json",
        "signatures/lab-2026.dsse.json",
        f"signatures/tagmanifest-{'0123456789abcdef' * 4}.txt",
        "bagit.txt",
    ],
)
def test_path_belongs_in_a_bundle(path: str) -> None:
    entry = entry_for(path)
    assert entry is not None
    assert entry.path == path or entry.pattern


@pytest.mark.parametrize(
    "path",
    [
        "",
        "README.md",
        "fetch.txt",
        "manifest-sha512.txt",
        "data/inputs/extra.json",
        "data/results/arrays/PD1.npy",
        "data/results/arrays/a/b.npy",
        "data/results/arrays/pd1.power.npy\n",
        "data/evidence/attachments/",
        "data/evidence/attachments/../x",
        "data/results/replayed/replayed/outputs.json",
        "signatures/key.pem",
        "signatures/deep/a.dsse.json",
        "citation/extra.bib",
    ],
)
def test_path_does_not_belong_in_a_bundle(path: str) -> None:
    assert entry_for(path) is None


def test_wrong_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {
        "artifact_types": {"run": "A run."},
        "relations": {},
        "directories": {"root": [], "data": []},
        "segment": "x",
        "requirements": {"shelves": []},
        "files": [
            {"path": "a", "pattern": "a", "role": "seal", "format": "text", "presence": {"all": "required"}},
            {"path": "b", "role": "decor", "format": "xml", "presence": {"all": "perhaps"}},
            {"pattern": "c", "role": "seal", "format": "npy", "schema": "C", "presence": {"all": "required"}},
            {"path": "d", "role": "seal", "format": "text", "presence": {"all": "required"}},
            {"path": "d", "role": "seal", "format": "text", "presence": {"all": "required"}},
        ],
    }
    monkeypatch.setattr(layout, "read_yaml", lambda _: table)
    with pytest.raises(SourceError) as caught:
        layout.load()
    complaints = str(caught.value)
    for text in (
        "requirements of shelves, which it does not have",
        "a: wants either path or pattern",
        "b: wants known role",
        "b: wants known format",
        "b: wants known presences",
        "c: wants a schema only for JSON",
        "c: wants no required pattern",
        "d comes twice",
    ):
        assert text in complaints
