"""The JSON-LD contexts give the triples that the terms promise, and the shapes are SHACL."""

import json
from functools import cache

import pytest
import rdflib
from rdflib import RDF, SH

from tests.unit.schema.corpus import GENERATED, examples, published

# rdflib's own JSON-LD parser uses a class that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

AWEN = rdflib.Namespace("https://w3id.org/awen/terms/")
SCHEMA_ORG = rdflib.Namespace("http://schema.org/")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")


@cache
def graph(name: str, example: str) -> rdflib.Graph:
    """A valid example read through the context of its class."""
    context = json.loads((GENERATED / "jsonld" / f"{name}.context.jsonld").read_text("utf-8"))
    root = {"@id": "https://example.org/it", **context, **examples("valid")[example]}
    return rdflib.Graph().parse(data=json.dumps(root), format="json-ld")


def test_every_document_has_a_context() -> None:
    names = {path.name.removesuffix(".context.jsonld") for path in (GENERATED / "jsonld").iterdir()}
    assert names == set(published())


def test_title_and_creators_are_schema_org_terms() -> None:
    found = graph("Metadata", "Metadata-full")
    it = rdflib.URIRef("https://example.org/it")
    assert str(found.value(it, SCHEMA_ORG.name)).startswith("Spektren")
    authors = found.value(it, SCHEMA_ORG.creator)
    assert authors is not None
    names = [found.value(author, SCHEMA_ORG.familyName) for author in found.items(authors)]
    assert [str(name) for name in names if name is not None] == ["Beethoven"]


def test_a_time_has_its_datatype() -> None:
    (created,) = graph("Metadata", "Metadata-full").objects(None, SCHEMA_ORG.dateCreated)
    assert isinstance(created, rdflib.Literal)
    assert created.datatype == rdflib.XSD.dateTime


def test_the_key_of_a_map_is_kept() -> None:
    found = graph("Manifest", "Manifest-run")
    paths = {str(path) for path in found.objects(None, AWEN.path)}
    assert paths == set(examples("valid")["Manifest-run"]["content"])


def test_edges_keep_their_ends_in_order() -> None:
    found = graph("Graph", "Graph-laser-on-photodiode")
    (ends,) = found.objects(None, AWEN.ends)
    assert [str(end) for end in found.items(ends)] == ["laser.o1", "pd1.o1"]


def test_provenance_uses_the_terms_of_prov() -> None:
    found = graph("Provenance", "Provenance-run")
    assert list(found.objects(None, PROV.startTime))


def test_there_is_a_shape_for_every_class() -> None:
    shapes = rdflib.Graph().parse(GENERATED / "shacl" / "awen.ttl", format="turtle")
    names = {str(shape).rpartition("/")[2] for shape in shapes.subjects(RDF.type, SH.NodeShape)}
    classes = {
        name
        for schema in published().values()
        for name in schema["$defs"]
        if "properties" in schema["$defs"][name]
    }
    assert classes - names == set()
