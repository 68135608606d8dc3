"""What is installed is held against what the tree pins and states."""

import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import installed
import pytest


@pytest.fixture
def project() -> dict[str, Any]:
    """What pyproject.toml would state of an installed package without dependencies and commands."""
    return {"name": "pluggy", "version": distribution("pluggy").version}


def test_what_is_here_in_the_version_that_is_pinned_is_no_difference(tmp_path: Path) -> None:
    pins = tmp_path / "dev.txt"
    here = distribution("pluggy").version
    pins.write_text(
        f"# made\npluggy=={here} ; python_version >= '3' \\\n    --hash=sha256:00\n    # via pytest\n"
        "none-such==1 ; python_version < '3'\n"
    )
    assert list(installed.pinned(pins)) == []


@pytest.mark.parametrize("line", ["pluggy==0.0.1", "none-such-package==1"])
def test_another_version_and_none_are_differences(line: str, tmp_path: Path) -> None:
    (tmp_path / "dev.txt").write_text(f"{line} \\\n    --hash=sha256:00\n")
    (found,) = installed.pinned(tmp_path / "dev.txt")
    assert found.startswith(f"{line} is pinned, ")


def test_a_package_that_was_installed_from_this_project_is_no_difference(project: dict[str, Any]) -> None:
    assert list(installed.stated(distribution("pluggy"), project)) == []


def test_this_package_is_installed_as_it_is_stated() -> None:
    own = tomllib.loads(installed.PROJECT.read_text("utf-8"))["project"]
    assert own["scripts"]
    assert own["optional-dependencies"]
    assert list(installed.stated(distribution(own["name"]), own)) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"version": "0"}, "version"),
        ({"dependencies": ["numpy"]}, "dependencies"),
        ({"scripts": {"it": "it:main"}}, "entry points"),
        ({"entry-points": {"pytest11": {"it": "it"}}}, "entry points"),
    ],
)
def test_an_installation_from_before_a_change_is_a_difference(
    change: dict[str, Any], what: str, project: dict[str, Any]
) -> None:
    (found,) = installed.stated(distribution("pluggy"), project | change)
    assert found == f"pluggy is installed with other {what} than pyproject.toml states"
