"""The graph as `awen-ir/1.0` wants it, as far as can be said without solving it (AWB-R-193 to 195, 401 ff.).

The codes are those under which the engine refuses the same faults in its input. The two readings are written
apart on purpose: this one builds nothing, needs no NumPy, and is held against the engine's by the tests.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from awen_ref.bundle.schema import pointer
from awen_ref.errors import Finding
from awen_ref.verify.references import tables
from awen_ref.verify.references.experiment import EXPERIMENT, GRAPH, SEMANTICS, TASK
from awen_ref.verify.state import State
from awen_schema.kinds import KINDS, Kind, Param

__all__ = ["compare"]

PARAMETERS = "data/inputs/parameters.json"
CALIBRATION = "data/inputs/calibration.json"
DEVICE = "data/inputs/device.json"

Document = Mapping[str, Any]

_NO_GRAPH: Document = {"nodes": {}, "edges": []}


def compare(state: State) -> None:
    """Judge nodes, parameters and wiring, where graph and experiment are sound and the semantics known.

    What a validation need not have, and has not, is judged as empty (AWB-R-190, 193, 194).
    """
    graph, experiment = _held_or_empty(state, GRAPH, _NO_GRAPH), state.sound.get(EXPERIMENT)
    if graph is None or experiment is None or experiment["semantics"] != SEMANTICS:
        return
    nodes: Document = graph["nodes"]
    parameters = _held_or_empty(state, PARAMETERS, {})
    device = state.sound.get(DEVICE)
    for node_id, node in nodes.items():
        state.extend(_node(node_id, node, parameters, device))
    if parameters is not None:
        asked = list(_asked(state.sound.get(TASK, {})))
        state.extend(_held(asked, parameters))
        state.extend(_unused(graph, {name for name, _, _ in asked}, parameters))
    state.extend(_wiring(graph, experiment))


def _held_or_empty(state: State, path: str, empty: Document) -> Document | None:
    """A document that can be judged; an empty one where the bundle is of a type that need not have it."""
    if path in state.sound:
        return state.sound[path]
    return empty if state.artifact_type == "validation" and path not in state.bundle.members else None


def _node(
    node_id: str, node: Document, parameters: Document | None, device: Document | None
) -> Iterator[Finding]:
    """AWB-R-195, 401, 402, 410, 415: kind, parameters and table of one node."""
    name = node["kind"]
    kind = KINDS.get(name)
    if kind is None:
        text = f"node {node_id!r} has the unknown kind {name!r}"
        yield Finding("AWB-SEM-101", text, GRAPH, pointer("nodes", node_id, "kind"))
        return
    if device is not None and name not in device["capabilities"]:
        text = f"node {node_id!r} is of kind {name!r}, which the device does not offer"
        yield Finding("AWB-SEM-120", text, GRAPH, pointer("nodes", node_id, "kind"))
    if kind.table != ("table" in node):
        text = f"node {node_id!r} ({name}) {'lacks its' if kind.table else 'must not have a'} table"
        yield Finding("AWB-SEM-114", text, GRAPH, pointer("nodes", node_id))
    elif kind.table and (problem := tables.problem(node["table"])):
        text = f"table of node {node_id!r}: {problem}"
        yield Finding("AWB-SEM-114", text, GRAPH, pointer("nodes", node_id, "table"))
    yield from _params(node_id, kind, node["params"], parameters)


def _params(node_id: str, kind: Kind, given: Document, parameters: Document | None) -> Iterator[Finding]:
    """AWB-R-402: exactly the parameters of the kind, each with a value that it permits."""
    for name in given:
        if name not in kind.params:
            text = f"node {node_id!r} ({kind.name}) has the unknown parameter {name!r}"
            yield Finding("AWB-SEM-103", text, GRAPH, pointer("nodes", node_id, "params", name))
    for name, param in kind.params.items():
        if name not in given:
            text = f"node {node_id!r} ({kind.name}) lacks the parameter {name!r}"
            yield Finding("AWB-SEM-102", text, GRAPH, pointer("nodes", node_id, "params"))
        elif not isinstance(given[name], str):
            yield from _bounded(
                node_id, param, given[name], (GRAPH, pointer("nodes", node_id, "params", name))
            )
        elif parameters is not None:
            yield from _referred(node_id, param, given[name], parameters)


def _referred(node_id: str, param: Param, name: str, parameters: Document) -> Iterator[Finding]:
    """AWB-R-193, 403: the entry of `parameters.json` that a node refers to."""
    if name not in parameters:
        text = f"node {node_id!r} takes {param.name} from {name!r}, which parameters.json does not hold"
        yield Finding("AWB-SEM-104", text, GRAPH, pointer("nodes", node_id, "params", param.name))
        return
    entry = parameters[name]
    if entry["unit"] != param.unit:
        text = f"{name!r} is in {entry['unit']!r}, but {param.name} of node {node_id!r} is in {param.unit!r}"
        yield Finding("AWB-SEM-105", text, PARAMETERS, pointer(name, "unit"))
    else:
        yield from _bounded(node_id, param, entry["value"], (PARAMETERS, pointer(name, "value")))


def _bounded(node_id: str, param: Param, value: float, place: tuple[str, str]) -> Iterator[Finding]:
    """AWB-R-405: a value inside the bounds of its kind."""
    low = param.minimum is not None and value < param.minimum
    high = param.maximum is not None and value > param.maximum
    if low or high or (param.above is not None and value <= param.above):
        text = f"{param.name} of node {node_id!r} is {value!r}, outside the bounds of its kind"
        yield Finding("AWB-SEM-107", text, *place)


def _asked(task: Document) -> Iterator[tuple[str, str, str]]:
    """The parameters that a task is about: name, the unit it has to have (empty: any) and its place."""
    for index, name in enumerate(task.get("parameters", ())):
        yield name, "", pointer("parameters", index)
    if task.get("procedure") != "dark_counts":  # whose targets are counters
        for index, name in enumerate(task.get("targets", ())):
            yield name, "rad", pointer("targets", index)


def _held(asked: Iterable[tuple[str, str, str]], parameters: Document) -> Iterator[Finding]:
    """AWB-R-193: what a task is about stands in `parameters.json`, phases in radians."""
    for name, unit, where in asked:
        if name not in parameters:
            text = f"the task is about {name!r}, which parameters.json does not hold"
            yield Finding("AWB-SEM-104", text, TASK, where)
        elif unit and parameters[name]["unit"] != unit:
            text = f"{name!r} is in {parameters[name]['unit']!r}, but the task wants {unit!r}"
            yield Finding("AWB-SEM-105", text, PARAMETERS, pointer(name, "unit"))


def _unused(graph: Document, asked: set[str], parameters: Document) -> Iterator[Finding]:
    """AWB-R-194, 404: nothing stands in `parameters.json` that nothing refers to."""
    used = asked | {
        value
        for node in graph["nodes"].values()
        for value in node["params"].values()
        if isinstance(value, str)
    }
    for name in parameters:
        if name not in used:
            yield Finding("AWB-SEM-106", f"nothing refers to {name!r}", PARAMETERS, pointer(name))


def _wiring(graph: Document, experiment: Document) -> Iterator[Finding]:
    """AWB-R-406 to 408, 414: every port of every node is the end of one edge, and the edges are in order."""
    ports = {node_id: _ports(node) for node_id, node in graph["nodes"].items()}
    taken: dict[str, int] = {}
    for index, edge in enumerate(graph["edges"]):
        for side, end in enumerate(edge["ends"]):
            where = pointer("edges", index, "ends", side)
            problems = list(_endpoint(end, ports, (GRAPH, where)))
            yield from problems
            if problems or ports[end.rpartition(".")[0]] is None:
                continue  # no port, or none that can be said to exist
            if end in taken:
                text = f"{end} is already the end of edge {taken[end]}"
                yield Finding("AWB-SEM-111", text, GRAPH, where)
            taken.setdefault(end, index)
        if "delay_ps" in edge and "clock" not in experiment:
            text = f"edge {' - '.join(edge['ends'])} has a delay, but the experiment has no clock"
            yield Finding("AWB-SEM-119", text, GRAPH, pointer("edges", index, "delay_ps"))
    for node_id, count in ports.items():
        yield from _dangling(node_id, count or 0, taken)
    for index, end in enumerate(experiment["record"]):
        yield from _endpoint(end, ports, (EXPERIMENT, pointer("record", index)))


def _dangling(node_id: str, count: int, taken: Mapping[str, int]) -> Iterator[Finding]:
    """AWB-R-407: the first port of a node that is connected to nothing. A table may declare thousands."""
    for number in range(1, count + 1):
        if f"{node_id}.o{number}" not in taken:
            text = f"the port {node_id}.o{number} is connected to nothing"
            yield Finding("AWB-SEM-112", text, GRAPH, pointer("nodes", node_id))
            return


def _ports(node: Document) -> int | None:
    """How many ports a node has; `None` where its kind is unknown or its table missing."""
    kind = KINDS.get(node["kind"])
    if kind is None:
        return None
    if kind.table:
        return int(node["table"]["ports"]) if "table" in node else None
    return kind.ports


def _endpoint(end: str, ports: Mapping[str, int | None], place: tuple[str, str]) -> Iterator[Finding]:
    """AWB-R-190, 406: an endpoint is a port of a node of the graph."""
    node_id, _, port = end.rpartition(".")
    if node_id not in ports:
        yield Finding("AWB-SEM-109", f"endpoint {end!r}: there is no node {node_id!r}", *place)
        return
    count = ports[node_id]
    if count is not None and int(port[1:]) > count:
        text = f"endpoint {end!r}: node {node_id!r} has {count} port{'s' * (count != 1)}"
        yield Finding("AWB-SEM-110", text, *place)
