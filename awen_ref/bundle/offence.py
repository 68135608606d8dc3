"""The first thing in a large document that its class does not permit, in one pass and without a copy of it.

The validator copies a document before it looks at it, into a form that takes hundreds of octets a value. The
published schemas use keywords only that `acceptance` reads exactly; so of a document that is not plainly
valid one of them is broken, and this says which and where (ADR 0093).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from awen_ref.bundle.acceptance import SILENT, holds

__all__ = ["Offence", "first_offence"]

Schema = Mapping[str, Any]


class Offence(NamedTuple):
    """A keyword that a value does not satisfy.

    Attributes:
        at: Member names and indices on the way to the value, or to the member that is not permitted.
        keyword: The keyword; empty where no value at all is permitted.
        wanted: What it asks for; the member that is missing.
    """

    at: tuple[str | int, ...]
    keyword: str
    wanted: Any


def first_offence(schema: Schema, document: object) -> Offence | None:
    """What of a self-contained schema a document does not satisfy, in the order of schema and document."""
    return next(_offences(schema, document, (), schema.get("$defs", {})), None)


def _offences(
    schema: "Schema | bool", value: object, at: tuple[str | int, ...], definitions: Schema
) -> Iterator[Offence]:
    if isinstance(schema, bool):
        if not schema:
            yield Offence(at, "", None)
        return
    for keyword, wanted in schema.items():
        if keyword in SILENT or keyword.startswith("x-"):
            continue
        inner = _INNER.get(keyword)
        if inner is not None and wanted is not False:
            for part, item, step in inner(wanted, value, schema, definitions):
                yield from _offences(part, item, (*at, *step), definitions)
        elif not holds(keyword, wanted, value, schema, definitions):
            yield _told(Offence(at, keyword, wanted), value, schema, definitions)


def _told(offence: Offence, value: object, schema: Schema, definitions: Schema) -> Offence:
    """An offence of an object, by the first member that it is about."""
    at, keyword, wanted = offence
    members = value if isinstance(value, dict) else {}
    match keyword:
        case "additionalProperties":
            return Offence((*at, min(members.keys() - schema.get("properties", {}).keys())), keyword, wanted)
        case "propertyNames":
            name = next(name for name in members if any(_offences(wanted, name, (), definitions)))
            return Offence((*at, name), keyword, wanted)
        case "required":
            return Offence(at, keyword, next(name for name in wanted if name not in members))
    return offence


Parts = Iterator[tuple["Schema | bool", object, tuple[str | int, ...]]]


def _reference(wanted: str, value: object, _: Schema, definitions: Schema) -> Parts:
    yield definitions[wanted.removeprefix("#/$defs/")], value, ()


def _members(wanted: Schema, value: object, *_: Schema) -> Parts:
    if isinstance(value, dict):
        yield from ((part, value[name], (name,)) for name, part in wanted.items() if name in value)


def _other_members(wanted: "Schema | bool", value: object, schema: Schema, _: Schema) -> Parts:
    if isinstance(value, dict):
        named = schema.get("properties", {})
        yield from ((wanted, item, (name,)) for name, item in value.items() if name not in named)


def _items(wanted: Schema, value: object, *_: Schema) -> Parts:
    if isinstance(value, list):
        yield from ((wanted, item, (index,)) for index, item in enumerate(value))


def _then(wanted: Schema, value: object, schema: Schema, definitions: Schema) -> Parts:
    if "then" in schema and next(_offences(wanted, value, (), definitions), None) is None:
        yield schema["then"], value, ()


def _all_of(wanted: list[Schema], value: object, *_: Schema) -> Parts:
    yield from ((part, value, ()) for part in wanted)


_INNER: Mapping[str, Callable[..., Parts]] = {
    "$ref": _reference,
    "properties": _members,
    "additionalProperties": _other_members,
    "items": _items,
    "if": _then,
    "allOf": _all_of,
}
"""Keywords that put a schema on parts of the value, or another one on the value itself."""
