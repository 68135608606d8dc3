"""The registry of requirements: what a sentence of the specification must look like to count."""

import json
from pathlib import Path

import pytest

from schemagen import requirements
from schemagen.codes import Row
from schemagen.sources import SourceError
from tests.unit.schema.corpus import GENERATED

SENTENCE = "**AWB-R-031**{ #AWB-R-031 .req subject=bundle test=case } A line MUST end in LF."


def page(folder: Path, text: str, name: str = "artifacts") -> Path:
    """A specification with one page that says something."""
    for other in requirements.RANGES:
        (folder / f"{other}.md").write_text("# Empty\n")
    (folder / f"{name}.md").write_text(text)
    return folder


def test_a_numbered_sentence_is_a_requirement(tmp_path: Path) -> None:
    text = f"# Page\n\n## Bytes {{ #bytes }}\n\n- {SENTENCE}\n  Its second line.\n\nNo rule.\n"
    (found,) = requirements.load(page(tmp_path, text))
    assert found.id == "AWB-R-031"
    assert found.section == "Bytes"
    assert found.level == "MUST"
    assert found.text == "A line MUST end in LF. Its second line."


def test_the_strongest_key_word_is_the_level(tmp_path: Path) -> None:
    text = SENTENCE.replace("A line MUST end", "A line MAY end, but SHOULD NOT,")
    (found,) = requirements.load(page(tmp_path, text))
    assert found.level == "SHOULD"


def test_requirements_are_sorted_by_number(tmp_path: Path) -> None:
    other = SENTENCE.replace("031", "007")
    found = requirements.load(page(tmp_path, f"{SENTENCE}\n\n{other}\n"))
    assert [requirement.id for requirement in found] == ["AWB-R-007", "AWB-R-031"]


def test_a_reason_stands_exactly_where_there_is_no_test(tmp_path: Path) -> None:
    none = SENTENCE.replace("test=case", 'test=none why="a rule for people"')
    (found,) = requirements.load(page(tmp_path, none))
    assert found.why == "a rule for people"
    for wrong in (SENTENCE.replace("test=case", "test=none"), none.replace("test=none", "test=unit")):
        with pytest.raises(SourceError, match="says why exactly where it has no test"):
            requirements.load(page(tmp_path, wrong))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (SENTENCE.replace("subject=bundle", "subject=everybody"), "malformed mark"),
        (SENTENCE.replace("#AWB-R-031", "#AWB-R-032"), "has another anchor"),
        (SENTENCE.replace("031", "401"), "out of the page's range"),
        (SENTENCE.replace("MUST", "must"), "has no key word"),
        (f"{SENTENCE}\n\n{SENTENCE}", "AWB-R-031 is given twice"),
        (SENTENCE + " " + SENTENCE.replace("031", "032"), "holds a second mark"),
        ("A line MUST end in LF.", "a binding sentence without a number"),
        ("| a | it SHALL be |", "a binding sentence without a number"),
        ("> It is REQUIRED.", "a binding sentence without a number"),
        ("1. It SHOULD be.", "a binding sentence without a number"),
        (f"See {SENTENCE}", "malformed mark"),
    ],
)
def test_wrong_text_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        requirements.load(page(tmp_path, text + "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "The word `MUST` in code binds nobody.",
        "```text\nA line MUST end in LF.\n```",
        "The key words MUST and SHOULD are used as in BCP 14.\n{ .req-boilerplate }",
        "It MAY be left out.",
        "MUSTARD is no key word.",
    ],
)
def test_text_that_binds_nobody_needs_no_number(tmp_path: Path, text: str) -> None:
    assert requirements.load(page(tmp_path, text + "\n")) == ()


def test_a_code_of_an_unknown_requirement_is_named(tmp_path: Path) -> None:
    stated = requirements.load(page(tmp_path, SENTENCE))
    rows = [Row(f"AWB-INT-00{n}", "T", "error", f"AWB-R-{n}31", "M.", "M.", "1.0") for n in (0, 1)]
    assert requirements.dangling(rows, stated) == [
        "schema/codes/INT.yaml: AWB-INT-001: the specification has no AWB-R-131"
    ]


def test_the_published_registry_is_the_text() -> None:
    published = json.loads((GENERATED / "requirements.json").read_text("utf-8"))
    assert [row["id"] for row in published] == [found.id for found in requirements.load()]
    assert len(published) > 200
