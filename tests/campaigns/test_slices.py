"""A slice of each campaign, in seconds; the whole ones are run by `just campaign NAME`."""

import json
import shutil
import subprocess
import sys

import pytest

from campaigns import bounds, coverage_fuzz, differential, flips, fuzz, hostile, kill, planted
from campaigns.bugs import BUGS
from campaigns.outcome import Control, Outcome


def held(outcome: Outcome) -> None:
    """No problem, and every control found out."""
    assert outcome.problems == ()
    assert [control for control in outcome.controls if not control.found] == []
    assert outcome.passed


def test_no_flipped_bit_is_accepted() -> None:
    """AWB-R-053, AWB-R-383."""
    outcome = flips.campaign(("validation",), step=1201, disk=20)
    held(outcome)
    assert outcome.figures["refused"] != 0


def test_mutated_input_ends_in_a_value_or_in_findings() -> None:
    """AWB-R-360."""
    outcome = fuzz.campaign(seed=7, text_count=4000, document_count=60, archive_count=400)
    held(outcome)
    assert outcome.figures["archive_accepted"] != 0


@pytest.mark.skipif(not coverage_fuzz.available(), reason="atheris has wheels for Linux on x86-64 alone")
def test_input_steered_by_coverage_ends_in_a_value_or_in_findings() -> None:
    """AWB-R-370; with the kept corpus, so that what once crashed is tried again."""
    held(coverage_fuzz.campaign(runs=3000, seed=7))


def test_accepted_archives_are_read_alike_by_others() -> None:
    """AWB-R-146."""
    outcome = differential.campaign(seed=7, bundle_count=1, archive_count=10, step=7)
    assert outcome.problems == ()
    if "unzip" in str(outcome.figures["readers"]):
        held(outcome)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
def test_structure_is_refused_at_once_and_in_little_memory() -> None:
    """AWB-R-362."""
    structural = tuple(case.name for case in hostile.CASES if case.structural)
    outcome = bounds.campaign(8, structural)
    held(outcome)


@pytest.mark.skipif(sys.platform != "linux", reason="the shim is written for glibc")
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_an_import_interrupted_anywhere_loses_nothing() -> None:
    """AWB-R-342, AWB-R-348."""
    held(kill.campaign(step=61, draws=0, scenario="import validation"))


def test_planted_bugs_are_caught_by_their_tests() -> None:
    names = ("zipfile instead of our reader", "tag manifest not checked", "keyid believed")
    options = [option for name in names for option in ("--only", name)]
    done = subprocess.run(
        [sys.executable, "-m", "campaigns.planted", *options],
        cwd=planted.ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()
    assert json.loads(done.stdout)["figures"]["caught"] == len(names)


def test_every_bug_still_has_its_place_and_its_test() -> None:
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 20
    for bug in BUGS:
        module = planted.ROOT / "awen_ref" / f"{bug.module.replace('.', '/')}.py"
        assert module.read_text(encoding="utf-8").count(bug.old) == 1, bug.name
        file, _, test = bug.test.partition("::")
        assert f"def {test.partition('[')[0]}(" in (planted.ROOT / file).read_text(encoding="utf-8"), bug.name


def test_a_campaign_whose_control_finds_nothing_has_not_passed() -> None:
    outcome = Outcome("x", "y", {}, (), (Control("blind", 0),))
    assert not outcome.passed
    assert not Outcome("x", "y", {}, (), ()).passed
