"""`awen find`, `awen lineage`, `awen store reindex` and `awen verify --expect`, as a user calls them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.command import Awen


@pytest.fixture
def family(awen: Awen, example: Callable[[str], Path]) -> dict[str, Any]:
    """A run and its replay in the store."""
    run = awen("run", example("mzi_mesh_4x4"), "--json").json
    replay = awen("replay", run["artifact_id"], "--json").json
    return {"run": run["artifact_id"], "replay": replay["artifact_id"], **run}


def ids(awen: Awen, *arguments: str) -> list[str]:
    done = awen("find", *arguments, "--json")
    assert done.status == 0, done.err
    return [entry["artifact_id"] for entry in done.json["bundles"]]


def test_bundles_are_found_by_what_they_are_and_where_they_come_from(
    awen: Awen, family: dict[str, Any]
) -> None:
    assert ids(awen, "--type", "replay") == [family["replay"]]
    assert ids(awen, "--parent", family["run"][:21], "--relation", "replay_of") == [family["replay"]]
    assert ids(awen, "--inputs", family["inputs_id"]) == [family["run"]]
    assert ids(awen, "--inputs", family["run"][:21]) == [family["run"]]
    assert ids(awen, "--results", family["seal"]) == [family["run"]]
    assert ids(awen, "--since", "2099") == []
    assert family["run"][:21] in awen("find", "--until", "2099", "--type", "run").out


def test_a_search_that_makes_no_sense_is_a_usage_error(awen: Awen, family: dict[str, Any]) -> None:
    for arguments in (
        ["--parameter", "x =="],
        ["--since", "tuesday"],
        ["--inputs", family["results_id"]],
        ["--relation", "replay_of"],
    ):
        done = awen("find", *arguments)
        assert done.status == 2, arguments
        assert "Traceback" not in done.err


def test_a_lineage_is_shown_in_every_format(awen: Awen, family: dict[str, Any]) -> None:
    for name, mark in (
        ("tree", "came from"),
        ("mermaid", "flowchart"),
        ("dot", "digraph"),
        ("prov", "wasDerivedFrom"),
        ("json", '"links"'),
    ):
        done = awen("lineage", family["replay"], "--format", name)
        assert done.status == 0, done.err
        assert mark in done.out
        assert family["run"][:21] in done.out


def test_a_lineage_of_a_file_reaches_into_the_store_and_shows_what_is_missing(
    awen: Awen, family: dict[str, Any]
) -> None:
    awen("export", family["replay"], "replay.zip")
    awen("store", "delete", family["seal"], "--reason", "test")
    done = awen("lineage", "replay.zip", "--json")
    assert done.status == 0
    assert done.json["missing"] == [family["run"]]
    assert "(missing)" in awen("lineage", "replay.zip").out
    elsewhere = awen("lineage", "replay.zip", "--store", awen.home / "nowhere", "--json")
    assert elsewhere.json["missing"] == [family["run"]]
    assert not (awen.home / "nowhere").exists()


def test_an_edited_claim_ends_in_status_1_and_names_the_file(awen: Awen, family: dict[str, Any]) -> None:
    claim = Path(family["path"]) / "data/claim/claim.json"
    document = json.loads(claim.read_text())
    document["parents"] = [{"artifact_id": family["replay"], "relation": "derived_from"}]
    claim.unlink()
    claim.write_text(json.dumps(document))
    for _ in range(2):
        done = awen("lineage", family["replay"])
        assert done.status == 1
        assert "AWB-IDN-021 data/claim/claim.json" in done.err
        assert "(broken)" in done.out
        reindexed = awen("store", "reindex", "--json")
        assert reindexed.status == 1
        assert list(reindexed.json["unreadable"]) == [family["seal"]]
    assert "cannot be searched" in awen("find").err


def test_an_unknown_artifact_and_contrary_directions_are_told(awen: Awen, family: dict[str, Any]) -> None:
    assert awen("lineage", "awen_" + "0" * 16).status == 3
    assert awen("lineage", "nothing").status == 3
    assert awen("lineage", family["run"], "--ancestors", "--descendants").status == 2


def test_the_index_is_no_copy_of_anything(awen: Awen, family: dict[str, Any]) -> None:
    before = ids(awen)
    for file in (awen.home / "store").glob("catalog.*"):
        file.unlink()
    assert ids(awen) == before
    assert awen("store", "reindex").out == "indexed 2 of 2 records\n"
    assert family["run"] in before


def test_a_valid_bundle_that_is_not_the_cited_one_is_refused(
    awen: Awen, family: dict[str, Any], tmp_path: Path
) -> None:
    """AWB-R-324: a re-sealed forgery is valid; it is not what was cited."""
    assert awen("verify", family["run"], "--expect", family["run"][:21]).status == 0
    assert awen("verify", family["run"], "--expect", family["seal"]).status == 0
    shutil.copytree(family["path"], tmp_path / "copy")
    done = awen("verify", tmp_path / "copy", "--expect", family["replay"], "--json")
    assert done.status == 1
    assert done.json["verdict"] == "invalid"
    assert [finding["code"] for finding in done.json["findings"]] == ["AWB-IDN-020"]
    assert awen("verify", tmp_path / "copy", "--expect", "nonsense").status == 2


def test_a_drifted_twin_is_named_with_its_phases(awen: Awen, example: Callable[[str], Path]) -> None:
    folder = example("drifting_phase_calibration")
    ideal = awen("run", folder / "ir.json", "--device", _simulator(awen, folder), "--json").json
    done = awen("replay", ideal["artifact_id"], "--device", folder / "device.json", "--json")
    assert (done.status, done.json["verdict"]) == (1, "different"), done.err
    assert set(done.json["drift"]["phases"]) == {"lower_phase", "upper_phase"}
    said = awen("replay", ideal["artifact_id"], "--device", folder / "device.json").out
    assert "drifted    lower_phase: +" in said
    assert "recalibration explains it" in said


def _simulator(awen: Awen, folder: Path) -> Path:
    """The ideal device of the example."""
    device = json.loads((folder / "device.json").read_text())
    path = awen.home / "ideal.json"
    path.write_text(json.dumps({**{k: device[k] for k in ("capabilities", "limits")}, "type": "simulator"}))
    return path
