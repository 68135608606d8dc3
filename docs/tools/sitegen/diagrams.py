"""Diagrams of the document classes, as Mermaid draws them: what a document is made of."""

import re
from collections.abc import Iterator

from sitegen.classes import definitions
from sitegen.words import Node

_NAME = re.compile(r"[^A-Za-z0-9_]")


def of_class(name: str) -> Iterator[str]:
    """The lines of a diagram of a class and of all classes that it holds; none where it holds none.

    Args:
        name: A definition with members.
    """
    edges = dict.fromkeys(_edges(name))
    if not edges:
        return
    yield from ("```mermaid", "classDiagram", "  direction LR")
    for one in dict.fromkeys([name, *(to for _, to, _, _ in edges)]):
        yield from _box(one)
    for start, to, member, many in edges:
        yield f"  {start} --> {many}{to} : {member}" if member else f"  {start} <|-- {to}"
    yield "```"


def _box(name: str) -> Iterator[str]:
    """A class with its members; a question mark is behind those that may be absent."""
    node = definitions()[name]
    members = node.get("properties", {})
    if not members:
        yield f"  class {name}"
        return
    required = set(node.get("required", []))
    yield f"  class {name} {{"
    yield from (f"    {_NAME.sub('_', member)}{'' if member in required else '?'}" for member in members)
    yield "  }"


def _edges(name: str) -> Iterator[tuple[str, str, str, str]]:
    """From class to class: the member, and how many; no member where one class stands for another."""
    waiting, seen = [name], {name}
    while waiting:
        start = waiting.pop(0)
        for to, member, many in _held(definitions()[start]):
            yield start, to, member, many
            if to not in seen:
                seen.add(to)
                waiting.append(to)


def _held(node: Node) -> Iterator[tuple[str, str, str]]:
    """The classes that a definition refers to."""
    for member, described in node.get("properties", {}).items():
        yield from _targets(described, _NAME.sub("_", member), "")
    yield from _targets({"additionalProperties": node.get("additionalProperties")}, "by name", "")
    for rule in node.get("allOf", []):
        yield from _targets(rule.get("then", {}), "", "")


def _targets(node: Node, member: str, many: str) -> Iterator[tuple[str, str, str]]:
    """The classes in a member's type, through lists and maps."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if definitions()[name].get("type") == "object":
            yield name, member, many
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield from _targets(node[key], member, '"*" ')
