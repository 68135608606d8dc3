"""The TypeScript types compile strictly, take every valid example, and refuse what types can see is wrong."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from schemagen.sources import SourceError
from schemagen.typescript import expression
from tests.unit.schema.corpus import GENERATED, class_of, examples

FLAGS = (
    "--strict",
    "--exactOptionalPropertyTypes",
    "--noUncheckedIndexedAccess",
    "--noEmit",
    "--target",
    "es2022",
)
WRONG = (
    "Experiment-seed-as-number",
    "Graph-position-of-a-node",
    "Metadata-unknown-relation",
    "Parameters-bare-number",
    "WavelengthGrid-in-nanometres",
)
"""Invalid examples whose fault is one of shape."""


def module(instances: Mapping[str, object]) -> str:
    """A module that gives each instance the type of its class, the first one on line 2."""
    lines = ['import type * as awen from "./awen";']
    lines += [
        f"export const example{number}: awen.{class_of(name)} = {json.dumps(value)};"
        for number, (name, value) in enumerate(instances.items())
    ]
    return "\n".join(lines) + "\n"


def test_every_valid_example_has_its_type_and_wrong_shapes_are_errors(node: Path, tmp_path: Path) -> None:
    shutil.copy(GENERATED / "typescript" / "awen.ts", tmp_path)
    (tmp_path / "valid.ts").write_text(module(examples("valid")))
    (tmp_path / "wrong.ts").write_text(module({name: examples("invalid")[name] for name in WRONG}))
    command = [str(node / "node_modules" / ".bin" / "tsc"), *FLAGS, "awen.ts", "valid.ts", "wrong.ts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    complaints = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    places = {line.partition(",")[0] for line in complaints}
    assert places == {f"wrong.ts({number}" for number in range(2, 2 + len(WRONG))}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "pattern": "^a$"}, "string"),
        ({"const": "run", "type": "string"}, '"run"'),
        ({"type": "string", "enum": ["a", "b"]}, '"a" | "b"'),
        ({"type": ["boolean", "number", "string"]}, "boolean | number | string"),
        ({"type": "array", "items": {"$ref": "#/$defs/Node"}}, "readonly Node[]"),
        (
            {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
            "readonly (readonly number[])[]",
        ),
        (
            {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
            "readonly [string, string]",
        ),
        (
            {"type": "object", "additionalProperties": {"type": "integer"}},
            "{ readonly [name: string]: number }",
        ),
    ],
)
def test_schema_has_its_type(schema: dict[str, object], expected: str) -> None:
    assert expression(schema) == expected


def test_a_keyword_without_a_type_is_an_error() -> None:
    with pytest.raises(SourceError, match="patternProperties"):
        expression({"type": "object", "patternProperties": {}})
