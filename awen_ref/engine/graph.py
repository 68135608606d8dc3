"""From documents to a circuit: every rule of the graph, every finding at once (AWB-R-400 ff.)."""

import math
from collections.abc import Mapping
from typing import Any

from awen_ref.engine import tables, wiring
from awen_ref.engine.circuit import Bound, Circuit, Node
from awen_ref.engine.grid import EXPERIMENT, Grid, read_grid
from awen_ref.engine.group_delay import widened
from awen_ref.errors import Finding, InvalidInputError
from awen_schema.kinds import KINDS, Kind, Param

__all__ = ["IR", "PARAMETERS", "SEMANTICS", "pointer", "read_circuit"]

IR = "data/inputs/ir.json"
PARAMETERS = "data/inputs/parameters.json"
DEVICE = "data/inputs/device.json"
SEMANTICS = "awen-ir/1.0"

Document = Mapping[str, Any]


def pointer(*parts: object) -> str:
    """The JSON Pointer (RFC 6901) of a member."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def read_circuit(
    experiment: Document,
    ir: Document,
    parameters: Document,
    device: Document,
    *,
    used: frozenset[str] = frozenset(),
) -> Circuit:
    """The circuit that the documents describe.

    Args:
        experiment: `experiment.json`, valid by its schema.
        ir: `ir.json`, likewise.
        parameters: `parameters.json`, likewise.
        device: `device.json`, likewise.
        used: Parameters that something besides the nodes refers to (control rules, a calibration).

    Raises:
        InvalidInputError: The documents break rules of the semantics; all findings are in the error.
    """
    findings: list[Finding] = []
    if experiment["semantics"] != SEMANTICS:
        text = f"semantics {experiment['semantics']!r} are asked for; this engine implements {SEMANTICS}"
        findings.append(Finding("AWB-SEM-100", text, EXPERIMENT, "/semantics"))
    grid = read_grid(experiment["grid"], findings)
    nodes = _nodes(ir, parameters, grid, findings)
    _unreferenced(ir, parameters, used, findings)
    wires = wiring.read_wiring(experiment, ir, nodes, findings)
    if len(nodes) == len(ir["nodes"]):
        _solvable(experiment, nodes, findings)
    _device((experiment, grid), nodes, device, findings)
    if findings:
        raise InvalidInputError(
            f"the experiment breaks {len(findings)} rule{'s' * (len(findings) > 1)} of {SEMANTICS}",
            findings=findings,
        )
    return Circuit(nodes, wires.peers, grid, wires.record, wires.delays_ps)


def _nodes(ir: Document, parameters: Document, grid: Grid, findings: list[Finding]) -> dict[str, Node]:
    """Every node whose kind is known, ascending by id."""
    nodes: dict[str, Node] = {}
    reach = widened(grid, {document["kind"] for document in ir["nodes"].values()})
    for node_id, document in sorted(ir["nodes"].items()):
        kind = KINDS.get(document["kind"])
        if kind is None:
            text = f"node {node_id!r} has the unknown kind {document['kind']!r}; known are {', '.join(KINDS)}"
            findings.append(Finding("AWB-SEM-101", text, IR, pointer("nodes", node_id, "kind")))
            continue
        params = _params(node_id, kind, document.get("params", {}), parameters, findings)
        table = tables.read_table(node_id, kind, document, reach, findings)
        ports = kind.ports if table is None else table.ports
        nodes[node_id] = Node(node_id, kind, params, ports, table, node_id)
    return nodes


def _params(
    node_id: str, kind: Kind, given: Document, parameters: Document, findings: list[Finding]
) -> dict[str, Bound]:
    """The node's parameters as numbers, in the order of the kind; wrong ones are left out."""
    bound: dict[str, Bound] = {}
    for name in sorted(given.keys() - kind.params.keys()):
        known = ", ".join(kind.params) or "none"
        text = f"node {node_id!r} ({kind.name}) has the unknown parameter {name!r}; its parameters: {known}"
        findings.append(Finding("AWB-SEM-103", text, IR, pointer("nodes", node_id, "params", name)))
    for name, param in kind.params.items():
        if name not in given:
            text = f"node {node_id!r} ({kind.name}) lacks the parameter {name!r} in {param.unit!r}"
            findings.append(Finding("AWB-SEM-102", text, IR, pointer("nodes", node_id, "params")))
            continue
        value = _bind(node_id, param, given[name], parameters, findings)
        if value is not None:
            bound[name] = value
    return bound


def _bind(
    node_id: str, param: Param, given: float | str, parameters: Document, findings: list[Finding]
) -> Bound | None:
    """A literal, or the entry of `parameters.json` that `given` names; `None` where that is wrong."""
    where = pointer("nodes", node_id, "params", param.name)
    if not isinstance(given, str):
        return _within(Bound(float(given)), param, (node_id, IR, where), findings)
    if given not in parameters:
        text = f"node {node_id!r} takes {param.name} from {given!r}, which parameters.json does not hold"
        findings.append(Finding("AWB-SEM-104", text, IR, where))
        return None
    entry = parameters[given]
    if entry["unit"] != param.unit:
        text = (
            f"parameter {given!r} is in {entry['unit']!r}, "
            f"but {param.name} of node {node_id!r} is in {param.unit!r}"
        )
        findings.append(Finding("AWB-SEM-105", text, PARAMETERS, pointer(given, "unit")))
        return None
    value = Bound(float(entry["value"]), given)
    return _within(value, param, (node_id, PARAMETERS, pointer(given, "value")), findings)


def _within(bound: Bound, param: Param, place: tuple[str, str, str], findings: list[Finding]) -> Bound | None:
    """The value where it is finite and inside the bounds of its kind, `None` otherwise."""
    node_id, path, where = place
    value = bound.value
    if not math.isfinite(value):
        text = f"{param.name} of node {node_id!r} is {value!r}"
        findings.append(Finding("AWB-SEM-108", text, path, where))
        return None
    wrong = {
        f"at least {param.minimum}": param.minimum is not None and value < param.minimum,
        f"above {param.above}": param.above is not None and value <= param.above,
        f"at most {param.maximum}": param.maximum is not None and value > param.maximum,
    }
    limits = [limit for limit, broken in wrong.items() if broken]
    if limits:
        text = f"{param.name} of node {node_id!r} is {value!r} {param.unit}; it must be {limits[0]}"
        findings.append(Finding("AWB-SEM-107", text, path, where))
        return None
    return bound


def _unreferenced(ir: Document, parameters: Document, used: frozenset[str], findings: list[Finding]) -> None:
    """AWB-R-404: every entry of `parameters.json` is referred to."""
    named = {
        value
        for document in ir["nodes"].values()
        for value in document.get("params", {}).values()
        if isinstance(value, str)
    }
    for name in sorted(parameters.keys() - named - used):
        text = f"parameter {name!r} is referred to by no node"
        findings.append(Finding("AWB-SEM-106", text, PARAMETERS, pointer(name)))


def _solvable(experiment: Document, nodes: Mapping[str, Node], findings: list[Finding]) -> None:
    """AWB-R-413: light comes from somewhere, and something is read."""
    roles = {node.kind.role for node in nodes.values()}
    if "source" not in roles:
        findings.append(Finding("AWB-SEM-118", "the graph has no source", IR, "/nodes"))
    if "detector" not in roles and not experiment["record"]:
        text = "the graph has no detector or monitor, and the experiment records no endpoint"
        findings.append(Finding("AWB-SEM-118", text, IR, "/nodes"))


def _device(
    asking: tuple[Document, Grid], nodes: Mapping[str, Node], device: Document, findings: list[Finding]
) -> None:
    """AWB-R-415, 416: the device offers every kind, and the experiment keeps to its limits."""
    experiment, grid = asking
    offered = frozenset(device["capabilities"])
    for node in nodes.values():
        if node.kind.name not in offered:
            text = f"node {node.id!r} is a {node.kind.name}, which the device does not offer"
            findings.append(Finding("AWB-SEM-120", text, IR, pointer("nodes", node.id, "kind")))
    powers = [node.params["power_w"].value for node in nodes.values() if "power_w" in node.params]
    asked = {
        "maximum_nodes": len(nodes),
        "maximum_points": grid.points,
        "maximum_shots": experiment["shots"],
        "maximum_power_w": max(powers, default=0.0),
    }
    for limit, value in asked.items():
        bound = device["limits"].get(limit)
        if bound is not None and value > bound:
            text = f"the device has {limit} {bound!r}; the experiment asks for {value!r}"
            findings.append(Finding("AWB-SEM-121", text, DEVICE, pointer("limits", limit)))
