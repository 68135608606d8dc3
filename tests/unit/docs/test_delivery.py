"""The papers of a delivery say what the checks found, and nothing that they did not."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from delivering import facts, gates, papers
from delivering.coverage import Section, sections
from sitegen.registry import ROOT, requirements
from sitegen.results import Result

KEPT = {
    "campaign": "flips",
    "passed": True,
    "problems": [],
    "controls": [{"what": "blind", "found": 3}],
    "sources": {"a.py": "1"},
}
GOOD = papers.Findings(
    facts={"versions": {"awen-ref": "0.1.0"}, "commit": "c0ffee", "tree_clean": True},
    sections=(Section("artifacts", "Bytes", 3, 2, 1, ("AWB-R-099",), ()),),
    gates=(gates.Gate("lint", "just lint", 0, 3.2),),
    tests=gates.Tests(7, 1, ()),
    conformance=(
        gates.Conformance(
            "reference", {"conformant": True, "counts": {"pass": 5}, "claims": {"V1": "partial"}}
        ),
    ),
    campaigns=(Result(KEPT, ()),),
)


def test_where_nothing_stands_against_it_a_delivery_may_be_released() -> None:
    assert list(papers.objections(GOOD)) == []
    assert "**May be released.**" in papers.sign_off(GOOD)
    assert "commit `c0ffee`" in papers.sign_off(GOOD)


@pytest.mark.parametrize(
    ("found", "objection"),
    [
        (
            replace(GOOD, facts={**GOOD.facts, "tree_clean": False}),
            "the working tree differs from the commit",
        ),
        (
            replace(GOOD, gates=(gates.Gate("types", "just types", 1, 0.1),)),
            "the check `types` ended with status 1",
        ),
        (replace(GOOD, tests=gates.Tests(0, 0, ())), "no test was run"),
        (replace(GOOD, tests=gates.Tests(7, 0, ("a::b",))), "1 tests failed"),
        (
            replace(GOOD, conformance=(gates.Conformance("awen-js", {}),)),
            "awen-js does not conform to what it declares",
        ),
        (
            replace(GOOD, sections=(Section("ir", "Control", 1, 0, 0, (), ("AWB-R-500",)),)),
            "nothing tests 1 requirements: AWB-R-500",
        ),
        (
            replace(GOOD, campaigns=(Result({**KEPT, "passed": False, "problems": ["x"]}, ()),)),
            "the campaign flips: broken in 1 ways; controls: 1 of 1 found",
        ),
    ],
)
def test_whatever_fails_stands_against_a_release(found: papers.Findings, objection: str) -> None:
    assert list(papers.objections(found)) == [objection]
    assert "**Must not be released.**" in papers.sign_off(found)
    assert f"- {objection}" in papers.sign_off(found)


def test_the_verification_report_names_every_check_and_every_failure() -> None:
    text = papers.verification(replace(GOOD, tests=gates.Tests(7, 1, ("a::b",))))
    assert "| lint | `just lint` | passed | 3 |" in text
    assert "7 run, 1 failed, 1 skipped." in text
    assert "- `a::b`" in text
    assert "- reference: conformant to what it declares; 5 pass; V1 partial" in text


def test_a_result_of_earlier_code_is_told_and_does_not_stand_against_a_release() -> None:
    earlier = replace(GOOD, campaigns=(Result(KEPT, ("a.py",)),))
    assert "| flips | held | 1 of 1 found | this code (1 files) |" in papers.verification(GOOD)
    row = "| flips | held | 1 of 1 found | an earlier state of 1 of 1 files: `a.py` |"
    assert row in papers.verification(earlier)
    assert list(papers.objections(earlier)) == []


def test_sections_are_summed() -> None:
    text = papers.sections(GOOD.sections)
    assert "| artifacts | Bytes | 3 | 2 | 1 | 1 |  |" in text
    assert "| All | | 3 | 2 | 1 | 1 | 0 |" in text


def test_every_requirement_is_in_one_section() -> None:
    assert sum(one.stated for one in sections()) == len(requirements())
    assert all(
        one.in_cases + one.in_tests + len(one.exempt) + len(one.open) >= one.stated for one in sections()
    )


def test_a_junit_report_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tests.xml"
    path.write_text(
        '<testsuites><testsuite><testcase classname="a" name="b"/>'
        '<testcase classname="a" name="c"><failure/></testcase>'
        '<testcase classname="a" name="d"><error/></testcase>'
        '<testcase classname="a" name="e"><skipped/></testcase></testsuite></testsuites>'
    )
    assert gates.read_tests(path) == gates.Tests(4, 1, ("a::c", "a::d"))


def test_a_run_that_left_no_report_ran_no_test(tmp_path: Path) -> None:
    found = replace(GOOD, tests=gates.read_tests(tmp_path / "tests.xml"))
    assert list(papers.objections(found)) == ["no test was run"]


@pytest.mark.parametrize("status", [0, 3])
def test_a_check_is_run_and_its_status_kept(status: int) -> None:
    gate = gates.run("it", [sys.executable, "-c", f"raise SystemExit({status})"])
    assert (gate.name, gate.status, gate.passed) == ("it", status, status == 0)


def test_a_command_is_shown_without_the_place_of_the_checkout() -> None:
    gate = gates.run("it", ["true", str(ROOT / "docs" / "x"), f"--junit-xml={ROOT}/dist/y"])
    assert gate.command == "true docs/x --junit-xml=dist/y"


def test_what_is_delivered_has_versions_counts_and_digests(tmp_path: Path) -> None:
    (tmp_path / "it.whl").write_bytes(b"")
    found = json.loads(facts.text(facts.facts(tmp_path)))
    assert found["packages"] == {"it.whl": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
    assert found["counts"]["requirements"] == len(requirements())
    assert set(found["specification"]) == {"artifacts", "ir", "conformance"}
    assert len(found["commit"]) == 40
