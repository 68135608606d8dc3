"""A value of every class and scalar type, found in the documents that the tests hold to be valid.

The authors of the schema wrote examples of the documents; of their parts, and of documents that they left
out, the first one that occurs in these or in a golden bundle is shown.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from awen_schema.layout import FILES
from sitegen.classes import definitions
from sitegen.registry import ROOT
from sitegen.words import Node

_WRITTEN = ROOT / "schema" / "examples" / "valid"
_GOLDEN = ROOT / "conformance" / "golden"


@cache
def of(name: str) -> str:
    """The example of a definition as JSON text; empty where nothing has one.

    Args:
        name: A class or scalar type.
    """
    found = _found()
    return json.dumps(found[name], indent=2, ensure_ascii=False) if name in found else ""


@cache
def _found() -> Mapping[str, Any]:
    """Definition to the first value of it."""
    found: dict[str, Any] = {}
    for name, value in [*_written(), *_golden()]:
        for inner, part in _parts(value, {"$ref": f"#/$defs/{name}"}):
            found.setdefault(inner, part)
    return found


def _written() -> Iterator[tuple[str, Any]]:
    """The class and the value of each example of the schema's authors; every class before its parts."""
    for path in sorted(_WRITTEN.glob("*.json")):
        yield path.name.partition("-")[0], json.loads(path.read_text("utf-8"))


def _golden() -> Iterator[tuple[str, Any]]:
    """The class and the value of each document of the golden bundles."""
    classes = {path: entry.schema for path, entry in FILES.items() if entry.schema}
    for path in sorted(_GOLDEN.glob("*.tree.json")):
        for file, entry in json.loads(path.read_text("utf-8"))["entries"].items():
            if file in classes and "text" in entry:
                lines = entry["text"].splitlines() if file.endswith(".jsonl") else [entry["text"]]
                yield from ((classes[file], json.loads(line)) for line in lines)


def _parts(value: Any, node: Node) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a JSON value of any shape
    """A value and all within it that a definition names, from the outside in."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        yield name, value
        node = definitions()[name]
    for part, its in [*_same(value, node), *_within(value, node)]:
        yield from _parts(part, its)


def _same(value: Any, node: Node) -> Iterator[tuple[Any, Node]]:  # noqa: ANN401 - a JSON value of any shape
    """The value again with what else describes it: the rule that applies, the choice that a name takes."""
    for rule in node.get("allOf", []):
        if "$ref" in rule.get("then", {}) and _applies(rule["if"], value):
            yield value, rule["then"]
    for choice in node.get("anyOf", []):
        if "$ref" in choice and isinstance(value, str):
            yield value, choice


def _within(value: Any, node: Node) -> Iterator[tuple[Any, Node]]:  # noqa: ANN401 - a JSON value of any shape
    """The parts of a value, each with what describes it."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key, node.get("propertyNames", {})
            inner = node.get("properties", {}).get(key, node.get("additionalProperties"))
            yield part, inner if isinstance(inner, dict) else {}
    elif isinstance(value, list):
        yield from ((part, node.get("items", {})) for part in value)


def _applies(condition: Node, value: Any) -> bool:  # noqa: ANN401 - a JSON value of any shape
    """Whether a document is the one that a condition is about: each asks for one member's value."""
    return all(value.get(name) == asked["const"] for name, asked in condition["properties"].items())
