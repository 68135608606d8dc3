"""The site generator: what it refuses of a built site, and how it words a schema."""

import json
from pathlib import Path

import pytest

from sitegen import check, pages, samples
from sitegen.classes import definitions
from sitegen.words import code, conditions, described, members

PAGE = '<html><body><h1 id="top">T</h1>{}</body></html>'


def site(folder: Path, body: str) -> Path:
    """A site of two pages, the first with the given body."""
    (folder / "other").mkdir()
    (folder / "index.html").write_text(PAGE.format(body), "utf-8")
    (folder / "other" / "index.html").write_text(PAGE.format(""), "utf-8")
    return folder


@pytest.mark.parametrize(
    "body",
    [
        '<a href="#top">x</a>',
        '<a href="other/">x</a>',
        '<a href="other/#top">x</a>',
        '<a href="https://example.org/">x</a>',
        '<link rel="canonical" href="https://example.org/">',
    ],
)
def test_links_that_lead_somewhere_are_no_problem(tmp_path: Path, body: str) -> None:
    assert check.problems(site(tmp_path, body)) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<a href="#gone">x</a>', "index.html: #gone has no such anchor"),
        ('<a href="other/#gone">x</a>', "index.html: other/#gone has no such anchor"),
        ('<a href="nowhere/">x</a>', "index.html: nowhere/ leads nowhere"),
        (
            '<script src="https://example.org/a.js"></script>',
            "index.html: loads https://example.org/a.js from elsewhere",
        ),
        (
            '<link rel="stylesheet" href="//example.org/a.css">',
            "index.html: loads //example.org/a.css from elsewhere",
        ),
    ],
)
def test_dead_link_and_foreign_resource_are_problems(tmp_path: Path, body: str, problem: str) -> None:
    assert check.problems(site(tmp_path, body)) == [problem]


def test_code_with_a_bar_survives_a_table() -> None:
    assert code("|b1") == "<code>&#124;b1</code>"
    assert code("plain") == "`plain`"


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({"$ref": "#/$defs/Name"}, "`Name`"),
        ({"const": "run"}, "`run`"),
        ({"type": "integer", "minimum": 0, "maximum": 5}, "integer from 0 to 5"),
        ({"type": "number", "exclusiveMinimum": 0}, "number > 0"),
        ({"type": "array", "items": {"type": "string"}, "minItems": 1}, "non-empty list of text"),
        (
            {"type": "array", "items": {"$ref": "#/$defs/Parent"}, "x-awen-sorted": ["a", "b"]},
            "sorted list (by `a` then `b`) of `Parent`",
        ),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, "map to boolean"),
    ],
)
def test_type_is_worded(node: dict[str, object], words: str) -> None:
    assert described(node, code) == words


def test_member_table_tells_required_from_absent() -> None:
    node = {
        "properties": {
            "a": {"type": "string", "description": "One."},
            "b": {"type": "number", "description": "Two. Absent: none.", "x-ucum-unit": "W"},
        },
        "required": ["a"],
        "additionalProperties": False,
    }

    assert list(members(node, code))[2:] == [
        "| `a` | text | One. | required |",
        "| `b` | number | Two. Unit `W`. | none. |",
    ]


def test_condition_is_worded_with_what_it_excludes() -> None:
    rule = {
        "if": {"properties": {"t": {"const": "x"}}},
        "then": {"required": ["a"], "properties": {"b": False}},
    }

    assert list(conditions({"allOf": [rule]}, code)) == [
        "Where `t` is `x`: there is `a`, and there is no `b`."
    ]


def test_every_code_and_requirement_has_a_place_on_the_site() -> None:
    assert pages.target("AWB-R-050") == ("spec/artifacts.md", "#AWB-R-050")
    assert pages.target("AWB-INT-001") == ("reference/codes/AWB-INT-001.md", "")
    assert pages.target(f"AWB-INT-{999}") == ("", "")


def test_every_class_and_scalar_type_shows_a_value() -> None:
    without = [name for name, node in definitions().items() if "enum" not in node and not samples.of(name)]
    assert without == []
    assert json.loads(samples.of("Port")).startswith("o")
    assert '"kind": "source"' in pages.texts()["reference/schema/Node.md"].partition("## Example")[2]
