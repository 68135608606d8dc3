"""Bundles of the ancestor's layout become evidence, whole or not at all (AWB-R-245 to 248)."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from awen_ref import archive
from awen_ref.errors import InvalidInputError
from awen_ref.migrate import EXTENSION, migrate
from awen_ref.verify import VerifiedBundle
from tests.experiments import ENVIRONMENT, Clock

SYNTHETIC = Path(__file__).parents[1] / "assets" / "ancestor" / "bundle"
KEPT = "data/evidence/attachments/v0.2/"


class Later(Clock):
    """The same clock, another day."""

    def now(self) -> datetime:
        return datetime(2031, 5, 6, tzinfo=UTC) + timedelta(seconds=1)


@pytest.fixture
def ancestor(tmp_path: Path) -> Path:
    return copytree(SYNTHETIC, tmp_path / "ancestor")


def migrated(folder: Path, **options: Any) -> VerifiedBundle:  # noqa: ANN401 - handed on as they are
    return migrate(archive.read(folder), **{"clock": Clock(), "environment": ENVIRONMENT, **options})


def refusal(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInputError) as error:
        migrated(folder)
    return [(finding.code, finding.path) for finding in error.value.findings]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_every_file_is_kept_octet_for_octet(ancestor: Path) -> None:
    bundle = migrated(ancestor)
    kept = {
        path.removeprefix(KEPT): bundle.bundle.members[path].read()
        for path in bundle.bundle.members
        if path.startswith(KEPT)
    }
    assert kept == contents(ancestor)


def test_no_number_of_the_ancestor_becomes_a_result(ancestor: Path) -> None:
    bundle = migrated(ancestor)
    assert bundle.artifact_type == "validation"
    assert bundle.document("data/results/outputs.json") == {}
    assert not any(path.startswith("data/results/arrays/") for path in bundle.bundle.members)
    assert bundle.document("data/inputs/experiment.json")["semantics"] == "awen-migrate/1.0"
    assert bundle.document("data/claim/claim.json")["parents"] == []


def test_the_identity_covers_every_file_of_the_ancestor(ancestor: Path) -> None:
    account = migrated(ancestor).document("data/inputs/experiment.json")["extensions"][EXTENSION]
    assert account["layout"] == "awen_artifact.v0.2"
    assert account["artifact_id"] == json.loads((ancestor / "manifest.json").read_bytes())["artifact_id"]
    assert account["files"] == {
        path: hashlib.sha256(data).hexdigest() for path, data in contents(ancestor).items()
    }


def test_the_same_ancestor_gives_the_same_artifact_id_on_another_day_and_under_another_title(
    ancestor: Path,
) -> None:
    first, second = migrated(ancestor), migrated(ancestor, clock=Later(), metadata={"title": "Mesh of 2026"})
    assert first.ids.artifact_id == second.ids.artifact_id
    assert first.ids.seal != second.ids.seal
    assert second.document("metadata.json")["title"] == "Mesh of 2026"


def test_a_manifest_that_nothing_vouched_for_is_vouched_for_from_then_on(ancestor: Path) -> None:
    before = migrated(ancestor).ids.artifact_id
    head = ancestor / "manifest.json"
    head.write_text(head.read_text().replace("bit-exact", "perhaps"))
    assert migrated(ancestor).ids.artifact_id != before


def test_an_altered_file_is_refused(ancestor: Path) -> None:
    (ancestor / "results" / "outputs.json").write_text('{"power": [1.0, 0.0]}')
    assert refusal(ancestor) == [("AWB-INT-011", "results/outputs.json")]


def test_a_listed_file_that_is_not_there_is_refused(ancestor: Path) -> None:
    (ancestor / "environment" / "seed.txt").unlink()
    assert refusal(ancestor) == [("AWB-INT-011", "environment/seed.txt")]


def test_a_file_that_is_not_listed_is_refused(ancestor: Path) -> None:
    (ancestor / "results" / "gradients.json").write_text("{}")
    assert refusal(ancestor) == [("AWB-INT-011", "results/gradients.json")]


@pytest.mark.parametrize("digest", ["00", 7, "E3" * 32])
def test_a_checksum_that_is_none_is_refused(ancestor: Path, digest: object) -> None:
    listed = json.loads((ancestor / "checksums.json").read_bytes())
    (ancestor / "checksums.json").write_text(json.dumps({**listed, "ir/original.json": digest}))
    assert refusal(ancestor) == [("AWB-INT-011", "ir/original.json")]


@pytest.mark.parametrize("name", ["manifest.json", "checksums.json"])
def test_a_folder_without_its_two_lists_is_refused(ancestor: Path, name: str) -> None:
    (ancestor / name).unlink()
    assert refusal(ancestor) == [("AWB-INT-011", name)]


def test_another_layout_is_refused(ancestor: Path) -> None:
    head = json.loads((ancestor / "manifest.json").read_bytes())
    (ancestor / "manifest.json").write_text(json.dumps({**head, "schema_version": "awen_artifact.v0.3"}))
    assert refusal(ancestor) == [("AWB-INT-011", "manifest.json")]


def test_lists_that_are_no_json_objects_are_refused(ancestor: Path) -> None:
    (ancestor / "checksums.json").write_text("[]")
    assert refusal(ancestor) == [("AWB-INT-011", "checksums.json")]
    (ancestor / "checksums.json").write_text("{")
    assert [code for code, _ in refusal(ancestor)] == ["AWB-ENC-003"]


def test_a_link_is_refused_and_not_followed(ancestor: Path) -> None:
    (ancestor / "ir" / "lowered.json").symlink_to("original.json")
    assert [path for _, path in refusal(ancestor)] == ["ir/lowered.json"]
