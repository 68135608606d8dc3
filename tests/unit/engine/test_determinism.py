"""A slice of `benchmarks/determinism.py`: the same bits with numpy's instruction sets switched off."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


def digests(**environment: str) -> dict[str, dict[str, Any]]:
    path = os.pathsep.join([str(ROOT), str(ROOT / "generated" / "python")])
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "peers" / "digests.py")],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
    )
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def test_results_do_not_depend_on_instruction_sets_and_canaries_do() -> None:
    # AWB-R-480, AWB-R-482, AWB-R-498
    core = importlib.import_module("numpy._core._multiarray_umath")

    features = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    if not features:
        pytest.skip("numpy has nothing to switch off on this processor")
    plain = digests()
    reduced = digests(NPY_DISABLE_CPU_FEATURES=" ".join(features), OPENBLAS_CORETYPE="Nehalem")
    assert reduced["results"] == plain["results"]
    assert reduced["canaries"] != plain["canaries"]


def test_the_whole_campaign_finds_one_set_of_bits() -> None:
    campaign = [sys.executable, str(ROOT / "benchmarks" / "determinism.py")]
    done = subprocess.run(campaign, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
