import random
from typing import Any

import numpy as np
import pytest

from awen_ref.engine import solver
from awen_ref.engine.bindings import bind, coefficients, injections
from awen_ref.engine.compiled import Compiled, compile_experiment
from awen_ref.engine.flow import trace
from awen_ref.engine.gallery import WIRE, clements, crow, ring_bus, wdm_filter
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.solver import SINGULAR, SingularResonanceError
from tests.netlists import compiled, documents, plain

SHORT = wavelengths(1.548, 1.552, 21)


def dense(given: Compiled) -> "np.ndarray[Any, np.dtype[np.complex128]]":
    """The readings by a dense complex solver, which shares nothing with ours but the coefficients."""
    plan, grid = given.plan, given.circuit.grid.wavelengths_um
    bindings = bind(plan)
    re, im = coefficients(plan, bindings, grid, slice(0, grid.size))
    values = re + 1j * im
    size = len(plan.variables)
    matrix = np.zeros((grid.size, size, size), dtype=complex)
    right = np.zeros((grid.size, size), dtype=complex)
    for port, terms in trace(given.circuit, given.readings).terms.items():
        for source, coefficient in terms:
            matrix[:, plan.index[port], plan.index[source]] += values[coefficient]
    light = injections(bindings, slice(0, grid.size))
    for row, (number, _) in enumerate(plan.injected):
        right[:, number] = light[0][row] + 1j * light[1][row]
    waves = np.linalg.solve(np.eye(size) - matrix, right[..., np.newaxis])[..., 0]
    rows = [plan.index[port] for port in given.readings]
    return np.asarray(waves[:, rows].T)


@pytest.mark.parametrize("net", [crow(5), ring_bus(4), clements(6), wdm_filter()])
def test_waves_are_those_of_a_dense_solver(net: Netlist) -> None:
    # AWB-R-472, AWB-R-474
    given = compiled(net, SHORT)
    waves = given.solve()
    assert np.abs(waves.re + 1j * waves.im - dense(given)).max() < 1e-14


def bits(waves: solver.Waves) -> tuple[bytes, bytes]:
    return waves.re.tobytes(), waves.im.tobytes()


@pytest.mark.parametrize("net", [crow(4), clements(5)])
def test_shuffled_documents_change_no_bit(net: Netlist) -> None:
    # AWB-R-476
    given = documents(net, SHORT)
    shuffled = documents(net, SHORT)
    names = list(shuffled["ir"]["nodes"])
    random.Random(3).shuffle(names)
    shuffled["ir"]["nodes"] = {name: shuffled["ir"]["nodes"][name] for name in names}
    assert bits(compile_experiment(plain(given)).solve()) == bits(compile_experiment(plain(shuffled)).solve())


@pytest.mark.parametrize("width", [1, 3, 17])
def test_the_width_of_a_block_changes_no_bit(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    # AWB-R-476
    given = compiled(crow(3), wavelengths(1.548, 1.552, 50))
    expected = bits(given.solve())
    monkeypatch.setattr(solver, "_BLOCK", width)
    assert bits(given.solve()) == expected


def test_recording_a_wave_changes_no_other_bit() -> None:
    plainly = compiled(crow(3), SHORT)
    recorded = compiled(crow(3), SHORT, record=["coupler_001.o2", "lower_000.o1"])
    rows = [recorded.row(port) for port in plainly.readings]
    expected = plainly.solve()
    found = recorded.solve()
    assert found.re[rows].tobytes() == expected.re.tobytes()
    assert found.im[rows].tobytes() == expected.im.tobytes()


def test_a_port_that_no_light_reaches_is_positive_zero() -> None:
    # AWB-R-448, AWB-R-470
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=3.0)
    net.add("cross", "coupler", kappa=0.5)
    for name, port in (("dark", 2), ("lit", 3)):
        net.add(name, "monitor")
        net.join(f"cross.o{port}", f"{name}.o1")
    net.join("laser.o1", "cross.o1")
    given = compiled(net)
    waves = given.solve()
    row = given.row(("dark", 1))
    assert not np.signbit(waves.re[row, 0])
    assert waves.re[row, 0] == waves.im[row, 0] == 0.0
    assert ("dark", 1) not in given.plan.index


def test_what_nobody_reads_is_not_planned() -> None:
    net = clements(4)
    for mode in (1, 2, 3):
        net.nodes[f"out_{mode:02d}"] = {"kind": "terminator", "params": {}}
    assert len(compiled(net).plan.variables) < len(compiled(clements(4)).plan.variables)


def resonator(loss_db_cm: float) -> Netlist:
    """A ring that is not coupled to its bus, of exactly twenty wavelengths at 1.5 um."""
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.add("eye", "monitor")
    guide = {**WIRE, "n_eff": 2.0, "n_g": 2.0, "loss_db_cm": loss_db_cm}
    net.add("ring", "ring_all_pass", kappa=0.0, length_um=15.0, **guide)
    net.join("laser.o1", "ring.o1")
    net.join("ring.o2", "eye.o1")
    return net


def test_a_lossless_uncoupled_ring_on_resonance_is_a_typed_error() -> None:
    grid = {"kind": "wavelength_list", "values_um": [1.4, 1.5, 1.6]}
    with pytest.raises(SingularResonanceError) as caught:
        compiled(resonator(0.0), grid).solve()
    assert caught.value.port[0].startswith("ring/")
    assert caught.value.column == 1


def test_the_same_ring_with_a_little_loss_has_a_solution() -> None:
    grid = {"kind": "wavelength_list", "values_um": [1.5]}
    waves = compiled(resonator(1e-5), grid).solve()
    assert SINGULAR < waves.margin < 1e-15
    assert waves.re[0, 0] == 1.0


def test_a_mirror_facing_itself_is_a_loop_of_one_wave() -> None:
    """Ports o3 and o4 of a coupler joined: out of o3 goes into o4, which feeds o1 and o2 only."""
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.add("back", "monitor")
    net.add("mirror", "coupler", kappa=0.5)
    net.join("mirror.o3", "mirror.o4")
    net.join("laser.o1", "mirror.o1")
    net.join("mirror.o2", "back.o1")
    waves = compiled(net).solve()
    assert waves.re[0, 0] == pytest.approx(0.0, abs=1e-16)
    assert waves.re[0, 0] ** 2 + waves.im[0, 0] ** 2 == pytest.approx(0.0, abs=1e-15)


def test_a_wave_that_feeds_itself_is_summed_in_closed_form() -> None:
    # AWB-R-474
    half = {"re": [0.5, 0.5], "im": [0.0, 0.0]}
    rows = [("o1", "o3"), ("o2", "o1"), ("o2", "o3")]
    table = {
        "ports": 3,
        "wavelengths_um": [1.5, 1.6],
        "entries": [{"output": out, "input": into, **half} for out, into in rows],
    }
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.table("device", table)
    net.add("eye", "monitor")
    net.join("laser.o1", "device.o1")
    net.join("device.o2", "device.o3")
    given = compiled(net, record=["device.o3"])
    (loop,) = [loop for level in given.plan.levels for loop in level.loops]
    assert len(loop.members) == 1
    assert given.solve().re[given.row(("device", 3)), 0] == 0.5 / (1.0 - 0.5)


def test_overrides_by_column_are_separate_solutions() -> None:
    given = compiled(clements(4))
    phases = np.array([0.1, 0.9, -2.0])
    together = given.solve_at(np.full(3, 1.55), {("mzi_00_00", "theta_rad"): phases})
    for column, phase in enumerate(phases):
        alone = given.solve({("mzi_00_00", "theta_rad"): np.array([phase])})
        assert together.re[:, column].tobytes() == alone.re[:, 0].tobytes()
