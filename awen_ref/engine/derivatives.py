"""The methods of differentiation: adjoint, parameter shift, finite difference (AWB-R-492 to 499)."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from awen_ref.engine.adjoint import Differentiable
from awen_ref.engine.bindings import bind
from awen_ref.engine.constants import PHOTON_ENERGY_J_UM, PS_PER_S
from awen_ref.engine.cost import Cost, evaluate
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.pairwise import pairwise_sum
from awen_ref.engine.numerics.trig import sincos
from awen_ref.engine.objective import Objective, Reading, refuse
from awen_ref.engine.state import Pair

if TYPE_CHECKING:
    from awen_ref.engine.circuit import Port

__all__ = ["METHODS", "Derivatives", "Perturbation", "Place", "mean_and_error"]

HALF_PI = 1.5707963267948966

Place = tuple[str, str, float]
"""Node of the expanded circuit, parameter, and derivative of its value with respect to the asked one."""
Uses = Mapping[str, Sequence[Place]]
"""Parameter asked for to every place it acts on."""
Estimate = tuple[float, float | None]
"""A value and, where it was sampled, its standard error."""


@dataclass(frozen=True, slots=True)
class Perturbation:
    """The cost at one shifted parameter."""

    parameter: str
    shift: float
    cost: float


@dataclass(frozen=True, slots=True)
class Derivatives:
    """What a method found.

    Attributes:
        baseline: The cost where the derivatives are taken.
        slopes: Parameter to derivative, in the order that was asked for.
        perturbations: In the order of evaluation.
        evaluations: Forward evaluations of the circuit.
    """

    baseline: Estimate
    slopes: Mapping[str, Estimate]
    perturbations: tuple[Perturbation, ...]
    evaluations: int


def mean_and_error(values: Array) -> Estimate:
    """Mean over shots and its standard error; a single value has none."""
    count = values.size
    if count == 1:
        return float(values[0]), None
    mean = pairwise_sum(values) / count
    variance = pairwise_sum((values - mean) * (values - mean)) / (count - 1)
    return float(mean), math.sqrt(float(variance) / count)


def adjoint(objective: Objective, uses: Uses, _step: float) -> Derivatives:
    """One pass forwards and one backwards, for any number of parameters.

    Raises:
        InvalidInputError: The cost is sampled or names a group delay, a parameter belongs to a detector
            (AWB-SEM-134), or a derivative does not exist (AWB-SEM-136).
        SingularResonanceError: A loop has no finite solution.
    """
    if objective.sampled:
        raise refuse("AWB-SEM-134", "adjoint needs a cost without sampled outputs", "/method")
    _refuse_delays(objective, "adjoint")
    nodes = objective.compiled.circuit.nodes
    for name, places in uses.items():
        if any(nodes[node].kind.role == "detector" for node, _, _ in places):
            text = f"adjoint cannot take {name!r}, a parameter of a detector; finite_difference can"
            raise refuse("AWB-SEM-134", text, "/method")
    overrides = objective.base()
    grid = objective.compiled.circuit.grid.wavelengths_um
    bindings = bind(objective.compiled.plan, overrides)
    solution = Differentiable(objective.compiled.plan, bindings, grid, objective.compiled.readings)
    cost = evaluate(objective.expression, objective.outputs([(solution.re, solution.im)], overrides))
    seeds = _seeds(objective, cost, solution)
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = solution.slopes(seeds)
    found: dict[str, Estimate] = {}
    for name, places in uses.items():
        terms = [scale * slopes.get((node, p), 0.0) for node, p, scale in places]
        value = terms[0] if len(terms) == 1 else float(pairwise_sum(terms))
        if not math.isfinite(value):
            raise refuse(
                "AWB-SEM-136", f"the cost has no derivative with respect to {name!r} here", "/parameters"
            )
        found[name] = value, None
    return Derivatives((float(cost.values[0]), None), found, (), 1)


def _refuse_delays(objective: Objective, method: str) -> None:
    """A group delay is a ratio of fields at several wavelengths: neither quadratic nor a sine of a phase."""
    if objective.delays:
        text = f"{method} does not take a cost of group delays; finite_difference does"
        raise refuse("AWB-SEM-134", text, "/method")


def _seeds(objective: Objective, cost: Cost, solution: Differentiable) -> "dict[Port, Pair]":
    """The derivative of the cost with respect to every wave that it reads."""
    points = solution.wavelengths.size
    found: dict[Port, Pair] = {}
    for reading in objective.readings:
        if reading.name not in cost.gradient:
            continue
        row = objective.compiled.row(reading.port)
        wave = solution.re[row], solution.im[row]
        re, im = _seed(objective, reading, wave, cost.gradient[reading.name][0])
        former = found.get(reading.port, (np.zeros(points), np.zeros(points)))
        found[reading.port] = former[0] + re, former[1] - im
    return found


def _seed(objective: Objective, reading: Reading, wave: Pair, gradient: Array) -> Pair:
    """From the derivative with respect to an output to that with respect to its field's two parts."""
    re, im = wave
    if reading.suffix in {"field", "incident", "emergent"}:
        return gradient[..., 0], gradient[..., 1]
    kind = objective.compiled.given.nodes[reading.node].kind.name
    params = objective.params(reading.node, objective.base())
    wavelengths = objective.compiled.circuit.grid.wavelengths_um
    if kind in {"homodyne", "heterodyne"}:
        return _quadrature_seed(kind, params, wavelengths, gradient)
    factor: Array | float = 2.0
    if reading.suffix == "current":
        factor = 2.0 * params["responsivity_a_w"]
    if kind == "photon_counter":
        window = params["window_ps"] / PS_PER_S
        factor = 2.0 * params["efficiency"] * wavelengths / PHOTON_ENERGY_J_UM * window
    return factor * re * gradient, factor * im * gradient


def _quadrature_seed(
    kind: str, params: Mapping[str, float | Array], wavelengths: Array, gradient: Array
) -> Pair:
    """The same for the detectors that see the field: their means are linear in it."""
    sine, cosine = sincos(params["lo_phase_rad"])
    window = params["window_ps"] / PS_PER_S
    scale = np.sqrt(params["efficiency"] * window * wavelengths / PHOTON_ENERGY_J_UM)
    if kind == "homodyne":
        scale = math.sqrt(2.0) * scale * gradient
        return scale * cosine, scale * sine
    first, second = scale * gradient[..., 0], scale * gradient[..., 1]
    return first * cosine - second * sine, first * sine + second * cosine


def parameter_shift(objective: Objective, uses: Uses, _step: float) -> Derivatives:
    """Exact derivatives of every output from two shifts by a quarter turn for each use of a phase.

    A wave that passes a phase once is of first order in e^(i phase), and so are powers in its sine and
    cosine: their derivative is half the difference over half a turn (Schuld et al., Phys. Rev. A 99 (2019)
    032331).

    Raises:
        InvalidInputError: The cost names a group delay, the circuit has a loop, light passes a phase twice,
            or a parameter is no phase (AWB-SEM-134).
        SingularResonanceError: Cannot occur, since there is no loop.
    """
    _refuse_delays(objective, "parameter_shift")
    _check_shift(objective, uses)
    base = objective.base()
    shifts: list[tuple[str, str, str, float, float]] = [
        (name, node, parameter, scale, sign * HALF_PI)
        for name, places in uses.items()
        for node, parameter, scale in places
        for sign in (1.0, -1.0)
    ]
    nodes = objective.compiled.circuit.nodes
    variations = []
    for _, node, parameter, _, shift in shifts:
        value = base.get((node, parameter), np.array([nodes[node].params[parameter].value]))
        variations.append({(node, parameter): value + shift})
    (cost, _), *found = objective.costs([{}, *variations])
    slopes: dict[str, Array] = {name: np.zeros(1) for name in uses}
    for k in range(0, len(shifts), 2):
        name, _, _, scale, _ = shifts[k]
        total = np.zeros(1)
        for output, gradient in cost.gradient.items():
            change = 0.5 * (found[k][1][output] - found[k + 1][1][output]) * gradient
            total = total + pairwise_sum(change.reshape(len(change), -1), axis=1)
        slopes[name] = slopes[name] + scale * total
    perturbations = tuple(
        Perturbation(name, shift, mean_and_error(there.values)[0])
        for (name, _, _, _, shift), (there, _) in zip(shifts, found, strict=True)
    )
    estimates = {name: mean_and_error(values) for name, values in slopes.items()}
    return Derivatives(mean_and_error(cost.values), estimates, perturbations, 1 + len(shifts))


def _check_shift(objective: Objective, uses: Uses) -> None:
    """Whether every wave passes every asked phase at most once."""
    plan = objective.compiled.plan
    if plan.loops:
        raise refuse(
            "AWB-SEM-134", "parameter_shift needs a circuit without loops; adjoint takes them", "/method"
        )
    nodes = objective.compiled.circuit.nodes
    live = set(plan.variables)
    for name, places in uses.items():
        for node, parameter, _ in places:
            kind = nodes[node].kind
            if kind.params[parameter].unit != "rad":
                text = f"parameter_shift needs phases; {name!r} is {parameter} of {node!r}"
                raise refuse("AWB-SEM-134", text, "/method")
            half = kind.ports // 2
            sides = {number > half for number in range(1, kind.ports + 1) if (node, number) in live}
            if kind.role == "passive" and len(sides) == 2:
                text = f"light passes {node!r} both ways, so that parameter_shift does not hold for {name!r}"
                raise refuse("AWB-SEM-134", text, "/method")


def finite_difference(objective: Objective, uses: Uses, step: float) -> Derivatives:
    """Central differences; works for every cost and parameter, up to the step's error.

    Raises:
        InvalidInputError: A shifted value leaves the bounds of the parameter (AWB-SEM-135).
        SingularResonanceError: A loop has no finite solution.
    """
    parameters = objective.documents.parameters
    shifts = [(name, sign * step) for name in uses for sign in (1.0, -1.0)]
    variations = []
    for name, shift in shifts:
        value = float(parameters[name]["value"]) + shift
        _check_bounds(objective, name, value)
        variations.append(objective.at(name, value))
    (cost, _), *found = objective.costs([{}, *variations])
    slopes = {
        name: mean_and_error((found[2 * k][0].values - found[2 * k + 1][0].values) / (2.0 * step))
        for k, name in enumerate(uses)
    }
    perturbations = tuple(
        Perturbation(name, shift, mean_and_error(there.values)[0])
        for (name, shift), (there, _) in zip(shifts, found, strict=True)
    )
    return Derivatives(mean_and_error(cost.values), slopes, perturbations, 1 + len(shifts))


def _check_bounds(objective: Objective, name: str, value: float) -> None:
    """Whether a shifted value is one that the experiment could have had."""
    for node in objective.compiled.given.nodes.values():
        for parameter, bound in node.params.items():
            if bound.name != name:
                continue
            param = node.kind.params[parameter]
            low = param.minimum is not None and value < param.minimum
            low = low or (param.above is not None and value <= param.above)
            if low or (param.maximum is not None and value > param.maximum):
                text = (
                    f"the step takes {name!r} to {value!r}, out of the bounds of {parameter} of {node.id!r}"
                )
                raise refuse("AWB-SEM-135", text, "/step")


METHODS: Mapping[str, Callable[[Objective, Uses, float], Derivatives]] = {
    "adjoint": adjoint,
    "parameter_shift": parameter_shift,
    "finite_difference": finite_difference,
}
