"""Runs and reports: claims, excuses, journals, forms, the sealed bundle (AWB-R-600 to 602, 651, 660, 661)."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from awen_conformance import claims, corpus, formats, report, runner, validation
from awen_conformance.excuses import Expected, excused, expected_failures, stale
from awen_conformance.judge import Result
from awen_conformance.report import Journal
from awen_conformance.runner import Hello, Run
from awen_ref import archive, verify
from tests.unit.conformance.drivers import CORPUS, REFERENCE, case, cases, written

FOUR = [case(one) for one in ("golden/run", "int/extra-file", "sch/missing-member", "enc/refused-nan")]


def made(*outcomes: str, claimed: Mapping[str, claims.Claim] | None = None) -> Run:
    results = tuple(
        Result(one.case_id, outcome, 'a <b> & "c"\x1b')  # type: ignore[arg-type] # outcomes are written as text
        for one, outcome in zip(FOUR, outcomes, strict=True)
    )
    return Run(Hello("impl <x>", "1.0", ("V1",), ("verify",)), results, (), claimed or {"V2": "none"})


FAILED = report.document(made("pass", "fail", "unsupported", "crash"), FOUR, "ab" * 32)
PASSED = report.document(made("pass", "pass", "pass", "pass", claimed={"V1": "conformant"}), FOUR, "ab" * 32)


def result(case_id: str, outcome: str = "pass") -> Result:
    return Result(case_id, outcome)  # type: ignore[arg-type] # outcomes are written as text


def test_claim_rests_on_every_required_case() -> None:
    needed = {"V1": ["a", "b"], "V2": ["c"]}
    passed = [result("a"), result("b"), result("c")]
    assert claims.claims(("V1", "V2"), passed, needed) == {"V1": "conformant", "V2": "conformant"}
    assert claims.claims(("V2",), passed[1:], needed) == {"V2": "partial"}
    assert claims.claims(("V1",), [result("a"), result("b", "unsupported")], needed) == {"V1": "partial"}
    assert claims.claims(("V2",), [result("a", "fail"), *passed[1:]], needed) == {"V2": "none"}
    assert claims.claims(("V9",), passed, needed) == {}


def test_report_names_suite_corpus_and_implementation_and_ends_in_its_footer() -> None:
    """AWB-R-660."""
    text = report.text(PASSED)
    assert text == report.text(json.loads(text))
    assert list(json.loads(text))[-1] == "zz_footer"
    assert {"suite_version", "spec_version", "corpus_sha256", "implementation", "claims"} <= PASSED.keys()


def test_unfinished_and_cut_reports_are_told_from_finished_ones(tmp_path: Path) -> None:
    """AWB-R-660."""
    path = tmp_path / "report.json"
    path.write_text(report.text(PASSED), encoding="utf-8")
    assert report.read(path) == json.loads(report.text(PASSED))
    for text in (report.text(PASSED)[:-40], report.text(report.unfinished("ab" * 32)), "[]", "{}"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(report.TruncatedError):
            report.read(path)


def test_changes_between_reports_are_listed() -> None:
    assert report.changes(PASSED, PASSED) == []
    assert ("int/extra-file", "pass", "fail") in report.changes(PASSED, FAILED)
    shorter = {**PASSED, "results": PASSED["results"][1:]}
    assert report.changes(shorter, PASSED) == [("golden/run", "-", "pass")]


def test_junit_has_real_failures_and_no_control_characters() -> None:
    root = ET.fromstring(formats.junit(FAILED))  # noqa: S314 - of our own making
    assert root.attrib["tests"] == "4"
    assert root.attrib["failures"] == "2"
    assert len(root.findall(".//failure")) == 2
    assert len(root.findall(".//skipped")) == 1


def test_page_and_summary_show_the_claim_and_neutralise_markup() -> None:
    for text in (formats.page(FAILED), formats.markdown(FAILED)):
        assert "not conformant" in text
        assert "<b>" not in text
        assert "\x1b" not in text
        assert "int/extra-file" in text


def test_badge_names_the_profiles_that_are_reached() -> None:
    assert json.loads(formats.badge(PASSED))["message"] == "1.0 V1"
    assert json.loads(formats.badge(FAILED)) == {
        "schemaVersion": 1,
        "label": "AWEN",
        "message": "not conformant",
        "color": "red",
    }


def test_sarif_has_a_rule_for_each_requirement_and_a_result_for_each_failure() -> None:
    run = json.loads(formats.sarif(FAILED))["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert len(run["results"]) == 2
    assert {one["ruleId"] for one in run["results"]} <= rules


def test_every_form_has_a_file_of_its_own() -> None:
    assert len({name for name, _ in formats.FORMATS.values()}) == len(formats.FORMATS) == 6


def test_sealed_report_is_a_valid_bundle_whatever_its_date(tmp_path: Path) -> None:
    """AWB-R-661."""
    for number, created in enumerate(
        (datetime(2026, 2, 28, 23, 59, tzinfo=UTC), datetime(2031, 12, 1, tzinfo=UTC))
    ):
        target = tmp_path / str(number)
        validation.write(FAILED if number else PASSED, target, created=created)
        found = verify.check(archive.read(target))
        assert (found.verdict, found.findings) == ("valid", ())
        body = json.loads((target / "data/results/body.json").read_bytes())
        assert body["passed"] is (number == 0)
        kept = json.loads((target / "data/evidence/attachments/report.json").read_bytes())
        assert kept["corpus_sha256"] == "ab" * 32


def test_same_results_give_the_same_artifact_at_any_time() -> None:
    trees = [validation.bundle(PASSED, datetime(2026, 1, day, tzinfo=UTC)) for day in (1, 2)]
    assert trees[0]["data/results/body.json"] == trees[1]["data/results/body.json"]
    assert trees[0] != trees[1]


# Excuses


def entry(case_id: str = "a/b", outcome: str = "fail", expires: date = date(2999, 1, 1)) -> Expected:
    return Expected(case_id, outcome, "for now", "#7", expires)


def test_excuse_holds_for_the_expected_outcome_only() -> None:
    """AWB-R-651."""
    assert excused(result("a/b", "fail"), [entry()]).outcome == "xfail"
    assert excused(result("a/b", "crash"), [entry()]).outcome == "crash"
    assert excused(result("a/b", "pass"), [entry()]).outcome == "xpass"
    assert excused(result("a/c", "fail"), [entry()]).outcome == "fail"


def test_expired_excuse_and_excuse_for_nothing_are_stale() -> None:
    """AWB-R-651."""
    results = [result("a/b", "fail")]
    assert list(stale(results, [entry()])) == []
    assert "expired" in next(stale(results, [entry(expires=date(2020, 1, 1))]))
    assert "no such case" in next(stale(results, [entry("a/c")]))


def test_excuse_that_lacks_a_member_is_refused(tmp_path: Path) -> None:
    """AWB-R-651."""
    path = tmp_path / "xfail.toml"
    whole = '[[case]]\nid = "a/b"\noutcome = "fail"\nreason = "x"\nissue = "#7"\nexpires = {}\n'
    path.write_text(whole.format("2030-01-01"))
    assert expected_failures(path) == (Expected("a/b", "fail", "x", "#7", date(2030, 1, 1)),)
    path.write_text('[[case]]\nid = "a/b"\n')
    with pytest.raises(ValueError, match="lacks expires, issue, outcome, reason"):
        expected_failures(path)
    path.write_text(whole.format('"soon"'))
    with pytest.raises(ValueError, match="no date"):
        expected_failures(path)


# Runs


def test_journal_gives_back_what_was_noted_and_forgets_a_line_that_was_cut(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "r.part", command=["d"], corpus="ab")
    assert journal.known() == {}
    journal.begin()
    journal.note(result("a/b", "fail"))
    with (tmp_path / "r.part").open("a", encoding="utf-8") as file:
        file.write('{"case_id": "a/c", "outc')
    assert journal.known() == {"a/b": result("a/b", "fail")}
    assert Journal(tmp_path / "r.part", command=["d"], corpus="other").known() == {}
    journal.end()
    assert journal.known() == {}


def test_known_results_are_not_put_again(tmp_path: Path) -> None:
    counted = tmp_path / "calls"
    command = written(
        tmp_path,
        f'open({str(counted)!r}, "a").write("x")\nsay(verb, {{"verdict": "valid", "findings": []}})\n',
    )
    plan = runner.Plan(command, known={"golden/run": result("golden/run", "fail")})
    run = runner.run(plan, [case("golden/run"), case("golden/minimal")])
    assert [one.outcome for one in run.results] == ["fail", "pass"]
    assert counted.read_text() == "x"


def test_case_that_comes_out_differently_the_second_time_is_flaky(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    command = written(
        tmp_path,
        f"""
first = not os.path.exists({str(seen)!r})
open({str(seen)!r}, "a").close()
say(verb, {{"verdict": "valid" if first else "invalid", "findings": []}})
""",
    )
    run = runner.run(runner.Plan(command, twice=True), [case("golden/run")])
    assert [one.outcome for one in run.results] == ["flaky"]
    assert not run.conformant


def test_jobs_change_neither_results_nor_their_order() -> None:
    chosen = [one for one in cases() if one.phase == "idn"][:12]
    one, three = (runner.run(runner.Plan(REFERENCE, serve=True, jobs=jobs), chosen) for jobs in (1, 3))
    assert one == three
    assert [result.case_id for result in one.results] == [each.case_id for each in chosen]


def test_report_of_a_run_depends_on_nothing_but_the_answers() -> None:
    """AWB-R-660."""
    chosen = [one for one in cases() if one.phase == "idn"][:6]
    texts = {
        report.text(
            report.document(
                runner.run(runner.Plan(REFERENCE, serve=True, jobs=jobs), chosen),
                chosen,
                corpus.corpus_digest(CORPUS),
            )
        )
        for jobs in (1, 2)
    }
    assert len(texts) == 1
