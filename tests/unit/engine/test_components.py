import cmath
import math

import mpmath  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import pytest

from awen_ref.engine.components import MODELS
from awen_ref.engine.components.propagation import index_constants
from awen_ref.engine.gallery import WIRE
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_schema.kinds import KINDS
from tests.netlists import compiled, one_device

GRID = wavelengths(1.5, 1.6, 11)


def field(net: Netlist, port: int) -> complex:
    found = compiled(net).solve()
    row = compiled(net).row((f"out_{port}", 1))
    return complex(found.re[row, 0], found.im[row, 0])


def test_every_kind_that_scatters_has_a_model_and_no_other() -> None:
    assert set(MODELS) == {name for name, kind in KINDS.items() if kind.entries}


def test_the_coupler_crosses_with_i() -> None:
    # AWB-R-432, AWB-R-444
    net = one_device("coupler", {"kappa": 0.36})
    assert field(net, 3) == 0.6j
    assert field(net, 4) == 0.8
    assert field(net, 2) == 0.0
    assert field(one_device("coupler", {"kappa": 0.36}, into=2), 4) == 0.6j
    assert field(one_device("coupler", {"kappa": 0.36}, into=4), 1) == 0.8


def test_the_splitter_sends_its_ratio_to_o2() -> None:
    # AWB-R-447
    net = one_device("splitter", {"ratio": 0.36})
    assert (field(net, 2), field(net, 3)) == (0.6, 0.8)
    assert field(one_device("splitter", {"ratio": 0.36}, into=3), 1) == 0.8


def test_the_isolator_is_the_kind_that_is_not_reciprocal() -> None:
    # AWB-R-443
    params = {"loss_db": 20.0, "isolation_db": 40.0}
    assert field(one_device("isolator", params), 2) == 0.1
    assert field(one_device("isolator", params, into=2), 1) == 0.01


def test_the_crossing_goes_straight() -> None:
    # AWB-R-443
    net = one_device("crossing", {"loss_db": 20.0})
    assert [field(net, port) for port in (2, 3, 4)] == [0.0, 0.1, 0.0]


def test_the_source_has_its_power_and_phase() -> None:
    # AWB-R-430, AWB-R-445
    net = Netlist()
    net.add("laser", "source", power_w=4.0, phase_rad=math.pi / 2)
    net.add("out_1", "monitor")
    net.join("laser.o1", "out_1.o1")
    assert field(net, 1) == complex(2.0 * math.cos(math.pi / 2), 2.0)


def test_the_phase_shifter_turns_forward_in_time() -> None:
    # AWB-R-431, AWB-R-442
    assert field(one_device("phase_shifter", {"phase_rad": 0.7}), 2) == cmath.exp(0.7j)


@pytest.mark.parametrize("into", [1, 2, 3, 4])
def test_the_mzi_is_phase_coupler_phase_coupler(into: int) -> None:
    # AWB-R-446
    theta, phi = 0.83, -2.1
    device = one_device("mzi", {"theta_rad": theta, "phi_rad": phi}, into=into)
    parts = Netlist()
    parts.add("laser", "source", power_w=1.0, phase_rad=0.0)
    parts.add("outer", "phase_shifter", phase_rad=phi)
    parts.add("inner", "phase_shifter", phase_rad=theta)
    parts.add("first", "coupler", kappa=0.5)
    parts.add("second", "coupler", kappa=0.5)
    for pair in (("outer.o2", "first.o2"), ("first.o3", "inner.o1"), ("inner.o2", "second.o2")):
        parts.join(*pair)
    parts.join("first.o4", "second.o1")
    ends = {1: "first.o1", 2: "outer.o1", 3: "second.o3", 4: "second.o4"}
    parts.join("laser.o1", ends.pop(into))
    for port, end in ends.items():
        parts.add(f"out_{port}", "monitor")
        parts.join(end, f"out_{port}.o1")
    for port in ends:
        assert abs(field(device, port) - field(parts, port)) < 4e-16


def exact_waveguide(wavelength: float, length: float, dispersion: float) -> mpmath.mpc:
    """60 digits of the transmission, from the exact values of the floats."""
    with mpmath.workdps(60):
        lam, origin = mpmath.mpf(wavelength), mpmath.mpf(1.55)
        n_eff, n_g, detuning = mpmath.mpf(2.34), mpmath.mpf(3.4), mpmath.mpf(wavelength) - mpmath.mpf(1.55)
        curve = mpmath.mpf("299.792458") * mpmath.mpf(dispersion) * mpmath.mpf("1e-6") / (2 * origin)
        index = n_eff - (n_g - n_eff) * detuning / origin - curve * detuning**2
        loss = mpmath.mpf(10) ** (-mpmath.mpf(3.0) * mpmath.mpf(length) / 200000)
        return loss * mpmath.expjpi(2 * index * mpmath.mpf(length) / lam)


@pytest.mark.parametrize("dispersion", [0.0, 1000.0, -2.5e4])
@pytest.mark.parametrize("length", [31.4, 1e5])
def test_a_waveguide_keeps_the_digits_of_its_phase(length: float, dispersion: float) -> None:
    # AWB-R-433, AWB-R-440, AWB-R-483, AWB-R-485
    params = {**WIRE, "dispersion_ps_nm_km": dispersion, "length_um": length}
    circuit = compiled(one_device("waveguide", params), GRID)
    waves = circuit.solve()
    for column, wavelength in enumerate(circuit.circuit.grid.wavelengths_um):
        truth = exact_waveguide(float(wavelength), length, dispersion)
        assert abs(mpmath.mpc(waves.re[0, column], waves.im[0, column]) - truth) < 2.5e-16


def test_the_group_index_sets_the_slope_of_the_phase() -> None:
    high, _, low = index_constants(2.34, 3.4, 0.0, 1.55)
    assert high == (3.4, 0.0)  # the phase at infinite frequency is n_g's alone
    assert low == (0.0, 0.0)


def test_a_delay_turns_by_frequency_times_time() -> None:
    # AWB-R-441
    circuit = compiled(one_device("delay", {"delay_ps": 123.456}), GRID)
    waves = circuit.solve()
    for column, wavelength in enumerate(circuit.circuit.grid.wavelengths_um):
        with mpmath.workdps(60):
            turns = mpmath.mpf("299.792458") * mpmath.mpf(123.456) / mpmath.mpf(float(wavelength))
            truth = mpmath.expjpi(2 * turns)
        assert abs(mpmath.mpc(waves.re[0, column], waves.im[0, column]) - truth) < 2.5e-16


POINTS = {
    "waveguide": {**WIRE, "dispersion_ps_nm_km": 500.0, "length_um": 12.0},
    "phase_shifter": {"phase_rad": 0.4},
    "attenuator": {"loss_db": 2.0},
    "delay": {"delay_ps": 0.3},
    "coupler": {"kappa": 0.3},
    "splitter": {"ratio": 0.3},
    "mzi": {"theta_rad": 0.4, "phi_rad": 1.1},
    "crossing": {"loss_db": 1.0},
    "isolator": {"loss_db": 1.0, "isolation_db": 30.0},
}


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_derivatives_are_the_limits_of_differences(kind: str) -> None:
    model, grid = MODELS[kind], np.array([1.5, 1.57])

    def at(changes: dict[str, float]) -> list[np.ndarray]:
        params = {name: np.array([[value]]) for name, value in (POINTS[kind] | changes).items()}
        found = model.coefficients(model.prepare(params), grid)
        return [re + 1j * im + np.zeros((1, 2)) for re, im in found]

    params = {name: np.array([[value]]) for name, value in POINTS[kind].items()}
    derivatives = model.derivatives(params, grid)
    assert set(derivatives) == set(POINTS[kind])
    for name, terms in derivatives.items():
        step = 1e-5 * max(1.0, abs(POINTS[kind][name]))
        near = [at({name: POINTS[kind][name] + k * step}) for k in (-2, -1, 1, 2)]
        slopes = [(a - 8 * b + 8 * c - d) / (12 * step) for a, b, c, d in zip(*near, strict=True)]
        found = [np.zeros((1, 2), dtype=complex) for _ in slopes]
        for k, re, im in terms:
            found[k] = found[k] + re + 1j * im
        scale = max(1e-3, *(float(np.abs(slope).max()) for slope in slopes))
        for slope, derivative in zip(slopes, found, strict=True):
            assert np.abs(slope - derivative).max() < 1e-7 * scale
