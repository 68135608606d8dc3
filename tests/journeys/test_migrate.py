"""`awen migrate` as a user calls it."""

import tarfile
from pathlib import Path
from shutil import copytree

import pytest

from awen_ref import archive, verify
from tests.journeys.command import Awen

SYNTHETIC = Path(__file__).parents[1] / "assets" / "ancestor" / "bundle"


def test_a_migrated_bundle_is_kept_exported_and_verified(awen: Awen, tmp_path: Path) -> None:
    done = awen("migrate", SYNTHETIC, "--json")
    assert done.status == 0, done.err
    assert done.json["files"] == len([path for path in SYNTHETIC.rglob("*") if path.is_file()])
    target = tmp_path / "old.zip"
    assert awen("export", done.json["artifact_id"], target).status == 0
    assert verify.check(archive.read(target)).verdict == "valid"


@pytest.mark.parametrize("name", ["old.tar", "old.tar.gz"])
def test_a_tarball_gives_the_same_artifact_as_the_folder(awen: Awen, tmp_path: Path, name: str) -> None:
    folder = awen("migrate", SYNTHETIC, "--json")
    packed = tmp_path / name
    with tarfile.open(packed, "w:gz" if name.endswith("gz") else "w") as tar:
        tar.add(SYNTHETIC, arcname="awen_0123456789abcdef")
    done = awen("migrate", packed, "--json")
    assert done.status == 0, done.err
    assert done.json["artifact_id"] == folder.json["artifact_id"]
    assert done.json["files"] == folder.json["files"]


def test_a_tarball_with_a_link_leaves_nothing_behind(awen: Awen, tmp_path: Path) -> None:
    packed = tmp_path / "old.tar.gz"
    with tarfile.open(packed, "w:gz") as tar:
        tar.add(SYNTHETIC, arcname="old")
        link = tarfile.TarInfo("old/results/more.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    done = awen("migrate", packed)
    assert done.status == 1
    assert "AWB-PKG-026" in done.err
    assert awen("list").out == ""


def test_a_damaged_ancestor_leaves_nothing_behind(awen: Awen, tmp_path: Path) -> None:
    folder = copytree(SYNTHETIC, tmp_path / "old")
    (folder / "results" / "outputs.json").write_text("{}")
    done = awen("migrate", folder)
    assert done.status == 1
    assert "AWB-INT-011 results/outputs.json" in done.err
    assert awen("list").out == ""
