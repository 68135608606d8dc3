"""The flow graph of a circuit: waves as variables, coefficients as weighted arrows (AWB-R-470, 471).

The variable (node, port) is the wave that enters the node there. A scattering entry of a node carries a wave
that enters at one of its ports to the port that meets another one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from awen_ref.engine.circuit import Circuit, Node, Port
from awen_ref.engine.components import MODELS, Model, tabulated

__all__ = ["Flow", "Group", "Term", "strong_components", "trace"]

Term = tuple[Port, int]
"""Source variable and index of the coefficient."""


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that share one model, whose coefficients are computed together.

    Coefficient k of the i-th node has the index `base + k * len(nodes) + i`.

    Attributes:
        nodes: The nodes, ascending by id.
        model: Their equations.
        entries: (to, from, k) for each non-zero entry, ascending.
        base: Index of their first coefficient.
        count: Coefficients of one node.
    """

    nodes: tuple[Node, ...]
    model: Model
    entries: tuple[tuple[int, int, int], ...]
    base: int
    count: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The part of the flow graph that light reaches and somebody sees.

    Attributes:
        groups: Every group with a live coefficient.
        terms: Each live variable to what feeds it, ascending by port of the node before it.
        injected: Variables that a source feeds, with the source.
        coefficients: How many there are.
    """

    groups: tuple[Group, ...]
    terms: Mapping[Port, tuple[Term, ...]]
    injected: Mapping[Port, Node]
    coefficients: int


def trace(circuit: Circuit, readings: Iterable[Port]) -> Flow:
    """The live flow graph.

    Args:
        circuit: Primitive nodes only.
        readings: The variables that results are made of.
    """
    arrows = _arrows(circuit)
    successors: dict[Port, list[Port]] = {}
    predecessors: dict[Port, list[Port]] = {}
    for node_id, entries in arrows.items():
        for to, start, _ in entries:
            here, there = (node_id, start), circuit.peers[node_id, to]
            successors.setdefault(here, []).append(there)
            predecessors.setdefault(there, []).append(here)
    injected = {
        circuit.peers[node.id, 1]: node for node in circuit.nodes.values() if node.kind.role == "source"
    }
    live = _reach(injected, successors) & _reach(readings, predecessors)
    return _assemble(circuit, arrows, live, injected)


def _arrows(circuit: Circuit) -> dict[str, tuple[tuple[int, int, int], ...]]:
    """The scattering entries of every node that scatters."""
    found = {}
    for node in circuit.nodes.values():
        if node.table is not None:
            found[node.id] = tuple((*entry, index) for index, entry in enumerate(node.table.entries))
        elif node.kind.entries:
            found[node.id] = node.kind.entries
    return found


def _reach(start: Iterable[Port], arrows: Mapping[Port, Sequence[Port]]) -> set[Port]:
    """Everything that arrows lead to, the start included."""
    seen = set(start)
    stack = list(seen)
    while stack:
        for port in arrows.get(stack.pop(), ()):
            if port not in seen:
                seen.add(port)
                stack.append(port)
    return seen


def _assemble(
    circuit: Circuit,
    arrows: Mapping[str, tuple[tuple[int, int, int], ...]],
    live: set[Port],
    injected: Mapping[Port, Node],
) -> Flow:
    """Groups and terms of the live part."""
    groups = _groups(circuit, arrows, live)
    terms: dict[Port, list[Term]] = {port: [] for port in live}
    for group in groups:
        stride = len(group.nodes)
        for offset, node in enumerate(group.nodes):
            for to, start, k in group.entries:
                there = circuit.peers[node.id, to]
                if there in live and (node.id, start) in live:
                    terms[there].append(((node.id, start), group.base + k * stride + offset))
    ordered = {port: tuple(terms[port]) for port in sorted(live)}
    count = groups[-1].base + groups[-1].count * len(groups[-1].nodes) if groups else 0
    return Flow(groups, ordered, {p: injected[p] for p in sorted(injected) if p in live}, count)


def _groups(
    circuit: Circuit, arrows: Mapping[str, tuple[tuple[int, int, int], ...]], live: set[Port]
) -> tuple[Group, ...]:
    """Nodes with a live entry, grouped by kind; a node with a table is a group of its own."""
    members: dict[str, list[Node]] = {}
    for node_id, entries in arrows.items():
        if any((node_id, start) in live and circuit.peers[node_id, to] in live for to, start, _ in entries):
            node = circuit.nodes[node_id]
            members.setdefault(node_id if node.table else f"kind {node.kind.name}", []).append(node)
    groups: list[Group] = []
    base = 0
    for _, nodes in sorted(members.items()):
        first = nodes[0]
        entries = arrows[first.id]
        model = tabulated(first.table) if first.table else MODELS[first.kind.name]
        count = 1 + max(k for _, _, k in entries)
        groups.append(Group(tuple(nodes), model, entries, base, count))
        base += count * len(nodes)
    return tuple(groups)


def strong_components(terms: Mapping[Port, Sequence[Term]]) -> list[list[Port]]:
    """Strongly connected components, each after everything that feeds it.

    Tarjan's algorithm (SIAM J. Comput. 1 (1972) 146) without recursion, along the terms backwards: it then
    emits a component only after all components that feed it. Which member comes first has no meaning.
    """
    order: dict[Port, int] = {}
    low: dict[Port, int] = {}
    stack: list[Port] = []
    waiting: set[Port] = set()
    found: list[list[Port]] = []
    for root in terms:
        if root in order:
            continue
        work = [(root, iter(terms[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        waiting.add(root)
        while work:
            port, feeding = work[-1]
            fresh = None
            for source, _ in feeding:
                if source not in order:
                    fresh = source
                    break
                if source in waiting:
                    low[port] = min(low[port], order[source])
            if fresh is not None:
                order[fresh] = low[fresh] = len(order)
                stack.append(fresh)
                waiting.add(fresh)
                work.append((fresh, iter(terms[fresh])))
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[port])
            if low[port] == order[port]:
                cut = _rindex(stack, port)
                found.append(stack[cut:])
                waiting.difference_update(stack[cut:])
                del stack[cut:]
    return found


def _rindex(stack: Sequence[Port], port: Port) -> int:
    """Position of a port that stands near the end."""
    position = len(stack) - 1
    while stack[position] != port:
        position -= 1
    return position
