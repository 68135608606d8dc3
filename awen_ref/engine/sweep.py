"""Measuring a device at a list of drives, and what a model of it predicts for the same list (AWB-R-552).

Each target in turn is driven a quarter of a turn below, at, and above its value, the others at theirs. All
drives are columns of one solution. A value is the expectation of a detector, or with shots the mean of its
samples; the k-th entry of the list takes the random numbers of event k.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from awen_ref.engine.adjoint import Differentiable
from awen_ref.engine.bindings import bind
from awen_ref.engine.circuit import Node
from awen_ref.engine.compiled import Compiled, Documents
from awen_ref.engine.detectors import Draws, Light, measure, measured_values
from awen_ref.engine.group_delay import DELAY_MONITOR
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.pairwise import pairwise_sum
from awen_ref.engine.phases import Phases

__all__ = ["QUARTER_RAD", "Sweep", "drives_of", "make_sweep", "meters"]

QUARTER_RAD = 1.5707963267948966
"""The float nearest to pi/2."""

Own = Mapping[str, float]
"""Parameters of one detector for one entry."""

Values = dict[str, Array]
"""Detector to values, shape (drives, wavelengths)."""


def drives_of(targets: list[str], parameters: Mapping[str, Any]) -> Phases:
    """The list of drives, by target."""
    base = np.array([float(parameters[name]["value"]) for name in targets])
    rows = []
    for index in range(len(targets)):
        for quarters in (-1.0, 0.0, 1.0):
            row = base.copy()
            row[index] = base[index] + quarters * QUARTER_RAD
            rows.append(row)
    table = np.stack(rows, axis=1)
    return {name: table[index] for index, name in enumerate(targets)}


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """A circuit at a list of drives.

    Attributes:
        compiled: The circuit.
        documents: The experiment.
        detectors: What is read.
        length: Entries of the list.
        dark_rates: Dark counts of counters, in Hz.
    """

    compiled: Compiled
    documents: Documents
    detectors: tuple[Node, ...]
    length: int
    dark_rates: Mapping[str, float]

    def _columns(self, phases: Phases) -> tuple[Array, Mapping[tuple[str, str], Array]]:
        """Wavelengths and parameter values of every column: the wavelengths of one entry after another."""
        grid = self.compiled.circuit.grid.wavelengths_um
        spread = {
            name: np.repeat(np.broadcast_to(values, (self.length,)), grid.size)
            for name, values in phases.items()
        }
        return np.tile(grid, self.length), self.compiled.overrides(spread)

    def values(self, phases: Phases, *, shots: int, dark: bool = False) -> Values:
        """What the detectors show when the device has these phases.

        Args:
            phases: Parameter to phases, shape (1,) or (length,).
            shots: Samples to average; 0 for expectations.
            dark: With the sources off.
        """
        wavelengths, overrides = self._columns(phases)
        off = {
            (n.id, "power_w"): np.zeros(1)
            for n in self.compiled.circuit.nodes.values()
            if n.kind.role == "source"
        }
        waves = self.compiled.solve_at(wavelengths, {**overrides, **(off if dark else {})})
        shape = self.length, self.compiled.circuit.grid.points
        found = {}
        for node in self.detectors:
            row = self.compiled.row((node.id, 1))
            re, im = waves.re[row].reshape(shape), waves.im[row].reshape(shape)
            own = self._params(node, phases)
            found[node.id] = np.stack(
                [self._one(node, own[k], (re[k], im[k]), (shots, k)) for k in range(self.length)]
            )
        return found

    def _one(self, node: Node, params: Own, field: tuple[Array, Array], draws: tuple[int, int]) -> Array:
        """Values of one detector for one entry, shape (wavelengths,)."""
        shots, event = draws
        light = Light(*field, self.compiled.circuit.grid.wavelengths_um)
        where = Draws(self.documents.experiment["seed"], node.id, shots, event)
        outputs = measure(node.kind.name, params, light, draws=where)
        rows = measured_values(node.kind.name, outputs, shots=shots)
        return pairwise_sum(rows) / float(rows.shape[0])

    def _params(self, node: Node, phases: Phases) -> list[Own]:
        """The parameters of a detector for each entry: a local oscillator has a phase of the device, too."""
        known = {name: bound.value for name, bound in node.params.items()}
        if node.id in self.dark_rates:
            known["dark_rate_hz"] = self.dark_rates[node.id]
        columns = {
            name: np.broadcast_to(phases[bound.name], (self.length,)).tolist()
            for name, bound in node.params.items()
            if bound.name in phases
        }
        return [known | {name: column[k] for name, column in columns.items()} for k in range(self.length)]

    def slopes(self, phases: Phases, weights: Values) -> dict[str, float]:
        """Derivative of the sum of weights times values with respect to each phase, by the adjoint pass.

        Args:
            phases: Where.
            weights: Detector to weights, shape (length, wavelengths).
        """
        wavelengths, overrides = self._columns(phases)
        ports = [(node.id, 1) for node in self.detectors]
        plan = self.compiled.plan
        solution = Differentiable(plan, bind(plan, overrides), wavelengths, ports)
        shape = self.length, self.compiled.circuit.grid.points
        seeds: dict[tuple[str, int], tuple[Array, Array]] = {}
        found: dict[tuple[str, str], float] = {}
        for row, node in enumerate(self.detectors):
            field = solution.re[row].reshape(shape), solution.im[row].reshape(shape)
            own, weight = self._params(node, phases), weights[node.id]
            by_re, by_im = self._derivative(node, own, field)
            seeds[ports[row]] = (weight * by_re).ravel(), -(weight * by_im).ravel()
            found |= {
                (node.id, name): float((weight * self._by_phase(node, own, field, name)).sum())
                for name, bound in node.params.items()
                if bound.name in phases
            }
        found |= solution.slopes(seeds)
        return {name: self._slope(name, found) for name in phases}

    def _slope(self, name: str, found: Mapping[tuple[str, str], float]) -> float:
        """The derivative by an entry of `parameters.json`, from those of the nodes that use it."""
        total = 0.0
        for node, parameter, scale in self.compiled.places(name):
            total = total + scale * found.get((node, parameter), 0.0)
        return total

    def _derivative(self, node: Node, own: Sequence[Own], field: tuple[Array, Array]) -> tuple[Array, Array]:
        """Of a detector's expectation by the field: it is quadratic, so central differences are exact."""
        re, im = field
        step = float(np.abs(re).max() + np.abs(im).max()) or 1.0
        by_re = self._shown(node, own, (re + step, im)) - self._shown(node, own, (re - step, im))
        by_im = self._shown(node, own, (re, im + step)) - self._shown(node, own, (re, im - step))
        return by_re / (2.0 * step), by_im / (2.0 * step)

    def _by_phase(self, node: Node, own: Sequence[Own], field: tuple[Array, Array], name: str) -> Array:
        """Of a detector's expectation by its own phase: it is a sinusoid, so shifts are exact."""
        ahead, behind = (
            self._shown(node, [{**one, name: one[name] + shift} for one in own], field)
            for shift in (QUARTER_RAD, -QUARTER_RAD)
        )
        return (ahead - behind) / 2.0

    def _shown(self, node: Node, own: Sequence[Own], field: tuple[Array, Array]) -> Array:
        """A detector's expectation for each entry, shape (length, wavelengths)."""
        re, im = field
        return np.stack([self._one(node, own[k], (re[k], im[k]), (0, 0)) for k in range(self.length)])


def meters(compiled: Compiled) -> tuple[Node, ...]:
    """The detectors whose expectation is of second order in the field at most: all but delay monitors."""
    nodes = compiled.given.nodes.values()
    return tuple(n for n in nodes if n.kind.role == "detector" and n.kind.name != DELAY_MONITOR)


def make_sweep(
    compiled: Compiled, documents: Documents, length: int, dark_rates: Mapping[str, float]
) -> Sweep:
    """A sweep that reads every detector of the graph."""
    return Sweep(compiled, documents, meters(compiled), length, dark_rates)
