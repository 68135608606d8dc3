"""OCFL objects, `.eln` files and SWHIDs: out and back, and what of a stranger's is refused."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from awen_ref import archive, signing
from awen_ref.bundle import Bundle, BytesMember
from awen_ref.errors import ContainerError, MissingError, UsageError
from awen_ref.limits import DEFAULT
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


def test_a_root_takes_a_second_artifact_and_has_the_files_of_its_layout(
    bundle: Bundle, tmp_path: Path
) -> None:
    """OCFL 1.1, and extension 0003 with its defaults."""
    root = tmp_path / "shelf"
    objects = [archive.write_ocfl(one, root) for one in (bundle, bundles.sealed("gradient"))]
    identifier = f"urn:awen:{bundle.ids.artifact_id}"
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    place = f"{digest[:3]}/{digest[3:6]}/{digest[6:9]}/{identifier.replace(':', '%3a')}"
    assert objects[0] == root / place
    assert objects[1].is_dir()
    assert (root / "0=ocfl_1.1").read_bytes() == b"ocfl_1.1\n"
    layout = json.loads((root / "ocfl_layout.json").read_bytes())["extension"]
    config = json.loads((root / "extensions" / layout / "config.json").read_bytes())
    assert config == {
        "extensionName": layout,
        "digestAlgorithm": "sha256",
        "tupleSize": 3,
        "numberOfTuples": 3,
    }
    with pytest.raises(UsageError, match="more than one object"):
        archive.read_ocfl(root)


def test_a_root_that_lets_nothing_in_is_told(bundle: Bundle, tmp_path: Path) -> None:
    root = tmp_path / "shelf"
    place = archive.write_ocfl(bundles.sealed("gradient"), root)
    shutil.rmtree(root / place.relative_to(root).parts[0])
    digest = hashlib.sha256(f"urn:awen:{bundle.ids.artifact_id}".encode()).hexdigest()
    (root / digest[:3]).write_bytes(b"a file in the way")
    with pytest.raises(MissingError, match="cannot write to"):
        archive.write_ocfl(bundle, root)


def test_a_root_is_not_searched_without_end(bundle: Bundle, tmp_path: Path) -> None:
    """AWB-R-362."""
    root = tmp_path / "shelf"
    archive.write_ocfl(bundle, root)
    for number in range(30):
        (root / "extensions" / f"x{number}").mkdir()
    assert archive.read_ocfl(root).ids == bundle.ids
    with pytest.raises(UsageError):
        archive.read_ocfl(root, limits=DEFAULT._replace(entries=20))


def test_a_second_folder_in_an_eln_file_is_refused(bundle: Bundle, tmp_path: Path) -> None:
    path = tmp_path / "run.eln"
    archive.write_eln(bundle, path)
    octets = path.read_bytes()
    assert octets.count(b"run/CITATION.cff") == 2  # in its local and in its central header
    path.write_bytes(octets.replace(b"run/CITATION.cff", b"nur/CITATION.cff"))
    with pytest.raises(ContainerError) as caught:
        archive.read_eln(path)
    assert [one.code for one in caught.value.findings] == ["AWB-PKG-034"]


def test_what_is_both_file_and_folder_has_no_swhid() -> None:
    both = Bundle({"a": BytesMember(b"1"), "a/b": BytesMember(b"2")})
    with pytest.raises(ContainerError, match="both a file and a folder"):
        archive.swhid_of(both)


def test_files_of_an_ocfl_object_have_ordinary_modes(bundle: Bundle, tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        archive.write_ocfl(bundle, tmp_path / "shelf")
    finally:
        os.umask(old)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "shelf").rglob("*") if path.is_file()}
    assert modes == {0o644}


def test_a_root_without_the_parameters_of_its_layout_is_not_written_to(
    bundle: Bundle, tmp_path: Path
) -> None:
    root = tmp_path / "shelf"
    archive.write_ocfl(bundles.sealed("gradient"), root)
    for config in (root / "extensions").rglob("config.json"):
        config.unlink()
    with pytest.raises(UsageError, match="layout"):
        archive.write_ocfl(bundle, root)


def test_an_object_behind_a_link_is_not_found(bundle: Bundle, tmp_path: Path) -> None:
    archive.write_ocfl(bundle, tmp_path / "elsewhere")
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="no OCFL object"):
        archive.read_ocfl(tmp_path / "shelf")
