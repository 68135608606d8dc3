"""Edges and recorded endpoints: which port meets which (AWB-R-406 to 409, 413, 414)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awen_ref.engine.circuit import Node, Port, port_name
from awen_ref.engine.grid import EXPERIMENT
from awen_ref.errors import Finding

__all__ = ["Wiring", "read_wiring"]

_IR = "data/inputs/ir.json"


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the edges say.

    Attributes:
        peers: Each port to the one it meets.
        delays_ps: Delay of an edge by each of its two ports.
        record: Recorded ports, ascending.
    """

    peers: Mapping[Port, Port]
    delays_ps: Mapping[Port, float]
    record: tuple[Port, ...]


def read_wiring(
    experiment: Mapping[str, Any],
    ir: Mapping[str, Any],
    nodes: Mapping[str, Node],
    findings: list[Finding],
) -> Wiring:
    """The wiring of a graph; what is wrong with it goes to `findings`.

    Args:
        experiment: `experiment.json`.
        ir: `ir.json`.
        nodes: The nodes whose kind is known.
        findings: Receives AWB-SEM-109 to 113 and 119.
    """
    broken = frozenset(ir["nodes"]) - nodes.keys()
    peers: dict[Port, Port] = {}
    delays: dict[Port, float] = {}
    taken: dict[Port, int] = {}
    for index, edge in enumerate(ir["edges"]):
        ends = [
            _port(end, (_IR, f"/edges/{index}/ends/{side}"), (nodes, broken), findings)
            for side, end in enumerate(edge["ends"])
        ]
        for side, end in enumerate(ends):
            _take(end, (index, side), taken, findings)
        _delay(experiment, edge, index, findings)
        first, second = ends
        if first is not None and second is not None:
            peers.setdefault(first, second)
            peers.setdefault(second, first)
            if "delay_ps" in edge:
                delays[first] = delays[second] = float(edge["delay_ps"])
    _order(ir["edges"], findings)
    _dangling(nodes, taken, findings)
    return Wiring(peers, delays, _recorded(experiment["record"], nodes, broken, findings))


def _port(
    endpoint: str,
    place: tuple[str, str],
    known: tuple[Mapping[str, Node], frozenset[str]],
    findings: list[Finding],
) -> Port | None:
    """The port that an endpoint names; `None` where there is none, or its node is itself broken."""
    nodes, broken = known
    node_id, _, port = endpoint.rpartition(".")
    if node_id in broken:
        return None
    if node_id not in nodes:
        findings.append(
            Finding("AWB-SEM-109", f"endpoint {endpoint!r}: there is no node {node_id!r}", *place)
        )
        return None
    node = nodes[node_id]
    number = int(port[1:])
    if number > node.ports:
        ports = ", ".join(f"o{n}" for n in range(1, node.ports + 1))
        text = f"endpoint {endpoint!r}: node {node_id!r} ({node.kind.name}) has the ports {ports}"
        findings.append(Finding("AWB-SEM-110", text, *place))
        return None
    return node_id, number


def _take(end: Port | None, place: tuple[int, int], taken: dict[Port, int], findings: list[Finding]) -> None:
    """AWB-R-407: a port is the end of one edge only."""
    if end is None:
        return
    index, side = place
    if end in taken:
        text = f"port {port_name(end)} is already connected by edge {taken[end]}"
        findings.append(Finding("AWB-SEM-111", text, _IR, f"/edges/{index}/ends/{side}"))
    else:
        taken[end] = index


def _delay(
    experiment: Mapping[str, Any], edge: Mapping[str, Any], index: int, findings: list[Finding]
) -> None:
    """AWB-R-414: an edge's delay is a time on the experiment's clock, so there must be one."""
    if "delay_ps" in edge and "clock" not in experiment:
        name = " - ".join(edge["ends"])
        text = f"edge {name} has a delay of {edge['delay_ps']} ps, but the experiment has no clock"
        findings.append(Finding("AWB-SEM-119", text, _IR, f"/edges/{index}/delay_ps"))


def _order(edges: Sequence[Mapping[str, Any]], findings: list[Finding]) -> None:
    """AWB-R-408: ends ascending within an edge, edges ascending."""
    for index, edge in enumerate(edges):
        first, second = edge["ends"]
        if first > second:
            text = f"the ends {first!r}, {second!r} are not in ascending order"
            findings.append(Finding("AWB-SEM-113", text, _IR, f"/edges/{index}/ends"))
        if index and list(edges[index - 1]["ends"]) >= list(edge["ends"]):
            text = f"edge {first} - {second} stands after {' - '.join(edges[index - 1]['ends'])}"
            findings.append(Finding("AWB-SEM-113", text, _IR, f"/edges/{index}"))


def _dangling(nodes: Mapping[str, Node], taken: Mapping[Port, int], findings: list[Finding]) -> None:
    """AWB-R-407: every port of every node is connected."""
    for node in nodes.values():
        for number in range(1, node.ports + 1):
            if (node.id, number) not in taken:
                text = (
                    f"port {node.id}.o{number} ({node.kind.name}) is connected to nothing; "
                    "connect it, or end it in a terminator"
                )
                findings.append(Finding("AWB-SEM-112", text, _IR, f"/nodes/{node.id}"))


def _recorded(
    record: Sequence[str], nodes: Mapping[str, Node], broken: frozenset[str], findings: list[Finding]
) -> tuple[Port, ...]:
    """The endpoints under `record`, ascending."""
    ports = [
        _port(endpoint, (EXPERIMENT, f"/record/{index}"), (nodes, broken), findings)
        for index, endpoint in enumerate(record)
    ]
    return tuple(sorted({port for port in ports if port is not None}))
