"""The reference implementation against the whole corpus, and one call at a time on a sample."""

import time

import pytest

from tests.unit.conformance.drivers import REFERENCE, cases, run_of

SECONDS = 60
LARGE = "lim"


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
