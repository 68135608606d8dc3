"""The cases of the corpus as tests of the reference in this process, for the campaign `mutants`."""

import pytest

from awen_conformance.corpus import Case
from campaigns.requirements import outcome, stored_cases

__all__ = ["test_reference_passes"]


@pytest.mark.parametrize("case", stored_cases(), ids=lambda case: case.case_id)
def test_reference_passes(case: Case) -> None:
    """The answer is the one that the case wants."""
    found = outcome(case)
    if found != "pass":
        pytest.fail(found)
