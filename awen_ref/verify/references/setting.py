"""What an experiment asks of its graph, its grid and its device (AWB-R-412, 413, 416, 420).

The codes are those under which the engine refuses the same faults; this reading needs no NumPy, and takes of
a grid only its ends.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from awen_ref.bundle.schema import pointer
from awen_ref.errors import Finding
from awen_ref.verify.references.experiment import EXPERIMENT, GRAPH, SEMANTICS
from awen_ref.verify.references.graph import DEVICE, PARAMETERS
from awen_ref.verify.state import State
from awen_schema.kinds import KINDS

__all__ = ["compare"]

SPEED_OF_LIGHT_UM_THZ = 299.792458
_BOUNDS = {"wavelength": ("start_um", "stop_um"), "frequency": ("start_thz", "stop_thz")}

Document = Mapping[str, Any]


def compare(state: State) -> None:
    """Judge grid, read-outs and limits, where graph and experiment are sound and the semantics known."""
    graph, experiment = state.sound.get(GRAPH), state.sound.get(EXPERIMENT)
    if graph is None or experiment is None or experiment["semantics"] != SEMANTICS:
        return
    nodes: Document = graph["nodes"]
    problem = _grid_problem(experiment["grid"])
    if problem:
        state.report("AWB-SEM-117", problem, EXPERIMENT, "/grid")
    else:
        state.extend(_covered(nodes, experiment["grid"]))
    state.extend(_solvable(nodes, experiment))
    device = state.sound.get(DEVICE)
    if device is not None:
        state.extend(_limited(nodes, experiment, device, state.sound.get(PARAMETERS, {})))


def _grid_problem(grid: Document) -> str:
    """AWB-R-420: what is wrong with a grid; empty where nothing is."""
    if grid["kind"] == "wavelength_list":
        values = grid["values_um"]  # a list out of order is AWB-SEM-003, of any list
        return "" if values and min(values) > 0 else "values_um must hold positive wavelengths"
    first, last = _BOUNDS[grid["kind"]]
    start, stop, points = grid[first], grid[last], grid["points"]
    if points < 1 or start <= 0:
        return f"the grid has {points} points from {first} {start!r} on"
    if points == 1:
        return "" if start == stop else f"one point, but {first} {start!r} is not {last} {stop!r}"
    return "" if start < stop else f"{first} {start!r} is not below {last} {stop!r}"


def _covered(nodes: Document, grid: Document) -> Iterator[Finding]:
    """AWB-R-412: nothing is extrapolated beyond a table."""
    if grid["kind"] == "wavelength_list":
        low, high = grid["values_um"][0], grid["values_um"][-1]
    else:
        low, high = (grid[name] for name in _BOUNDS[grid["kind"]])
        if grid["kind"] == "frequency":
            low, high = SPEED_OF_LIGHT_UM_THZ / high, SPEED_OF_LIGHT_UM_THZ / low
    for node_id, node in nodes.items():
        table = node.get("table", {}).get("wavelengths_um")
        if table and not (table[0] <= low and high <= table[-1]):
            text = f"the grid runs from {low!r} to {high!r} um, the table from {table[0]!r} to {table[-1]!r}"
            yield Finding("AWB-SEM-116", text, GRAPH, pointer("nodes", node_id, "table", "wavelengths_um"))


def _solvable(nodes: Document, experiment: Document) -> Iterator[Finding]:
    """AWB-R-413: light comes from somewhere, and something is read."""
    kinds = [KINDS.get(node["kind"]) for node in nodes.values()]
    if None in kinds:
        return  # an unknown kind may be either
    roles = {kind.role for kind in kinds if kind is not None}
    if "source" not in roles:
        yield Finding("AWB-SEM-118", "the graph has no source", GRAPH, "/nodes")
    if "detector" not in roles and not experiment["record"]:
        yield Finding("AWB-SEM-118", "nothing is read out", GRAPH, "/nodes")


def _limited(
    nodes: Document, experiment: Document, device: Document, parameters: Document
) -> Iterator[Finding]:
    """AWB-R-416: no more nodes, points, shots and power than the device states."""
    grid = experiment["grid"]
    asked: dict[str, float] = {
        "maximum_nodes": len(nodes),
        "maximum_points": grid["points"] if "points" in grid else len(grid["values_um"]),
        "maximum_shots": experiment["shots"],
        "maximum_power_w": max(_powers(nodes, parameters), default=0.0),
    }
    for limit, value in asked.items():
        bound = device["limits"].get(limit)
        if bound is not None and value > bound:
            text = f"the device has {limit} {bound!r}; the experiment asks for {value!r}"
            yield Finding("AWB-SEM-121", text, DEVICE, pointer("limits", limit))


def _powers(nodes: Document, parameters: Document) -> Iterator[float]:
    """The power of every source whose power can be told."""
    for node in nodes.values():
        given = node["params"].get("power_w", 0.0)
        if isinstance(given, str):
            given = parameters.get(given, {}).get("value", 0.0)
        yield given
