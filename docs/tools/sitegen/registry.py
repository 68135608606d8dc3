"""The repository's registries, read where they are written: requirements from the text, schemas."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SPEC = ROOT / "docs" / "spec"
PAGES = ("artifacts", "ir", "conformance")
LEVEL = re.compile(r"\b(?:MUST|SHALL|SHOULD)(?: NOT)?\b|\bMAY\b")

_HEAD = re.compile(
    r"^(?:- )?\*\*(?P<id>AWB-R-\d{3})\*\*\{ #(?P<anchor>AWB-R-\d{3}) \.req "
    r'subject=(?P<subject>[a-z]+) test=(?P<test>case|unit|none)(?: why="(?P<why>[^"]+)")? \} (?P<text>.+)$'
)
MENTION = re.compile(r"AWB-R-\d{3}")
CODE = re.compile(r"AWB-(?!R-)[A-Z]{3}-\d{3}")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One numbered sentence of the specification.

    Attributes:
        number: `AWB-R-031`.
        level: The sentence's first key word.
        subject: Whom it binds.
        test: `case`, `unit` or `none`.
        why: Why there is no test, where there is none.
        text: The sentence, in Markdown.
        page: Stem of the file below `docs/spec`.
        section: The nearest heading above it.
        line: Line of the file, from 1.
    """

    number: str
    level: str
    subject: str
    test: str
    why: str
    text: str
    page: str
    section: str
    line: int


def requirements() -> list[Requirement]:
    """Every requirement in the order of the text."""
    return [found for page in PAGES for found in _of_page(page)]


def _of_page(page: str) -> Iterator[Requirement]:
    """The requirements of one page; a continuation line belongs to the sentence before it."""
    section = ""
    path = SPEC / f"{page}.md"
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            section = re.sub(r"\s*\{.*\}\s*$", "", line.lstrip("#").strip())
        if match := _HEAD.match(line):
            text = " ".join([match["text"], *_continuation(lines[number:])])
            level = LEVEL.search(text)
            yield Requirement(
                number=match["id"],
                level=level[0] if level else "",
                subject=match["subject"],
                test=match["test"],
                why=match["why"] or "",
                text=text,
                page=page,
                section=section,
                line=number,
            )


def _continuation(lines: list[str]) -> Iterator[str]:
    """The lines that continue a paragraph or list item."""
    for line in lines:
        if not line.strip() or line.lstrip().startswith(("- ", "**AWB-R-", "#", "|", "```", "<!--")):
            return
        yield line.strip()


def schemas() -> dict[str, Any]:
    """Class name to its published JSON Schema; empty until they are generated."""
    folder = ROOT / "generated" / "json-schema"
    return {
        path.name.removesuffix(".json").removesuffix(".schema"): json.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.json"))
    }
