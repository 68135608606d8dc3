"""Small experiments as documents, and how to run them in a test of the engine."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter

from awen_ref.engine.engine import ReferenceEngine
from awen_ref.engine.protocol import RunInputs, RunResult
from awen_ref.errors import InvalidInputError
from awen_schema import models
from awen_schema.kinds import KINDS

__all__ = ["StillClock", "experiment", "inputs", "interferometer", "phase_calibration", "refused", "run"]


class StillClock:
    """A clock that stands."""

    def now(self) -> datetime:
        """Always the same instant."""
        return datetime(2026, 1, 1, tzinfo=UTC)

    def monotonic_ns(self) -> int:
        """Always the same."""
        return 0


def experiment(
    nodes: Mapping[str, tuple[str, Mapping[str, Any]]], edges: list[tuple[str, str]], **members: object
) -> dict[str, Any]:
    """All documents of an experiment at one wavelength on an ideal device.

    Args:
        nodes: Id to kind and parameters.
        edges: Pairs of endpoints.
        members: Members of `experiment.json` that differ.
    """
    return {
        "experiment": {
            "artifact_type": "run",
            "semantics": "awen-ir/1.0",
            "seed": "7",
            "shots": 0,
            "grid": {"kind": "wavelength", "start_um": 1.55, "stop_um": 1.55, "points": 1},
            "clock": {"origin_ps": "0"},
            "record": [],
        }
        | members,
        "ir": {
            "nodes": {name: {"kind": kind, "params": dict(params)} for name, (kind, params) in nodes.items()},
            "edges": [{"ends": list(ends)} for ends in sorted(tuple(sorted(pair)) for pair in edges)],
        },
        "parameters": {},
        "calibration": {
            "phases": {},
            "crosstalk": {"order": [], "matrix": []},
            "dark_rates": {},
            "temperature_k": 300.0,
            "calibrated_at_ps": "0",
        },
        "device": {"type": "simulator", "capabilities": sorted(KINDS), "limits": {}},
    }


def interferometer(
    arms: tuple[str | float, str | float],
    ends: tuple[tuple[str, Mapping[str, Any]], tuple[str, Mapping[str, Any]]],
    *,
    power_w: float = 1e-3,
    **members: object,
) -> dict[str, Any]:
    """All documents of a Mach-Zehnder between two couplers of one half, a phase in each arm.

    Args:
        arms: Phase of the lower and of the upper arm: a number, or a parameter that the caller adds.
        ends: Kind and parameters of `bright` and of `dark`.
        power_w: Of the laser.
        members: As for `experiment`.
    """
    nodes: dict[str, tuple[str, Mapping[str, Any]]] = {
        "laser": ("source", {"power_w": power_w, "phase_rad": 0.0}),
        "split": ("coupler", {"kappa": 0.5}),
        "lower": ("phase_shifter", {"phase_rad": arms[0]}),
        "upper": ("phase_shifter", {"phase_rad": arms[1]}),
        "join": ("coupler", {"kappa": 0.5}),
        "bright": ends[0],
        "dark": ends[1],
        "end": ("terminator", {}),
    }
    edges = [
        ("laser.o1", "split.o1"),
        ("end.o1", "split.o2"),
        ("split.o4", "lower.o1"),
        ("split.o3", "upper.o1"),
        ("lower.o2", "join.o1"),
        ("upper.o2", "join.o2"),
        ("join.o3", "bright.o1"),
        ("join.o4", "dark.o1"),
    ]
    return experiment(nodes, edges, **members)


def phase_calibration(**members: float) -> dict[str, float]:
    """What is known of a phase: nothing but `members`."""
    return {
        "offset_rad": 0.0,
        "correction_rad": 0.0,
        "drift_rate_rad_s": 0.0,
        "temperature_coefficient_rad_k": 0.0,
        "ou_sigma_rad": 0.0,
        "ou_tau_s": 0.0,
    } | members


def inputs(documents: Mapping[str, Any]) -> RunInputs:
    """The documents as models."""

    def read(model: Any, name: str) -> Any:  # noqa: ANN401 - any document model
        return TypeAdapter(model).validate_json(json.dumps(documents[name]))

    return RunInputs(
        experiment=read(models.Experiment, "experiment"),
        ir=read(models.Graph, "ir"),
        parameters=read(models.Parameters, "parameters"),
        calibration=read(models.Calibration, "calibration"),
        device=read(models.Device, "device"),
    )


def run(documents: Mapping[str, Any]) -> RunResult:
    """Run the reference engine."""
    return ReferenceEngine().run(inputs(documents), clock=StillClock())


def refused(documents: Mapping[str, Any]) -> set[str]:
    """The codes with which the reference engine refuses an experiment."""
    with pytest.raises(InvalidInputError) as caught:
        run(documents)
    return {finding.code for finding in caught.value.findings}
