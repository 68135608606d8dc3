"""One readable page per class of the published JSON Schemas."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.registry import ROOT, schemas

Node = Mapping[str, Any]
_EXAMPLES = ROOT / "schema" / "examples" / "valid"
_FOLDER = "reference/schema"


def texts() -> Mapping[str, str]:
    """The index and a page for each class; only a notice while there are no schemas."""
    classes = _classes()
    pages = {f"{_FOLDER}/{name}.md": _page(name, node) for name, node in classes.items()}
    return {f"{_FOLDER}/index.md": _index(classes)} | pages


def _classes() -> dict[str, Node]:
    """Class name to its schema, the definitions inside each schema included."""
    found: dict[str, Node] = {}
    for name, schema in schemas().items():
        found.setdefault(name, schema)
        for inner, node in schema.get("$defs", {}).items():
            found.setdefault(inner, node)
    return dict(sorted(found.items()))


def _index(classes: Mapping[str, Node]) -> str:
    """All classes with the first sentence of each."""
    rows = [f"| [{name}]({name}.md) | {_first(node.get('description', ''))} |" for name, node in classes.items()]
    return "\n".join(
        [
            "# Schema",
            "",
            "The JSON Schemas (2020-12) are part of the specification; these pages are made from them.",
            "",
            "| Class | |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def _first(text: str) -> str:
    """The first sentence, on one line."""
    return " ".join(text.split()).split(". ")[0].rstrip(".").replace("|", "\\|")


def _page(name: str, node: Node) -> str:
    """One class: description, members, constraints, example."""
    lines = [f"# {name}", "", " ".join(str(node.get("description", "")).split()), ""]
    properties = node.get("properties", {})
    if properties:
        required = set(node.get("required", []))
        lines += ["| Member | Type | Required | Constraints | Meaning |", "|---|---|:-:|---|---|"]
        lines += [_member(key, value, required) for key, value in properties.items()]
        lines.append("")
    lines += [f"{line}\n" for line in _shape(node)]
    lines += list(_example(name))
    return "\n".join(lines) + "\n"


def _member(key: str, value: Node, required: set[str]) -> str:
    """One row of the member table."""
    meaning = " ".join(str(value.get("description", "")).split()).replace("|", "\\|")
    cells = [f"`{key}`", _type(value), "yes" if key in required else "no", _constraints(value), meaning]
    return f"| {' | '.join(cells)} |"


def _type(value: Node) -> str:
    """A member's type in words, classes linked."""
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[-1].removesuffix(".json").removesuffix(".schema")
        return f"[{name}]({name}.md)"
    if "enum" in value:
        return "one of " + ", ".join(_code(item) for item in value["enum"])
    if "const" in value:
        return _code(value["const"])
    for key in ("oneOf", "anyOf", "allOf"):
        if key in value:
            return (" and " if key == "allOf" else " or ").join(_type(item) for item in value[key])
    if value.get("type") == "array":
        return f"list of {_type(value.get('items', {}))}"
    if isinstance(value.get("additionalProperties"), Mapping):
        return f"map to {_type(value['additionalProperties'])}"
    if value.get("patternProperties"):
        return "map to " + " or ".join(_type(item) for item in value["patternProperties"].values())
    kind = value.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _constraints(value: Node) -> str:
    """The remaining key words of a member."""
    words = {
        "minimum": "≥ {}",
        "exclusiveMinimum": "> {}",
        "maximum": "≤ {}",
        "exclusiveMaximum": "< {}",
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "minItems": "at least {} entries",
        "maxItems": "at most {} entries",
        "pattern": "matches {}",
    }
    found = [text.format(_code(value[key]) if key == "pattern" else value[key]) for key, text in words.items() if key in value]
    if value.get("uniqueItems"):
        found.append("no repetition")
    return "; ".join(found)


def _code(value: object) -> str:
    """A value in code font, safe inside a table."""
    text = value if isinstance(value, str) else json.dumps(value)
    return f"<code>{text.replace('&', '&amp;').replace('<', '&lt;').replace('|', '&#124;').replace('*', '&#42;').replace('_', '&#95;')}</code>"


def _shape(node: Node) -> Iterator[str]:
    """What holds for the document as a whole."""
    if "oneOf" in node or "anyOf" in node:
        yield f"Is {_type({key: node[key] for key in ('oneOf', 'anyOf') if key in node})}."
    if isinstance(node.get("additionalProperties"), Mapping):
        yield f"Other members: {_type(node['additionalProperties'])}."
    for pattern, value in node.get("patternProperties", {}).items():
        yield f"Members whose name matches {_code(pattern)}: {_type(value)}."
    if node.get("enum"):
        yield f"One of {', '.join(_code(item) for item in node['enum'])}."
    if node.get("pattern"):
        yield f"Matches {_code(node['pattern'])}."
    if node.get("type") == "object" and node.get("additionalProperties") is False:
        yield "No other members."


def _example(name: str) -> Iterator[str]:
    """The first valid example of the class, where the schema's authors wrote one."""
    for path in sorted(_EXAMPLES.glob(f"{name}-*.json")):
        text = json.dumps(json.loads(path.read_text("utf-8")), indent=2, ensure_ascii=False)
        yield from ("## Example", "", "```json", text, "```")
        return
