"""Slices of the campaigns that interrupt writes; the whole ones are marked slow."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the shim is written for glibc"),
    pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler"),
]


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("shim") / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", built, HERE / "shim.c", "-ldl"], check=True)
    return built


def run(shim: Path, folder: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, HERE / "kill.py", folder, *options],
        env={**os.environ, "LD_PRELOAD": str(shim)},
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr.decode()
    results = json.loads(done.stdout)["results"]
    assert all(result["runs"] > 0 for result in results)
    return done.returncode, results


def test_no_interrupted_call_loses_or_tears_a_record(shim: Path, quick_folder: Path) -> None:
    """AWB-R-342, AWB-R-343, AWB-R-352."""
    code, results = run(shim, quick_folder, "--step", "9")
    assert [problem for result in results for problem in result["problems"]] == []
    assert code == 0


def test_the_campaign_finds_a_backend_that_builds_records_in_place(shim: Path, quick_folder: Path) -> None:
    code, results = run(shim, quick_folder, "--control", "--scenario", "put", "--step", "9")
    assert any("wrong entry is visible" in problem for problem in results[0]["problems"])
    assert code == 1


@pytest.mark.slow
def test_every_call_interrupted_in_every_way(shim: Path, quick_folder: Path) -> None:
    code, results = run(shim, quick_folder)
    assert [problem for result in results for problem in result["problems"]] == []
    assert code == 0
    assert sum(result["runs"] for result in results) > 1500
