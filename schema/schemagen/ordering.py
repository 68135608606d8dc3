"""The sorted lists of every document class, from the published schemas to `awen_schema.ordering`."""

from collections.abc import Iterator, Mapping, Sequence

from schemagen.documents import SORTED, Definitions, JsonObject
from schemagen.sources import PACKAGE, Files, shipped

Row = tuple[tuple[str, ...], tuple[str, ...]]


def rows(definitions: Definitions, name: str) -> list[Row]:
    """Place and order of each sorted list of one document class, ascending by place."""
    return sorted(set(_walk(definitions.tagged[name], (), definitions.tagged)))


def _walk(schema: JsonObject, place: tuple[str, ...], known: Mapping[str, JsonObject]) -> Iterator[Row]:
    """The sorted lists at a place and below it. No class of the schema holds itself, so this ends."""
    if SORTED in schema:
        yield place, tuple(schema[SORTED])
    for choice in [schema, *schema.get("oneOf", [])]:
        if "$ref" in choice:
            yield from _walk(known[choice["$ref"].removeprefix("#/$defs/")], place, known)
    for member, described in schema.get("properties", {}).items():
        yield from _walk(described, (*place, member), known)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from _walk(schema[keyword], (*place, "*"), known)


def emit(definitions: Definitions, documents: Sequence[str]) -> Files:
    """The Python module."""
    lines = []
    for name in documents:
        found = rows(definitions, name)
        if found:
            items = " ".join(f"SortedList({place!r}, {by!r})," for place, by in found)
            lines.append(f"        {name!r}: ({items}),\n")
    return {f"{PACKAGE}/ordering.py": shipped("ordering.py").replace("        # rows\n", "".join(lines))}
