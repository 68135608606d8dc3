"""Which requirements the tests and the corpus cite."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from awen_schema.codes import CODES
from sitegen.registry import CODE, MENTION, ROOT, requirements

MADE_UP = "tests/unit/schema"
"""Tests of the generators: they make up requirements and codes."""

_RANGE = re.compile(r"AWB-R-([0-9]{3}) to (?:AWB-R-)?([0-9]{3})")
_LIST = re.compile(r"AWB-R-[0-9]{3}((?:(?:, | and )[0-9]{3}\b)+)")


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
def in_code() -> Mapping[str, tuple[str, ...]]:
    """Requirement number to the modules of the reference that cite it, by its number or by its codes."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "awen_ref").rglob("*.py")):
        for number in _numbers(path.read_text("utf-8")):
            found[number].add(dotted(path, ROOT))
    return {number: tuple(sorted(names)) for number, names in sorted(found.items())}


def dotted(path: Path, base: Path) -> str:
    """The name of a module by its file."""
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


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
    """The requirements that a piece of source cites: by number, in a range or a list, or by a code."""
    reported = {CODES[code].requirement for code in CODE.findall(text) if code in CODES}
    spans = (range(int(first), int(last) + 1) for first, last in _RANGE.findall(text))
    spanned = {f"AWB-R-{number:03}" for span in spans for number in span} & {one.id for one in requirements()}
    listed = {f"AWB-R-{number}" for rest in _LIST.findall(text) for number in re.findall("[0-9]{3}", rest)}
    return set(MENTION.findall(text)) | reported | spanned | listed
