import ast
import inspect
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from awen_ref.engine import numerics
from awen_ref.engine.numerics import selftest, trig

FORBIDDEN = {
    "sum",
    "dot",
    "matmul",
    "einsum",
    "sin",
    "cos",
    "exp",
    "log",
    "tan",
    "power",
    "fft",
    "prod",
    "cumsum",
    "hypot",
}


def test_this_process_is_bit_exact() -> None:
    assert selftest.subnormals_kept()
    assert selftest.probe_digest() == selftest.EXPECTED
    assert selftest.determinism() == "bit_exact"


def test_one_bit_of_one_function_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trig, "_TWO_PI_LO", np.nextafter(trig._TWO_PI_LO, 0) * 0.5)
    monkeypatch.setattr(trig, "_QUICK_ERROR", 0.0)
    assert selftest.determinism() == "numeric"


def test_flushed_subnormals_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "_LEAST", 0.0)
    assert selftest.determinism() == "numeric"


@pytest.mark.parametrize("features", ["AVX2 FMA3", "AVX512F AVX512CD AVX512_SKX", "X86_V3 X86_V4"])
def test_the_probe_is_the_same_with_fewer_processor_features(features: str) -> None:
    code = "from awen_ref.engine.numerics import selftest; print(selftest.probe_digest())"
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": features}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == selftest.EXPECTED


def test_no_module_calls_a_function_whose_bits_depend_on_the_platform() -> None:
    folder = Path(inspect.getfile(numerics)).parent
    calls = [
        (path.name, node.attr)
        for path in sorted(folder.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in {"np", "math", "cmath"} and node.attr in FORBIDDEN
    ]
    assert calls == []
