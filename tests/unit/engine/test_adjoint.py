import numpy as np
import pytest

from awen_ref.engine.adjoint import Differentiable
from awen_ref.engine.bindings import bind
from awen_ref.engine.circuit import Port
from awen_ref.engine.gallery import clements, crow
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.state import Pair
from tests.netlists import compiled

GRID = wavelengths(1.549, 1.551, 7)


def linear_cost(net: Netlist) -> tuple[Differentiable, dict[Port, Pair], float]:
    """A cost that is linear in every reading, with coefficients of its own at every point."""
    given = compiled(net, GRID)
    solution = Differentiable(given.plan, bind(given.plan), given.circuit.grid.wavelengths_um, given.readings)
    rng = np.random.default_rng(5)
    weights = rng.normal(size=(2, *solution.re.shape))
    seeds = {port: (weights[0, row], -weights[1, row]) for row, port in enumerate(given.readings)}
    return solution, seeds, float(np.sum(weights[0] * solution.re + weights[1] * solution.im))


@pytest.mark.parametrize(
    ("net", "node", "parameter", "step"),
    [
        (clements(4), "mzi_01_01", "theta_rad", 1e-5),
        (crow(3), "coupler_001", "kappa", 1e-6),
        (crow(3), "lower_002", "length_um", 1e-6),
        (crow(3), "laser", "power_w", 1e-6),
    ],
)
def test_slopes_are_the_limits_of_differences(net: Netlist, node: str, parameter: str, step: float) -> None:
    solution, seeds, _ = linear_cost(net)
    slope = solution.slopes(seeds)[node, parameter]
    value = net.nodes[node]["params"][parameter]
    costs = []
    for shift in (step, -step):
        if isinstance(value, str):
            net.parameters[value]["value"] += shift
            costs.append(linear_cost(net)[2])
            net.parameters[value]["value"] -= shift
        else:
            net.nodes[node]["params"][parameter] = value + shift
            costs.append(linear_cost(net)[2])
            net.nodes[node]["params"][parameter] = value
    assert slope == pytest.approx((costs[0] - costs[1]) / (2 * step), rel=1e-6)


def test_what_is_not_kept_is_computed_anew_to_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    solution, seeds, _ = linear_cost(crow(2))
    kept = solution.slopes(seeds)
    monkeypatch.setattr("awen_ref.engine.adjoint._KEPT_BYTES", 0)
    solution, seeds, _ = linear_cost(crow(2))
    assert solution.slopes(seeds) == kept


def test_a_seed_on_a_dark_wave_has_no_part() -> None:
    solution, seeds, _ = linear_cost(crow(2))
    plain = solution.slopes(seeds)
    dark = (np.ones(7), np.ones(7))
    assert solution.slopes({**seeds, ("end_coupler_002_o2", 1): dark}) == plain
