"""The generated models: closed, frozen, strict, finite, held to the rules, and true to what they read."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from awen_schema import documents, models, schemas
from awen_schema.rules import RULES
from tests.unit.schema.corpus import class_of, examples

VALID = examples("valid")


@pytest.mark.parametrize("name", VALID)
def test_example_survives_its_model(name: str) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(models, class_of(name)))
    read = adapter.validate_json(json.dumps(VALID[name]))
    assert adapter.dump_python(read, mode="json", by_alias=True, exclude_none=True) == VALID[name]


def test_a_document_reads_and_writes_itself() -> None:
    manifest = documents.parse("Manifest", json.dumps(VALID["Manifest-run"]))
    assert isinstance(manifest, models.Manifest)
    assert manifest.document() == VALID["Manifest-run"]


def test_a_document_that_is_a_map_is_a_map() -> None:
    parameters = documents.parse("Parameters", json.dumps(VALID["Parameters-two"]))
    assert parameters["theta_1"] == models.Parameter(value=1.5707963267948966, unit="rad")


def test_a_document_that_dispatches_is_its_leaf() -> None:
    assert isinstance(documents.parse("Body", json.dumps(VALID["RunBody-completed"])), models.RunBody)
    assert isinstance(documents.parse("Task", json.dumps(VALID["ReplayTask-same-seed"])), models.ReplayTask)


def test_every_document_class_has_an_adapter() -> None:
    for name in schemas.names():
        assert documents.adapter(name) is documents.adapter(name)


@pytest.mark.parametrize("name", ["Nothing", "Node", "__file__"])
def test_no_other_class_has_one(name: str) -> None:
    with pytest.raises(KeyError):
        documents.adapter(name)
    with pytest.raises(KeyError):
        schemas.text(name)


def test_a_model_cannot_be_changed() -> None:
    tolerance = models.Tolerance(absolute=0.0, relative=0.0)
    with pytest.raises(ValidationError, match="frozen"):
        tolerance.absolute = 1.0


@pytest.mark.parametrize("value", ["Infinity", "-Infinity", "NaN", "1e400", '"0"', "true", "null", "-1"])
def test_a_number_that_is_none_is_refused_whoever_holds_it(value: str) -> None:
    text = json.dumps(VALID["Calibration-two-phases"])
    for member in ("temperature_k", "offset_rad", "rate_hz"):
        marked = text.replace(f'"{member}": ', f'"{member}": {value}, "was": ', 1)
        assert marked != text
        with pytest.raises(ValidationError) as caught:
            documents.parse("Calibration", marked)
        refused = [error["loc"][-1] for error in caught.value.errors()]
        assert member in refused or (member == "offset_rad" and value == "-1")


def test_null_is_refused_and_named() -> None:
    with pytest.raises(ValidationError, match="version must not be null"):
        documents.parse("Metadata", json.dumps({**VALID["Metadata-minimal"], "version": None}))


def test_null_inside_an_extension_is_kept() -> None:
    graph = documents.parse("Graph", json.dumps(VALID["Graph-table-and-extension"]))
    assert graph.document() == VALID["Graph-table-and-extension"]


def test_every_rule_names_members_of_its_class() -> None:
    for name, rules in RULES.items():
        fields = getattr(models, name).model_fields
        for rule in rules:
            assert {member for member in (rule.member, rule.when) if member} <= set(fields)


def test_a_broken_rule_is_told_in_its_own_words() -> None:
    with pytest.raises(ValidationError, match=r"Finite differences state their step\."):
        models.GradientTask(
            artifact_type="gradient", cost="pd1.power", method="finite_difference", parameters=["theta_1"]
        )
