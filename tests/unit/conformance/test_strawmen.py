"""The scoreboard: the suite sees through every implementation that is wrong on purpose."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from awen_conformance import challenge, claims, runner
from awen_conformance.corpus import Case
from awen_conformance.driver import Limits
from tests.unit.conformance.drivers import CORPUS, case, cases

STRAWMEN = CORPUS / "strawmen"
SAMPLE = [one for one in cases() if one.phase != "lim"][::7]

SCOREBOARD: dict[str, tuple[set[str], float]] = {
    "always_valid": ({"pass", "fail", "wrong_reason", "protocol_error"}, 0.15),
    "always_invalid": ({"pass", "fail", "wrong_reason", "protocol_error"}, 0.15),
    "name_peeker": ({"pass", "fail", "wrong_reason", "protocol_error"}, 0.15),
    "schema_only": ({"pass", "fail", "wrong_reason", "crash", "unsupported"}, 0.25),
    "over_reporter": ({"pass", "overreport"}, 0.5),
    "undeclared": ({"fail"}, 0.0),
}
"""Strawman to the outcomes it may come to, and the greatest share of the sample that it may pass."""

SILENT = {"crash": "crash", "empty": "crash", "garbage": "protocol_error", "hang": "hang"}
"""Strawmen that never answer a case, and what they come to."""


def outcomes(name: str, chosen: list[Case], *, wall_s: float = 60) -> Counter[str]:
    command = (sys.executable, str(STRAWMEN / name))
    plan = runner.Plan(command, serve=True, limits=Limits(wall_s=wall_s), needed=claims.required(CORPUS))
    run = runner.run(plan, chosen)
    assert not run.conformant
    assert "conformant" not in {run.claims.get(profile) for profile in ("V1", "V2", "V3")}
    return Counter(result.outcome for result in run.results)


@pytest.mark.parametrize("name", SCOREBOARD)
def test_strawman_is_seen_through(name: str) -> None:
    allowed, share = SCOREBOARD[name]
    counts = outcomes(name, SAMPLE)
    assert counts.keys() <= allowed
    assert counts["pass"] <= share * len(SAMPLE)


@pytest.mark.parametrize("name", SILENT)
def test_strawman_that_does_not_answer_passes_nothing(name: str) -> None:
    assert outcomes(name, SAMPLE[:3], wall_s=1) == {SILENT[name]: 3}


def test_zip_slip_leaves_something_behind() -> None:
    chosen = [one for one in cases() if one.case_id.startswith("trip/refused-")]
    assert outcomes("zip_slip", chosen)["fail"] >= len(chosen) - 4


def test_answer_key_fits_the_corpus_and_no_challenge(tmp_path: Path) -> None:
    verdicts = [one for one in SAMPLE if one.kind == "verdict" and one.stored().name == "input.zip"]
    command = (sys.executable, str(STRAWMEN / "digest_lookup"))
    learnt = runner.run(runner.Plan(command, serve=True), verdicts)
    assert {result.outcome for result in learnt.results} == {"pass"}
    fresh = runner.run(
        runner.Plan(command, serve=True), challenge.made_set(CORPUS, tmp_path, seed=5, count=30)
    )
    assert not fresh.conformant
    assert sum(result.outcome == "pass" for result in fresh.results) <= 5


def test_every_strawman_is_on_the_scoreboard() -> None:
    scripts = {path.name for path in STRAWMEN.iterdir() if path.is_file() and not path.suffix}
    assert scripts == SCOREBOARD.keys() | SILENT.keys() | {"zip_slip", "digest_lookup"}
    assert case("golden/run").expect.verdict == "valid"
