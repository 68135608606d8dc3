"""A published JSON Schema in words, for the specification and the reference: types, members, conditions."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]
Link = Callable[[str], str]

_BOUNDS = {"minimum": "≥ {}", "exclusiveMinimum": "> {}", "maximum": "≤ {}", "exclusiveMaximum": "< {}"}
_JSON_TYPES = {
    "string": "text",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "object": "object",
}
_LONG_PATTERN = 160
_SPECIAL = frozenset("|*_[]\\`<>&")
ABSENT = "Absent: "


def code(value: object) -> str:
    """A JSON value in code font, safe inside a table, where a bar needs a character reference."""
    text = value if isinstance(value, str) else json.dumps(value)
    if "|" not in text:
        return f"`{text}`"
    return "<code>" + "".join(f"&#{ord(sign)};" if sign in _SPECIAL else sign for sign in text) + "</code>"


def plain(text: str) -> str:
    """Plain text as Markdown that shows it as it is; code spans stay code spans."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"([\\*_\[\]<>])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)


def cell(text: str) -> str:
    """Text on one line, safe inside a table."""
    return " ".join(text.split()).replace("|", "\\|")


def described(node: Node, link: Link) -> str:
    """A member's type: `sorted list of X`, `map from K to X`, a named class, a literal."""
    if "$ref" in node:
        return link(node["$ref"].rsplit("/", 1)[-1])
    if "const" in node:
        return code(node["const"])
    if "enum" in node:
        return " or ".join(code(value) for value in node["enum"])
    for key in ("anyOf", "oneOf"):
        if key in node:
            return " or ".join(described(one, link) for one in node[key])
    if node.get("type") == "array":
        return f"{_list(node)} of {described(node['items'], link)}"
    if isinstance(node.get("additionalProperties"), Mapping):
        names = node.get("propertyNames", {})
        keys = f" from {described(names, link)}" if names else ""
        return f"map{keys} to {described(node['additionalProperties'], link)}"
    return _scalar(node)


def _scalar(node: Node) -> str:
    """Text, a number or a truth value with its bounds."""
    if "pattern" in node:
        pattern = str(node["pattern"])
        return code(pattern) if len(pattern) <= _LONG_PATTERN else "decimal digits"
    kind = node.get("type", "any value")
    kinds: list[str] = kind if isinstance(kind, list) else [kind]
    low, high = node.get("minimum"), node.get("maximum")
    words = " or ".join(_JSON_TYPES.get(one, one) for one in kinds)
    if low is not None and high is not None:
        return f"{words} from {low} to {high}"
    bounds = [text.format(node[key]) for key, text in _BOUNDS.items() if key in node]
    return " ".join([words, *bounds])


def _list(node: Node) -> str:
    """What kind of list: length, order, repetition."""
    least, most = node.get("minItems", 0), node.get("maxItems")
    words = []
    if "x-awen-sorted" in node:
        words.append("sorted")
    elif node.get("uniqueItems"):
        words.append("repetition-free")
    words.append("list")
    if most is not None and least == most:
        words.append(f"of length {most},")
    elif least:
        words.insert(0, "non-empty")
    by = " then ".join(code(name) for name in node.get("x-awen-sorted", []))
    return " ".join(words) + (f" (by {by})" if by else "")


def members(node: Node, link: Link) -> Iterator[str]:
    """The member table of an object, or one sentence on a map."""
    if isinstance(node.get("additionalProperties"), Mapping):
        yield f"The document is a {described(node, link)}."
    if not node.get("properties") or ("allOf" in node and "additionalProperties" not in node):
        return
    required = set(node.get("required", []))
    yield "| Member | Type | Meaning | Absent |"
    yield "|---|---|---|---|"
    for name, member in node["properties"].items():
        meaning, _, absent = member.get("description", "").partition(ABSENT)
        unit = member.get("x-ucum-unit", "1")
        shown = cell(meaning) + (f" Unit {code(unit)}." if unit != "1" else "")
        last = "required" if name in required else cell(absent)
        yield f"| {code(name)} | {described(member, link)} | {shown} | {last} |"


def conditions(node: Node, link: Link) -> Iterator[str]:
    """What holds under a condition, and what is closed."""
    for rule in [node, *node.get("allOf", [])]:
        if "if" in rule:
            ((name, test),) = rule["if"]["properties"].items()
            yield f"Where {code(name)} is {described(test, link)}: {_demand(rule['then'], link)}."


def _demand(then: Node, link: Link) -> str:
    """The consequence of a condition."""
    if "$ref" in then:
        return f"it is a {described(then, link)}"
    words = [f"there is {code(name)}" for name in then.get("required", [])]
    for name, member in then.get("properties", {}).items():
        what = f"{code(name)} is {described(member, link)}" if member else f"there is no {code(name)}"
        words.append(what)
    return ", and ".join(words)
