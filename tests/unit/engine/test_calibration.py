import json
from typing import Any

import numpy as np
import pytest

from awen_ref.engine.calibration import calibrate
from awen_ref.engine.compiled import Documents, compile_experiment
from awen_ref.engine.protocol import RunResult
from awen_ref.engine.sweep import drives_of, make_sweep
from awen_ref.errors import InvalidInputError
from awen_schema import models
from awen_schema.kinds import KINDS
from tests.engine_documents import StillClock, experiment, inputs, interferometer, phase_calibration, run

SECOND = 10**12
NEWTON = {"method": "gauss_newton", "maximum_iterations": 50, "tolerance": 1e-12}
DESCENT = {"method": "gradient_descent", "maximum_iterations": 500, "tolerance": 1e-9}
DIRECT = {"method": "direct", "maximum_iterations": 0, "tolerance": 0.0}


def device(*, shots: int = 0, **twin: object) -> dict[str, Any]:
    """An interferometer with a phase in each arm, both ends watched, on a twin."""
    counter = {"efficiency": 0.1, "dark_rate_hz": 7.0, "window_ps": 1e6}
    ends = ("photodetector", PHOTODIODE), ("photon_counter", counter)
    documents = interferometer(("phi_a", "phi_b"), ends, shots=shots)
    documents["parameters"] = {"phi_a": {"value": 0.3, "unit": "rad"}, "phi_b": {"value": 1.1, "unit": "rad"}}
    model = {
        "seed": "11",
        "at_ps": "0",
        "temperature_k": 305.0,
        "reference_temperature_k": 300.0,
        "phases": {},
        "crosstalk": {"order": [], "matrix": []},
        "dark_rates": {},
    } | twin
    documents["device"] = {"type": "twin", "capabilities": sorted(KINDS), "limits": {}, "twin": model}
    return documents


PHOTODIODE = {
    "responsivity_a_w": 0.9,
    "dark_current_a": 1e-9,
    "bandwidth_hz": 1e6,
    "temperature_k": 300.0,
    "load_ohm": 50.0,
    "rin_per_hz": 0.0,
}


def task(**members: object) -> dict[str, Any]:
    return {
        "artifact_type": "calibration",
        "procedure": "phase_response",
        "targets": ["phi_a"],
        "optimiser": NEWTON,
        "soft_limits": {},
        "hard_limits": {},
        "as_of_ps": "0",
    } | members


def done(documents: dict[str, Any], asked: dict[str, Any]) -> RunResult:
    result = calibrate(inputs(documents), asked, clock=StillClock())
    models.CalibrationBody.model_validate_json(json.dumps(result.body))
    return result


@pytest.mark.parametrize("offset", [-3.0, -1.2, 0.01, 0.9, 2.2, 3.1])
@pytest.mark.parametrize("optimiser", [NEWTON, DESCENT])
def test_the_offset_of_a_phase_is_found_wherever_it_is(offset: float, optimiser: dict[str, Any]) -> None:
    """AWB-R-553."""
    result = done(device(phases={"phi_a": phase_calibration(offset_rad=offset)}), task(optimiser=optimiser))
    assert result.body["status"] == "completed"
    assert abs(result.body["after"]["phases"]["phi_a"]["offset_rad"] - offset) < 1e-7
    assert result.body["residual_after"] < 1e-8 < result.body["residual_before"]


def test_a_run_with_the_state_after_shows_what_was_asked_for() -> None:
    documents = device(phases={"phi_a": phase_calibration(offset_rad=1.4)})
    ideal = device()
    assert not np.isclose(current(documents), current(ideal), rtol=1e-3)
    documents["calibration"] = done(documents, task()).body["after"]
    assert np.isclose(current(documents), current(ideal), rtol=1e-9)


def current(documents: dict[str, Any]) -> float:
    return float(run(documents).outputs["bright.current"].array[0])


def test_noise_leaves_an_error_that_shrinks_with_the_shots() -> None:
    spread = []
    for shots in (10, 1_000):
        misses = []
        for seed in range(8):
            documents = device(shots=shots, phases={"phi_a": phase_calibration(offset_rad=0.7)})
            documents["experiment"]["seed"] = str(seed)
            misses.append(done(documents, task()).body["after"]["phases"]["phi_a"]["offset_rad"] - 0.7)
        spread.append(float(np.std(misses)))
    assert 0.04 < spread[1] / spread[0] < 0.25  # 0.1 is expected


def test_crosstalk_is_found_so_that_a_run_undoes_it() -> None:
    """AWB-R-553."""
    crosstalk = {"order": ["phi_a", "phi_b"], "matrix": [[1.0, 0.2], [0.1, 0.9]]}
    documents = device(crosstalk=crosstalk)
    result = done(documents, task(procedure="crosstalk", targets=["phi_a", "phi_b"]))
    found = np.array(result.body["after"]["crosstalk"]["matrix"])
    true = np.array(crosstalk["matrix"])
    assert np.allclose(found[0] - found[1], true[0] - true[1], atol=1e-8)
    documents["calibration"] = result.body["after"]
    assert np.isclose(current(documents), current(device()), rtol=1e-8)


def test_drift_is_the_change_since_the_state_before_and_sets_the_expiry() -> None:
    """AWB-R-549, AWB-R-556."""
    documents = device(phases={"phi_a": phase_calibration(offset_rad=0.5, drift_rate_rad_s=2e-6)})
    documents["calibration"] |= {
        "phases": {"phi_a": phase_calibration(offset_rad=0.5)},
        "stale_limit_rad": 3e-4,
    }
    body = done(documents, task(as_of_ps=str(100 * SECOND))).body
    assert np.isclose(body["drift"]["phi_a"]["rate_rad_s"], 2e-6, rtol=1e-6)
    assert np.isclose(int(body["after"]["expires_at_ps"]), 250 * SECOND, rtol=1e-6)
    assert body["after"]["calibrated_at_ps"] == str(100 * SECOND)
    assert body["after"]["temperature_k"] == 305.0
    assert body["before"] == documents["calibration"]


def test_dark_counts_are_taken_with_the_sources_off() -> None:
    """AWB-R-552."""
    documents = device(shots=2_000, dark_rates={"dark": {"rate_hz": 5e6}})
    result = done(documents, task(procedure="dark_counts", targets=["dark"], optimiser=DIRECT))
    rate = result.body["after"]["dark_rates"]["dark"]["rate_hz"]
    assert abs(rate - 5e6) < 4 * 5e6 / np.sqrt(5 * 2_000)
    assert result.outputs["dark.measured"].quantity == "photon_count"


@pytest.mark.parametrize(("shots", "sampled"), [(0, False), (20, True)])
def test_outputs_are_what_was_measured_and_what_the_states_leave(shots: int, *, sampled: bool) -> None:
    """AWB-R-567."""
    documents = device(shots=shots, phases={"phi_a": phase_calibration(offset_rad=0.7)})
    outputs = done(documents, task()).outputs
    shown = outputs["bright.measured"]
    assert shown.array.shape == (3, 1)
    assert (shown.axes, shown.unit, shown.quantity) == (("measurement", "wavelength"), "A", "photocurrent")
    assert shown.sampled is sampled
    assert {name for name in outputs if not name.endswith(".measured")} == {
        "residual.after",
        "residual.before",
    }
    values = sum(output.array.size for name, output in outputs.items() if name.endswith(".measured"))
    for name in ("residual.after", "residual.before"):
        found = outputs[name]
        assert (found.axes, found.unit, found.quantity, found.sampled) == (
            ("value",),
            "1",
            "residual",
            sampled,
        )
        assert found.array.shape == (values,)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"phase_rad": 1.0}, "AWB-SEM-260"),
        ({"power_w": 1e-4}, "AWB-SEM-260"),
        ({"step_rad": 1e-12}, "AWB-SEM-260"),
        ({"residual": 0.0}, "AWB-SEM-260"),
    ],
)
def test_hard_limits_abort_and_leave_no_state(limits: dict[str, float], code: str) -> None:
    documents = device(shots=10, phases={"phi_a": phase_calibration(offset_rad=1.4)})
    body = done(documents, task(hard_limits=limits)).body
    assert (body["status"], body["reason"]["code"]) == ("aborted", code)
    assert "after" not in body


def test_what_a_hard_limit_forbids_is_never_applied() -> None:
    result = done(device(), task(hard_limits={"phase_rad": 1.0}))
    assert result.outputs == {}
    bounded = device()
    bounded["device"]["limits"] = {"maximum_phase_rad": 1.5}
    assert done(bounded, task()).body["reason"]["code"] == "AWB-SEM-260"


def test_soft_limits_warn_and_go_on() -> None:
    body = done(device(), task(soft_limits={"phase_rad": 1.0, "power_w": 1e-4})).body
    assert body["status"] == "completed"
    assert [warning["code"] for warning in body["warnings"]] == ["AWB-SEM-261", "AWB-SEM-261"]


def test_too_few_steps_fail() -> None:
    documents = device(phases={"phi_a": phase_calibration(offset_rad=1.4)})
    few = DESCENT | {"maximum_iterations": 1}
    body = done(documents, task(optimiser=few)).body
    assert (body["status"], body["reason"]["code"]) == ("failed", "AWB-SEM-262")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"targets": ["nobody"]}, "AWB-SEM-251"),
        ({"targets": ["dark"]}, "AWB-SEM-251"),
        ({"optimiser": DIRECT}, "AWB-SEM-252"),
        ({"procedure": "crosstalk", "optimiser": DESCENT}, "AWB-SEM-252"),
        ({"procedure": "dark_counts", "optimiser": DIRECT}, "AWB-SEM-251"),
    ],
)
def test_tasks_that_make_no_sense_are_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        calibrate(inputs(device()), task(**changes), clock=StillClock())
    assert code in {finding.code for finding in caught.value.findings}


def test_a_calibration_before_the_state_it_starts_from_is_refused() -> None:
    documents = device()
    documents["calibration"]["calibrated_at_ps"] = "5"
    with pytest.raises(InvalidInputError) as caught:
        calibrate(inputs(documents), task(as_of_ps="4"), clock=StillClock())
    assert {finding.code for finding in caught.value.findings} == {"AWB-SEM-250"}


def test_an_expired_state_can_be_calibrated_anew() -> None:
    documents = device()
    documents["calibration"]["expires_at_ps"] = "1"
    assert done(documents, task(as_of_ps="7")).body["status"] == "completed"


def test_a_calibration_repeats_bit_for_bit() -> None:
    one, two = (done(device(shots=50), task()) for _ in range(2))
    assert one.body == two.body
    assert all(np.array_equal(output.array, two.outputs[name].array) for name, output in one.outputs.items())


def test_the_adjoint_gradient_of_a_sweep_agrees_with_differences() -> None:
    read = Documents(**device())
    compiled = compile_experiment(read)
    drives = drives_of(["phi_a", "phi_b"], read.parameters)
    sweep = make_sweep(compiled, read, 6, {})
    weights = {n: np.linspace(1, 2, 6).reshape(6, 1) for n in ("bright", "dark")}

    scaled = {"bright": weights["bright"] / 1e-3, "dark": weights["dark"] / 1e5}

    def total(offset: float) -> float:
        values = sweep.values({**drives, "phi_a": drives["phi_a"] + offset}, shots=0)
        return float(sum((scaled[n] * values[n]).sum() for n in weights))

    difference = (total(1e-5) - total(-1e-5)) / 2e-5
    assert difference == pytest.approx(sweep.slopes(drives, scaled)["phi_a"], rel=1e-8)


@pytest.mark.parametrize("optimiser", [NEWTON, DESCENT])
def test_the_offset_of_a_local_oscillator_is_found(optimiser: dict[str, Any]) -> None:
    """AWB-R-545, AWB-R-553: what a detector refers to is a phase of the device, too."""
    homodyne = {"efficiency": 1.0, "lo_phase_rad": "lo", "electronic_variance": 0.0, "window_ps": 1.0}
    nodes: dict[str, tuple[str, dict[str, Any]]] = {
        "laser": ("source", {"power_w": 1e-3, "phase_rad": 0.0}),
        "eye": ("homodyne", homodyne),
    }
    documents = experiment(nodes, [("eye.o1", "laser.o1")])
    documents["parameters"] = {"lo": {"value": 0.5, "unit": "rad"}}
    documents["device"] = device(phases={"lo": phase_calibration(offset_rad=0.4)})["device"]
    result = done(documents, task(targets=["lo"], optimiser=optimiser))
    assert result.body["after"]["phases"]["lo"]["offset_rad"] == pytest.approx(0.4, abs=1e-6)
