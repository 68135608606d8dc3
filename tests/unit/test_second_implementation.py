"""The implementation written from the specification's text alone gives the suite's answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRIVER = ROOT / "conformance" / "implementations" / "awen-js" / "driver"
SECONDS = 240


def test_second_implementation_conforms() -> None:
    if shutil.which("node") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("node is missing, so that the second implementation cannot be asked")
        pytest.skip("node is not installed")
    suite = Path(sys.executable).with_name("awen-conform")
    run = subprocess.run(
        [str(suite), "run", "--driver", str(DRIVER), "--serve", "--jobs", "2"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
