"""`ir.lowered.json`: what the engine made of the graph, for people and for comparing engines."""

from typing import Any

from awen_ref.engine.compiled import Compiled
from awen_ref.engine.graph import SEMANTICS
from awen_ref.engine.layered import layered

__all__ = ["lowered"]


def lowered(compiled: Compiled) -> dict[str, Any]:
    """Nodes after expansion, nodes that light or readers never reach, loops in their order of elimination."""
    plan = compiled.plan
    nodes: dict[str, dict[str, str]] = {}
    for node in compiled.circuit.nodes.values():
        nodes[node.id] = {"kind": node.kind.name}
        if node.id not in compiled.given.nodes:
            nodes[node.id]["expanded_from"] = node.origin
    alive = {port[0] for port in plan.variables} | {node.id for _, node in plan.injected}
    regular = layered(plan, compiled.circuit.grid.points) is not None
    return {
        "semantics": SEMANTICS,
        "method": "layered" if regular else "generic",
        "nodes": nodes,
        "pruned": sorted(set(nodes) - alive),
        "components": [
            {
                "level": number,
                "nodes": _members([plan.variables[int(loop.members[s.pivot])] for s in loop.steps]),
            }
            for number, level in enumerate(plan.levels)
            for loop in level.loops
        ],
    }


def _members(ports: list[tuple[str, int]]) -> list[str]:
    """The nodes of a loop in the order in which their waves are eliminated, each once."""
    return list(dict.fromkeys(node for node, _ in ports))
