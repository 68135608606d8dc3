"""Group delays against formulas and 50-digit arithmetic, and wherever else an experiment can put them."""

from collections.abc import Callable, Mapping
from typing import Any

import mpmath  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import pytest

from awen_ref.engine.calibration import calibrate
from awen_ref.engine.coherence import arrival_spread_ps
from awen_ref.engine.gallery import WIRE
from awen_ref.engine.gradient import gradient
from awen_ref.engine.grid import Grid
from awen_ref.engine.group_delay import beside, group_delay_ps, widened
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.protocol import Output
from awen_ref.errors import InvalidInputError
from awen_ref.verify import check
from tests import experiments
from tests.engine_documents import StillClock, inputs, phase_calibration, refused, run
from tests.netlists import ONE_POINT, compiled, documents

C = 299.792458
PASS: dict[str, float] = {"kappa": 0.05, "length_um": 62.8, **WIRE}
ADD: dict[str, float] = {"kappa_in": 0.05, "kappa_drop": 0.04, "length_um": 62.8, **WIRE}
CURVED = {"dispersion_ps_nm_km": -1500.0}
NEAR = wavelengths(1.5505, 1.5545, 101)
THETA, PHI = 1.1, -0.6


def chain(*devices: tuple[str, Mapping[str, float | str]], delay_ps: float | None = None) -> Netlist:
    """Two-ports between a laser and a delay monitor `late`; the last edge may have a delay."""
    net = Netlist()
    tip = net.add("laser", "source", power_w=1e-3, phase_rad=0.0) + ".o1"
    for index, (kind, params) in enumerate(devices):
        name = net.add(f"part_{index}", kind, **params)
        net.join(tip, f"{name}.o1")
        tip = f"{name}.o2"
    net.add("late", "delay_monitor")
    net.join(tip, "late.o1", **({} if delay_ps is None else {"delay_ps": delay_ps}))
    return net


def two_ways(theta: float | str = THETA, phi: float | str = PHI) -> Netlist:
    """Two ways of different length in an interferometer, so that its phases move the delay."""
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    net.add("split", "splitter", ratio=0.3)
    net.add("long", "waveguide", length_um=500.0, **WIRE)
    net.add("mzi", "mzi", theta_rad=theta, phi_rad=phi)
    net.add("late", "delay_monitor")
    for ends in (("laser.o1", "split.o1"), ("split.o2", "long.o1"), ("split.o3", "mzi.o1")):
        net.join(*ends)
    net.join("long.o2", "mzi.o2")
    net.join("mzi.o3", "late.o1")
    return net


def adjustable() -> Netlist:
    """The same with named phases."""
    net = two_ways("theta", "phi")
    net.named("theta", THETA)
    net.named("phi", PHI)
    return net


def late(given: Mapping[str, Any]) -> Output:
    return run(given).outputs["late.group_delay"]


def delays(net: Netlist, grid: Mapping[str, Any] = ONE_POINT, **members: object) -> Array:
    return late(documents(net, grid, **members)).array.astype(np.float64)


def exact(field: Callable[[Any], Any], wavelength: float) -> float:
    """Derivative of a field's phase by angular frequency, to 50 digits; the field is one of wavelength."""
    with mpmath.workdps(50):
        nu = mpmath.mpf("299.792458") / mpmath.mpf(wavelength)

        def of_frequency(frequency: Any) -> Any:  # noqa: ANN401 - a number of a library without types
            return field(mpmath.mpf("299.792458") / frequency)

        slope = mpmath.diff(of_frequency, nu, h=mpmath.mpf(10) ** -15)
        return float(mpmath.im(slope / of_frequency(nu)) / (2 * mpmath.pi))


def guide(params: Mapping[str, float], *, half: bool = False) -> Callable[[Any], Any]:
    """A waveguide's transmission, from the exact values of its parameters."""
    value = {name: mpmath.mpf(number) for name, number in params.items()}

    def transmission(wavelength: Any) -> Any:  # noqa: ANN401 - a number of a library without types
        origin, length = value["reference_wavelength_um"], value["length_um"] / (2 if half else 1)
        away = (wavelength - origin) / origin
        bend = mpmath.mpf("299.792458") * value["dispersion_ps_nm_km"] * origin / 2000000
        index = value["n_eff"] - (value["n_g"] - value["n_eff"]) * away - bend * away * away
        loss = mpmath.mpf(10) ** (-value["loss_db_cm"] * length / 200000)
        return loss * mpmath.expjpi(2 * index * length / wavelength)

    return transmission


def compare(net: Netlist, field: Callable[[Any], Any], relative: float) -> Array:
    found = delays(net, NEAR)
    grid = compiled(net, NEAR).circuit.grid.wavelengths_um
    expected = np.array([exact(field, at) for at in grid.tolist()])
    assert (np.abs(found - expected) <= relative * np.abs(expected)).all()
    return found


@pytest.mark.parametrize("length_um", [100.0, 1e4, 1e5])
def test_a_waveguide_delays_by_its_group_index(length_um: float) -> None:
    found = delays(chain(("waveguide", {"length_um": length_um, **WIRE})), NEAR)
    assert np.allclose(found, WIRE["n_g"] * length_um / C, rtol=1e-9, atol=0.0)
    assert (found > 0.0).all()


@pytest.mark.parametrize("delay_ps", [0.5, 11.25, 1000.0])
def test_a_delay_delays_by_what_it_says_as_node_and_on_an_edge(delay_ps: float) -> None:
    alone = delays(chain(("delay", {"delay_ps": delay_ps})), NEAR)
    assert np.allclose(alone, delay_ps, rtol=1e-9, atol=0.0)
    clock = {"origin_ps": "0"}
    both = delays(chain(("delay", {"delay_ps": delay_ps}), delay_ps=0.75), NEAR, clock=clock)
    assert np.allclose(both, delay_ps + 0.75, rtol=1e-9, atol=0.0)


def test_the_delay_of_a_dispersive_waveguide_follows_its_curvature() -> None:
    params = {"length_um": 2000.0, **WIRE, **CURVED}
    found = compare(chain(("waveguide", params)), guide(params), 1e-9)
    middle = compiled(chain(), NEAR).circuit.grid.wavelengths_um
    slope = (found[-1] - found[0]) / (middle[-1] - middle[0]) / 2000.0
    assert slope == pytest.approx(-1500.0 * 1e-6, rel=1e-2)  # ps/(nm km) in ps/um**2


@pytest.mark.parametrize("more", [{}, CURVED, {"kappa": 0.9}], ids=["plain", "curved", "open"])
def test_an_all_pass_ring_agrees_with_fifty_digits_through_its_resonances(more: dict[str, float]) -> None:
    params = {**PASS, **more}
    loop, bar = guide(params), mpmath.sqrt(1 - mpmath.mpf(params["kappa"]))

    def ring(wavelength: Any) -> Any:  # noqa: ANN401 - a number of a library without types
        return (bar - loop(wavelength)) / (1 - bar * loop(wavelength))

    with mpmath.workdps(50):
        bar = mpmath.sqrt(1 - mpmath.mpf(params["kappa"]))
        found = compare(chain(("ring_all_pass", params)), ring, 1e-7)
    assert found.max() > 1.5 * found.min()


@pytest.mark.parametrize("more", [{}, CURVED], ids=["plain", "curved"])
def test_an_add_drop_ring_agrees_with_fifty_digits_at_both_outputs(more: dict[str, float]) -> None:
    params = {**ADD, **more}
    half = guide(params, half=True)
    with mpmath.workdps(50):
        into, out = (mpmath.mpf(params[name]) for name in ("kappa_in", "kappa_drop"))
        bars = mpmath.sqrt((1 - into) * (1 - out))
        first, second, cross = mpmath.sqrt(1 - into), mpmath.sqrt(1 - out), mpmath.sqrt(into * out)
        fields = {
            2: lambda at: -cross * half(at) / (1 - bars * half(at) ** 2),
            4: lambda at: (first - second * half(at) ** 2) / (1 - bars * half(at) ** 2),
        }
        for port, field in fields.items():
            net = Netlist()
            net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
            net.add("ring", "ring_add_drop", **params)
            net.add("late", "delay_monitor")
            net.join("laser.o1", "ring.o1")
            net.join(f"ring.o{port}", "late.o1")
            compare(net, field, 1e-7)


def test_a_lossless_all_pass_ring_only_ever_delays() -> None:
    params = {**PASS, "loss_db_cm": 0.0}
    found = delays(chain(("ring_all_pass", params)), wavelengths(1.54, 1.56, 2001))
    bar = np.sqrt(1 - PASS["kappa"])
    most = (1 + bar) / (1 - bar) * WIRE["n_g"] * PASS["length_um"] / C
    assert (found > 0.0).all()
    assert 0.9 * most < found.max() <= most * (1 + 1e-7)


def test_the_phase_of_an_undercoupled_ring_falls_at_its_resonance() -> None:
    params = {**PASS, "kappa": 0.001, "loss_db_cm": 10.0}
    assert delays(chain(("ring_all_pass", params)), wavelengths(1.54, 1.56, 2001)).min() < -1.0


def test_the_example_of_the_specification_has_its_bits() -> None:
    # AWB-R-487
    params = {**WIRE, "n_g": 4.2, "length_um": 100.0}
    output = late(documents(chain(("waveguide", params)), wavelengths(1.54, 1.56, 3)))
    assert output.array.tolist() == [1.400969199837755, 1.400969199825622, 1.4009691998309952]
    assert (output.unit, output.quantity, output.axes) == ("ps", "group_delay", ("wavelength",))
    assert not output.sampled
    assert output.array.dtype.str == "<f8"


def test_the_delay_has_the_bits_of_the_formula_in_plain_floats() -> None:
    # AWB-R-487, AWB-R-488
    net = two_ways()
    net.nodes["late"]["kind"] = "monitor"
    for at, found in zip(
        (1.5505, 1.5525, 1.5545), delays(two_ways(), wavelengths(1.5505, 1.5545, 3)), strict=True
    ):
        long, short = at * (1 + 2**-30), at * (1 - 2**-30)
        grid = {"kind": "wavelength_list", "values_um": [short, at, long]}
        (a, b), (c, d), (e, f) = run(documents(net, grid)).outputs["late.field"].array.tolist()
        change, six = (a - e, b - f), ((a + e) + 4 * c, (b + f) + 4 * d)
        q = (six[0] * change[1] - six[1] * change[0]) / (six[0] * six[0] + six[1] * six[1])
        assert found == 3 * q / (3.141592653589793 * (299.792458 * (long - short) / long / short))


def test_the_order_of_nodes_changes_no_bit() -> None:
    # AWB-R-476
    given = documents(two_ways(), NEAR)
    shuffled = {**given, "ir": {**given["ir"], "nodes": dict(reversed(given["ir"]["nodes"].items()))}}
    assert list(shuffled["ir"]["nodes"]) != list(given["ir"]["nodes"])
    assert late(shuffled).array.tobytes() == late(given).array.tobytes()


def test_a_point_alone_has_the_bits_that_it_has_in_a_grid() -> None:
    whole = delays(two_ways(), wavelengths(1.54, 1.56, 1001))
    at = float(compiled(two_ways(), wavelengths(1.54, 1.56, 1001)).circuit.grid.wavelengths_um[700])
    assert delays(two_ways(), {"kind": "wavelength_list", "values_um": [at]})[0] == whole[700]


def test_in_the_dark_the_delay_is_nought() -> None:
    net = chain()
    net.add("lonely", "delay_monitor")
    net.add("wall", "terminator")
    net.add("choice", "splitter", ratio=1.0)
    net.add("lamp", "source", power_w=1e-3, phase_rad=0.4)
    net.add("wire", "waveguide", length_um=10.0, **WIRE)
    net.add("none", "delay_monitor")
    net.add("rest", "terminator")
    net.join("lonely.o1", "wall.o1")
    for ends in (("lamp.o1", "choice.o1"), ("choice.o3", "wire.o1"), ("wire.o2", "none.o1")):
        net.join(*ends)
    net.join("choice.o2", "rest.o1")
    outputs = run(documents(net, NEAR)).outputs
    for name in ("lonely", "none"):
        assert outputs[f"{name}.group_delay"].array.tobytes() == bytes(8 * 101)


@pytest.mark.parametrize("wavelength", [5e-324, 1e-313, 1.7976931348623157e308])
def test_a_wavelength_that_has_no_neighbours_gives_a_number(wavelength: float) -> None:
    one, two = np.array([1.0]), np.array([2.0])
    with np.errstate(all="ignore"):
        found = group_delay_ps((one, two), ((one, one), (two, one)), np.array([wavelength]))
    assert np.isfinite(found).all()


TABLE = {
    "ports": 2,
    "wavelengths_um": [1.5, 1.6],
    "entries": [{"output": "o2", "input": "o1", "re": [0.6, 0.0], "im": [0.0, 0.6]}],
}


def tabulated() -> Netlist:
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    net.table("device", TABLE)
    net.add("late", "delay_monitor")
    net.join("laser.o1", "device.o1")
    net.join("device.o2", "late.o1")
    return net


def test_a_table_is_not_extrapolated_to_a_wavelength_beside_the_grid() -> None:
    # AWB-R-489
    for start, stop in ((1.5, 1.55), (1.55, 1.6)):
        assert refused(documents(tabulated(), wavelengths(start, stop, 2))) == {"AWB-SEM-116"}
    inner = wavelengths(1.5 * (1 + 2**-29), 1.6 * (1 - 2**-29), 3)
    with mpmath.workdps(50):

        def field(wavelength: Any) -> Any:  # noqa: ANN401 - a number of a library without types
            part = (wavelength - mpmath.mpf(1.5)) / (mpmath.mpf(1.6) - mpmath.mpf(1.5))
            return mpmath.mpf(0.6) * mpmath.mpc(1 - part, part)

        middle = float(compiled(tabulated(), inner).circuit.grid.wavelengths_um[1])
        assert delays(tabulated(), inner)[1] == pytest.approx(exact(field, middle), rel=1e-7)


def test_only_a_delay_monitor_looks_beside_the_grid() -> None:
    grid = Grid(np.array([1.5, 1.6]), "wavelength_list")
    assert widened(grid, ["source", "monitor"]) is grid
    longer, shorter = beside(grid.wavelengths_um)
    assert (longer.tolist(), shorter.tolist()) == (
        [1.5 * (1 + 2**-30), 1.6 * (1 + 2**-30)],
        [1.5 * (1 - 2**-30), 1.6 * (1 - 2**-30)],
    )
    assert sorted(widened(grid, ["delay_monitor"]).wavelengths_um.tolist()) == sorted(
        [1.5, 1.6, *longer.tolist(), *shorter.tolist()]
    )


def test_a_loop_that_is_singular_beside_the_grid_fails_the_run() -> None:
    # AWB-R-488: 20 turns of a lossless loop without coupling at 1.5 um, which is beside this point
    point = next(
        at
        for at in (1.5 - 2.0**-30 * 1.5 + k * 2.0**-52 for k in range(-8, 9))
        if float(beside(np.array([at]))[0][0]) == 1.5
    )
    ring = {**PASS, "kappa": 0.0, "n_eff": 2.0, "n_g": 2.0, "loss_db_cm": 0.0, "length_um": 15.0}
    grid = {"kind": "wavelength_list", "values_um": [point]}
    body = run(documents(chain(("ring_all_pass", ring)), grid)).body
    assert (body["status"], body["reason"]["code"]) == ("failed", "AWB-SEM-122")
    assert "node" not in body["reason"]
    watched = chain(("ring_all_pass", ring))
    watched.nodes["late"]["kind"] = "monitor"
    assert run(documents(watched, grid)).body["status"] == "completed"


def test_the_delay_is_that_of_the_phases_that_the_device_shows() -> None:
    given = documents(adjustable(), NEAR)
    given["calibration"]["phases"] = {"theta": phase_calibration(offset_rad=0.25)}
    order = {"order": ["phi", "theta"], "matrix": [[1.0, 0.5], [0.0, 1.0]]}
    given["device"] |= {
        "type": "twin",
        "twin": {
            "seed": "11",
            "at_ps": "0",
            "temperature_k": 300.0,
            "reference_temperature_k": 300.0,
            "phases": {"theta": phase_calibration(offset_rad=0.125)},
            "crosstalk": order,
            "dark_rates": {},
        },
    }
    given["experiment"]["clock"] = {"origin_ps": "0"}
    drive = THETA - 0.25
    shown = documents(two_ways(0.125 + drive, 0.5 * drive + PHI), NEAR)
    assert np.allclose(late(given).array, late(shown).array, rtol=1e-7)
    assert not np.allclose(late(given).array, delays(two_ways(), NEAR), rtol=1e-3)


def test_control_sees_a_delay_and_sets_each_shot_its_own() -> None:
    net = adjustable()
    net.add("lamp", "source", power_w=1e-9, phase_rad=0.0)
    detector = {"efficiency": 1.0, "lo_phase_rad": 0.0, "electronic_variance": 0.0, "window_ps": 100.0}
    net.add("probe", "homodyne", **detector)
    net.join("lamp.o1", "probe.o1")
    net.add("line", "source", power_w=1e-3, phase_rad=0.0)
    net.add("early", "delay_monitor")
    net.join("line.o1", "early.o1")
    given = documents(net, ONE_POINT, clock={"origin_ps": "0"}, shots=3)
    times = {"measure_ps": "1", "decide_ps": "1", "actuate_ps": "1"}
    given["ir"]["control"] = [
        {"at_ps": "1", "detector": "probe", "target": "mzi.theta_rad", "gain": 0.5, "offset": 0.3, **times}
    ]
    result = run(given)
    output = result.outputs["late.group_delay"]
    assert (output.axes, output.sampled) == (("shot", "wavelength"), True)
    seen = result.outputs["probe.samples"].array[:, 0]
    alone = [delays(two_ways(float(0.3 + 0.5 * value)))[0] for value in seen]
    assert output.array[:, 0].tolist() == alone
    given["ir"]["control"][0] |= {"detector": "late", "offset": 0.0, "gain": 1.0}
    given["experiment"]["shots"] = 0
    result = run(given)
    assert result.control[0]["measured"] == delays(two_ways())[0]


def test_a_delay_monitor_leaves_coherence_as_a_monitor_does() -> None:
    other = two_ways()
    other.nodes["late"]["kind"] = "monitor"
    assert arrival_spread_ps(compiled(two_ways())) == arrival_spread_ps(compiled(other)) > 0.0


def test_calibration_takes_no_account_of_delays() -> None:
    net = adjustable()
    given = documents(net)
    task = {
        "artifact_type": "calibration",
        "procedure": "phase_response",
        "targets": ["theta"],
        "optimiser": {"method": "gauss_newton", "maximum_iterations": 50, "tolerance": 1e-12},
        "soft_limits": {},
        "hard_limits": {},
        "as_of_ps": "0",
    }
    with pytest.raises(InvalidInputError) as caught:
        calibrate(inputs(given), task, clock=StillClock())
    assert [finding.code for finding in caught.value.findings] == ["AWB-SEM-253"]
    net.add("eye", "monitor")
    net.join("mzi.o4", "eye.o1")
    result = calibrate(inputs(documents(net)), task, clock=StillClock())
    assert result.body["status"] == "completed"
    assert [name for name in result.outputs if name.startswith("late")] == []


def test_finite_differences_take_a_cost_of_delays_and_other_methods_refuse_it() -> None:
    # AWB-R-493
    params = {**WIRE, "length_um": 100.0}
    net = chain(("waveguide", {**params, "n_g": "group"}), ("phase_shifter", {"phase_rad": "turn"}))
    net.named("group", 4.2, "1")
    net.named("turn", 0.3)
    given = inputs(documents(net, NEAR))
    task = {"artifact_type": "gradient", "cost": "mean(late.group_delay)", "parameters": ["group"]}
    result = gradient(given, task | {"method": "finite_difference", "step": 1e-3}, clock=StillClock())
    assert result.body["gradient"]["group"]["value"] == pytest.approx(100.0 / C, rel=1e-6)
    assert float(result.outputs["cost"].array) == pytest.approx(4.2 * 100.0 / C, rel=1e-9)
    for method in ("adjoint", "parameter_shift"):
        with pytest.raises(InvalidInputError, match=f"{method} does not take .* group delays") as caught:
            gradient(given, task | {"method": method, "parameters": ["turn"]}, clock=StillClock())
        assert [finding.code for finding in caught.value.findings] == ["AWB-SEM-134"]


def test_a_bundle_with_a_group_delay_is_accepted() -> None:
    bundle = experiments.run(experiments.documents(two_ways(), points=5)).bundle
    assert check(bundle).findings == ()
    outputs = bundle.members["data/results/outputs.json"].read()
    assert b'"late.group_delay":{"axes":["wavelength"]' in outputs
    assert b'"unit":"ps"' in outputs
