"""The reference implementation against the whole corpus, and one call at a time on a sample."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests.unit.conformance.drivers import CORPUS, REFERENCE, cases, run_of

SECONDS = 60
LARGE = "lim"
COMMAND = (sys.executable, str(CORPUS / "drivers" / "awen_cli" / "driver"))
DECLARED = {"V1", "V2", "V3", "E1", "E2", "R1", "C1"}
"""Profiles that the `awen` command reaches: it has no verb to canonicalise a text or to build from a plan."""


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that was installed beside this interpreter comes first."""
    beside = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", f"{beside}{os.pathsep}{os.environ['PATH']}")


def failures(phases: bool) -> dict[str, tuple[str, str]]:  # noqa: FBT001 - large cases or the others
    run = run_of(REFERENCE, [case for case in cases() if (case.phase == LARGE) == phases], jobs=2)
    return {
        result.case_id: (result.outcome, result.detail) for result in run.results if result.outcome != "pass"
    }


def test_reference_passes_every_case_that_is_not_large() -> None:
    assert failures(False) == {}


@pytest.mark.slow
def test_reference_passes_the_large_cases_in_time() -> None:
    begun = time.monotonic()
    assert failures(True) == {}
    assert time.monotonic() - begun < SECONDS


def test_reference_passes_one_call_at_a_time() -> None:
    sample = [case for case in cases() if case.phase != LARGE][::90]
    run = run_of(REFERENCE, sample, serve=False, jobs=2)
    assert {result.outcome for result in run.results} == {"pass"}


@pytest.mark.usefixtures("path")
def test_installed_command_passes_a_sample_of_every_phase() -> None:
    sample = list({case.phase: case for case in reversed(cases()) if case.phase != LARGE}.values())
    run = run_of(COMMAND, sample, jobs=2)
    assert {result.outcome for result in run.results} == {"pass", "unsupported"}
    assert {one.case_id for one in run.results if one.outcome == "unsupported"} <= {"build/calibration"}


@pytest.mark.slow
@pytest.mark.usefixtures("path")
def test_installed_command_passes_every_case_of_what_it_declares() -> None:
    run = run_of(COMMAND, [case for case in cases() if case.phase != LARGE], jobs=2)
    wrong = {one.case_id: one.outcome for one in run.results if one.outcome not in ("pass", "unsupported")}
    assert wrong == {}
    assert {one.case_id.partition("/")[0] for one in run.results if one.outcome == "unsupported"} <= {
        "build",
        "enc",
    }
    assert set(run.hello.profiles) == DECLARED
