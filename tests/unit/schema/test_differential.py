"""jsonschema, jsonschema-rs, ajv and the models give the same verdict on everything near the examples."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from pydantic import TypeAdapter, ValidationError
from referencing import Registry

from awen_ref.bundle.acceptance import satisfies
from awen_schema import models
from tests.unit.schema.corpus import examples, schema_of
from tests.unit.schema.mutations import Instance, instances

EXCEPTIONS: Mapping[tuple[str, str], str] = {
    ("integer as 1.0", "pydantic"): (
        "JSON Schema calls 1.0 an integer; a strict pydantic model does not. Canonical JSON writes it as 1 "
        "(AWB-R-085), so that no document of a bundle shows the difference."
    ),
}
"""Where a validator may differ from the others, by change and validator, with the reason."""


@cache
def corpus() -> tuple[Instance, ...]:
    """All instances: both kinds of examples as they are, and what lies near the valid ones."""
    wrong = tuple(found for found in instances(examples("invalid")) if not found.change)
    return (*instances(examples("valid")), *wrong)


@cache
def _ecma(pattern: str) -> re.Pattern[str]:
    """The pattern as ECMA-262 reads it: `$` is the end, not also the place before a last line feed."""
    return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), re.ASCII)


def _pattern(_: object, pattern: str, instance: object, __: object) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, str) and not _ecma(pattern).search(instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def by_jsonschema() -> list[bool]:
    """Verdicts of the oracle, with `$` mended and no way to fetch anything."""
    extended: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]  # its stubs leave it open
        jsonschema.Draft202012Validator, {"pattern": _pattern}
    )

    @cache
    def validator(name: str) -> jsonschema.Draft202012Validator:
        made: jsonschema.Draft202012Validator = extended(schema_of(name), registry=Registry())
        return made

    return [validator(found.name).is_valid(found.value) for found in corpus()]


def by_jsonschema_rs() -> list[bool]:
    """Verdicts of the validator that is used at run time, with its linear regular expressions."""

    @cache
    def validator(name: str) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator(
            dict(schema_of(name)), offline=True, pattern_options=jsonschema_rs.RegexOptions()
        )

    return [validator(found.name).is_valid(found.value) for found in corpus()]


def by_plainly_valid() -> list[bool]:
    """Verdicts of the quick reading of the schemas that comes before the validator."""
    return [satisfies(schema_of(found.name), found.value) for found in corpus()]


def by_pydantic() -> list[bool]:
    """Verdicts of the generated models on the JSON text."""

    @cache
    def adapter(name: str) -> TypeAdapter[Any]:
        return TypeAdapter(getattr(models, name))

    def accepts(found: Instance) -> bool:
        try:
            adapter(found.name).validate_json(json.dumps(found.value))
        except ValidationError:
            return False
        return True

    return [accepts(found) for found in corpus()]


def by_ajv(node: Path) -> list[bool]:
    """Verdicts of ajv in its strict mode, from one process."""
    request = {
        "schemas": {name: schema_of(name) for name in {found.name for found in corpus()}},
        "instances": [[found.name, found.value] for found in corpus()],
    }
    done = subprocess.run(
        ["node", "verdicts.mjs"],
        cwd=node,
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=True,
    )
    verdicts: list[bool] = json.loads(done.stdout)
    return verdicts


@cache
def oracle() -> list[bool]:
    """The verdicts that the others are held against."""
    return by_jsonschema()


def differences(name: str, verdicts: list[bool]) -> Counter[tuple[str, str]]:
    """How often a validator differs from the oracle, by change."""
    assert len(verdicts) == len(corpus())
    triples = zip(corpus(), oracle(), verdicts, strict=True)
    return Counter((found.change, name) for found, expected, verdict in triples if expected != verdict)


def exceptions(name: str) -> set[tuple[str, str]]:
    """The changes about which a validator may differ."""
    return {key for key in EXCEPTIONS if key[1] == name}


def test_there_are_enough_instances_of_both_verdicts() -> None:
    verdicts = Counter(oracle())
    assert min(verdicts[True], verdicts[False]) >= 150


@pytest.mark.parametrize("judge", [by_jsonschema_rs, by_plainly_valid, by_pydantic])
def test_validator_differs_exactly_where_it_is_written_down(judge: Callable[[], list[bool]]) -> None:
    name = judge.__name__.removeprefix("by_")
    assert set(differences(name, judge())) == exceptions(name)


def test_ajv_differs_exactly_where_it_is_written_down(node: Path) -> None:
    assert set(differences("ajv", by_ajv(node))) == exceptions("ajv")


def test_a_validator_that_accepts_everything_is_noticed() -> None:
    assert set(differences("yes", [True] * len(corpus()))) != set()
