"""The circuit for the page: how many of what, a drawing where it is small, and each node with its parameters.

The drawing puts nodes in columns by their distance from the sources; light goes from left to right as a rule.
It is an aid: all that it shows stands in the table below it, which is what those who hear the page get.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import islice
from typing import Any

from awen_ref.rendering.hypertext import code, region, shown, table, text

__all__ = ["circuit"]

_MOST_ROWS = 100
_MOST_DRAWN = 60
_SHORT = 16
_BOX = (132, 34)
_PITCH = (176, 46)
_LETTERS = 20

Ends = tuple[str, str]


def _node_of(end: str) -> str:
    return end.partition(".")[0]


def _edges(graph: Mapping[str, Any], nodes: Mapping[str, Any]) -> list[Ends]:
    """The pairs of ends that belong to nodes of the graph."""
    found: list[Ends] = []
    rows = graph.get("edges")
    for row in rows if isinstance(rows, list) else []:
        ends = row.get("ends") if isinstance(row, dict) else None
        if isinstance(ends, list) and len(ends) == 2 and all(isinstance(end, str) for end in ends):
            pair = (ends[0], ends[1])
            if all(_node_of(end) in nodes for end in pair):
                found.append(pair)
    return found


def _kind(node: object) -> str:
    return str(node.get("kind", "")) if isinstance(node, dict) else ""


def _columns(nodes: Mapping[str, Any], edges: list[Ends]) -> list[list[str]]:
    """Nodes by their distance from the sources; each column in the order of the neighbours to its left."""
    near: dict[str, list[str]] = {name: [] for name in nodes}
    for one, other in edges:
        near[_node_of(one)].append(_node_of(other))
        near[_node_of(other)].append(_node_of(one))
    column = [name for name, node in nodes.items() if _kind(node) == "source"]
    left = [name for name in nodes if name not in set(column)]
    columns: list[list[str]] = []
    while column or left:
        column = column or [left[0]]
        columns.append(column)
        left = [name for name in left if name not in set(column)]
        places = {name: place for place, name in enumerate(column)}
        following = {other for name in column for other in near[name]} & set(left)
        above = {name: [places[other] for other in near[name] if other in places] for name in following}
        column = sorted(following, key=lambda name: (sum(above[name]) / len(above[name]), name))
    return columns


def _cut(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"


def _drawing(nodes: Mapping[str, Any], edges: list[Ends]) -> str:
    columns = _columns(nodes, edges)
    wide, high = _BOX
    step, drop = _PITCH
    tallest = max(len(column) for column in columns)
    places = {
        name: (4 + across * step, 4 + down * drop + (tallest - len(column)) * drop // 2)
        for across, column in enumerate(columns)
        for down, name in enumerate(column)
    }
    width, height = (len(columns) - 1) * step + wide + 8, (tallest - 1) * drop + high + 8
    lines = "".join(_line(places[_node_of(one)], places[_node_of(other)]) for one, other in edges)
    boxes = "".join(_box(name, _kind(node), places[name]) for name, node in nodes.items())
    return region(
        "Drawing of the circuit",
        f'<svg class="circuit" role="img" aria-label="{len(nodes)} nodes, {len(edges)} connections; they '
        f'all stand in the table below" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"{lines}{boxes}</svg>",
    )


def _line(one: tuple[int, int], other: tuple[int, int]) -> str:
    """A connection: from the right side to the left one, or round the right where both are in one column."""
    wide, high = _BOX
    (left, upper), (right, lower) = sorted((one, other))
    start, end = upper + high // 2, lower + high // 2
    if left == right:
        out = left + wide + (_PITCH[0] - wide) - 8
        return f'<path d="M{left + wide} {start}C{out} {start} {out} {end} {left + wide} {end}"/>'
    middle = (left + wide + right) // 2
    return f'<path d="M{left + wide} {start}C{middle} {start} {middle} {end} {right} {end}"/>'


def _box(name: str, kind: str, place: tuple[int, int]) -> str:
    (x, y), (wide, high) = place, _BOX
    return (
        f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="4"/>'
        f'<text x="{x + wide // 2}" y="{y + 14}">{escape(_cut(name))}</text>'
        f'<text class="k" x="{x + wide // 2}" y="{y + 27}">{escape(_cut(kind.replace("_", " ")))}</text>'
    )


def _settings(node: object, parameters: Mapping[str, Any]) -> Iterator[str]:
    """What a node is set to; where that is a parameter, its name and its value."""
    params = node.get("params") if isinstance(node, dict) else None
    for name, value in (params if isinstance(params, dict) else {}).items():
        said = shown(value)
        if isinstance(value, str) and isinstance(parameters.get(value), dict):
            said = f"{code(value)} = {shown(parameters[value].get('value', ''))}"
        yield f"{text(name)} {said}"


def _neighbours(edges: list[Ends], names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in names}
    for one, other in edges:
        for own, far in ((one, other), (other, one)):
            if (name := _node_of(own)) in found:
                found[name].append(f"{own.partition('.')[2]}: {far}")
    return found


def circuit(graph: Mapping[str, Any], parameters: Mapping[str, Any]) -> str:
    """The circuit as HTML; nothing where there is none.

    Args:
        graph: The document `ir.json`.
        parameters: The document `parameters.json`, for the values that nodes name.
    """
    nodes = graph.get("nodes")
    if not isinstance(nodes, dict) or not nodes:
        return ""
    edges = _edges(graph, nodes)
    counts = sorted(Counter(map(_kind, nodes.values())).items())
    kinds = ", ".join(f"{count} {text(kind.replace('_', ' '))}" for kind, count in counts)
    drawn = _drawing(nodes, edges) if len(nodes) <= _MOST_DRAWN else ""
    told = dict(islice(nodes.items(), _MOST_ROWS))
    ends = _neighbours(edges, told)
    rows = (
        (
            code(name),
            text(_kind(node)),
            "; ".join(_settings(node, parameters)),
            code(", ".join(sorted(ends[name]))),
        )
        for name, node in told.items()
    )
    listed = table("Nodes of the circuit", ("Node", "Kind", "Set to", "Port: connected to"), rows)
    rest = len(nodes) - _MOST_ROWS
    more = (
        f'<p>{rest} more stand in <a href="data/inputs/ir.json">data/inputs/ir.json</a>.</p>\n'
        if rest > 0
        else ""
    )
    state = " open" if len(nodes) <= _SHORT else ""
    return (
        f"<h3>Circuit</h3>\n<p>{len(nodes)} nodes ({kinds}), {len(edges)} connections.</p>\n{drawn}"
        f"<details{state}><summary>Nodes and connections</summary>\n{listed}{more}</details>\n"
    )
