import json
import time

import pytest

from awen_ref.bundle.description import orcid_check
from awen_ref.bundle.schema import MOST, pointer, violations
from tests import bundles

PATH = "data/inputs/parameters.json"


def test_pointer_escapes_what_has_to_be_escaped() -> None:
    assert pointer("a/b", 0, "~", "") == "/a~1b/0/~0/"
    assert pointer() == ""


def test_valid_document_has_no_violation() -> None:
    assert violations("Parameters", bundles.PARAMETERS, PATH) == []


def test_each_unknown_member_is_a_finding_of_its_own() -> None:
    found = violations("Parameters", {"phi": {"value": 1, "unit": "rad", "b": 1, "a": 1}}, PATH)
    assert [(f.code, f.path, f.pointer) for f in found] == [
        ("AWB-SCH-001", PATH, "/phi/a"),
        ("AWB-SCH-001", PATH, "/phi/b"),
    ]


def test_missing_member_points_to_the_object_that_lacks_it() -> None:
    (finding,) = violations("Parameters", {"phi": {"value": 1}}, PATH)
    assert (finding.code, finding.pointer) == ("AWB-SCH-002", "/phi")
    assert "unit" in finding.message


def test_what_is_none_of_a_list_is_told_the_whole_list() -> None:
    (finding,) = violations("Parameters", {"phi": {"value": 1, "unit": "nm"}}, PATH)
    assert (finding.code, finding.pointer) == ("AWB-SCH-004", "/phi/unit")
    assert finding.message.startswith("'nm' is none of 1, rad, ")
    assert " um," in finding.message


def test_line_of_a_file_is_pointed_into() -> None:
    (finding,) = violations("Event", bundles.EVENTS[0] | {"sequence": "0"}, "events.jsonl", at="/7")
    assert finding.pointer == "/7/sequence"


def test_newer_minor_may_have_unknown_members_and_values() -> None:
    document = {"phi": {"value": 1, "unit": "parsec", "note": "x"}}
    assert violations("Parameters", document, PATH, newer=True) == []
    assert {f.code for f in violations("Parameters", document, PATH)} == {"AWB-SCH-001", "AWB-SCH-004"}
    assert violations("Parameters", {"phi": {"value": "1", "unit": "rad"}}, PATH, newer=True)


def test_many_violations_are_counted_and_not_listed() -> None:
    found = violations("Parameters", {f"p{number}": 1 for number in range(MOST + 20)}, PATH)
    assert len(found) == MOST
    assert "20 more" in found[-1].message


def test_of_a_very_large_document_the_first_violation_is_told_at_a_bounded_cost() -> None:
    """AWB-R-362: with all of them, each with a copy of the document, this takes gigabytes."""
    hostile = {f"{number:07d}": 0 for number in range(20_000)}
    start = time.perf_counter()
    (finding,) = violations("Parameters", hostile, PATH)
    assert finding.code == "AWB-SCH-003"
    assert time.perf_counter() - start < 2


def test_many_long_names_are_as_bounded_as_many_names() -> None:
    hostile = {"x" * 1000 + str(number): 0 for number in range(100)}
    assert len(violations("Parameters", hostile, PATH)) == 1


def test_unknown_members_hide_no_violation_of_a_large_document_of_a_newer_minor() -> None:
    """AWB-R-241."""
    document: dict[str, dict[str, object]] = {
        f"p{number}": {"value": 1, "unit": "parsec", "note": "x"} for number in range(400)
    }
    assert violations("Parameters", document, PATH, newer=True) == []
    document["q"] = {"value": "1", "unit": "rad"}
    (finding,) = violations("Parameters", document, PATH, newer=True)
    assert finding.pointer == "/q/value"


def test_message_is_short_and_printable() -> None:
    (finding,) = violations("Parameters", {"phi": {"value": 1, "unit": "\x1b[31m" + "x" * 5000}}, PATH)
    assert finding.message.isprintable()
    assert len(finding.message) < 300
    (finding,) = violations("Parameters", {"\x1b": {"value": 1, "unit": "rad"}}, PATH)
    assert finding.message.isprintable()


def test_unknown_class_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        violations("Nothing", {}, PATH)


@pytest.mark.parametrize(
    ("digits", "check"),
    [("0000-0002-1825-009", "7"), ("0000-0002-1694-233", "X"), ("0000-0001-5109-370", "0")],
)
def test_orcid_check_character_of_published_examples(digits: str, check: str) -> None:
    assert orcid_check(digits) == check


@pytest.mark.parametrize("entries", [1, 3_000, 20_000])
def test_a_manifest_of_any_length_is_judged_alike(entries: int) -> None:
    """Short ones by the quick reading, long ones by the validator, the longest by the quick reading again."""
    document = json.loads(bundles.files_of(bundles.sealed("run"))["manifest.json"])
    entry = next(iter(document["content"].values()))
    document["content"] |= {f"data/evidence/attachments/a{n:05d}": entry for n in range(entries)}
    assert violations("Manifest", document, "manifest.json") == []
    broken = {**document, "content": {**document["content"], "data/x": {**entry, "size_bytes": -1}}}
    (finding,) = violations("Manifest", broken, "manifest.json")
    assert (finding.code, finding.pointer) == ("AWB-SCH-004", "/content/data~1x/size_bytes")
