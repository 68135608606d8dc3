"""Composite kinds and edge delays as primitive nodes (AWB-R-460 to 462)."""

from collections.abc import Mapping
from dataclasses import dataclass

from awen_ref.engine.circuit import Bound, Circuit, Node, Port
from awen_schema.kinds import KINDS

__all__ = ["expand"]

_GUIDE = ("n_eff", "n_g", "dispersion_ps_nm_km", "loss_db_cm", "reference_wavelength_um")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a composite node becomes.

    Attributes:
        nodes: The primitive nodes.
        edges: The edges between them.
        outer: The port that stands for each port of the composite, in order.
    """

    nodes: tuple[Node, ...]
    edges: tuple[tuple[Port, Port], ...]
    outer: tuple[Port, ...]


def expand(circuit: Circuit) -> Circuit:
    """The same circuit of primitive nodes: rings as couplers and waveguides, edge delays as delay nodes.

    A part of node `r` is called `r/part`; the delay of an edge whose first end is `a.o2`, `a/delay_o2`.
    """
    nodes: dict[str, Node] = {}
    edges: list[tuple[Port, Port]] = []
    outer: dict[Port, Port] = {}
    for node in circuit.nodes.values():
        if node.kind.role != "composite":
            nodes[node.id] = node
            continue
        parts = _EXPANSIONS[node.kind.name](node)
        nodes |= {part.id: part for part in parts.nodes}
        edges += parts.edges
        outer |= {(node.id, number): port for number, port in enumerate(parts.outer, start=1)}
    for first, second in circuit.peers.items():
        if first < second:
            ends = outer.get(first, first), outer.get(second, second)
            delay = circuit.delays_ps.get(first)
            if delay is None:
                edges.append(ends)
                continue
            between = _delay_node(first, delay)
            nodes[between.id] = between
            edges += [(ends[0], (between.id, 1)), ((between.id, 2), ends[1])]
    peers = dict(edges) | {second: first for first, second in edges}
    record = tuple(outer.get(port, port) for port in circuit.record)
    return Circuit(dict(sorted(nodes.items())), peers, circuit.grid, record)


def _delay_node(first: Port, delay_ps: float) -> Node:
    kind = KINDS["delay"]
    return Node(
        f"{first[0]}/delay_o{first[1]}", kind, {"delay_ps": Bound(delay_ps)}, kind.ports, origin=first[0]
    )


def _part(whole: Node, name: str, kind: str, params: Mapping[str, Bound]) -> Node:
    return Node(f"{whole.id}/{name}", KINDS[kind], params, KINDS[kind].ports, origin=whole.id)


def _guide(whole: Node, name: str, scale: float) -> Node:
    """A waveguide of the ring, `scale` times its length; halving is exact."""
    length = whole.params["length_um"]
    part = Bound(length.value * scale, length.name, length.scale * scale)
    return _part(whole, name, "waveguide", {"length_um": part} | {key: whole.params[key] for key in _GUIDE})


def _all_pass(ring: Node) -> _Parts:
    """Bus o1 - o4 of one coupler; the ring leaves at its o3 and comes back at its o2."""
    coupler = _part(ring, "in", "coupler", {"kappa": ring.params["kappa"]})
    loop = _guide(ring, "loop", 1.0)
    a, w = coupler.id, loop.id
    return _Parts((coupler, loop), (((a, 3), (w, 1)), ((w, 2), (a, 2))), ((a, 1), (a, 4)))


def _add_drop(ring: Node) -> _Parts:
    """Lower bus o1 - o4, upper bus o3 - o2 of a coupler that is turned by half a turn."""
    lower = _part(ring, "in", "coupler", {"kappa": ring.params["kappa_in"]})
    upper = _part(ring, "drop", "coupler", {"kappa": ring.params["kappa_drop"]})
    right, left = _guide(ring, "right", 0.5), _guide(ring, "left", 0.5)
    a, b, r, s = lower.id, upper.id, right.id, left.id
    edges = (((a, 3), (r, 1)), ((r, 2), (b, 2)), ((b, 3), (s, 1)), ((s, 2), (a, 2)))
    return _Parts((lower, upper, right, left), edges, ((a, 1), (b, 4), (b, 1), (a, 4)))


_EXPANSIONS = {"ring_all_pass": _all_pass, "ring_add_drop": _add_drop}
