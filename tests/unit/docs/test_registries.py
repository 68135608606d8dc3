"""Text, registries, code, tests and corpus cite each other, and nothing that is not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from awen_schema.codes import CODES
from sitegen.cited import MADE_UP, in_cases, in_tests
from sitegen.registry import CODE, MENTION, ROOT, SPEC, requirements

SOURCES = ("awen_ref", "conformance", "schema", "tests", "docs", "aep", "benchmarks", "examples")
SUFFIXES = {".py", ".yaml", ".md", ".toml", ".json"}
UNTESTED = SPEC / "untested.yaml"


def cited_in(folder: str) -> Iterator[tuple[Path, str]]:
    """Every hand-written text file of a folder; the corpus and made-up registries left out."""
    for path in sorted((ROOT / folder).rglob("*")):
        inside = path.relative_to(ROOT).as_posix()
        if inside.startswith(("conformance/cases/", f"{MADE_UP}/")):
            continue
        if path.suffix in SUFFIXES and path.is_file():
            yield path, path.read_text("utf-8")


def reasons() -> dict[str, str]:
    """Requirement to the reason why nothing tests it yet."""
    groups = yaml.safe_load(UNTESTED.read_text("utf-8"))
    return {number: group["reason"] for group in groups for number in group["requirements"]}


def uncovered() -> set[str]:
    """Requirements that want a case or a unit test, and that no test and no case cites."""
    wanted = {one.id for one in requirements() if one.test != "none"}
    return wanted - set(in_tests()) - set(in_cases())


@pytest.mark.parametrize("folder", SOURCES)
def test_every_cited_requirement_is_in_the_text(folder: str) -> None:
    known = {one.id for one in requirements()}
    strays = {
        f"{path.relative_to(ROOT)}: {number}"
        for path, text in cited_in(folder)
        for number in MENTION.findall(text)
        if number not in known
    }

    assert strays == set()


@pytest.mark.parametrize("folder", SOURCES)
def test_every_cited_code_is_registered(folder: str) -> None:
    strays = {
        f"{path.relative_to(ROOT)}: {code}"
        for path, text in cited_in(folder)
        for code in CODE.findall(text)
        if code not in CODES
    }

    assert strays == set()


def test_every_code_is_reported_somewhere_in_the_code() -> None:
    sources = "\n".join(text for _, text in cited_in("awen_ref"))

    assert [code for code in CODES if code not in sources] == []


def test_every_requirement_is_tested_or_listed_with_a_reason() -> None:
    assert sorted(uncovered() - reasons().keys()) == []


def test_no_requirement_is_listed_as_untested_that_something_tests() -> None:
    assert sorted(reasons().keys() - uncovered()) == [], "run python docs/tools/untested.py"


def test_reasons_for_missing_tests_are_sentences() -> None:
    assert [reason for reason in reasons().values() if not reason.strip().endswith(".")] == []


def test_each_decision_has_a_number_of_its_own_and_says_it() -> None:
    numbers = []
    for path in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        numbers.append(path.name[:4])
        assert path.read_text("utf-8").startswith(f"# ADR {path.name[:4]}: "), path.name
    assert len(set(numbers)) == len(numbers), numbers
