"""`awen migrate` as a user calls it."""

from pathlib import Path
from shutil import copytree

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


def test_a_damaged_ancestor_leaves_nothing_behind(awen: Awen, tmp_path: Path) -> None:
    folder = copytree(SYNTHETIC, tmp_path / "old")
    (folder / "results" / "outputs.json").write_text("{}")
    done = awen("migrate", folder)
    assert done.status == 1
    assert "AWB-INT-011 results/outputs.json" in done.err
    assert awen("list").out == ""
