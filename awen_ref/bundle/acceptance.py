"""Is a document plainly valid? Yes, or ask the validator.

A sound bundle is the usual case, and loading the validator costs more than the rest of checking a small one.
So what this reads of a published schema it reads exactly, and of what it does not read it says no. It
never judges a document invalid: findings come from the validator alone (ADR 0037).
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

__all__ = ["SILENT", "class_schema", "holds", "plainly_valid", "satisfies"]

Schema = Mapping[str, Any]
SILENT = frozenset({"$comment", "$defs", "$id", "$schema", "description", "then", "title"})
"""Keywords without a verdict of their own; `then` is read with its `if`."""


def plainly_valid(name: str, document: object) -> bool:
    """Whether a document satisfies its class; False also where that is not plain.

    Args:
        name: A document class such as `Manifest`.
        document: Plain JSON values.

    Raises:
        KeyError: There is no document class of that name.
    """
    return satisfies(class_schema(name), document)


def satisfies(schema: Schema, document: object) -> bool:
    """Whether a document satisfies a self-contained schema; False also where that is not plain."""
    return _holds(schema, document, schema.get("$defs", {}))


def holds(keyword: str, wanted: object, value: object, schema: Schema, definitions: Schema) -> bool:
    """Whether a value satisfies one keyword of a schema; False also where that is not plain."""
    reader = _READERS.get(keyword)
    return reader is not None and reader(wanted, value, schema, definitions)


@cache
def class_schema(name: str) -> Schema:
    """The published schema of a document class.

    Raises:
        KeyError: There is none of that name.
    """
    from awen_schema import schemas

    schema: Schema = json.loads(schemas.text(name))
    return schema


def _holds(schema: "Schema | bool", value: object, definitions: Schema) -> bool:
    """Whether a value satisfies every keyword of a schema, each of which has to be one that is read here."""
    if isinstance(schema, bool):
        return schema
    for keyword, wanted in schema.items():
        if keyword in SILENT or keyword.startswith("x-"):
            continue
        reader = _READERS.get(keyword)
        if reader is None or not reader(wanted, value, schema, definitions):
            return False
    return True


def _reference(wanted: str, value: object, _: Schema, definitions: Schema) -> bool:
    return _holds(definitions[wanted.removeprefix("#/$defs/")], value, definitions)


def _type(wanted: str | list[str], value: object, *_: Schema) -> bool:
    return any(_is_a(one, value) for one in ([wanted] if isinstance(wanted, str) else wanted))


def _is_a(wanted: str, value: object) -> bool:
    match wanted:
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            return whole and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case _:
            return False


def _same(wanted: object, value: object, *_: Schema) -> bool:
    """Equality of strings, and of nothing else: 1 and true are one to Python and two to JSON."""
    return isinstance(wanted, str) and isinstance(value, str) and wanted == value


def _among(wanted: list[object], value: object, *_: Schema) -> bool:
    return any(_same(one, value) for one in wanted)


def _pattern(wanted: str, value: object, *_: Schema) -> bool:
    return not isinstance(value, str) or _expression(wanted).fullmatch(value) is not None


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    """A published pattern: anchored at both ends, without an alternative outside parentheses."""
    return re.compile(pattern.removeprefix("^").removesuffix("$"), re.ASCII)


def _members(wanted: Schema, value: object, _: Schema, definitions: Schema) -> bool:
    if not isinstance(value, dict):
        return True
    return all(_holds(schema, value[name], definitions) for name, schema in wanted.items() if name in value)


def _required(wanted: list[str], value: object, *_: Schema) -> bool:
    return not isinstance(value, dict) or all(name in value for name in wanted)


def _other_members(
    wanted: "bool | Schema",
    value: object,
    schema: Schema,
    definitions: Schema,
) -> bool:
    if not isinstance(value, dict) or wanted is True:
        return True
    others = value.keys() - schema.get("properties", {}).keys()
    if wanted is False:
        return not others
    return all(_holds(wanted, value[name], definitions) for name in others)


def _names(wanted: Schema, value: object, _: Schema, definitions: Schema) -> bool:
    return not isinstance(value, dict) or all(_holds(wanted, name, definitions) for name in value)


def _items(wanted: Schema, value: object, _: Schema, definitions: Schema) -> bool:
    return not isinstance(value, list) or all(_holds(wanted, item, definitions) for item in value)


def _unique(wanted: bool, value: object, *_: Schema) -> bool:  # noqa: FBT001 - a keyword's value
    if not wanted or not isinstance(value, list):
        return True
    keys = [_key(item) for item in value]
    return None not in keys and len(set(keys)) == len(keys)


def _key(item: object) -> object | None:
    """What two equal items share, of strings and of objects of strings; nothing of others."""
    if isinstance(item, str):
        return item
    if isinstance(item, dict) and all(isinstance(one, str) for one in item.values()):
        return tuple(sorted(item.items()))
    return None


def _if_then(wanted: Schema, value: object, schema: Schema, definitions: Schema) -> bool:
    if "then" not in schema or not _holds(wanted, value, definitions):
        return _plain(wanted, definitions)
    return _holds(schema["then"], value, definitions)


def _plain(schema: Schema, definitions: Schema) -> bool:
    """Whether a condition is of the one form that is read exactly: that members have certain strings."""
    del definitions
    conditions = schema.get("properties", {}).values()
    return set(schema) <= {"properties", "required"} and all(map(_certain, conditions))


def _certain(condition: Schema) -> bool:
    """Whether a condition names one string, or some."""
    strings = [condition["const"]] if set(condition) == {"const"} else condition.get("enum", [None])
    return set(condition) <= {"const", "enum"} and all(isinstance(one, str) for one in strings)


def _all_of(wanted: list[Schema], value: object, _: Schema, definitions: Schema) -> bool:
    return all(_holds(one, value, definitions) for one in wanted)


def _any_of(wanted: list[Schema], value: object, _: Schema, definitions: Schema) -> bool:
    return any(_holds(one, value, definitions) for one in wanted)


def _bound(kind: type | tuple[type, ...], within: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    """A bound on values of one kind; others it does not concern."""

    def holds(wanted: float, value: object, *_: Schema) -> bool:
        return isinstance(value, bool) or not isinstance(value, kind) or within(value, wanted)

    return holds


_READERS: Mapping[str, Callable[..., bool]] = {
    "$ref": _reference,
    "type": _type,
    "const": _same,
    "enum": _among,
    "pattern": _pattern,
    "properties": _members,
    "required": _required,
    "additionalProperties": _other_members,
    "propertyNames": _names,
    "items": _items,
    "uniqueItems": _unique,
    "if": _if_then,
    "allOf": _all_of,
    "anyOf": _any_of,
    "minimum": _bound((int, float), lambda value, bound: value >= bound),
    "maximum": _bound((int, float), lambda value, bound: value <= bound),
    "minItems": _bound(list, lambda value, bound: len(value) >= bound),
    "maxItems": _bound(list, lambda value, bound: len(value) <= bound),
    "minProperties": _bound(dict, lambda value, bound: len(value) >= bound),
    "maxProperties": _bound(dict, lambda value, bound: len(value) <= bound),
}
