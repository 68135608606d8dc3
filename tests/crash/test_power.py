"""What a loss of power may leave of a store, on a model disk and on a real file system."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.crash.power import CONTROLS, campaign
from tests.crash.scenarios import SCENARIOS, Scenario

BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
REVEALING = dict.fromkeys(CONTROLS, "put") | {
    "parents of the store unflushed": "first put",
    "log unflushed": "log",
}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_nothing_acknowledged_is_lost_and_nothing_torn_is_visible(
    scenario: Scenario, quick_folder: Path
) -> None:
    """AWB-R-342, AWB-R-343."""
    result = campaign(scenario, quick_folder, nullcontext(), draws=8)
    assert result["problems"] == []
    assert isinstance(result["calls"], int)
    assert result["calls"] > 0


@pytest.mark.parametrize("control", CONTROLS)
def test_a_missing_flush_is_found(control: str, quick_folder: Path) -> None:
    assert campaign(BY_NAME[REVEALING[control]], quick_folder, CONTROLS[control](), draws=8)["problems"]


def test_a_duplicate_acknowledged_without_a_flush_is_found(quick_folder: Path) -> None:
    control = CONTROLS["records unflushed"]()
    problems = campaign(BY_NAME["put after a kill"], quick_folder, control, draws=0)["problems"]
    assert problems == ["subject is absent although acknowledged"]


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None,
    reason="needs root on Linux, to mount an image of ext4",
)
@pytest.mark.parametrize(
    ("options", "found"), [([], False), (["--control", "files unflushed", "--scenario", "put"], True)]
)
def test_ext4_after_a_loss_of_power(options: list[str], found: bool, quick_folder: Path) -> None:  # noqa: FBT001 (a column of a table)
    done = subprocess.run(
        [sys.executable, Path(__file__).parent / "power_ext4.py", quick_folder, *options],
        capture_output=True,
        check=False,
    )
    assert done.returncode == found, done.stderr.decode()
    assert any(result["problems"] for result in json.loads(done.stdout)["results"]) is found
