"""A cost on an experiment: what it reads, and its value for any parameters (AWB-R-491 to 497)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from awen_ref.engine.bindings import Overrides
from awen_ref.engine.circuit import Port, port_name
from awen_ref.engine.compiled import Compiled, Documents
from awen_ref.engine.cost import Cost, evaluate
from awen_ref.engine.detectors import Draws, Light, measure
from awen_ref.engine.expression import TASK, CostError, Expression, parse_cost
from awen_ref.engine.group_delay import DELAY_MONITOR, beside
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.phases import CALIBRATION, DEVICE, read_crosstalk
from awen_ref.engine.state import Pair
from awen_ref.engine.twin import effective
from awen_ref.errors import Finding, InvalidInputError

__all__ = ["Objective", "Reading", "make_objective", "refuse"]

_COLUMNS = 4096
_VARIATIONS = 64


def refuse(code: str, message: str, pointer: str) -> InvalidInputError:
    """The error for a task that cannot be done."""
    return InvalidInputError(message, findings=[Finding(code, message, TASK, pointer)])


@dataclass(frozen=True, slots=True)
class Reading:
    """An output that a cost names.

    Attributes:
        name: The output.
        node: The detector; empty for a recorded wave.
        suffix: What of it.
        port: The wave that it is made of, in the expanded circuit.
        sampled: Whether it is drawn.
    """

    name: str
    node: str
    suffix: str
    port: Port
    sampled: bool


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """A cost that is ready to be evaluated.

    Attributes:
        documents: The experiment.
        compiled: Its circuit, with a plan that reads only what the cost names.
        expression: The cost.
        readings: The outputs it names.
    """

    documents: Documents
    compiled: Compiled
    expression: Expression
    readings: tuple[Reading, ...]

    @property
    def sampled(self) -> bool:
        """Whether the cost is drawn, one value a shot."""
        return any(reading.sampled for reading in self.readings)

    @property
    def delays(self) -> bool:
        """Whether the cost names a group delay, and so the waves beside the grid are needed."""
        nodes = self.compiled.given.nodes
        return any(r.node and nodes[r.node].kind.name == DELAY_MONITOR for r in self.readings)

    def base(self) -> Overrides:
        """What the device makes of the parameters where it differs from them."""
        return self.compiled.overrides(effective(self.documents).phases)

    def at(self, name: str, value: float) -> Overrides:
        """What changes where a parameter has another value; crosstalk may change more than its own phase."""
        asked = {name: np.array([value])}
        found = self.compiled.overrides(asked)
        return {**found, **self.compiled.overrides(effective(self.documents, asked).phases)}

    def influence(self) -> Mapping[str, Mapping[str, float]]:
        """For each phase under calibration, the change of every phase of the device for a unit of it."""
        states = [self.documents.calibration, *filter(None, [self.documents.device.get("twin")])]
        names = sorted({n for state in states for n in (*state["phases"], *state["crosstalk"]["order"])})
        rows = dict(zip(names, np.eye(len(names)), strict=True))
        changes = read_crosstalk(states[0]["crosstalk"], (CALIBRATION, "/crosstalk"), []).drives(rows)
        if len(states) > 1:
            changes = read_crosstalk(states[1]["crosstalk"], (DEVICE, "/twin"), []).phases(changes)
        return {
            asked: {phase: float(row[column]) for phase, row in changes.items()}
            for column, asked in enumerate(names)
        }

    def outputs(self, waves: Sequence[Pair], overrides: Overrides) -> dict[str, Array]:
        """The outputs that the cost names, shape (shots, points) or (shots, points, 2).

        Args:
            waves: Both parts of the compiled readings, shape (readings, points); for a group delay the same
                at the longer and at the shorter wavelengths beside the grid.
            overrides: Values in force, for the parameters of detectors.
        """
        experiment = self.documents.experiment
        shots = experiment["shots"] if self.sampled else 0
        found: dict[str, Array] = {}
        for reading in self.readings:
            row = self.compiled.row(reading.port)
            (re, im), *sides = [(re[row], im[row]) for re, im in waves]
            if not reading.node:
                found[reading.name] = np.stack([re, im], axis=-1)[np.newaxis]
                continue
            kind = self.compiled.given.nodes[reading.node].kind.name
            grid = self.compiled.circuit.grid.wavelengths_um
            light = Light(re, im, grid, (sides[0], sides[1]) if sides else None)
            draws = Draws(experiment["seed"], reading.node, shots)
            output = measure(kind, self.params(reading.node, overrides), light, draws=draws)[reading.suffix]
            array = output.array.astype(np.float64)
            found[reading.name] = array if reading.sampled else array[np.newaxis]
        return found

    def params(self, node: str, overrides: Overrides) -> dict[str, float | Array]:
        """The parameters of a detector under the values in force."""
        bound = self.compiled.given.nodes[node].params
        values: dict[str, float | Array] = {
            name: float(overrides[node, name][0]) if (node, name) in overrides else b.value
            for name, b in bound.items()
        }
        rates = effective(self.documents).dark_rates
        return values | ({"dark_rate_hz": rates[node]} if node in rates else {})

    def costs(self, variations: Sequence[Overrides]) -> list[tuple[Cost, dict[str, Array]]]:
        """The cost and the outputs under each set of values, in batches of columns.

        Raises:
            SingularResonanceError: A loop has no finite solution under one of them.
        """
        grid, points = self.compiled.circuit.grid.wavelengths_um, self.compiled.circuit.grid.points
        grids = (grid, *beside(grid)) if self.delays else (grid,)
        size = max(1, min(_VARIATIONS, _COLUMNS // points))
        found: list[tuple[Cost, dict[str, Array]]] = []
        for start in range(0, len(variations), size):
            batch = [{**self.base(), **variation} for variation in variations[start : start + size]]
            columns = self._columns(batch, points)
            solved = [self.compiled.solve_at(np.tile(at, len(batch)), columns) for at in grids]
            for number, overrides in enumerate(batch):
                span = slice(number * points, (number + 1) * points)
                outputs = self.outputs([(w.re[:, span], w.im[:, span]) for w in solved], overrides)
                found.append((evaluate(self.expression, outputs), outputs))
        return found

    def _columns(self, batch: Sequence[Overrides], points: int) -> Overrides:
        """One override for each value that any variation changes, with a column for each point of each."""
        keys = dict.fromkeys(key for overrides in batch for key in overrides)
        nodes = self.compiled.circuit.nodes
        return {
            (node, name): np.concatenate(
                [np.broadcast_to(o.get((node, name), nodes[node].params[name].value), points) for o in batch]
            )
            for node, name in keys
        }


def make_objective(documents: Documents, compiled: Compiled, text: str) -> Objective:
    """Read a cost and find what it names.

    Args:
        documents: The experiment.
        compiled: The same, checked and compiled.
        text: The cost expression.

    Raises:
        CostError: It cannot be read (AWB-SEM-130) or names what is not there (AWB-SEM-131).
        InvalidInputError: The experiment has control rules (AWB-SEM-134).
    """
    if documents.ir.get("control"):
        raise refuse("AWB-SEM-134", "an experiment with control rules has no gradient", "/method")
    expression = parse_cost(text)
    known = _known(compiled, shots=documents.experiment["shots"])
    names = sorted(set(expression.outputs()))
    if not names:
        raise CostError("AWB-SEM-131", "the cost names no output")
    for name in names:
        if name not in known:
            listed = ", ".join(sorted(known))
            raise CostError("AWB-SEM-131", f"the cost names {name!r}; the outputs are {listed}")
    readings = tuple(known[name] for name in names)
    return Objective(documents, compiled.reading(_ports(readings)), expression, readings)


def _ports(readings: Iterable[Reading]) -> tuple[Port, ...]:
    return tuple(dict.fromkeys(reading.port for reading in readings))


def _known(compiled: Compiled, *, shots: int) -> dict[str, Reading]:
    """Every output of the experiment."""
    found: dict[str, Reading] = {}
    for node in compiled.given.nodes.values():
        for suffix in (*node.kind.outputs, *(node.kind.sampled if shots else ())):
            name = f"{node.id}.{suffix}"
            found[name] = Reading(name, node.id, suffix, (node.id, 1), suffix in node.kind.sampled)
    for given, port in zip(compiled.given.record, compiled.circuit.record, strict=True):
        for suffix, wave in (("incident", port), ("emergent", compiled.circuit.peers[port])):
            name = f"{port_name(given)}.{suffix}"
            found[name] = Reading(name, "", suffix, wave, sampled=False)
    return found
