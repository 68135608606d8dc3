"""Every class has valid and invalid examples, and the invalid ones fail where and for what they say."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import jsonschema_rs
import pytest

from schemagen.sources import read_yaml
from tests.unit.schema.corpus import SCHEMA, class_of, examples, published, schema_of

VALID = examples("valid")
INVALID = examples("invalid")
REASONS: Mapping[str, Mapping[str, str]] = read_yaml(SCHEMA / "examples" / "reasons.yaml")


def classes() -> set[str]:
    """Every document class, and the leaves that stand for those that dispatch."""
    names = set(published())
    for schema in published().values():
        for name, definition in {**schema["$defs"], schema["title"]: schema}.items():
            leaves = [choice["then"].get("$ref") for choice in definition.get("allOf", [])]
            if all(leaves) and leaves:
                names = (names - {name}) | {leaf.removeprefix("#/$defs/") for leaf in leaves}
    return names


def errors(name: str, instance: object) -> list[tuple[str, str]]:
    """JSON Pointer and keyword of everything that is wrong with an instance."""
    validator = jsonschema_rs.Draft202012Validator(dict(schema_of(name)), offline=True)
    return [(pointer(error.instance_path), error.kind.name) for error in validator.iter_errors(instance)]


def pointer(path: list[Any]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def test_every_class_has_a_valid_example() -> None:
    assert classes() <= {class_of(name) for name in VALID}


def test_every_class_has_two_invalid_examples() -> None:
    counts = Counter(class_of(name) for name in INVALID)
    assert {name: counts[name] for name in classes() if counts[name] < 2} == {}


def test_every_invalid_example_has_a_reason() -> None:
    assert sorted(REASONS) == sorted(INVALID)


@pytest.mark.parametrize("name", VALID)
def test_valid_example_is_valid(name: str) -> None:
    assert errors(class_of(name), VALID[name]) == []


@pytest.mark.parametrize("name", INVALID)
def test_invalid_example_fails_for_its_reason(name: str) -> None:
    found = errors(class_of(name), INVALID[name])
    assert (REASONS[name]["pointer"], REASONS[name]["keyword"]) in found
    assert {where for where, _ in found} == {REASONS[name]["pointer"]}
