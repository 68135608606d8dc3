"""The circuits that the engine is measured and checked on, as our documents and as a peer's plain circuit."""

from collections.abc import Callable, Mapping
from typing import Any

from awen_ref.engine.circuit import port_name
from awen_ref.engine.compiled import Documents, compile_experiment
from awen_ref.engine.gallery import add_drop_ring, clements, crow, ring_bus
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_schema.kinds import KINDS

__all__ = ["CIRCUITS", "documents_of", "peer_circuit"]

ONE_POINT = wavelengths(1.55, 1.55, 1)

CIRCUITS: Mapping[str, tuple[Callable[[], Netlist], dict[str, Any]]] = {
    "ring": (add_drop_ring, wavelengths(1.5, 1.6, 10001)),
    "bus64": (ring_bus, wavelengths(1.5, 1.6, 2001)),
    "crow64": (crow, wavelengths(1.5, 1.6, 2001)),
    "mesh16": (lambda: clements(16), ONE_POINT),
    "mesh64": (lambda: clements(64), ONE_POINT),
}
"""Name to netlist and grid."""


def documents_of(net: Netlist, grid: Mapping[str, Any]) -> dict[str, Any]:
    """The documents of an experiment on an ideal device, with 1 W in."""
    net.nodes["laser"]["params"]["power_w"] = 1.0
    return {
        "experiment": net.experiment(grid),
        "ir": net.ir(),
        "parameters": dict(net.parameters),
        "calibration": {
            "phases": {},
            "crosstalk": {"order": [], "matrix": []},
            "dark_rates": {},
            "temperature_k": 300.0,
            "calibrated_at_ps": "0",
        },
        "device": {"type": "simulator", "capabilities": sorted(KINDS), "limits": {}},
    }


def peer_circuit(documents: Mapping[str, Any]) -> dict[str, Any]:
    """Primitive nodes with numbers, edges, wavelengths: what any circuit simulator can take."""
    circuit = compile_experiment(Documents(**documents)).circuit
    nodes = {
        node.id: {
            "kind": node.kind.name,
            "params": {name: bound.value for name, bound in node.params.items()},
        }
        for node in circuit.nodes.values()
    }
    edges = [[port_name(a), port_name(b)] for a, b in circuit.peers.items() if a < b]
    return {
        "nodes": nodes,
        "edges": edges,
        "wavelengths_um": circuit.grid.wavelengths_um.tolist(),
        "source": "laser",
        "detectors": sorted(name for name, node in nodes.items() if node["kind"] == "monitor"),
    }
