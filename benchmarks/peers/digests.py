"""Digests of what the engine and some canaries compute in this process, as JSON on standard output."""

import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from awen_ref.engine.cases import CASES, digest, documents, inputs
from awen_ref.engine.engine import ReferenceEngine
from awen_ref.engine.gradient import gradient
from awen_ref.environment import SystemClock

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def examples() -> Mapping[str, dict[str, Any]]:
    """The documents of every example that needs none beyond graph, parameters and experiment."""
    found = {}
    for path in sorted(EXAMPLES.glob("*/ir.json")):
        names = ("experiment", "ir", "parameters", "calibration", "device")
        files = {name: path.with_name(f"{name}.json") for name in names}
        given = {name: json.loads(file.read_text("utf-8")) for name, file in files.items() if file.is_file()}
        used = sorted({node["kind"] for node in given["ir"]["nodes"].values()})
        ideal = documents(CASES["clements"])
        found[path.parent.name] = {
            "calibration": ideal["calibration"],
            "device": {"type": "simulator", "capabilities": used, "limits": {}},
            **given,
        }
    return found


def results() -> dict[str, str]:
    """Digest of every case, example and of one gradient of each kind."""
    engine, clock = ReferenceEngine(), SystemClock()
    found = {name: digest(engine.run(inputs(documents(case)), clock=clock)) for name, case in CASES.items()}
    for name, given in examples().items():
        found[f"examples/{name}"] = digest(engine.run(inputs(given), clock=clock))
    mesh = inputs(documents(CASES["clements"]))
    for method, more in {"adjoint": {}, "parameter_shift": {}, "finite_difference": {"step": 1e-4}}.items():
        task: dict[str, Any] = {
            "artifact_type": "gradient",
            "cost": "sum(out_00.power) * 1e3",
            "method": method,
            **more,
        }
        task["parameters"] = ["phi_02_00", "theta_00_00", "theta_01_01"]
        found[f"gradient {method}"] = digest(gradient(mesh, task, clock=clock))
    return found


def canaries() -> dict[str, str]:
    """Digests of operations that numpy computes differently by processor; the engine uses none of them."""
    index = np.arange(1, 4001, dtype=np.float64)
    x, y = np.sqrt(index) * 7.1, 1.0 / index + index * 1e-3
    z = x + 1j * y
    square = np.outer(x[:60], y[:60]) + np.eye(60)
    operations: Mapping[str, Callable[[], npt.NDArray[Any]]] = {
        "complex multiply": lambda: z * z[::-1],
        "sin": lambda: np.sin(x),
        "exp": lambda: np.exp(-y),
        "log": lambda: np.log(x),
        "sum": lambda: np.array(np.sum(x * y)),
        "matrix product": lambda: square @ square,
        "complex absolute": lambda: np.abs(z),
    }
    return {name: hashlib.sha256(run().tobytes()).hexdigest()[:16] for name, run in operations.items()}


if __name__ == "__main__":
    json.dump(
        {"numpy": {"version": np.__version__}, "results": results(), "canaries": canaries()}, sys.stdout
    )
