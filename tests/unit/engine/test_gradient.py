from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from awen_ref.bundle.schema import violations
from awen_ref.engine.gallery import WIRE, clements, noisy
from awen_ref.engine.gradient import gradient
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.protocol import RunResult
from awen_ref.errors import InvalidInputError
from tests.engine_documents import StillClock, inputs, phase_calibration
from tests.netlists import ONE_POINT, documents

RING_GRID = wavelengths(1.549, 1.551, 40)
MESH_COST = (
    "1000 * out_00.power + 1e6 * (out_01.power - out_02.power)**2 + 10 * re(out_03.field) - im(out_03.field)"
)


def differentiate(given: Mapping[str, Any], **task: object) -> RunResult:
    asked = {"artifact_type": "gradient", **task}
    assert violations("Task", asked, "task.json") == []
    return gradient(inputs(given), asked, clock=StillClock())


def slopes(result: RunResult) -> dict[str, float]:
    return {name: entry["value"] for name, entry in result.body["gradient"].items()}


def codes(given: Mapping[str, Any], **task: object) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        differentiate(given, **task)
    return [finding.code for finding in caught.value.findings]


def ring() -> Netlist:
    """An add-drop ring of which everything is a parameter."""
    values = {"kappa_in": 0.05, "kappa_drop": 0.04, "length_um": 62.8, **WIRE}
    units = {"length_um": "um", "loss_db_cm": "dB/cm", "reference_wavelength_um": "um"}
    units["dispersion_ps_nm_km"] = "ps/(nm.km)"
    net = Netlist()
    for name, value in values.items():
        net.named(name, value, units.get(name, "1"))
    net.add("laser", "source", power_w=net.named("power", 1e-3, "W"), phase_rad=net.named("phase", 0.3))
    net.add("ring", "ring_add_drop", **{name: name for name in values})
    for name, port in (("through", 4), ("drop", 2)):
        net.add(name, "monitor")
        net.join(f"ring.o{port}", f"{name}.o1")
    net.join("laser.o1", "ring.o1")
    return net


def test_adjoint_and_parameter_shift_agree_to_the_last_digits_on_a_mesh() -> None:
    # AWB-R-496
    given = documents(clements(6))
    names = [
        name for name in sorted(given["parameters"]) if name.split("_")[1:] in (["00", "00"], ["02", "00"])
    ]
    names += ["phi_03_01", "theta_01_01", "theta_03_01", "theta_04_00"]
    task = {"cost": MESH_COST, "parameters": sorted(names)}
    by_adjoint = slopes(differentiate(given, method="adjoint", **task))
    by_shift = slopes(differentiate(given, method="parameter_shift", **task))
    assert list(by_adjoint) == sorted(names)
    assert max(abs(by_adjoint[name] - by_shift[name]) for name in names) < 1e-14
    assert max(map(abs, by_adjoint.values())) > 0.01


STEPS = {
    "length_um": 1e-5,
    "n_eff": 3e-7,
    "dispersion_ps_nm_km": 10.0,
    "power": 1e-6,
    "reference_wavelength_um": 1e-6,
}


@pytest.mark.parametrize("name", sorted([*WIRE, "kappa_in", "kappa_drop", "length_um", "power"]))
def test_adjoint_agrees_with_differences_through_a_loop(name: str) -> None:
    given = documents(ring(), RING_GRID)
    task = {"cost": "1000 * mean(drop.power) + 1000 * through.power[17]", "parameters": [name]}
    exact = slopes(differentiate(given, method="adjoint", **task))[name]
    step = STEPS.get(name, 1e-5)
    coarse, fine = (
        slopes(differentiate(given, method="finite_difference", step=width, **task))[name]
        for width in (2 * step, step)
    )
    refined = (4 * fine - coarse) / 3  # Richardson: the error of second order is gone
    assert abs(exact - refined) <= 1e-8 * max(1.0, abs(exact))
    assert exact != 0.0


def test_the_phase_of_the_only_laser_moves_fields_and_no_power() -> None:
    given = documents(ring(), RING_GRID)
    power = differentiate(given, cost="sum(drop.power)", method="adjoint", parameters=["phase"])
    assert abs(slopes(power)["phase"]) < 1e-18
    given["experiment"]["record"] = ["ring.o1"]
    cost = "sum(re(ring.o1.incident))"
    field = differentiate(given, cost=cost, method="adjoint", parameters=["phase"])
    assert slopes(field)["phase"] == pytest.approx(-40 * np.sqrt(1e-3) * np.sin(0.3), rel=1e-14)


def test_every_detector_can_be_differentiated() -> None:
    quadrature = {"efficiency": 0.8, "lo_phase_rad": 0.7, "electronic_variance": 0.1, "window_ps": 0.01}
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=net.named("phase", 0.4))
    net.add("mzi", "mzi", theta_rad=net.named("theta", 0.9), phi_rad=0.2)
    net.add("tree", "splitter", ratio=0.4)
    net.add("homo", "homodyne", **quadrature)
    net.add("hetero", "heterodyne", **quadrature)
    net.add("diode", "photodetector", responsivity_a_w=0.7, dark_current_a=1e-9, bandwidth_hz=1e9,
            temperature_k=300.0, load_ohm=50.0, rin_per_hz=0.0)  # fmt: skip
    for ends in (("laser.o1", "mzi.o2"), ("mzi.o3", "tree.o1"), ("mzi.o4", "diode.o1")):
        net.join(*ends)
    net.join("tree.o2", "homo.o1")
    net.join("tree.o3", "hetero.o1")
    cost = "homo.mean + 2 * re(hetero.mean) * im(hetero.mean) + 1e4 * diode.current + diode.power**2"
    task = {"cost": cost, "parameters": ["phase", "theta"]}
    found = [slopes(differentiate(documents(net), method=m, **task)) for m in ("adjoint", "parameter_shift")]
    for name in ("phase", "theta"):
        assert found[0][name] == pytest.approx(found[1][name], rel=1e-13)


def test_the_photon_counter_too() -> None:
    given = documents(clements(4, end=noisy))
    task = {"cost": "out_01.mean * out_00.current * 1e3", "parameters": ["phi_02_00", "theta_00_00"]}
    found = [slopes(differentiate(given, method=m, **task)) for m in ("adjoint", "parameter_shift")]
    for name in task["parameters"]:
        assert found[0][name] == pytest.approx(found[1][name], rel=1e-12)


def test_a_sampled_cost_has_standard_errors_that_cover_the_truth() -> None:
    # AWB-R-497
    given = documents(clements(4, end=noisy), shots=4000, seed="11")
    names = ["phi_02_00", "theta_00_00"]
    truth = slopes(differentiate(given, cost="out_01.mean", method="adjoint", parameters=names))
    result = differentiate(given, cost="out_01.counts", method="parameter_shift", parameters=names)
    for name, entry in result.body["gradient"].items():
        assert 0.0 < entry["standard_error"] < 0.02 * abs(truth[name])
        assert abs(entry["value"] - truth[name]) < 4 * entry["standard_error"]
    assert result.body["baseline_standard_error"] > 0.0
    # AWB-R-566
    stated = {name: (output.quantity, output.unit, output.axes) for name, output in result.outputs.items()}
    assert stated == {
        "cost": ("cost", "1", ()),
        "cost.standard_error": ("standard_error", "1", ()),
        "gradient": ("gradient", "1", ("parameter",)),
        "gradient.standard_error": ("standard_error", "1", ("parameter",)),
    }
    assert result.outputs["gradient"].array.tolist() == [
        result.body["gradient"][name]["value"] for name in names
    ]
    assert all(output.sampled for output in result.outputs.values())
    assert violations("Body", dict(result.body), "body.json") == []


def test_the_same_random_numbers_serve_both_sides_of_a_difference() -> None:
    given = documents(clements(4, end=noisy), shots=500, seed="11")
    task = {"cost": "out_00.samples * 1e6", "parameters": ["theta_00_00"]}
    result = differentiate(given, method="finite_difference", step=1e-3, **task)
    entry = result.body["gradient"]["theta_00_00"]
    alone = result.body["baseline_standard_error"] / 1e-3 / np.sqrt(2)
    assert entry["standard_error"] < 0.01 * alone


def test_evaluations_are_counted_and_perturbations_listed() -> None:
    # AWB-R-494, AWB-R-499
    given = documents(clements(4))
    task = {"cost": "out_00.power", "parameters": ["theta_00_00", "theta_01_01"]}
    assert differentiate(given, method="adjoint", **task).body["evaluations"] == 1
    shift = differentiate(given, method="parameter_shift", **task).body
    assert (shift["evaluations"], len(shift["perturbations"])) == (5, 4)
    difference = differentiate(given, method="finite_difference", step=1e-4, **task).body
    assert [p["shift"] for p in difference["perturbations"]] == [1e-4, -1e-4] * 2


def test_a_parameter_used_twice_has_the_sum_of_its_uses() -> None:
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.named("twice", 0.3)
    net.add("first", "mzi", theta_rad="twice", phi_rad="twice")
    net.add("eye", "monitor")
    net.join("laser.o1", "first.o2")
    net.join("first.o3", "eye.o1")
    found = [
        slopes(differentiate(documents(net), cost="eye.power", method=m, parameters=["twice"]))["twice"]
        for m in ("adjoint", "parameter_shift")
    ]
    assert found[0] == pytest.approx(0.5 * np.sin(0.3), rel=1e-14)
    assert found[1] == pytest.approx(found[0], abs=1e-15)


def test_crosstalk_of_a_twin_is_part_of_the_chain() -> None:
    given = documents(clements(4))
    given["experiment"]["clock"] = {"origin_ps": "0"}
    names = ["theta_00_00", "theta_01_01"]
    given["device"] = {
        **given["device"],
        "type": "twin",
        "twin": {
            "seed": "1",
            "at_ps": "0",
            "temperature_k": 300.0,
            "reference_temperature_k": 300.0,
            "phases": {name: phase_calibration(offset_rad=0.1) for name in names},
            "crosstalk": {"order": names, "matrix": [[1.0, 0.2], [0.1, 1.0]]},
            "dark_rates": {},
        },
    }
    task = {"cost": "1000 * out_02.power", "parameters": names}
    exact = slopes(differentiate(given, method="adjoint", **task))
    differences = slopes(differentiate(given, method="finite_difference", step=1e-4, **task))
    alone = slopes(differentiate(documents(clements(4)), method="adjoint", **task))
    for name in names:
        assert exact[name] == pytest.approx(differences[name], rel=1e-6)
        assert abs(exact[name] - alone[name]) > 1e-3


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ({"cost": "out_00.power +"}, "AWB-SEM-130"),
        ({"cost": "out_09.power"}, "AWB-SEM-131"),
        ({"cost": "out_00.counts"}, "AWB-SEM-131"),
        ({"cost": "1 + 1"}, "AWB-SEM-131"),
        ({"cost": "out_00.field"}, "AWB-SEM-132"),
        ({"parameters": ["gamma"]}, "AWB-SEM-133"),
        ({"parameters": ["theta_00_02"], "cost": "out_00.power"}, "AWB-SEM-133"),
        ({"method": "finite_difference", "step": -1.0}, "AWB-SEM-135"),
        ({"method": "finite_difference", "step": 1e10}, "AWB-SEM-135"),
    ],
)
def test_a_wrong_task_is_one_finding(task: dict[str, Any], code: str) -> None:
    # AWB-R-490, AWB-R-491, AWB-R-492
    plain = {"cost": "out_00.power", "method": "adjoint", "parameters": ["theta_00_00"]}
    assert codes(documents(clements(4)), **(plain | task)) == [code]


def test_adjoint_refuses_sampled_costs_and_parameters_of_detectors() -> None:
    given = documents(clements(4, end=noisy), shots=10)
    task = {"method": "adjoint", "parameters": ["theta_00_00"]}
    assert codes(given, cost="out_00.samples", **task) == ["AWB-SEM-134"]
    net = clements(4, end=noisy)
    net.nodes["out_00"]["params"]["responsivity_a_w"] = net.named("responsivity", 0.9, "A/W")
    task = {"cost": "out_00.current * 1e3", "parameters": ["responsivity"]}
    assert codes(documents(net), method="adjoint", **task) == ["AWB-SEM-134"]
    found = differentiate(documents(net), method="finite_difference", step=1e-3, **task)
    power = slopes(found)["responsivity"]
    assert power == pytest.approx(found.body["baseline_cost"] / 0.9, rel=1e-4)


def test_one_shot_has_no_standard_error() -> None:
    given = documents(clements(4, end=noisy), shots=1)
    task = {"cost": "out_00.samples", "method": "parameter_shift", "parameters": ["theta_00_00"]}
    assert codes(given, **task) == ["AWB-SEM-134"]


def test_parameter_shift_refuses_loops_losses_and_phases_that_light_passes_twice() -> None:
    given = documents(ring(), RING_GRID)
    shift = {"method": "parameter_shift"}
    assert codes(given, cost="sum(drop.power)", parameters=["phase"], **shift) == ["AWB-SEM-134"]
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.add("cross", "coupler", kappa=net.named("kappa", 0.5, "1"))
    net.add("shift", "phase_shifter", phase_rad=net.named("phase", 0.3))
    net.add("mirror", "coupler", kappa=0.5)
    net.add("eye", "monitor")
    for ends in (("laser.o1", "cross.o1"), ("cross.o4", "shift.o1"), ("shift.o2", "mirror.o1")):
        net.join(*ends)
    net.join("mirror.o3", "mirror.o4")
    net.join("cross.o2", "eye.o1")
    task = {"cost": "eye.power", **shift}
    assert codes(documents(net), parameters=["kappa"], **task) == ["AWB-SEM-134"]
    assert codes(documents(net), parameters=["phase"], **task) == ["AWB-SEM-134"]


def test_a_derivative_that_does_not_exist_is_a_finding() -> None:
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.add("cross", "coupler", kappa=net.named("kappa", 0.0, "1"))
    net.add("eye", "monitor")
    net.join("laser.o1", "cross.o1")
    net.join("cross.o3", "eye.o1")
    task = {"cost": "im(eye.field)", "method": "adjoint", "parameters": ["kappa"]}
    assert codes(documents(net), **task) == ["AWB-SEM-136"]


def test_a_gradient_at_a_singular_resonance_says_so_and_is_a_result() -> None:
    net = Netlist()
    net.add("laser", "source", power_w=net.named("power", 1.0, "W"), phase_rad=0.0)
    guide = {**WIRE, "n_eff": 2.0, "n_g": 2.0, "loss_db_cm": 0.0}
    net.add("ring", "ring_all_pass", kappa=0.0, length_um=15.0, **guide)
    net.add("eye", "monitor")
    net.join("laser.o1", "ring.o1")
    net.join("ring.o2", "eye.o1")
    given = documents(net, {"kind": "wavelength_list", "values_um": [1.5]})
    body = differentiate(given, cost="eye.power", method="adjoint", parameters=["power"]).body
    assert body["status"] == "failed"
    assert body["reason"]["code"] == "AWB-SEM-122"
    assert body["reason"]["node"] == "ring"
    assert violations("Body", dict(body), "body.json") == []


def test_the_blocks_of_a_long_grid_add_up() -> None:
    given = documents(ring(), wavelengths(1.5, 1.6, 1100))
    task = {"cost": "1000 * mean(drop.power)", "parameters": ["kappa_in"]}
    exact = slopes(differentiate(given, method="adjoint", **task))["kappa_in"]
    difference = slopes(differentiate(given, method="finite_difference", step=1e-5, **task))["kappa_in"]
    assert exact == pytest.approx(difference, rel=1e-7)
    assert ONE_POINT["points"] == 1
