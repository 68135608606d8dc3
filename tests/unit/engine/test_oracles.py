"""Our results against SAX's, stored with the script that made them, and against 60-digit arithmetic."""

from pathlib import Path
from typing import Any

import mpmath  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import pytest

from awen_ref.engine.compiled import Compiled
from awen_ref.engine.derivatives import METHODS
from awen_ref.engine.gallery import WIRE, add_drop_ring, clements, crow, ring_bus
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.objective import make_objective
from tests.netlists import compiled, documents, plain

SAX = Path(__file__).parents[2] / "assets" / "sax"
CIRCUITS = {"ring": add_drop_ring, "bus64": ring_bus, "crow64": crow}


def one_watt(net: Netlist) -> Netlist:
    net.nodes["laser"]["params"]["power_w"] = 1.0
    return net


def fields(given: Compiled) -> dict[str, Any]:
    waves = given.solve()
    return {port[0]: waves.re[row] + 1j * waves.im[row] for row, port in enumerate(given.readings)}


def stored(name: str) -> dict[str, Any]:
    with np.load(SAX / f"{name}.npz") as file:
        return dict(file)


@pytest.mark.parametrize("modes", [16, 64])
def test_meshes_agree_with_sax_to_1e_14(modes: int) -> None:
    reference = stored(f"mesh{modes}")
    del reference["wavelengths_um"]
    ours = fields(compiled(one_watt(clements(modes))))
    assert set(ours) == set(reference)
    assert max(abs(ours[name] - reference[name]).max() for name in ours) <= 1e-14


@pytest.mark.parametrize("name", sorted(CIRCUITS))
def test_resonators_agree_with_sax_to_5e_11(name: str) -> None:
    reference = stored(name)
    grid = {"kind": "wavelength_list", "values_um": reference.pop("wavelengths_um").tolist()}
    ours = fields(compiled(one_watt(CIRCUITS[name]()), grid))
    assert set(ours) == set(reference)
    assert max(abs(ours[port] - reference[port]).max() for port in ours) <= 5e-11


def test_the_gradient_of_a_mesh_agrees_with_sax_to_1e_14() -> None:
    reference = stored("mesh16_gradient")
    given = plain(documents(one_watt(clements(16))))
    objective = make_objective(given, compiled(one_watt(clements(16))), "sum(out_00.power)")
    live = {node.id for group in objective.compiled.plan.groups for node in group.nodes}
    places = {name: objective.compiled.places(name) for name in given.parameters}
    uses = {name: where for name, where in places.items() if where[0][0] in live}
    found = METHODS["adjoint"](objective, uses, 0.0)
    assert found.baseline[0] == pytest.approx(float(reference.pop("value")), abs=1e-14)
    differences = []
    for key, theirs in reference.items():
        node, parameter = key.split("|")
        name = f"{parameter.removesuffix('_rad')}_{node.removeprefix('mzi_')}"
        ours = found.slopes[name][0] if name in found.slopes else 0.0
        differences.append(abs(ours - float(theirs)))
    assert len(differences) == 240
    assert max(differences) <= 1e-14


def guide(wavelength: float, length: float) -> mpmath.mpc:
    """60 digits of a wire's transmission, from the exact values of the floats."""
    lam, n_eff, n_g = mpmath.mpf(wavelength), mpmath.mpf(WIRE["n_eff"]), mpmath.mpf(WIRE["n_g"])
    origin = mpmath.mpf(WIRE["reference_wavelength_um"])
    index = n_eff - (n_g - n_eff) * (lam - origin) / origin
    loss = mpmath.mpf(10) ** (-mpmath.mpf(WIRE["loss_db_cm"]) * mpmath.mpf(length) / 200000)
    return loss * mpmath.expjpi(2 * index * mpmath.mpf(length) / lam)


def test_the_ring_is_right_to_1e_13_of_60_digits() -> None:
    given = compiled(one_watt(add_drop_ring()), wavelengths(1.5, 1.6, 10001))
    ours = fields(given)
    worst = mpmath.mpf(0)
    with mpmath.workdps(60):
        kappa = mpmath.mpf(0.05)
        for column in range(0, 10001, 100):
            half = guide(float(given.circuit.grid.wavelengths_um[column]), 31.4)
            truth = -kappa * half / (1 - (1 - kappa) * half * half)
            worst = max(worst, abs(mpmath.mpc(complex(ours["drop"][column])) - truth))
    assert worst <= 1e-13


def test_the_bus_of_64_rings_is_right_to_1e_13_of_60_digits() -> None:
    net = one_watt(ring_bus())
    given = compiled(net, wavelengths(1.5, 1.6, 2001))
    ours = fields(given)["through"]
    rings = [node["params"] for name, node in sorted(net.nodes.items()) if name.startswith("ring_")]
    worst = mpmath.mpf(0)
    with mpmath.workdps(60):
        for column in range(0, 2001, 80):
            truth = mpmath.mpf(1)
            for ring in rings:
                bar = mpmath.sqrt(1 - mpmath.mpf(ring["kappa"]))
                loop = guide(float(given.circuit.grid.wavelengths_um[column]), ring["length_um"])
                truth *= (bar - loop) / (1 - bar * loop)
            worst = max(worst, abs(mpmath.mpc(complex(ours[column])) - truth))
    assert worst <= 1e-13
