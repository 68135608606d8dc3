"""OCFL, `.eln`, SWHID and the crate as a ZIP: out to the tools of others, and back."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from awen_ref import archive, signing
from awen_ref.bundle import Bundle
from awen_ref.errors import ContainerError, MissingError, UsageError
from tests import bundles

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return bundles.sealed("run")


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_ocfl_validate_accepts_our_object_and_root(bundle: Bundle, tmp_path: Path, judges: Path) -> None:
    root = tmp_path / "shelf"
    objects = [archive.write_ocfl(item, root) for item in (bundle, bundles.sealed("gradient"))]
    said = run(judges / "python", judges / "ocfl-validate.py", *objects)
    assert "INVALID" not in said
    said = run(judges / "python", judges / "ocfl-root.py", "validate", "--root", root)
    assert "INVALID" not in said


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


def test_ocfl_py_writes_objects_that_we_read(bundle: Bundle, tmp_path: Path, judges: Path) -> None:
    archive.write_directory(bundle, tmp_path / "plain")
    run(
        judges / "python", judges / "ocfl-object.py", "create", "-q", "--srcdir", tmp_path / "plain",
        "--objdir", tmp_path / "object", "--id", "urn:x:1", "--message", "m", "--name", "n",
        "--address", "mailto:a@b.org",
    )  # fmt: skip
    assert bundles.files_of(archive.read_ocfl(tmp_path / "object")) == bundles.files_of(bundle)


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


def test_the_swhid_is_that_of_the_tool(bundle: Bundle, tmp_path: Path, judges: Path) -> None:
    archive.write_directory(bundle, tmp_path / "plain")
    said = run(judges / "swh.identify", "--no-filename", tmp_path / "plain").split()
    assert said == [archive.swhid_of(bundle)]


def test_the_canonical_zip_is_a_crate(bundle: Bundle, tmp_path: Path, crate_cache: Path) -> None:
    path = tmp_path / "bundle.zip"
    archive.write_zip(bundle, path)
    profiles = ("ro-crate-1.1", "ro-crate-1.2", "process-run-crate-0.5")
    found = json.loads(run(sys.executable, HERE / "crate_issues.py", path, crate_cache, *profiles))
    assert list(found) == list(profiles)
    assert [issue for issues in found.values() for issue in issues if issue[0] == "REQUIRED"] == []
