"""Which requirements the tests and the corpus cite."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from awen_schema.codes import CODES
from sitegen.registry import CODE, MENTION, ROOT

MADE_UP = "tests/unit/schema"
"""Tests of the generators: they make up requirements and codes."""

_RANGE = re.compile(r"AWB-R-([0-9]{3}) to (?:AWB-R-)?([0-9]{3})")


@cache
def in_tests() -> Mapping[str, tuple[str, ...]]:
    """Requirement number to the test functions that cite it, by its number or by a code that reports it.

    A citation in a test's own body or docstring speaks for that test; one in the module's docstring or in a
    module-level table for the module.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path.is_relative_to(ROOT / MADE_UP):
            continue
        for name, text in _pieces(path):
            for number in _numbers(text):
                found[number].add(f"{path.relative_to(ROOT).as_posix()}::{name}")
    return {number: tuple(sorted(names)) for number, names in sorted(found.items())}


@cache
def in_cases() -> Mapping[str, tuple[str, ...]]:
    """Requirement number to the ids of the corpus cases that list it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "conformance" / "cases").rglob("case.json")):
        for number in MENTION.findall(path.read_text("utf-8")):
            found[number].add("/".join(path.parts[-3:-1]))
    return {number: tuple(sorted(names)) for number, names in sorted(found.items())}


def _pieces(path: Path) -> Iterator[tuple[str, str]]:
    """The top-level statements of a module with the name each is cited by."""
    source = path.read_text("utf-8")
    for node in ast.parse(source).body:
        name = getattr(node, "name", "module")
        yield name, ast.get_source_segment(source, node) or ""


def _numbers(text: str) -> set[str]:
    """The requirements that a piece of source cites: by number, in a range, or by a code."""
    reported = {CODES[code].requirement for code in CODE.findall(text) if code in CODES}
    spans = (range(int(first), int(last) + 1) for first, last in _RANGE.findall(text))
    spanned = {f"AWB-R-{number:03}" for span in spans for number in span}
    return set(MENTION.findall(text)) | reported | spanned
