"""One readable page per class, closed list and scalar type of the published JSON Schemas."""

import json
from collections.abc import Iterator, Mapping

from sitegen.classes import definitions, enumeration
from sitegen.registry import ROOT, schemas
from sitegen.words import Node, cell, conditions, described, members

_EXAMPLES = ROOT / "schema" / "examples" / "valid"
_FOLDER = "reference/schema"


def texts() -> Mapping[str, str]:
    """The index and a page for each definition."""
    pages = {f"{_FOLDER}/{name}.md": _page(name, node) for name, node in definitions().items()}
    return {f"{_FOLDER}/index.md": _index()} | pages


def link(name: str) -> str:
    """A definition's name, linked to its page beside this one."""
    return f"[`{name}`]({name}.md)"


def _index() -> str:
    """The documents first, then everything that they are made of."""
    parts = {name: node for name, node in definitions().items() if name not in schemas()}
    head = [
        "# Schema",
        "",
        "The JSON Schemas (2020-12) are part of the specification; these pages are made from them.",
        "",
        "## Documents",
        "",
    ]
    rest = ["", "## Parts", ""]
    return "\n".join([*head, *_table(schemas()), *rest, *_table(parts), ""])


def _table(nodes: Mapping[str, Node]) -> Iterator[str]:
    """Names and what they are."""
    yield from ("| Class | |", "|---|---|")
    yield from (f"| {link(name)} | {cell(node.get('description', ''))} |" for name, node in nodes.items())


def _page(name: str, node: Node) -> str:
    """One definition: description, members or values, conditions, where it is used, an example."""
    lines = [f"# {name}", "", "[All classes](index.md)", "", cell(node.get("description", "")), ""]
    if "enum" in node:
        lines += enumeration(name, node)
    elif "properties" in node or "additionalProperties" in node:
        lines += members(node, link)
        lines += ["", *(f"- {rule}" for rule in conditions(node, link))]
    else:
        plain = {key: value for key, value in node.items() if key != "description"}
        lines.append(f"Form: {described(plain, link)}.")
    lines += _users(name)
    lines += _example(name)
    return "\n".join(lines) + "\n"


def _users(name: str) -> Iterator[str]:
    """The classes that have a member of this one."""
    mention = json.dumps(f"#/$defs/{name}")
    users = [
        other
        for other, node in definitions().items()
        if other != name
        and mention in json.dumps({key: part for key, part in node.items() if key != "$defs"})
    ]
    if users:
        yield from ("", "## Used by", "", ", ".join(link(user) for user in users))


def _example(name: str) -> Iterator[str]:
    """The first valid example of the class, where the schema's authors wrote one."""
    for path in sorted(_EXAMPLES.glob(f"{name}-*.json")):
        text = json.dumps(json.loads(path.read_text("utf-8")), indent=2, ensure_ascii=False)
        yield from ("", "## Example", "", "```json", text, "```")
        return
