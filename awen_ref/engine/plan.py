"""The plan of a solution: which waves are computed when, from which coefficients (AWB-R-470 to 474).

A plan depends on the graph and on what is read, not on any parameter value: it is made once and used for
every wavelength, every shot and both directions of a gradient. What matters for the bits is stated by the
specification: the order of the terms of a sum, and the order of elimination in a loop. Levels only gather
what can be computed at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from awen_ref.engine.circuit import Circuit, Node, Port
from awen_ref.engine.elimination import Step, markowitz
from awen_ref.engine.flow import Flow, Group, Term, strong_components, trace

__all__ = ["Index", "Level", "Loop", "Plan", "Slot", "make_plan"]

Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """The k-th term of the first variables of a level.

    Attributes:
        sources: Variable that each is fed by.
        coefficients: Coefficient that the wave is multiplied with.
    """

    sources: Index
    coefficients: Index


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """A strongly connected component of two variables or more, or of one that feeds itself.

    Attributes:
        members: Its variables, ascending by port; positions in this list are its own indices.
        matrix: (to, from) in its own indices to the coefficient.
        steps: The order of elimination.
    """

    members: Index
    matrix: Mapping[tuple[int, int], int]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Variables that depend on earlier levels only, and on each other only within a loop.

    Attributes:
        start: First variable.
        stop: One past the last.
        slots: Slot k covers the variables from `start` that have more than k terms from outside a loop.
        loops: The loops of the level.
    """

    start: int
    stop: int
    slots: tuple[Slot, ...]
    loops: tuple[Loop, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How to solve a circuit.

    Attributes:
        variables: The waves, in the order in which the solver numbers them.
        index: Wave to number.
        injected: Number of each wave that a source feeds, and the source.
        groups: Models and the coefficients they fill.
        coefficients: How many coefficients.
        levels: In the order of computation.
    """

    variables: tuple[Port, ...]
    index: Mapping[Port, int]
    injected: tuple[tuple[int, Node], ...]
    groups: tuple[Group, ...]
    coefficients: int
    levels: tuple[Level, ...]

    @property
    def loops(self) -> int:
        """Number of loops."""
        return sum(len(level.loops) for level in self.levels)


def make_plan(circuit: Circuit, readings: Iterable[Port]) -> Plan:
    """The plan for a circuit of primitive nodes.

    Args:
        circuit: Expanded: no composite kinds, no edge delays.
        readings: Waves that results are made of. One that no light reaches has no number in the plan.
    """
    flow = trace(circuit, readings)
    components = strong_components(flow.terms)
    inside = _inside(flow, components)
    tiers = _tiers(flow, components, inside)
    index: dict[Port, int] = {}
    levels: list[Level] = []
    for tier in tiers:
        outer = {port: _outer(flow.terms[port], inside.get(port)) for c in tier for port in c}
        start = len(index)
        for port in sorted(outer, key=lambda p: (-len(outer[p]), p)):
            index[port] = len(index)
        loops = tuple(_loop(sorted(c), flow, index) for c in tier if c[0] in inside)
        levels.append(Level(start, len(index), _slots(outer, index), loops))
    injected = tuple((index[port], node) for port, node in flow.injected.items())
    return Plan(tuple(index), index, injected, flow.groups, flow.coefficients, tuple(levels))


def _inside(flow: Flow, components: Sequence[Sequence[Port]]) -> dict[Port, frozenset[Port]]:
    """The loop that each variable of a loop belongs to."""
    found: dict[Port, frozenset[Port]] = {}
    for component in components:
        alone = len(component) == 1
        if alone and all(source != component[0] for source, _ in flow.terms[component[0]]):
            continue
        members = frozenset(component)
        found |= dict.fromkeys(component, members)
    return found


def _outer(terms: Sequence[Term], members: frozenset[Port] | None) -> tuple[Term, ...]:
    """The terms that come from outside the variable's loop."""
    return tuple(terms) if members is None else tuple(term for term in terms if term[0] not in members)


def _tiers(
    flow: Flow, components: Sequence[Sequence[Port]], inside: Mapping[Port, frozenset[Port]]
) -> list[list[Sequence[Port]]]:
    """Components by the length of the longest way that leads to them."""
    depth: dict[Port, int] = {}
    tiers: list[list[Sequence[Port]]] = []
    for component in components:
        level = 0
        for port in component:
            for source, _ in _outer(flow.terms[port], inside.get(port)):
                level = max(level, depth[source] + 1)
        depth |= dict.fromkeys(component, level)
        if level == len(tiers):
            tiers.append([])
        tiers[level].append(component)
    return tiers


def _slots(outer: Mapping[Port, Sequence[Term]], index: Mapping[Port, int]) -> tuple[Slot, ...]:
    """The terms of a level as gather lists; the variables with the most terms come first."""
    ports = sorted(outer, key=index.__getitem__)
    slots = []
    for k in range(len(outer[ports[0]])):
        terms = [outer[port][k] for port in ports if len(outer[port]) > k]
        sources = np.array([index[source] for source, _ in terms], dtype=np.intp)
        slots.append(Slot(sources, np.array([coefficient for _, coefficient in terms], dtype=np.intp)))
    return tuple(slots)


def _loop(members: Sequence[Port], flow: Flow, index: Mapping[Port, int]) -> Loop:
    """One loop with its order of elimination."""
    own = {port: position for position, port in enumerate(members)}
    matrix = {
        (own[port], own[source]): coefficient
        for port in members
        for source, coefficient in flow.terms[port]
        if source in own
    }
    numbers = np.array([index[port] for port in members], dtype=np.intp)
    return Loop(numbers, matrix, markowitz(len(members), matrix))
