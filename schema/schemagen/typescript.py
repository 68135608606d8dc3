"""The tagged definitions to TypeScript types.

Written here and not with json-schema-to-typescript: the schema uses a small part of JSON Schema, this prints
that part in a page, gives the same bytes everywhere, and needs no Node to regenerate. A keyword that it does
not know is an error, so that nothing is dropped in silence. That the result compiles is a test.
"""

import json
import re
from collections.abc import Iterator, Sequence

from schemagen.documents import SORTED, Definitions, JsonObject
from schemagen.sources import Files, SourceError

_HEAD = """\
/*
 * Types of every document of an AWEN bundle. Generated from the LinkML modules: do not edit.
 *
 * Types say the shape; the JSON Schemas beside them say the rest: patterns, bounds, lengths and conditions.
 */

/** Any JSON value; only extensions hold one. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };
"""
_SCALARS = {"string": "string", "number": "number", "integer": "number", "boolean": "boolean"}
_BEYOND_TYPES = {
    "description",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "uniqueItems",
    "propertyNames",
    "discriminator",
    "if",
    "then",
    "allOf",
    "x-ucum-unit",
    SORTED,
}
_SHAPES = {
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "enum",
    "items",
    "oneOf",
    "properties",
    "required",
    "type",
}
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def expression(schema: JsonObject) -> str:
    """The TypeScript type of a schema that is not an interface.

    Raises:
        SourceError: The schema has a keyword that this module does not know.
    """
    unknown = set(schema) - _BEYOND_TYPES - _SHAPES
    if unknown:
        raise SourceError(
            [f"TypeScript: no type for the keywords {', '.join(sorted(unknown))} in {schema!r}"]
        )
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix("#/$defs/")
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    choices = schema.get("oneOf") or schema.get("anyOf")
    if choices:
        return " | ".join(expression(choice) for choice in choices)
    if isinstance(schema["type"], list):
        return " | ".join(_SCALARS[name] for name in schema["type"])
    if schema["type"] == "array":
        return _array(schema)
    if schema["type"] == "object":
        extra = schema["additionalProperties"]
        return f"{{ readonly [name: string]: {'JsonValue' if extra is True else expression(extra)} }}"
    return _SCALARS[schema["type"]]


def _array(schema: JsonObject) -> str:
    """A list, or a tuple where the length is fixed."""
    item = expression(schema["items"])
    if "minItems" in schema and schema["minItems"] == schema.get("maxItems"):
        return f"readonly [{', '.join([item] * schema['minItems'])}]"
    return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"


def _comment(schema: JsonObject, indent: str) -> str:
    """The description as a documentation comment, with the unit."""
    unit = f" Unit: {schema['x-ucum-unit']}." if "x-ucum-unit" in schema else ""
    return f"{indent}/** {schema['description']}{unit} */\n"


def _declaration(name: str, schema: JsonObject) -> str:
    """One exported type."""
    head = _comment(schema, "")
    if "properties" not in schema:
        return f"{head}export type {name} = {expression(schema)};\n"
    return f"{head}export interface {name} {{\n{''.join(_members(schema))}}}\n"


def _members(schema: JsonObject) -> Iterator[str]:
    """The members of an interface."""
    required = schema.get("required", [])
    for member, described in schema["properties"].items():
        label = member if _IDENTIFIER.fullmatch(member) else json.dumps(member)
        optional = "" if member in required else "?"
        yield f"{_comment(described, '  ')}  readonly {label}{optional}: {expression(described)};\n"


def emit(definitions: Definitions, documents: Sequence[str]) -> Files:
    """One module with every type, and an index of the documents."""
    types = [_declaration(name, schema) for name, schema in definitions.tagged.items()]
    index = "".join(f"  readonly {name}: {name};\n" for name in documents)
    last = f"/** Document classes by name. */\nexport interface Documents {{\n{index}}}\n"
    return {"typescript/awen.ts": "\n".join([_HEAD, *types, last])}
