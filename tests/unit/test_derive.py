"""Gradients and calibrations as artifacts of their own."""

import json
from pathlib import Path
from typing import Any

import pytest

from awen_ref.derive import calibration_for, gradient_of, reaching
from awen_ref.errors import InvalidInputError, UsageError
from awen_ref.record import load
from awen_ref.replay import replay
from tests.experiments import ENGINE, ENVIRONMENT, Clock, interferometer, run

EXAMPLES = Path(__file__).parents[2] / "examples"
TASK: dict[str, Any] = {"cost": "mean(field.power)", "method": "adjoint", "parameters": ["phi", "theta"]}


def test_a_gradient_names_its_run_and_carries_its_inputs() -> None:
    parent = run(interferometer(shots=0))
    made = gradient_of(parent, TASK, clock=Clock(), environment=ENVIRONMENT)
    assert made.artifact_type == "gradient"
    assert made.document("data/claim/claim.json")["parents"] == [
        {"artifact_id": parent.ids.artifact_id, "relation": "gradient_of"}
    ]
    assert made.document("data/inputs/task.json")["parent"] == parent.ids.artifact_id
    assert made.read("data/inputs/ir.json") == parent.read("data/inputs/ir.json")


def test_a_sealed_gradient_agrees_with_the_difference_of_two_runs() -> None:
    step = 1e-6
    made = gradient_of(run(interferometer(shots=0)), TASK, clock=Clock(), environment=ENVIRONMENT)
    slope = made.document("data/results/body.json")["gradient"]["theta"]["value"]
    above, below = (
        run(interferometer(shots=0, theta=0.7 + shift)).array("field.power").mean() for shift in (step, -step)
    )
    assert slope == pytest.approx((above - below) / (2 * step), rel=1e-7)


def test_the_parameters_that_reach_a_cost_are_found() -> None:
    mesh = run(load(EXAMPLES / "mzi_mesh_4x4"))
    found = reaching(mesh, "mean(out_00.power)")
    assert "theta_02_00" in found
    assert "theta_02_02" not in found  # the last column's other interferometer


def test_a_cost_of_an_output_that_is_not_there_is_invalid_input() -> None:
    with pytest.raises(InvalidInputError) as error:
        gradient_of(
            run(interferometer()),
            {**TASK, "cost": "mean(nobody.power)"},
            clock=Clock(),
            environment=ENVIRONMENT,
        )
    assert error.value.findings[0].pointer == "/cost"


def test_a_task_with_an_unknown_member_is_invalid_input() -> None:
    with pytest.raises(InvalidInputError) as error:
        gradient_of(run(interferometer()), {**TASK, "colour": "red"}, clock=Clock(), environment=ENVIRONMENT)
    assert error.value.findings[0].pointer == "/colour"


def test_a_replay_is_not_differentiated() -> None:
    again = replay(run(interferometer()), engine=ENGINE, clock=Clock(), environment=ENVIRONMENT)
    with pytest.raises(UsageError):
        gradient_of(again, TASK, clock=Clock(), environment=ENVIRONMENT)


def test_a_calibration_names_its_run_fits_and_says_until_when_it_holds() -> None:
    folder = EXAMPLES / "drifting_phase_calibration"
    drifting = load(folder)
    parent = run(drifting)
    task = json.loads((folder / "task.json").read_text())
    made = calibration_for(parent, task, clock=Clock(), environment=ENVIRONMENT)
    body = made.document("data/results/body.json")
    assert body["status"] == "completed"
    assert body["residual_after"] < body["residual_before"]
    assert made.document("data/claim/claim.json")["parents"] == [
        {"artifact_id": parent.ids.artifact_id, "relation": "calibration_for"}
    ]
    assert int(body["after"]["expires_at_ps"]) > int(task["as_of_ps"])
