"""The document classes as blocks of the specification, from the published JSON Schemas."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import yaml

from sitegen.registry import ROOT, schemas
from sitegen.words import Node, cell, code, conditions, described, members


@cache
def definitions() -> Mapping[str, Node]:
    """Every class, enumeration and scalar type by name."""
    found = dict(schemas())
    for schema in schemas().values():
        for name, node in schema.get("$defs", {}).items():
            found.setdefault(name, node)
    return dict(sorted(found.items()))


@cache
def _uses() -> Counter[str]:
    """In how many documents each definition occurs."""
    return Counter(name for schema in schemas().values() for name in schema.get("$defs", {}))


def document(name: str) -> str:
    """One document's class, and the classes and closed lists that only it has.

    Raises:
        KeyError: There is no such document.
    """
    schema = schemas()[name]
    own = [inner for inner in schema.get("$defs", {}) if _uses()[inner] == 1 and inner not in schemas()]
    return "\n".join(_blocks([name, *_by_mention(schema, own)]))


def shared() -> str:
    """The classes and closed lists that several documents have."""
    common = [name for name in definitions() if name not in schemas() and _uses()[name] > 1]
    return "\n".join(_blocks(common))


def types() -> str:
    """The scalar types."""
    rows = ["| Type | Form | Meaning |", "|---|---|---|"]
    for name, node in definitions().items():
        if _is_scalar(node):
            plain = {key: value for key, value in node.items() if key != "description"}
            rows.append(f"| {code(name)} | {described(plain, code)} | {cell(node.get('description', ''))} |")
    return "\n".join(rows)


def units() -> str:
    """The closed list of units."""
    return "\n".join(enumeration("Unit", definitions()["Unit"]))


def enumeration(name: str, node: Node) -> Iterator[str]:
    """A closed list with the meaning of each value, which JSON Schema has no place for."""
    meanings = _meanings().get(name, {})
    if not any(meanings.values()):
        yield ", ".join(code(value) for value in node["enum"]) + "."
        return
    yield from ("| Value | Meaning |", "|---|---|")
    yield from (f"| {code(value)} | {cell(meanings[value])} |" for value in node["enum"])


@cache
def _meanings() -> Mapping[str, Mapping[str, str]]:
    """Closed list to value to meaning, from the schema's source."""
    found = {}
    for path in sorted((ROOT / "schema").glob("*.yaml")):
        for name, enum in yaml.safe_load(path.read_text("utf-8")).get("enums", {}).items():
            values = enum["permissible_values"].items()
            found[name] = {value: (about or {}).get("description", "") for value, about in values}
    return found


def _is_scalar(node: Node) -> bool:
    """Whether a definition is neither an object nor a closed list."""
    return "properties" not in node and "enum" not in node and "additionalProperties" not in node


def _by_mention(schema: Node, names: list[str]) -> list[str]:
    """The names in the order in which the text meets them: breadth first from the document."""
    order: list[str] = []
    queue = [schema]
    while queue:
        for name in _mentioned(queue.pop(0)):
            if name in names and name not in order:
                order.append(name)
                queue.append(schema["$defs"][name])
    return order


def _mentioned(node: object) -> Iterator[str]:
    """Names referred to, in the order of the text, the definitions themselves left out."""
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield node["$ref"].rsplit("/", 1)[-1]
        for key, value in node.items():
            if key != "$defs":
                yield from _mentioned(value)
    elif isinstance(node, list):
        for value in node:
            yield from _mentioned(value)


def _blocks(names: list[str]) -> Iterator[str]:
    """One block a class or closed list; scalar types stand in their own table."""
    for name in names:
        node = definitions()[name]
        if _is_scalar(node):
            continue
        yield from ("", f"**{name}**: {cell(node.get('description', ''))}")
        if "enum" in node:
            yield from ("", *enumeration(name, node))
            continue
        if table := list(members(node, code)):
            yield from ("", *table)
        if rules := list(conditions(node, code)):
            yield from ("", *(f"- {rule}" for rule in rules))
