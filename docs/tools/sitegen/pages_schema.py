"""One readable page per class, closed list and scalar type of the published JSON Schemas."""

import json
from collections.abc import Iterator, Mapping

from sitegen import diagrams, samples
from sitegen.classes import definitions, enumeration
from sitegen.registry import carriers, schemas
from sitegen.words import Node, cell, conditions, described, members

_FOLDER = "reference/schema"


def texts() -> Mapping[str, str]:
    """The index and a page for each definition."""
    pages = {f"{_FOLDER}/{name}.md": _page(name, node) for name, node in definitions().items()}
    return {f"{_FOLDER}/index.md": _index()} | pages


def link(name: str, member: str = "", *, base: str = "") -> str:
    """A definition's name, or that of its member, linked to its page.

    Args:
        name: A class, closed list or scalar type.
        member: A member of it, where that is meant.
        base: The path from the page with the link to the folder of these pages.
    """
    shown = f"{name}.{member}" if member else name
    return f"[`{shown}`]({base}{name}.md)"


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
        if diagram := list(diagrams.of_class(name)):
            lines += ["", "## What it is made of", "", *diagram]
    else:
        plain = {key: value for key, value in node.items() if key != "description"}
        lines.append(f"Form: {described(plain, link)}.")
    lines += _users(name)
    lines += _requirements(name)
    if "enum" not in node:
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


def _requirements(name: str) -> Iterator[str]:
    """What the definition and its members carry out of the specification."""
    found: dict[str, list[str]] = {}
    for one in carriers():
        if one.table == "schema" and one.name == name:
            found.setdefault(one.member, []).append(one.requirement)
    if found:
        yield from ("", "## Requirements", "")
        for member, numbers in sorted(found.items()):
            yield f"- {f'`{member}`: ' if member else ''}{' '.join(numbers)}"


def _example(name: str) -> Iterator[str]:
    """A valid value of the definition; a closed list shows its own."""
    if text := samples.of(name):
        yield from ("", "## Example", "", "```json", text, "```")
