"""`awen export` and `awen import`: a bundle leaves one store and arrives in another."""

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.command import Awen

NOISY = "mzi_mesh_4x4"


@pytest.fixture
def kept(awen: Awen, example: Callable[[str], Path]) -> dict[str, Any]:
    done: dict[str, Any] = awen("run", example(NOISY), "--json").json
    return done


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_exporting_twice_gives_the_same_bytes(awen: Awen, kept: dict[str, Any], tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        assert awen("export", kept["artifact_id"], tmp_path / name).status == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_directory_to_zip_to_directory_is_exact(awen: Awen, kept: dict[str, Any], tmp_path: Path) -> None:
    awen("export", kept["path"], tmp_path / "bundle.zip")
    awen("export", tmp_path / "bundle.zip", tmp_path / "again", "--directory")
    assert files(tmp_path / "again") == files(Path(kept["path"]))


def test_a_compressed_export_has_the_same_names(awen: Awen, kept: dict[str, Any], tmp_path: Path) -> None:
    awen("export", kept["artifact_id"], tmp_path / "small.zip", "--compress")
    awen("export", kept["artifact_id"], tmp_path / "plain.zip")
    assert (tmp_path / "small.zip").stat().st_size < (tmp_path / "plain.zip").stat().st_size
    names = [awen("id", tmp_path / name, "--json").json for name in ("small.zip", "plain.zip")]
    assert names[0] == names[1]


def test_a_colleague_imports_what_was_exported_and_has_the_same_record(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    awen("export", kept["artifact_id"], tmp_path / "bundle.zip")
    theirs = {"AWEN_STORE": str(tmp_path / "theirs")}
    done = awen("import", tmp_path / "bundle.zip", "--json", env=theirs)
    assert done.status == 0, done.err
    assert done.json["seal"] == kept["seal"]
    assert done.json["duplicate"] is False
    assert awen("import", tmp_path / "bundle.zip", "--json", env=theirs).json["duplicate"] is True
    assert files(Path(done.json["path"])) == files(Path(kept["path"]))


def test_two_things_are_not_written_to_standard_output(awen: Awen, kept: dict[str, Any]) -> None:
    done = awen("export", kept["artifact_id"], "-", "--json")
    assert done.status == 2
    assert "both ask for standard output" in done.json["error"]["message"]


def test_a_zip_on_standard_input_is_verified(awen: Awen, kept: dict[str, Any]) -> None:
    archive = awen("export", kept["artifact_id"], "-").raw
    done = awen("verify", "-", "--json", stdin=archive)
    assert done.status == 0
    assert done.json == {"verdict": "valid", "artifact_id": kept["artifact_id"], "findings": []}


def test_other_tools_read_the_same_archive(awen: Awen, kept: dict[str, Any], tmp_path: Path) -> None:
    awen("export", kept["artifact_id"], tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files(Path(kept["path"]))
    subprocess.run(["unzip", "-tq", tmp_path / "bundle.zip"], check=True, capture_output=True)


def test_export_does_not_overwrite(awen: Awen, kept: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("precious")
    done = awen("export", kept["artifact_id"], tmp_path / "mine.zip")
    assert done.status != 0
    assert (tmp_path / "mine.zip").read_text() == "precious"
    assert [path.name for path in tmp_path.glob("*mine*")] == ["mine.zip"]


def test_a_damaged_archive_is_not_imported_and_leaves_nothing(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    awen("export", kept["artifact_id"], tmp_path / "bundle.zip")
    data = bytearray((tmp_path / "bundle.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "bundle.zip").write_bytes(data)
    theirs = {"AWEN_STORE": str(tmp_path / "theirs")}
    done = awen("import", tmp_path / "bundle.zip", "--json", env=theirs)
    assert done.status == 1
    assert done.json["error"]["findings"]
    assert awen("list", "--json", env=theirs).json == {"bundles": []}


def test_the_printed_path_is_bagit_to_others(kept: dict[str, Any]) -> None:
    import bagit

    assert bagit.Bag(kept["path"]).validate()


def test_an_ambiguous_or_unknown_id_says_so(awen: Awen, kept: dict[str, Any], tmp_path: Path) -> None:
    awen("export", kept["path"], tmp_path / "bundle.zip")
    unknown = awen("export", "awen_" + "0" * 64, tmp_path / "x.zip")
    assert unknown.status == 3
    assert awen("verify", kept["artifact_id"][:21]).status == 0


def test_an_artifact_with_two_records_is_the_newest_and_each_seal_is_its_own(
    awen: Awen, kept: dict[str, Any], example: Callable[[str], Path]
) -> None:
    again = awen("run", example(NOISY), "--anonymous", "--json").json
    assert again["artifact_id"] == kept["artifact_id"]
    assert again["seal"] != kept["seal"]
    assert awen("id", kept["artifact_id"], "--json").json["seal"] in {kept["seal"], again["seal"]}
    assert awen("id", kept["seal"], "--json").json["seal"] == kept["seal"]
    done = awen("store", "delete", kept["artifact_id"], "--reason", "which one?")
    assert done.status == 2
    assert kept["seal"][:21] in done.err
