"""The examples and the published schemas, read where they are written."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).resolve().parents[3] / "schema"
GENERATED = SCHEMA.parent / "generated"


def examples(kind: str) -> dict[str, Any]:
    """The examples of `valid` or `invalid`, by file name without suffix."""
    paths = sorted((SCHEMA / "examples" / kind).glob("*.json"))
    return {path.stem: json.loads(path.read_text("utf-8")) for path in paths}


def class_of(example: str) -> str:
    """The class that an example is named after."""
    return example.partition("-")[0]


@cache
def published() -> Mapping[str, Any]:
    """The published schemas by document class."""
    paths = sorted((GENERATED / "json-schema").glob("*.schema.json"))
    return {path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8")) for path in paths}


@cache
def schema_of(name: str) -> Mapping[str, Any]:
    """A self-contained schema of any class: its own, or its part of a document's."""
    if name in published():
        schema: Mapping[str, Any] = published()[name]
        return schema
    holder = next(schema for schema in published().values() if name in schema["$defs"])
    return {"$schema": holder["$schema"], **holder["$defs"][name], "$defs": holder["$defs"]}
