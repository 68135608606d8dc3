"""Replay on a device that has drifted: which phases, how far, and would a calibration mend it?"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from awen_ref import canonical, npy
from awen_ref.bundle.assemble import Inputs
from awen_ref.execution import inputs_of
from awen_ref.replay import Changes, replay
from awen_ref.replay.drift import drift_between, undone
from awen_ref.verify import VerifiedBundle
from awen_schema.kinds import KINDS
from tests.experiments import ENGINE, ENVIRONMENT, Clock, interferometer, resealed, run

SECOND_PS = 10**12


def phase(offset: float = 0.0, **coefficients: float) -> dict[str, float]:
    names = (
        "correction_rad",
        "drift_rate_rad_s",
        "temperature_coefficient_rad_k",
        "ou_sigma_rad",
        "ou_tau_s",
    )
    return {"offset_rad": offset, **dict.fromkeys(names, 0.0), **coefficients}


def twin(
    phases: dict[str, Any], *, after_s: int = 100, crosstalk: dict[str, Any] | None = None, **members: float
) -> dict[str, Any]:
    model = {
        "seed": "11",
        "at_ps": str(after_s * SECOND_PS),
        "temperature_k": 300.0,
        "reference_temperature_k": 300.0,
        "phases": phases,
        "crosstalk": crosstalk or {"order": [], "matrix": []},
        "dark_rates": {},
        **members,
    }
    return {"type": "twin", "capabilities": sorted(KINDS), "limits": {}, "twin": model}


@pytest.fixture(scope="module")
def recorded() -> VerifiedBundle:
    return run(interferometer(shots=50))


def comparison(verified: VerifiedBundle, changes: Changes) -> dict[str, Any]:
    done = replay(verified, engine=ENGINE, clock=Clock(), environment=ENVIRONMENT, changes=changes)
    return dict(done.document("data/results/body.json")["comparison"])


def test_replay_detects_hardware_drift(recorded: VerifiedBundle) -> None:
    """AWB-R-315, AWB-R-316: which phase, how far, and recalibration explains it."""
    device = twin({"theta": phase(0.1, drift_rate_rad_s=1e-3, ou_sigma_rad=1e-5, ou_tau_s=10.0)})
    found = comparison(recorded, Changes(device=device))
    assert found["verdict"] == "different"
    assert set(found["drift"]["phases"]) == {"theta"}
    drifted = found["drift"]["phases"]["theta"]
    assert drifted["drift_rad"] == pytest.approx(0.1 + 1e-3 * 100, abs=1e-4)
    assert drifted["uncertainty_rad"] == pytest.approx(0.1 + 3e-5, abs=1e-9)
    assert found["drift"]["recalibrated"] == "within_tolerance"
    assert any(entry["subject"] == "device" for entry in found["attribution"])


def test_crosstalk_and_warmth_move_every_phase_they_reach_and_are_undone_too(
    recorded: VerifiedBundle,
) -> None:
    device = twin(
        {"phi": phase(temperature_coefficient_rad_k=0.01), "theta": phase()},
        temperature_k=302.0,
        crosstalk={"order": ["phi", "theta"], "matrix": [[1.0, 0.05], [0.1, 1.0]]},
    )
    found = comparison(recorded, Changes(device=device))["drift"]
    assert found["phases"]["phi"]["drift_rad"] == pytest.approx(0.05 * 0.7 + 0.02, abs=1e-12)
    assert found["phases"]["theta"]["drift_rad"] == pytest.approx(0.1 * 0.2, abs=1e-12)
    assert found["recalibrated"] in {"bit_exact", "within_tolerance"}


def test_what_no_phase_explains_recalibration_does_not(recorded: VerifiedBundle) -> None:
    values = np.ascontiguousarray(recorded.array("field.power") * 1.01)
    forged = resealed(recorded, {"data/results/arrays/field.power.npy": npy.encode(values)})
    found = comparison(forged, Changes(device=twin({"theta": phase(0.2)})))
    assert found["drift"]["recalibrated"] == "different"


def test_a_device_that_does_not_bear_the_corrected_drive_is_told() -> None:
    device = twin({"theta": phase(-0.5)})
    device["limits"] = {"maximum_phase_rad": 1.0}
    found = comparison(run(interferometer(shots=0)), Changes(device=device))
    assert set(found["drift"]) == {"phases"}


def test_a_twin_that_has_not_moved_replays_bit_for_bit_without_drift(recorded: VerifiedBundle) -> None:
    found = comparison(recorded, Changes(device=twin({"theta": phase()}, after_s=1)))
    assert found["verdict"] == "bit_exact"
    assert "drift" not in found


def test_another_cause_than_the_device_is_called_no_drift(recorded: VerifiedBundle) -> None:
    calibration = {**recorded.document("data/inputs/calibration.json"), "phases": {"theta": phase(0.3)}}
    found = comparison(recorded, Changes(calibration=calibration))
    assert found["verdict"] == "different"
    assert "drift" not in found


def test_a_later_hour_of_a_recorded_twin_is_compared_with_its_own_earlier_one() -> None:
    wandering = {"theta": phase(0.4, drift_rate_rad_s=2e-3)}
    earlier = run(replace(interferometer(shots=0), device=twin(wandering, after_s=10)))
    found = comparison(earlier, Changes(device=twin(wandering, after_s=60)))["drift"]
    assert found["phases"]["theta"]["drift_rad"] == pytest.approx(0.1, abs=1e-12)
    assert found["recalibrated"] in {"bit_exact", "within_tolerance"}


def test_the_calibration_that_was_used_says_how_far_a_phase_may_have_moved() -> None:
    known = {"theta": phase(0.1, drift_rate_rad_s=-1e-3)}
    calibration = {
        "phases": known,
        "crosstalk": {"order": [], "matrix": []},
        "dark_rates": {},
        "temperature_k": 300.0,
        "calibrated_at_ps": str(20 * SECOND_PS),
    }
    given = interferometer(shots=0)
    clock = {"clock": {"origin_ps": str(20 * SECOND_PS)}}
    recorded = run(replace(given, calibration=calibration, experiment={**given.experiment, **clock}))
    found = comparison(recorded, Changes(device=twin({"theta": phase(0.3)}, after_s=120)))["drift"]
    assert found["phases"]["theta"]["uncertainty_rad"] == pytest.approx(0.1)
    assert found["phases"]["theta"]["drift_rad"] == pytest.approx(0.2 + 0.1)


def test_the_comparison_of_phases_executes_nothing(recorded: VerifiedBundle) -> None:
    """A pure function of documents."""
    inputs = inputs_of(recorded)
    moved = replace(inputs, device=twin({"theta": phase(0.25)}))
    before = canonical.dumps(dict(moved.device or {}))
    (found,) = drift_between(inputs, moved).values()
    assert found.drift_rad == pytest.approx(0.25)
    assert found.uncertainty_rad == 0.0
    assert drift_between(inputs, inputs) == {}
    assert canonical.dumps(dict(moved.device or {})) == before


def test_with_the_drift_undone_the_twin_shows_the_recorded_phases(recorded: VerifiedBundle) -> None:
    inputs = inputs_of(recorded)
    device = twin(
        {"phi": phase(0.7), "theta": phase(0.25)},
        crosstalk={"order": ["phi", "theta"], "matrix": [[1.0, 0.2], [0.1, 1.0]]},
    )
    moved = replace(inputs, device=device)
    left = drift_between(inputs, undone(inputs, moved))
    assert all(abs(one.drift_rad) < 1e-12 for one in left.values())
    calibration = undone(inputs, moved).calibration
    assert calibration is not None
    assert isinstance(undone(inputs, moved), Inputs)
    assert "expires_at_ps" not in calibration
