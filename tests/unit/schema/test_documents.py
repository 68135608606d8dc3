"""The published JSON Schemas: self-contained, closed, of one dialect, with pointers that lead to faults."""

import json

import jsonschema
import jsonschema_rs
import pytest

from awen_schema import schemas
from schemagen.documents import BASE, DIALECT, references
from tests.unit.schema.corpus import GENERATED, examples, published


@pytest.mark.parametrize("name", sorted(published()))
def test_schema_is_a_schema_of_its_dialect(name: str) -> None:
    schema = published()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == f"{BASE}/{name}.schema.json"


@pytest.mark.parametrize("name", sorted(published()))
def test_schema_holds_exactly_what_it_refers_to(name: str) -> None:
    schema = published()[name]
    needed = set(references(schema))
    assert needed == set(schema["$defs"])


@pytest.mark.parametrize("name", sorted(published()))
def test_every_class_of_a_schema_is_closed(name: str) -> None:
    schema = published()[name]
    for definition in [schema, *schema["$defs"].values()]:
        if definition.get("type") == "object" and "required" in definition and "allOf" not in definition:
            assert definition["additionalProperties"] is False


def test_the_package_ships_what_is_published() -> None:
    assert set(schemas.names()) == set(published())
    for name in schemas.names():
        path = GENERATED / "json-schema" / f"{name}.schema.json"
        assert schemas.text(name) == path.read_text("utf-8")


def test_a_fault_inside_a_dispatched_class_is_pointed_at() -> None:
    body = {**examples("valid")["GradientBody-sampled"], "evaluations": -1}
    validator = jsonschema_rs.Draft202012Validator(json.loads(schemas.text("Body")), offline=True)
    (error,) = validator.iter_errors(body)
    assert error.instance_path == ["evaluations"]


def test_an_unknown_tag_is_pointed_at() -> None:
    validator = jsonschema_rs.Draft202012Validator(json.loads(schemas.text("Body")), offline=True)
    (error,) = validator.iter_errors({"artifact_type": "tomography"})
    assert error.instance_path == ["artifact_type"]


def test_no_schema_names_a_host_but_its_own_and_the_dialects() -> None:
    for schema in published().values():
        text = json.dumps({name: value for name, value in schema.items() if name not in {"$id", "$schema"}})
        assert "://" not in text.replace("https?://", "").replace("https://ror[.]org", "")
