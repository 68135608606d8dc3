"""The matrix of files and artifact types: `schema/layout.yaml` to `awen_schema.layout` and `layout.json`."""

import json
from dataclasses import dataclass, fields
from typing import Any

from schemagen.sources import PACKAGE, SCHEMA, Files, SourceError, read_yaml, shipped

OUTPUT_NAME = "[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)*"
FORMATS = ("json", "jsonl", "npy", "text", "bytes")
ROLES = ("seal", "description", "rendering", "inputs", "claim", "results", "evidence", "signatures")
PRESENCES = ("required", "optional", "forbidden")


@dataclass(frozen=True, slots=True)
class Layout:
    """The table as read: see `awen_schema.layout` for the meaning of each column."""

    artifact_types: dict[str, str]
    relations: dict[str, str]
    directories: dict[str, list[str]]
    segment: str
    requirements: dict[str, list[str]]
    files: list[dict[str, Any]]


def load() -> Layout:
    """The table of `schema/layout.yaml`, patterns expanded and presences spelled out for each type.

    Raises:
        SourceError: An entry has an unknown field or value, or a path comes twice.
    """
    table = Layout(**read_yaml(SCHEMA / "layout.yaml"))
    files = [_entry(raw, table) for raw in table.files]
    problems = [problem for entry in files for problem in _problems(entry)]
    places = [entry["path"] or entry["pattern"] for entry in files]
    doubled = sorted({place for place in places if places.count(place) > 1})
    problems += [f"schema/layout.yaml: {place} comes twice" for place in doubled]
    strays = sorted(set(table.requirements) - {field.name for field in fields(Layout)})
    problems += [f"schema/layout.yaml: requirements of {part}, which it does not have" for part in strays]
    if problems:
        raise SourceError(problems)
    return Layout(
        table.artifact_types, table.relations, table.directories, table.segment, table.requirements, files
    )


def _entry(raw: dict[str, Any], table: Layout) -> dict[str, Any]:
    """One row with every column present."""
    pattern = raw.get("pattern", "").replace("{output}", OUTPUT_NAME).replace("{segment}", table.segment)
    presence = raw["presence"]
    return {
        "path": raw.get("path", ""),
        "pattern": pattern,
        "role": raw["role"],
        "format": raw["format"],
        "schema": raw.get("schema", ""),
        "media_type": raw.get("media_type", ""),
        "presence": {kind: presence.get(kind, presence.get("all")) for kind in table.artifact_types},
    }


def _problems(entry: dict[str, Any]) -> list[str]:
    """What is wrong with one row."""
    place = entry["path"] or entry["pattern"]
    checks = {
        "either path or pattern": bool(entry["path"]) != bool(entry["pattern"]),
        "known role": entry["role"] in ROLES,
        "known format": entry["format"] in FORMATS,
        "known presences": set(entry["presence"].values()) <= set(PRESENCES),
        "a schema only for JSON": not entry["schema"] or entry["format"] in {"json", "jsonl"},
        "no required pattern": not (entry["pattern"] and "required" in entry["presence"].values()),
    }
    return [f"schema/layout.yaml: {place}: wants {what}" for what, holds in checks.items() if not holds]


def emit(table: Layout) -> Files:
    """The Python module and the JSON file of the table."""
    columns = ("path", "pattern", "role", "format", "schema", "media_type")
    rows = "".join(
        "    Entry("
        + ", ".join(repr(entry[name]) for name in columns)
        + f", _presence({', '.join(repr(value) for value in entry['presence'].values())})),\n"
        for entry in table.files
    )
    module = (
        shipped("layout.py")
        .replace("    # rows\n", rows)
        .replace('"types"', _names(table.artifact_types))
        .replace('"relations"', _names(table.relations))
        .replace('"root directories"', _names(table.directories["root"]))
        .replace('"data directories"', _names(table.directories["data"]))
    )
    listing = {
        "artifact_types": table.artifact_types,
        "relations": table.relations,
        "directories": table.directories,
        "files": table.files,
    }
    text = json.dumps(listing, indent=2, ensure_ascii=False) + "\n"
    return {f"{PACKAGE}/layout.py": module, "layout.json": text}


def _names(names: dict[str, str] | list[str]) -> str:
    """The names as the items of a Python tuple."""
    return ", ".join(json.dumps(name) for name in names)
