"""Export to the containers of the neighbours, and import from them: the same bundle comes back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
