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


@cache
def schemas() -> Mapping[str, Any]:
    """Document class to its published JSON Schema."""
    folder = ROOT / "generated" / "json-schema"
    return {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.schema.json"))
    }
