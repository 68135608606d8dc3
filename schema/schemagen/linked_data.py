"""JSON-LD contexts and SHACL shapes: the documents as RDF, for those who want it. Informative.

A context is made for each document class, the members of every class scoped to the member that holds it, so
that `name` of a creator and `name` of a package may mean different things. Maps become indexed containers
whose key is kept as a property. The shapes come from LinkML's generator, which names blank nodes canonically.
"""

import json
from collections.abc import Sequence
from typing import Any

from linkml.generators.shaclgen import ShaclGenerator
from linkml_runtime.linkml_model.meta import SlotDefinition
from linkml_runtime.utils.schemaview import SchemaView

from schemagen.documents import (
    VALUE,
    Definitions,
    is_map,
    member_name,
    members_of,
    note,
)
from schemagen.sources import ENTRY_POINT, Files

_VOCABULARY = "https://w3id.org/awen/terms/"
_PREFIXES = {
    "awen": _VOCABULARY,
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "http://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_DATATYPES = {"integer": "xsd:integer", "double": "xsd:double", "boolean": "xsd:boolean"}

Context = dict[str, Any]


def context(view: SchemaView, name: str) -> Context:
    """The context of one document class."""
    head: Context = {"@version": 1.1, "@vocab": _VOCABULARY, **_PREFIXES}
    wrapped = note(view.get_class(name), "direct_map")
    if wrapped:  # a document that is a map has no member to scope its values' terms to
        return head | _terms(view, view.induced_slot(wrapped, name).range)
    return head | _terms(view, name)


def _terms(view: SchemaView, name: str) -> Context:
    """The terms of a class; of an abstract one, those of all its leaves."""
    terms: Context = {}
    for leaf in [name, *sorted(view.class_descendants(name, reflexive=False))]:
        terms |= {member_name(slot): _term(view, slot) for slot in members_of(view, leaf) if not slot.key}
    return dict(sorted(terms.items()))


def _term(view: SchemaView, slot: SlotDefinition) -> Context:
    """One member as a term."""
    term: Context = {"@id": str(slot.slot_uri or f"awen:{slot.name}")}
    if note(slot, "scalar") or note(slot, "or_string"):
        return term
    if slot.range not in view.all_classes():
        return term | _literal(view, slot)
    key = view.get_identifier_slot(slot.range, use_key=True)
    others = [member.name for member in members_of(view, slot.range) if not member.key]
    if (key is not None and others == [VALUE]) or note(view.get_class(slot.range), "key_type"):
        return term | {"@type": "@json"}  # a map to bare values has no node that could hold them
    if is_map(slot):
        term |= {"@container": "@index", "@index": f"awen:{key.name}"}
    elif slot.multivalued:
        term["@container"] = "@list"
    return term | {"@context": _terms(view, slot.range)}


def _literal(view: SchemaView, slot: SlotDefinition) -> Context:
    """Datatype and container of a member that holds literals."""
    if slot.array is not None:
        return {"@type": "@json"}
    kind = view.get_type(slot.range)
    base = str(kind.uri or kind.typeof or kind.name) if kind is not None else ""
    datatype = base if base.startswith("xsd:") else _DATATYPES.get(base, "")
    return ({"@type": datatype} if datatype else {}) | ({"@container": "@list"} if slot.multivalued else {})


def emit(definitions: Definitions, documents: Sequence[str]) -> Files:
    """A context for each document class, and the shapes of all classes."""
    files = {
        f"jsonld/{name}.context.jsonld": json.dumps(
            {"@context": context(definitions.view, name)}, indent=2, ensure_ascii=False
        )
        + "\n"
        for name in documents
    }
    shapes = ShaclGenerator(str(ENTRY_POINT), metadata=False, use_class_uri_names=False).serialize()
    return files | {"shacl/awen.ttl": shapes}
