"""A command line with a store of its own, and the shipped examples."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.command import Awen

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def awen(tmp_path: Path) -> Awen:
    home = tmp_path / "home"
    home.mkdir()
    return Awen(home)


@pytest.fixture(scope="session")
def example() -> Callable[[str], Path]:
    return lambda name: ROOT / "examples" / name
