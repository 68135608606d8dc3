"""Writing a graph in Python: what examples, tests and benchmarks build their circuits with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from awen_schema.kinds import KINDS

__all__ = ["Netlist", "wavelengths"]


def wavelengths(start_um: float, stop_um: float, points: int) -> dict[str, Any]:
    """The grid of equidistant wavelengths."""
    return {"kind": "wavelength", "start_um": start_um, "stop_um": stop_um, "points": points}


@dataclass(slots=True)
class Netlist:
    """A graph that grows; every port left open ends in a terminator.

    Attributes:
        nodes: `ir.json`'s nodes so far.
        parameters: `parameters.json` so far.
        edges: Pairs of endpoints, each with its delay.
        rules: Control rules, in the order of the document.
    """

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: list[tuple[str, str, float | None]] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)

    def add(self, node: str, kind: str, **params: float | str) -> str:
        """Add a node; a parameter is a number, or the name of an entry of the parameters."""
        self.nodes[node] = {"kind": kind, "params": params}
        return node

    def table(self, node: str, table: Mapping[str, Any]) -> str:
        """Add a node with a tabulated scattering matrix."""
        self.nodes[node] = {"kind": "s_matrix", "params": {}, "table": dict(table)}
        return node

    def named(self, name: str, value: float, unit: str = "rad") -> str:
        """Add an entry of the parameters; returns its name."""
        self.parameters[name] = {"value": value, "unit": unit}
        return name

    def join(self, first: str, second: str, delay_ps: float | None = None) -> None:
        """Connect two endpoints, written `node.o1`."""
        self.edges.append((first, second, delay_ps))

    def ir(self) -> dict[str, Any]:
        """`ir.json`: edges in their order, open ports terminated."""
        nodes = dict(self.nodes)
        edges = list(self.edges)
        taken = {end for first, second, _ in edges for end in (first, second)}
        for node, document in self.nodes.items():
            ports = document["table"]["ports"] if "table" in document else KINDS[document["kind"]].ports
            for number in range(1, ports + 1):
                if f"{node}.o{number}" not in taken:
                    nodes[f"end_{node}_o{number}"] = {"kind": "terminator", "params": {}}
                    edges.append((f"end_{node}_o{number}.o1", f"{node}.o{number}", None))
        document = {"nodes": dict(sorted(nodes.items())), "edges": sorted(map(_edge, edges), key=_ends)}
        return document | ({"control": list(self.rules)} if self.rules else {})

    def experiment(
        self, grid: Mapping[str, Any], *, shots: int = 0, seed: int = 0, record: Sequence[str] = ()
    ) -> dict[str, Any]:
        """`experiment.json` for this graph."""
        document: dict[str, Any] = {
            "artifact_type": "run",
            "semantics": "awen-ir/1.0",
            "seed": str(seed),
            "shots": shots,
            "grid": dict(grid),
            "record": sorted(record),
        }
        if self.rules or any(delay is not None for _, _, delay in self.edges):
            document["clock"] = {"origin_ps": "0"}
        return document


def _edge(edge: tuple[str, str, float | None]) -> dict[str, Any]:
    first, second, delay = edge
    document: dict[str, Any] = {"ends": sorted((first, second))}
    if delay is not None:
        document["delay_ps"] = delay
    return document


def _ends(edge: Mapping[str, Any]) -> list[str]:
    ends: list[str] = edge["ends"]
    return ends
