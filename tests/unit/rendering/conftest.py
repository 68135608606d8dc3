"""Three hundred awkward records, made once."""

from collections.abc import Sequence
from typing import Any

import pytest

from awen_ref.rendering.work import Work
from tests import awkward


@pytest.fixture(scope="session")
def records() -> Sequence[dict[str, Any]]:
    """The records as documents."""
    return awkward.records()


@pytest.fixture(scope="session")
def works() -> Sequence[Work]:
    """The works made of them."""
    return awkward.works()
