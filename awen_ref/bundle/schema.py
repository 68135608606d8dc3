"""JSON Schema validation behind one function: closed, offline, linear patterns (AWB-R-095, 180, 372)."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from awen_ref.bundle.acceptance import class_schema, plainly_valid
from awen_ref.bundle.offence import Offence, first_offence
from awen_ref.errors import Finding
from awen_schema.layout import ENTRIES

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

__all__ = ["MOST", "pointer", "violations"]

MOST = 100
"""Violations reported of one document; the last message says how many more there are."""

_MOST_VALUES, _MOST_TEXT = 500, 1 << 16
"""Of a document with more values or more characters than this, the first violation alone is reported."""

_QUICK_VALUES, _MOST_COPIED_VALUES = 8_000, 50_000
"""Up to the first number of values the quick reading costs less than loading the validator; above the second
the copy of a document that the validator makes takes too much memory (ADR 0093)."""

_CLASSES = tuple(sorted({entry.schema for entry in ENTRIES if entry.schema}))
"""The classes of the documents that bundles hold."""

_UNKNOWN = frozenset({"additionalProperties", "unevaluatedProperties"})
_MESSAGE = 240


def pointer(*parts: object) -> str:
    """The JSON Pointer (RFC 6901) whose reference tokens are the given ones.

    Args:
        parts: Member names and array indices, outermost first.
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def violations(name: str, value: object, path: str, *, at: str = "", newer: bool = False) -> list[Finding]:
    """Everything in which a document is not of its class; of a very large document the first such thing.

    Args:
        name: The class (`Manifest`).
        value: The document as plain JSON values.
        path: Its file, for the findings.
        at: JSON Pointer of the document inside its file; a line of a JSON Lines file has one.
        newer: The document was written to a newer minor version, which may know more members and more
            values of closed lists; neither is a violation then (AWB-R-241).

    Raises:
        KeyError: There is no document class of that name.
    """
    if _is_valid(name, value):
        return []
    if not _is_small(value):
        return _first(name, value, path, at=at, newer=newer)
    found: list[Finding] = []
    more = 0
    for error in _validator().iter_errors({name: value}):
        if newer and _is_later(error):
            continue
        for finding in _findings(error, path, at):
            if len(found) < MOST:
                found.append(finding)
            else:
                more += 1
    if more:
        last = found[-1]
        found[-1] = Finding(
            last.code, f"{last.message} (and {more} more violations)", last.path, last.pointer
        )
    return found


def _is_valid(name: str, document: object) -> bool:
    """Whether a document is of its class; False also where that takes a closer look."""
    count, level = 1, [one for one in (document,) if isinstance(one, dict | list)]
    while level and count <= _MOST_COPIED_VALUES:
        count += sum(map(len, level))
        inner = chain.from_iterable(one.values() if isinstance(one, dict) else one for one in level)
        level = [item for item in inner if type(item) is dict or type(item) is list]
    if _QUICK_VALUES < count <= _MOST_COPIED_VALUES and name in _CLASSES:
        return bool(_validator().is_valid({name: document}))
    return plainly_valid(name, document)


def _is_later(error: "ValidationError") -> bool:
    """Whether a newer minor version may permit what the error is about (AWB-R-241)."""
    return error.kind.name in _UNKNOWN or error.kind.name == "enum"


def _first(name: str, document: object, path: str, *, at: str, newer: bool) -> list[Finding]:
    """The first violation of a large document.

    The validator makes all errors before it gives one, each with a copy of the value that it is about. What a
    hostile document of n octets costs so grows with n², and ends in gigabytes at a few ten thousand octets.
    """
    schema = _lenient(name) if newer else class_schema(name)
    offence = first_offence(schema, document)
    return [] if offence is None else [_told(offence, path, at + pointer(*offence.at))]


def _told(offence: Offence, path: str, where: str) -> Finding:
    """The finding that the validator's error of the same kind makes."""
    match offence.keyword:
        case "additionalProperties":
            return Finding("AWB-SCH-001", f"unknown member {_short(offence.at[-1])}", path, where)
        case "required":
            return Finding("AWB-SCH-002", f"the member {_short(offence.wanted)} is missing", path, where)
        case "type":
            return Finding("AWB-SCH-003", f"the value is not of type {_short(offence.wanted)}", path, where)
        case "propertyNames":
            text = f"the name {_short(offence.at[-1])} is not permitted"
        case "":
            text = "this member must be absent beside the others"
        case keyword:
            text = f"the value does not satisfy {keyword} {_short(offence.wanted)}"
    return Finding("AWB-SCH-004", text, path, where)


@cache
def _lenient(name: str) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", _permissive(class_schema(name)))


def _is_small(document: object) -> bool:
    """Whether a document has so few values and so little text that all its errors may be asked for."""
    values, text = _MOST_VALUES, _MOST_TEXT
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            values -= len(value)
            text -= sum(map(len, value))
            waiting += value.values() if values >= 0 else ()
        elif isinstance(value, list):
            values -= len(value)
            waiting += value if values >= 0 else ()
        elif isinstance(value, str):
            text -= len(value)
        if values < 0 or text < 0:
            return False
    return True


def _permissive(schema: object) -> object:
    """A schema without what a newer minor version may have taken out of it (AWB-R-241)."""
    if isinstance(schema, dict):
        later = {key for key in _UNKNOWN & schema.keys() if schema[key] is False}
        later |= {"enum"} if isinstance(schema.get("enum"), list) else set()
        return {key: _permissive(value) for key, value in schema.items() if key not in later}
    return [_permissive(item) for item in schema] if isinstance(schema, list) else schema


@cache
def _validator() -> "Draft202012Validator":
    """The schemas of all classes as one, for an object whose one member is named after its document's class.

    Compiled so, what the classes share is compiled once, which takes a third of the time. `offline` refuses
    every reference that leaves the schema.
    """
    from jsonschema_rs import Draft202012Validator, RegexOptions

    from awen_schema import schemas

    shared: dict[str, object] = {}
    for name in _CLASSES:
        schema = json.loads(schemas.text(name))
        shared |= schema.pop("$defs", {})
        del schema["$id"]  # its references are now to the definitions of the whole
        shared[name] = schema
    whole: dict[str, object] = {
        "properties": {name: {"$ref": f"#/$defs/{name}"} for name in _CLASSES},
        "$defs": shared,
    }
    return Draft202012Validator(whole, pattern_options=RegexOptions(), offline=True)


def _findings(error: "ValidationError", path: str, at: str) -> Iterator[Finding]:
    """One finding for each thing that an error of the validator names."""
    from jsonschema_rs import ValidationErrorKind as Kind

    where = at + pointer(*error.instance_path[1:])
    match error.kind:
        case Kind.AdditionalProperties(unexpected) | Kind.UnevaluatedProperties(unexpected):
            for member in sorted(unexpected):
                text = f"unknown member {_short(member)}"
                yield Finding("AWB-SCH-001", text, path, where + pointer(member))
        case Kind.Required(member):
            yield Finding("AWB-SCH-002", f"the member {_short(member)} is missing", path, where)
        case Kind.PropertyNames(cause):
            text = f"the name {_short(cause.instance)} is not permitted: {_clip(cause.message)}"
            yield Finding("AWB-SCH-004", text, path, where + pointer(cause.instance))
        case Kind.Type():
            yield Finding("AWB-SCH-003", _clip(error.message), path, where)
        case Kind.Enum(options):
            text = f"{_short(error.instance)} is none of {', '.join(map(str, options))}"
            yield Finding("AWB-SCH-004", _clip(text), path, where)
        case Kind.FalseSchema():
            yield Finding("AWB-SCH-004", "this member must be absent beside the others", path, where)
        case _:
            yield Finding("AWB-SCH-004", _clip(error.message), path, where)


def _short(member: object) -> str:
    """A member's name in quotes, of bounded length and without control characters."""
    return _clip(repr(member))


def _clip(text: str) -> str:
    """The text on one line of bounded length."""
    line = text if text.isprintable() else repr(text)[1:-1]
    return line if len(line) <= _MESSAGE else f"{line[:_MESSAGE]}…"
