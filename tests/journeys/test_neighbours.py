"""Export to the containers of the neighbours, and import from them: the same bundle comes back."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bagit
import pytest

from tests.journeys.command import Awen


@pytest.fixture
def kept(awen: Awen, example: Callable[[str], Path]) -> dict[str, Any]:
    return awen("run", example("mzi_mesh_4x4"), "--json").json


@pytest.mark.parametrize(
    ("form", "name"), [("eln", "run.eln"), ("ocfl", "shelf"), ("directory", "bag"), ("zip", "run.zip")]
)
def test_a_bundle_comes_back_under_the_same_seal(
    form: str, name: str, awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    target = tmp_path / name
    assert awen("export", kept["seal"], target, "--format", form).status == 0
    back = awen("import", target, "--store", tmp_path / "other", "--json")
    assert back.status == 0, back.err
    assert back.json["seal"] == kept["seal"]


def test_the_swhid_is_printed_when_asked_for(awen: Awen, kept: dict[str, Any]) -> None:
    assert "swhid" not in awen("id", kept["seal"], "--json").json
    assert awen("id", kept["seal"], "--swhid", "--json").json["swhid"].startswith("swh:1:dir:")


def test_only_a_zip_goes_to_standard_output(awen: Awen, kept: dict[str, Any]) -> None:
    assert awen("export", kept["seal"], "-", "--format", "eln").status == 2
    assert awen("export", kept["seal"], "-").raw.startswith(b"PK\x03\x04")


@pytest.mark.parametrize("inside", [".", "mesh"])
def test_a_bag_that_an_archive_put_around_a_bundle_gives_it_back(
    inside: str,
    awen: Awen,
    kept: dict[str, Any],
    tmp_path: Path,
) -> None:
    bag = tmp_path / "transfer"
    inner = bag / inside
    inner.parent.mkdir(exist_ok=True)
    assert awen("export", kept["seal"], inner, "--format", "directory").status == 0
    bagit.make_bag(str(bag), checksums=["sha256", "sha512"])
    assert bagit.Bag(str(bag)).is_valid()
    back = awen("import", bag, "--store", tmp_path / "other", "--json")
    assert (back.status, back.json.get("seal")) == (0, kept["seal"]), back.err
    assert awen("verify", bag).status == 1, "the outer bag is no bundle"


def test_a_strangers_archive_is_refused_with_the_way_in(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "mesh"
    assert awen("export", kept["seal"], folder, "--format", "directory").status == 0
    for name in ("mesh.zip", "mesh.eln"):
        archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "mesh"))
        archive.rename(tmp_path / name)
        told = awen("import", tmp_path / name, "--store", tmp_path / "other")
        assert told.status == 1
        assert "unpack it with the tool that made it" in told.err
    shutil.unpack_archive(tmp_path / "mesh.zip", tmp_path / "unpacked")
    assert awen("import", tmp_path / "unpacked/mesh", "--store", tmp_path / "other").status == 0
