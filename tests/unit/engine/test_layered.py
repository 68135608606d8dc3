import random

import numpy as np
import pytest

from awen_ref.engine import layered as fast
from awen_ref.engine.bindings import bind, coefficients, injections
from awen_ref.engine.compiled import Compiled
from awen_ref.engine.gallery import clements, crow, wdm_filter
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.solver import walk
from tests.netlists import compiled


def both(given: Compiled) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
    """Every wave of the plan, by the generic walk and by the fast path."""
    plan, grid = given.plan, given.circuit.grid.wavelengths_um
    bindings, columns = bind(plan), slice(0, grid.size)
    values, light = coefficients(plan, bindings, grid, columns), injections(bindings, columns)
    layout = fast.layered(plan, grid.size)
    assert layout is not None
    slow, quick = walk(plan, values, light), fast.walk_layered(layout, values, light)
    return (slow.re.tobytes(), slow.im.tobytes()), (quick.re.tobytes(), quick.im.tobytes())


@pytest.mark.parametrize("modes", [2, 3, 4, 7, 8, 16, 33])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_mesh_has_the_same_bits_on_the_fast_path(modes: int, seed: int) -> None:
    # AWB-R-477
    slow, quick = both(compiled(clements(modes, seed=seed)))
    assert quick == slow


def random_mesh(seed: int) -> Netlist:
    """Some columns of devices of several kinds and fan-ins, on some modes, lit in several."""
    rng = random.Random(seed)
    net = Netlist()
    modes = rng.randint(2, 9)
    tips = []
    for mode in range(modes):
        net.add(f"laser_{mode}", "source", power_w=rng.choice([0.0, 0.5, 1.0]), phase_rad=rng.uniform(-9, 9))
        tips.append(f"laser_{mode}.o1")
    for column in range(rng.randint(1, 12)):
        mode = 0
        while mode < modes:
            name = f"d_{column:02d}_{mode}"
            kind = rng.choice(["mzi", "coupler", "crossing", "phase_shifter", "attenuator", ""])
            if kind in {"mzi", "coupler", "crossing"} and mode + 1 < modes:
                params = {
                    "mzi": {"theta_rad": rng.uniform(-9, 9), "phi_rad": rng.uniform(-9, 9)},
                    "coupler": {"kappa": rng.choice([0.0, rng.random(), 1.0])},
                    "crossing": {"loss_db": rng.uniform(0, 3)},
                }[kind]
                net.add(name, kind, **params)
                net.join(tips[mode], f"{name}.o2")
                net.join(tips[mode + 1], f"{name}.o1")
                tips[mode], tips[mode + 1] = f"{name}.o3", f"{name}.o4"
                mode += 2
                continue
            if kind in {"phase_shifter", "attenuator"}:
                net.add(
                    name, kind, **({"phase_rad": rng.uniform(-9, 9)} if kind[0] == "p" else {"loss_db": 1.0})
                )
                net.join(tips[mode], f"{name}.o1")
                tips[mode] = f"{name}.o2"
            mode += 1
    for mode, tip in enumerate(tips):
        net.add(f"eye_{mode}", "monitor")
        net.join(tip, f"eye_{mode}.o1")
    return net


@pytest.mark.parametrize("seed", range(60))
def test_a_random_acyclic_circuit_has_the_same_bits_on_the_fast_path(seed: int) -> None:
    points = 1 + seed % fast.NARROW
    slow, quick = both(compiled(random_mesh(seed), wavelengths(1.5, 1.5 + 0.1 * (points > 1), points)))
    assert quick == slow


def test_a_filter_with_unequal_paths_has_the_same_bits_too() -> None:
    slow, quick = both(compiled(wdm_filter(), wavelengths(1.54, 1.56, 8)))
    assert quick == slow


def test_loops_and_wide_grids_go_the_generic_way() -> None:
    assert fast.layered(compiled(crow(2)).plan, 1) is None
    assert fast.layered(compiled(clements(4)).plan, fast.NARROW + 1) is None


def test_a_circuit_in_which_nothing_is_lit_is_empty() -> None:
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.add("cross", "coupler", kappa=0.5)
    net.add("eye", "monitor")
    net.join("laser.o1", "end.o1")
    net.add("end", "terminator")
    net.join("cross.o1", "eye.o1")
    waves = compiled(net).solve()
    assert waves.re.tolist() == [[0.0]]
    assert not np.signbit(waves.re).any()
