"""OCFL objects, `.eln` files and SWHIDs: out and back, and what of a stranger's is refused."""

import json
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from awen_ref import archive, signing
from awen_ref.bundle import Bundle
from awen_ref.errors import ContainerError, MissingError, UsageError
from tests import bundles


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return bundles.sealed("run")


def test_a_bundle_comes_back_from_ocfl_as_it_was(bundle: Bundle, tmp_path: Path) -> None:
    signed = signing.sign(bundle, "run", signing.generate(), signed_at=bundles.CREATED)
    folder = archive.write_ocfl(signed, tmp_path / "shelf")
    for place in (folder, tmp_path / "shelf"):
        assert bundles.files_of(archive.read_ocfl(place)) == bundles.files_of(signed)


def test_ocfl_is_written_whole_or_not_at_all(bundle: Bundle, tmp_path: Path) -> None:
    archive.write_ocfl(bundle, tmp_path / "shelf")
    with pytest.raises(UsageError):
        archive.write_ocfl(bundle, tmp_path / "shelf")
    (tmp_path / "other").mkdir()
    with pytest.raises(UsageError, match="no OCFL"):
        archive.write_ocfl(bundle, tmp_path / "other")
    assert list((tmp_path / "other").iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"head": "v9"},
        {"manifest": {}},
        {"manifest": []},
        {"versions": None},
        {"contentDirectory": ".."},
        {"contentDirectory": 7},
    ],
)
def test_a_broken_inventory_is_refused(change: Mapping[str, Any], bundle: Bundle, tmp_path: Path) -> None:
    folder = archive.write_ocfl(bundle, tmp_path / "shelf")
    path = folder / "inventory.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change))
    with pytest.raises(ContainerError):
        archive.read_ocfl(folder)


@pytest.mark.parametrize(
    "place", ["../../secret", "v1/content/../../secret", "/etc/passwd", "v1/content/none", "v1"]
)
def test_an_inventory_cannot_reach_outside_its_object(place: str, bundle: Bundle, tmp_path: Path) -> None:
    folder = archive.write_ocfl(bundle, tmp_path / "shelf")
    path = folder / "inventory.json"
    inventory = json.loads(path.read_bytes())
    digest = next(iter(inventory["manifest"]))
    inventory["manifest"][digest] = [place]
    path.write_text(json.dumps(inventory))
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(ContainerError):
        archive.read_ocfl(folder)


def test_an_inventory_that_is_not_there_is_missing(bundle: Bundle, tmp_path: Path) -> None:
    folder = archive.write_ocfl(bundle, tmp_path / "shelf")
    (folder / "inventory.json").unlink()
    with pytest.raises(MissingError):
        archive.read_ocfl(folder)


def test_a_bundle_comes_back_from_an_eln_file(bundle: Bundle, tmp_path: Path) -> None:
    path = tmp_path / "My run (1).eln"
    archive.write_eln(bundle, path)
    with zipfile.ZipFile(path) as entries:
        assert entries.testzip() is None
        assert {name.partition("/")[0] for name in entries.namelist()} == {"My run (1)"}
        assert "My run (1)/ro-crate-metadata.json" in entries.namelist()
    assert bundles.files_of(archive.read_eln(path)) == bundles.files_of(bundle)


def test_an_eln_file_with_something_beside_its_folder_is_refused(bundle: Bundle, tmp_path: Path) -> None:
    path = tmp_path / "run.eln"
    archive.write_zip(bundle, path)
    with pytest.raises(ContainerError):
        archive.read_eln(path)


def test_the_swhid_is_the_tree_of_git(bundle: Bundle, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    archive.write_directory(bundle, folder)

    def git(*words: str) -> str:
        command = ["git", "-C", str(folder), "-c", "core.autocrlf=false", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    git("init", "--quiet")
    git("add", "--all", "--force")
    assert archive.swhid_of(bundle) == f"swh:1:dir:{git('write-tree')}"


@pytest.mark.parametrize("stem", [".", "..", "a\\b", "a\nb", " ", "C:", "\u202egnp"])
def test_an_eln_file_with_a_folder_that_leads_elsewhere_is_neither_written_nor_read(
    stem: str, bundle: Bundle, tmp_path: Path
) -> None:
    path = tmp_path / f"{stem}.eln"
    with pytest.raises(UsageError, match="cannot be called"):
        archive.write_eln(bundle, path)
    assert not path.exists()
    for folder in (stem, ""):
        hostile = tmp_path / "hostile.eln"
        with zipfile.ZipFile(hostile, "w") as entries:
            for name, data in bundles.files_of(bundle).items():
                entries.writestr(f"{folder}/{name}", data)
        with pytest.raises(ContainerError):
            archive.read_eln(hostile)
