"""The component kinds: `schema/kinds.yaml` to `awen_schema.kinds` and `kinds.json`."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from schemagen.sources import PACKAGE, SCHEMA, Files, SourceError, read_yaml, shipped

ROLES = ("source", "passive", "composite", "detector")
FIELDS = frozenset(
    {
        "title",
        "role",
        "requirement",
        "ports",
        "params",
        "table",
        "coefficients",
        "entries",
        "outputs",
        "sampled",
    }
)
READING = ("dtype", "unit", "quantity", "axes")
BOUNDS = ("minimum", "maximum", "above")

Row = dict[str, Any]


def load() -> tuple[Row, ...]:
    """Every kind with every field present, ports as numbers and coefficients as indices.

    Raises:
        SourceError: A field, port, coefficient or order is wrong.
    """
    table: dict[str, Any] = read_yaml(SCHEMA / "kinds.yaml")
    problems = [problem for name, raw in table.items() for problem in _problems(name, raw)]
    if problems:
        raise SourceError(problems)
    return tuple(_row(name, raw) for name, raw in table.items())


def _problems(name: str, raw: Row) -> list[str]:
    """What is wrong with one kind."""
    ports = {f"o{number}" for number in range(1, raw.get("ports", 0) + 1)}
    coefficients = raw.get("coefficients", [])
    entries = raw.get("entries", [])
    bounds = {field for param in raw.get("params", {}).values() for field in param} - {"unit", *BOUNDS}
    checks = {
        "known fields": set(raw) <= FIELDS,
        "known bounds": not bounds,
        "a known role": raw.get("role") in ROLES,
        "entries between its own ports": all({to, start} <= ports for to, start, _ in entries),
        "entries ascending and unique": [tuple(e[:2]) for e in entries]
        == sorted({(e[0], e[1]) for e in entries}),
        "a requirement": re.fullmatch("AWB-R-[0-9]{3}", raw.get("requirement", "")),
        "outputs with dtype, unit, quantity and axes": all(
            set(reading) == set(READING) for reading in _readings(raw)
        ),
        "each coefficient used": {entry[2] for entry in entries} == set(coefficients),
    }
    return [f"schema/kinds.yaml: {name} wants {what}" for what, holds in checks.items() if not holds]


def _readings(raw: Row) -> list[Row]:
    """Every output of a kind, sampled or not, without its name."""
    return [*raw.get("outputs", {}).values(), *raw.get("sampled", {}).values()]


def _row(name: str, raw: Row) -> Row:
    """One kind as the generated files state it."""
    coefficients = raw.get("coefficients", [])
    return {
        "name": name,
        "title": raw["title"],
        "role": raw["role"],
        "requirement": raw["requirement"],
        "ports": raw["ports"],
        "params": [
            {"name": key, "unit": param["unit"], **{bound: _number(param.get(bound)) for bound in BOUNDS}}
            for key, param in raw["params"].items()
        ],
        "table": raw.get("table", False),
        "coefficients": coefficients,
        "entries": [
            [int(to[1:]), int(start[1:]), coefficients.index(coefficient)]
            for to, start, coefficient in raw.get("entries", [])
        ],
        "outputs": [{"name": key, **reading} for key, reading in raw.get("outputs", {}).items()],
        "sampled": [{"name": key, **reading} for key, reading in raw.get("sampled", {}).items()],
    }


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def emit(rows: Sequence[Row]) -> Files:
    """The Python module and the JSON file of the table."""
    module = shipped("kinds.py").replace("    # rows\n", "".join(_literal(row) for row in rows))
    listing = json.dumps(list(rows), indent=2, ensure_ascii=False) + "\n"
    return {f"{PACKAGE}/kinds.py": module, "kinds.json": listing}


def _literal(row: Row) -> str:
    """One kind as a Python expression."""
    fields = [
        *(repr(row[name]) for name in ("name", "title", "role", "requirement", "ports")),
        _call("_params", (tuple(param.values()) for param in row["params"])),
        repr(row["table"]),
        repr(tuple(row["coefficients"])),
        repr(tuple(tuple(entry) for entry in row["entries"])),
        _call("_readings", map(_reading, row["outputs"])),
        _call("_readings", map(_reading, row["sampled"])),
    ]
    return "    Kind(\n" + "".join(f"        {field},\n" for field in fields) + "    ),\n"


def _call(name: str, rows: Iterable[tuple[Any, ...]]) -> str:
    """A call with one argument a line."""
    lines = "".join(f"            {row!r},\n" for row in rows)
    return f"{name}(\n{lines}        )" if lines else f"{name}()"


def _reading(raw: Row) -> tuple[Any, ...]:
    """One output as the arguments of `Reading`."""
    return (raw["name"], raw["dtype"], raw["unit"], raw["quantity"], tuple(raw["axes"]))
