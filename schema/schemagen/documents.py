"""LinkML to JSON Schema 2020-12: the published documents, and the variant that code generators read.

LinkML's own generator does the work; its lifecycle hooks add what it leaves out:

- a keyed class is a map from its key to the rest of it, in exactly one spelling;
- scalar types are definitions of their own, so that a pattern stands in one place;
- `uniqueItems`, exact cardinalities, units and the order of sorted lists reach the schema;
- what is optional is not empty where it is present: there is one way to say "none".

The annotations it understands are few: `dispatch_on` (an abstract class whose leaf a member selects),
`direct_map` (a document that is itself a map), `key_type`, `one_member`, `or_string`, `requirement` (which
sentences of the specification it carries out), `scalar` and `sorted`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkml.generators.jsonschemagen import ClassResult, JsonSchemaGenerator, SlotResult
from linkml_runtime.linkml_model.meta import ClassDefinition, SlotDefinition, TypeDefinition
from linkml_runtime.utils.schemaview import SchemaView

from schemagen.sources import ENTRY_POINT, PACKAGE, Files

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://w3id.org/awen/schema/1.0"
ANNOTATIONS = (
    "dispatch_on",
    "direct_map",
    "key_type",
    "one_member",
    "or_string",
    "requirement",
    "scalar",
    "sorted",
)
SORTED = "x-awen-sorted"
"""Keyword of a sorted list: the members it is ordered by; empty where the items themselves are ordered."""

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Definitions:
    """The classes, enumerations and scalar types of the schema as JSON Schema definitions.

    Attributes:
        published: By name, as they are published: dispatch by `if` and `then`, for exact error pointers.
        tagged: By name, as code generators want them: dispatch by `oneOf` and `discriminator`.
        view: The LinkML schema they were made from.
    """

    published: Mapping[str, JsonObject]
    tagged: Mapping[str, JsonObject]
    view: SchemaView


def note(element: ClassDefinition | SlotDefinition, name: str) -> str:
    """The value of one of our annotations, empty where the element does not have it."""
    notes = element.annotations  # LinkML keeps them in its own mapping, which has no get()
    return str(notes[name].value) if name in notes else ""


def constraints(kind: TypeDefinition) -> JsonObject:
    """What a scalar type demands, in JSON Schema's words."""
    base = {"integer": "integer", "double": "number", "string": "string"}[str(kind.typeof)]
    bounds = {"pattern": kind.pattern, "minimum": kind.minimum_value, "maximum": kind.maximum_value}
    return {"type": base, **{name: value for name, value in bounds.items() if value is not None}}


def named_types(view: SchemaView) -> dict[str, TypeDefinition]:
    """The scalar types that constrain something; the others are plain numbers and strings."""
    types = view.all_types()
    return {name: kind for name, kind in types.items() if kind.typeof and len(constraints(kind)) > 1}


def members_of(view: SchemaView, name: str) -> list[SlotDefinition]:
    """The members of a class, inherited ones first, each as the class narrows it."""
    ancestors = reversed(view.class_ancestors(name))
    slots = dict.fromkeys(slot for ancestor in ancestors for slot in view.class_slots(ancestor))
    return [view.induced_slot(slot, name) for slot in slots]


def member_name(slot: SlotDefinition) -> str:
    """The name that a member has in a document."""
    return str(slot.alias or slot.name)


def is_map(slot: SlotDefinition) -> bool:
    """Whether a member is a map from keys to what its range holds besides the key."""
    return bool(slot.multivalued and slot.inlined and not slot.inlined_as_list)


class _Generator(JsonSchemaGenerator):  # type: ignore[misc]  # LinkML ships no types
    """LinkML's generator with the hooks that the module's text describes."""

    def after_generate_class_slot(
        self,
        result: SlotResult,
        cls: ClassDefinition,  # noqa: ARG002 - LinkML passes it by position
        sv: SchemaView,
    ) -> SlotResult:
        """Finish the schema of one member."""
        self._finish(result.schema_, result.source, sv)
        return result

    def _finish(self, schema: JsonObject, slot: SlotDefinition, view: SchemaView) -> None:
        _name_type(schema, slot, view)
        if is_map(slot):
            self._make_map(schema, slot, view)
        if slot.array is not None:
            _innermost(schema).pop("description", None)
            schema["description"] = str(slot.description)
        if slot.list_elements_unique:
            schema["uniqueItems"] = True
        if slot.exact_cardinality is not None:
            schema["minItems"] = schema["maxItems"] = int(slot.exact_cardinality)
        if slot.multivalued and not slot.required:
            schema["minProperties" if is_map(slot) else "minItems"] = 1
        if note(slot, "sorted"):
            schema[SORTED] = [] if note(slot, "sorted") == "True" else note(slot, "sorted").split()
        if slot.unit is not None:
            schema["x-ucum-unit"] = str(slot.unit.ucum_code)

    def _make_map(self, schema: JsonObject, slot: SlotDefinition, view: SchemaView) -> None:
        """One spelling where the stock form offers several."""
        key = view.get_identifier_slot(slot.range, use_key=True)
        rest = [member for member in view.class_induced_slots(slot.range) if member.name != key.name]
        if [member.name for member in rest] == [VALUE]:
            value = self.get_subschema_for_slot(rest[0], include_null=False)
            self._finish(value, rest[0], view)
            value.pop("description", None)
        else:
            value = {"$ref": f"#/$defs/{slot.range}"}
        named = key.range in named_types(view)
        schema.pop("anyOf", None)
        schema["additionalProperties"] = value
        schema["propertyNames"] = {"$ref": f"#/$defs/{key.range}"} if named else {"pattern": key.pattern}

    def after_generate_class(
        self,
        result: ClassResult,
        sv: SchemaView,  # noqa: ARG002 - LinkML passes it by position
    ) -> ClassResult:
        """Finish the schema of one class."""
        schema, cls = result.schema_, result.source
        if note(cls, "key_type"):
            schema |= {"propertyNames": {"$ref": f"#/$defs/{note(cls, 'key_type')}"}, "minProperties": 1}
        if note(cls, "one_member"):
            schema |= {"minProperties": 1, "maxProperties": 1}
        for rule in [schema, *schema.get("allOf", [])]:
            _state_conditions(rule)
        return result


VALUE = "value"
"""A keyed class with this one other member is a map from the key to the bare value."""


def _innermost(schema: JsonObject) -> JsonObject:
    """The schema of the elements of a list, or of a list of lists; that of anything else is itself."""
    while "items" in schema:
        schema = schema["items"]
    return schema


def _name_type(schema: JsonObject, slot: SlotDefinition, view: SchemaView) -> None:
    """Put a reference where the constraints of a scalar type are written out, and read our unions."""
    leaf = _innermost(schema)
    if note(slot, "scalar"):
        leaf["type"] = ["boolean", "number", "string"]
    elif note(slot, "or_string"):
        leaf.pop("type")
        leaf["anyOf"] = [{"type": "number"}, {"$ref": f"#/$defs/{note(slot, 'or_string')}"}]
    elif slot.range in named_types(view):
        stated = constraints(view.get_type(slot.range))
        for name in [name for name, value in stated.items() if leaf.get(name) == value]:
            del leaf[name]
        leaf["$ref"] = f"#/$defs/{slot.range}"


def _state_conditions(rule: JsonObject) -> None:
    """Forbid members one by one, each with a pointer to it, and drop conditions that only repeat a name.

    The stock form of two forbidden members, `not: {required: [a, b]}`, forbids only both together.
    """
    then = rule.get("then", {})
    forbidden = then.pop("not", {}).get("required", [])
    stated = {name: condition for name, condition in then.pop("properties", {}).items() if condition}
    stated |= dict.fromkeys(forbidden, False)
    if stated:
        then["properties"] = stated


def load(entry_point: Path = ENTRY_POINT) -> Definitions:
    """Every definition of the schema."""
    generator = _Generator(str(entry_point), include_null=False, not_closed=False, preserve_names=True)
    view = generator.schemaview
    stock = generator.generate()["$defs"]
    made = {name: schema for name, schema in stock.items() if not name.endswith("__identifier_optional")}
    for name, kind in named_types(view).items():
        made[name] = {"description": str(kind.description), **constraints(kind)}
    for name, cls in view.all_classes().items():
        _shape_class(made, str(name), cls, view)
    tagged = dict(made)
    for name, cls in view.all_classes().items():
        if note(cls, "dispatch_on"):
            made[name], tagged[name] = _dispatch(made, str(name), view)
    return Definitions(_tidy(made), _tidy(tagged), view)


def _tidy(made: Mapping[str, JsonObject]) -> dict[str, JsonObject]:
    """The definitions by name, as plain values, each without the title that repeats its name."""
    plain = json.loads(json.dumps(made))  # LinkML's strings are of a type of its own
    for schema in plain.values():
        schema.pop("title", None)
    return {name: {"description": plain[name].pop("description"), **plain[name]} for name in sorted(plain)}


def _shape_class(made: dict[str, JsonObject], name: str, cls: ClassDefinition, view: SchemaView) -> None:
    """Take the key out of a keyed class, the wrapping off a direct map, and put inherited members first."""
    schema = made[name]
    if note(cls, "direct_map"):
        wrapped = schema["properties"][note(cls, "direct_map")]
        made[name] = {**wrapped, "description": str(cls.description)}
        return
    key = view.get_identifier_slot(name, use_key=True)
    order = [member_name(slot) for slot in members_of(view, name) if key is None or slot.name != key.name]
    if key is not None and order == [VALUE]:
        del made[name]
        return
    if order:
        schema["properties"] = {member: schema["properties"][member] for member in order}
    if "required" in schema:
        schema["required"] = [member for member in order if member in schema["required"]]


def _dispatch(made: Mapping[str, JsonObject], name: str, view: SchemaView) -> tuple[JsonObject, JsonObject]:
    """A class that one of its leaves stands for, as it is published and as code generators want it."""
    tag = note(view.get_class(name), "dispatch_on")
    leaves = sorted(leaf for leaf in view.class_descendants(name, reflexive=False))
    places = {made[leaf]["properties"][tag]["const"]: {"$ref": f"#/$defs/{leaf}"} for leaf in leaves}
    description = {"description": str(view.get_class(name).description)}
    published = {
        **description,
        "type": "object",
        "required": [tag],
        "properties": {tag: {"enum": list(places)}},
        "allOf": [
            {"if": {"properties": {tag: {"const": value}}, "required": [tag]}, "then": place}
            for value, place in places.items()
        ],
    }
    mapping = {value: place["$ref"] for value, place in places.items()}
    tagged = {
        **description,
        "oneOf": list(places.values()),
        "discriminator": {"propertyName": tag, "mapping": mapping},
    }
    return published, tagged


def references(schema: object) -> Iterator[str]:
    """The names of the definitions that a schema refers to, directly."""
    if isinstance(schema, dict):
        for name, value in schema.items():
            if name == "$ref":
                yield value.removeprefix("#/$defs/")
            else:
                yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


def document(definitions: Definitions, name: str) -> JsonObject:
    """The published, self-contained schema of one document class."""
    needed: set[str] = set()
    waiting = list(references(definitions.published[name]))
    while waiting:
        reference = waiting.pop()
        if reference not in needed:
            needed.add(reference)
            waiting += references(definitions.published[reference])
    return {
        "$schema": DIALECT,
        "$id": f"{BASE}/{name}.schema.json",
        "title": name,
        **definitions.published[name],
        "$defs": {other: definitions.published[other] for other in sorted(needed)},
    }


def emit(definitions: Definitions, documents: list[str]) -> Files:
    """The published schemas, once for the web and once as data of the Python package."""
    files = {}
    for name in documents:
        text = json.dumps(document(definitions, name), indent=2, ensure_ascii=False) + "\n"
        files[f"json-schema/{name}.schema.json"] = text
        files[f"{PACKAGE}/json_schema/{name}.schema.json"] = text
    return files
