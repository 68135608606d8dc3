"""`awen bindings` as a user calls it."""

from pathlib import Path

import pytest

from awen_schema import bindings
from tests.journeys.command import Awen


@pytest.mark.parametrize("kind", sorted(bindings.KINDS))
def test_the_files_of_a_binding_are_written_and_listed(awen: Awen, tmp_path: Path, kind: str) -> None:
    done = awen("bindings", kind, "--output", tmp_path / "new", "--json")
    assert done.status == 0, done.err
    assert done.json == {
        "kind": kind,
        "files": [str(tmp_path / "new" / name) for name in bindings.files(kind)],
    }
    for name, data in bindings.files(kind).items():
        assert (tmp_path / "new" / name).read_bytes() == data


def test_writing_again_is_no_error_and_another_file_is_not_overwritten(awen: Awen, tmp_path: Path) -> None:
    assert awen("bindings", "shacl", "-o", tmp_path).status == 0
    assert awen("bindings", "shacl", "-o", tmp_path).status == 0
    (tmp_path / "awen.ttl").write_text("mine")
    done = awen("bindings", "shacl", "-o", tmp_path)
    assert done.status == 2
    assert "differs" in done.err
    assert (tmp_path / "awen.ttl").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_named(awen: Awen, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = awen("bindings", "typescript", "-o", tmp_path / "file")
    assert done.status == 3
    assert "cannot write to" in done.err
