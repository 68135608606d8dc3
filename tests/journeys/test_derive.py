"""`awen gradient` and `awen calibrate`: from a run to what was learnt of it, and on to the next run."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.journeys.command import Awen

DRIFTING = "drifting_phase_calibration"


def test_a_gradient_is_kept_and_names_its_run(awen: Awen, example: Callable[[str], Path]) -> None:
    parent = awen("run", example("mzi_mesh_4x4"), "--json").json["artifact_id"]
    done = awen("gradient", parent, "--cost", "mean(out_00.power)", "--json")
    assert done.status == 0, done.err
    assert done.json["parent"] == parent
    assert done.json["evaluations"] == 1
    assert awen("verify", done.json["artifact_id"]).status == 0


def test_a_run_uses_the_state_that_a_calibration_found_and_names_it(
    awen: Awen, example: Callable[[str], Path]
) -> None:
    before = awen("run", example(DRIFTING), "--json").json
    found = awen("calibrate", before["artifact_id"], "--task", example(DRIFTING) / "task.json", "--json")
    assert found.status == 0, found.err
    after = awen("run", example(DRIFTING), "--calibration", found.json["artifact_id"], "--json").json
    bundle = Path(after["path"])
    assert json.loads((bundle / "data/inputs/calibration.json").read_text()) == found.json["after"]
    assert json.loads((bundle / "data/claim/claim.json").read_text())["parents"] == [
        {"artifact_id": found.json["artifact_id"], "relation": "calibrated_by"}
    ]
    assert after["results_id"] != before["results_id"]


def test_a_cost_that_names_no_output_is_refused_and_nothing_is_kept(
    awen: Awen, example: Callable[[str], Path]
) -> None:
    parent = awen("run", example("mzi_mesh_4x4"), "--json").json["artifact_id"]
    done = awen("gradient", parent, "--cost", "mean(nobody.power)")
    assert done.status == 1
    assert "AWB-SEM-131" in done.err
    assert len(awen("list", "--json").json["bundles"]) == 1
