"""A lineage as text: a tree for people, graphs for Mermaid and Graphviz, JSON, and W3C PROV.

Titles come from strangers: each format escapes what it would obey (AWB-R-371).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from awen_ref.digest import short_id
from awen_ref.lineage.walk import Lineage, Link, Node

__all__ = ["FORMATS", "as_dict", "as_prov"]

_PREFIXES = {
    "art": "https://w3id.org/awen/artifact/",
    "awen": "https://w3id.org/awen/terms/",
    "prov": "http://www.w3.org/ns/prov#",
}


def as_dict(lineage: Lineage) -> dict[str, Any]:
    """The lineage as one JSON value."""
    return {
        "root": lineage.root,
        "nodes": [
            {name: value for name, value in asdict(node).items() if value not in ("", False)}
            for node in lineage.nodes.values()
        ],
        "links": [asdict(link) for link in lineage.links],
        "missing": list(lineage.missing),
        "findings": [finding.as_dict() for finding in lineage.findings],
    }


def as_prov(lineage: Lineage) -> dict[str, Any]:
    """The lineage as PROV-JSON: artifacts are entities, links are derivations."""
    entities: dict[str, dict[str, Any]] = {}
    for name, node in lineage.nodes.items():
        entities[f"art:{name}"] = {"prov:type": _qualified("awen:Artifact"), "awen:state": node.state}
        if node.state == "held":
            told = {"prov:label": node.title, "awen:artifactType": node.artifact_type}
            entities[f"art:{name}"] |= {**told, "awen:created": node.created}
    derived = {
        f"_:derived-{number}": {
            "prov:generatedEntity": f"art:{link.child}",
            "prov:usedEntity": f"art:{link.parent}",
            "prov:type": _qualified(f"awen:{link.relation}"),
        }
        for number, link in enumerate(lineage.links, 1)
    }
    document: dict[str, Any] = {"prefix": _PREFIXES, "entity": entities}
    return document | ({"wasDerivedFrom": derived} if derived else {})


def _qualified(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _json(lineage: Lineage) -> str:
    return json.dumps(as_dict(lineage), sort_keys=True) + "\n"


def _prov(lineage: Lineage) -> str:
    return json.dumps(as_prov(lineage), sort_keys=True, indent=1) + "\n"


def _tree(lineage: Lineage) -> str:
    """The root, its ancestors below it, then its descendants below it again."""
    up = _sides(lineage, lambda link: (link.child, link.parent))
    down = _sides(lineage, lambda link: (link.parent, link.child))
    lines = [_said(lineage.nodes[lineage.root])]
    for heading, sides in (("came from", up), ("led to", down)):
        if lineage.root in sides:
            lines += [heading, *_branches(lineage, sides, up=sides is up)]
    # A suggested child that is broken has no link that could be shown, and is not hidden for that.
    linked = {lineage.root} | {name for link in lineage.links for name in (link.child, link.parent)}
    lines += [_said(node) for name, node in lineage.nodes.items() if name not in linked]
    return "".join(f"{line}\n" for line in lines)


def _sides(lineage: Lineage, ends: Callable[[Link], tuple[str, str]]) -> Mapping[str, list[tuple[str, str]]]:
    """Artifact to its neighbours on one side, each with its relation."""
    sides: dict[str, list[tuple[str, str]]] = {}
    for link in lineage.links:
        here, there = ends(link)
        sides.setdefault(here, []).append((link.relation, there))
    return sides


def _branches(lineage: Lineage, sides: Mapping[str, list[tuple[str, str]]], *, up: bool) -> Iterator[str]:
    """The neighbours of the root on one side and theirs, a line each; a loop, for lineages are deep."""
    shown = {lineage.root}
    waiting = [(relation, name, "") for relation, name in reversed(sides[lineage.root])]
    while waiting:
        relation, name, margin = waiting.pop()
        again = " (see above)" if name in shown and name in sides else ""
        said = _said(lineage.nodes[name])
        yield f"{margin}└─ {f'{relation} {said}' if up else f'{said}  ({relation})'}{again}"
        if name not in shown:
            waiting += [(*one, f"{margin}   ") for one in reversed(sides.get(name, []))]
        shown.add(name)


def _said(node: Node) -> str:
    """One artifact on one line."""
    if node.state != "held":
        return f"{short_id(node.artifact_id)}  ({node.state})"
    more = "  …" if node.cut else ""
    title = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in node.title)
    return f"{short_id(node.artifact_id)}  {node.artifact_type}  {title}{more}"


def _mermaid(lineage: Lineage) -> str:
    """A Mermaid flowchart, from what came first to what came of it."""
    lines = ["flowchart TD"]
    for name, node in lineage.nodes.items():
        dashed = "" if node.state == "held" else ":::absent"
        lines.append(f'  {name}["{_entities(_said(node))}"]{dashed}')
    lines += [f"  {link.parent} -->|{link.relation}| {link.child}" for link in lineage.links]
    lines.append("  classDef absent stroke-dasharray: 4")
    return "".join(f"{line}\n" for line in lines)


def _entities(text: str) -> str:
    """Text with everything but letters, digits and plain marks as Mermaid's character codes."""
    return "".join(one if one.isalnum() or one in " .,-_" else f"#{ord(one)};" for one in text)


def _dot(lineage: Lineage) -> str:
    """A graph for Graphviz, from what came first to what came of it."""
    lines = ["digraph lineage {", "  node [shape=box];"]
    for name, node in lineage.nodes.items():
        dashed = "" if node.state == "held" else ", style=dashed"
        lines.append(f"  {name} [label={_quoted(_said(node))}{dashed}];")
    lines += [f"  {link.parent} -> {link.child} [label={_quoted(link.relation)}];" for link in lineage.links]
    return "".join(f"{line}\n" for line in [*lines, "}"])


def _quoted(text: str) -> str:
    """A quoted string of the DOT language, in which no backslash is left to mean anything."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


FORMATS: Mapping[str, Callable[[Lineage], str]] = {
    "tree": _tree,
    "json": _json,
    "mermaid": _mermaid,
    "dot": _dot,
    "prov": _prov,
}
"""Name of each format to what writes it."""
