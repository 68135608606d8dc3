"""The repository's registries as the site reads them: requirements and published JSON Schemas."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SPEC = ROOT / "docs" / "spec"
PAGES = ("artifacts", "ir", "conformance")

MENTION = re.compile(r"AWB-R-[0-9]{3}")
CODE = re.compile(r"AWB-(?!R-)[A-Z]{3}-[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One numbered sentence of the specification, as `schema/generate.py` extracts it.

    Attributes:
        id: `AWB-R-050`, which is its anchor too.
        level: `MUST`, `SHOULD` or `MAY`.
        subject: Whom it binds.
        test: `case`, `unit` or `none`.
        page: Stem of the file below `docs/spec`.
        section: The heading it stands under.
        text: The sentence, in Markdown.
        why: Why there is no test, where there is none.
    """

    id: str
    level: str
    subject: str
    test: str
    page: str
    section: str
    text: str
    why: str = ""


@cache
def requirements() -> tuple[Requirement, ...]:
    """Every requirement, ascending by number."""
    rows = json.loads((ROOT / "generated" / "requirements.json").read_text("utf-8"))
    return tuple(Requirement(**row) for row in rows)


@dataclass(frozen=True, slots=True)
class Carrier:
    """One place of the schema that names a requirement which it carries out.

    Attributes:
        requirement: Its number.
        table: `schema`, `layout` or `kinds`.
        name: A class, type or closed list, or nothing for every class; a part of the layout; a kind.
        member: A member of the class, where it is one.
    """

    requirement: str
    table: str
    name: str = ""
    member: str = ""


@cache
def carriers() -> tuple[Carrier, ...]:
    """Every link from the schema to a requirement."""
    rows = json.loads((ROOT / "generated" / "traceability.json").read_text("utf-8"))
    return tuple(Carrier(**row) for row in rows)


@cache
def mutants() -> Mapping[str, Any]:
    """What the corpus notices of a reference that is broken on purpose: `conformance/mutants.json`.

    `codes` has each finding code that is not reported, `requirements` each requirement that is broken.
    """
    found: Mapping[str, Any] = json.loads((ROOT / "conformance" / "mutants.json").read_text("utf-8"))
    return found


@cache
def schemas() -> Mapping[str, Any]:
    """Document class to its published JSON Schema."""
    folder = ROOT / "generated" / "json-schema"
    return {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.schema.json"))
    }
