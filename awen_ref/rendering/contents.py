"""What was run and what came out, for the page: the experiment, its parameters, the outputs with units.

The documents are shown as they are found. Nothing here judges them: a bundle whose documents are wrong is
told so by whoever verifies it, and has a page all the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from awen_ref.rendering.circuit import circuit
from awen_ref.rendering.hypertext import code, number, shown, table, text

__all__ = ["MOST_ROWS", "Contents", "experiment", "results"]

MOST_ROWS = 200
"""Outputs and parameters that the page lists; the rest is in their files."""

_SHORT_LIST = 24
_FEW = 4
_SPARK = (160, 32, 80)
"""Width and height of a curve in pixels, and how many columns it has at most."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The documents of a bundle that the page tells of.

    Attributes:
        documents: Name (`experiment`, `task`, `parameters`, `ir`, `device`, `outputs`, `body`) to document.
        values: Name of an output to its elements in C order; none where they are too many to look at.
    """

    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    values: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def get(self, name: str) -> Mapping[str, Any]:
        """A document; empty where there is none."""
        return self.documents.get(name, {})


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _words(name: str) -> str:
    return name.replace("_", " ")


def _facts(document: Mapping[str, Any], without: frozenset[str]) -> Iterator[str]:
    for name, value in document.items():
        if name not in without:
            yield f"<dt>{escape(_words(name)).capitalize()}<dd>{shown(value)}\n"


def _listed(rows: Iterable[str]) -> str:
    said = "".join(rows)
    return f"<dl>\n{said}</dl>\n" if said else ""


def _curve(name: str, elements: Sequence[float]) -> str:
    """The elements as a line: each of its columns reaches from the lowest to the highest in it."""
    width, height, most = _SPARK
    low, high = min(elements), max(elements)
    # Halves, because the difference of two finite numbers may be none.
    extent = high / 2 - low / 2
    if len(elements) < _FEW or not extent:
        return ""
    columns = min(len(elements), most)
    points: list[str] = []
    for column in range(columns):
        part = elements[len(elements) * column // columns : len(elements) * (column + 1) // columns]
        x = 2 + column * (width - 4) // (columns - 1)
        above = [round((value / 2 - low / 2) / extent * (height - 4)) for value in (max(part), min(part))]
        points += [f"{x},{height - 2 - rise}" for rise in dict.fromkeys(above)]
    return (
        f'<svg role="img" aria-label="Curve of {escape(name)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><polyline points="{" ".join(points)}"/></svg>'
    )


def _said(name: str, elements: Sequence[float], shape: list[Any]) -> str:
    """Few values by themselves, many by their extremes, those along one axis as a curve, too."""
    if not elements:
        return "in the file"
    if len(elements) <= _FEW:
        return ", ".join(number(value) for value in elements)
    extent = f"{number(min(elements))} … {number(max(elements))}"
    along_one = sum(1 for size in shape if size != 1) == 1
    return f"{extent}<br>{_curve(name, elements)}" if along_one else extent


def _output(name: str, meta: Mapping[str, Any], elements: Sequence[float]) -> tuple[str, ...]:
    shape = _list(meta.get("shape"))
    pairs = zip(_list(meta.get("axes")), shape, strict=False)
    axes = " \u00d7 ".join(f"{text(str(axis))} {shown(size)}" for axis, size in pairs) or "one value"
    unit = str(meta.get("unit", ""))
    curve_of = "" if meta.get("sampled") else name
    said = _said(curve_of, elements, shape if curve_of else [])
    return (
        code(name),
        text(_words(str(meta.get("quantity", "")))),
        axes,
        said,
        text(unit),
    )


def _more(count: int, path: str) -> str:
    if count <= MOST_ROWS:
        return ""
    return f'<p>{count - MOST_ROWS} more stand in <a href="{path}">{path}</a>.</p>\n'


def results(contents: Contents) -> str:
    """What came out: the body of the artifact, and each output with quantity, axes, values and unit."""
    body, outputs = contents.get("body"), contents.get("outputs")
    rows = [
        _output(name, _object(meta), contents.values.get(name, ()))
        for name, meta in list(outputs.items())[:MOST_ROWS]
    ]
    columns = ("Output", "Quantity", "Axes", "Values", "Unit")
    # How it ended comes first.
    ordered = {name: body[name] for name in ("status", "reason", *body) if name in body}
    told = _listed(_facts(ordered, frozenset({"artifact_type", "extensions"})))
    listed = table("Outputs", columns, rows) if rows else ""
    return f"<h2>Results</h2>\n{told}{listed}{_more(len(outputs), 'data/results/outputs.json')}"


def _parameters(parameters: Mapping[str, Any]) -> str:
    if not parameters:
        return ""
    rows = []
    for name, parameter in list(parameters.items())[:MOST_ROWS]:
        unit = str(_object(parameter).get("unit", ""))
        rows.append((code(name), shown(_object(parameter).get("value", "")), text(unit)))
    state = " open" if len(parameters) <= _SHORT_LIST else ""
    count = f"{len(parameters)} parameter{'s' if len(parameters) != 1 else ''}"
    return (
        f"<details{state}><summary>{count}</summary>\n"
        f"{table('Parameters', ('Parameter', '#Value', 'Unit'), rows)}"
        f"{_more(len(parameters), 'data/inputs/parameters.json')}</details>\n"
    )


def experiment(contents: Contents) -> str:
    """What was run: the contract, seed and shots, the task, the device, the parameters and the circuit."""
    without = frozenset({"artifact_type", "extensions", "record"})
    told = [*_facts(contents.get("experiment"), without), *_facts(contents.get("task"), without)]
    device = contents.get("device").get("type")
    if device:
        told.append(f"<dt>Device<dd>{shown(device)}\n")
    parameters = contents.get("parameters")
    drawn = circuit(contents.get("ir"), parameters)
    return f"<h2>Experiment</h2>\n{_listed(told)}{_parameters(parameters)}{drawn}"
