"""What every calibration procedure works at: device, drives, limits, the state it leaves.

AWB-R-552, AWB-R-555, AWB-R-567.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from awen_ref.engine.compiled import Compiled, Documents
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.phases import Phases
from awen_ref.engine.protocol import Output
from awen_ref.engine.session import StoppedError
from awen_ref.engine.staleness import expiry_ps
from awen_ref.engine.sweep import Sweep
from awen_ref.engine.twin import effective

__all__ = ["Bench", "dated", "limit", "others", "permit", "residual_output", "shown_values"]

Document = Mapping[str, Any]


@dataclass(slots=True, eq=False)
class Bench:
    """One calibration in progress.

    Attributes:
        compiled: The circuit.
        documents: The experiment, the twin moved to the time of the calibration.
        task: `task.json`.
        sweep: The drives' columns.
        drives: What is applied, by target.
        measured: What the device showed.
        warnings: Soft limits that were exceeded.
    """

    compiled: Compiled
    documents: Documents
    task: Document
    sweep: Sweep
    drives: Phases
    measured: dict[str, Array] = field(default_factory=dict)
    warnings: list[dict[str, str]] = field(default_factory=list)

    @property
    def targets(self) -> list[str]:
        """What is calibrated."""
        return list(self.task["targets"])

    @property
    def crossed(self) -> bool:
        """Whether the crosstalk is unknown too."""
        return bool(self.task["procedure"] == "crosstalk")


def limit(bench: Bench, name: str, value: float, what: str) -> None:
    """Warn beyond the soft limit of a name, stop beyond the hard one."""
    hard = bench.task["hard_limits"].get(name)
    if hard is not None and value > hard:
        raise StoppedError(
            "aborted", "AWB-SEM-260", f"{what} of {value:g} exceeds the hard limit {name} of {hard:g}"
        )
    soft = bench.task["soft_limits"].get(name)
    if soft is not None and value > soft:
        text = f"{what} of {value:g} exceeds the soft limit {name} of {soft:g}"
        bench.warnings.append({"code": "AWB-SEM-261", "message": text})


def permit(bench: Bench) -> None:
    """Hard limits that are known before the first measurement."""
    for node in bench.compiled.given.nodes.values():
        if node.kind.role == "source" and bench.task["procedure"] != "dark_counts":
            limit(bench, "power_w", node.params["power_w"].value, f"power of {node.id!r}")
    bears = bench.documents.device["limits"].get("maximum_phase_rad", float("inf"))
    for name, values in bench.drives.items():
        largest = float(np.abs(values).max())
        limit(bench, "phase_rad", largest, f"drive of {name!r}")
        if largest > bears:
            text = f"drive of {name!r} of {largest:g} rad exceeds what the device bears, {bears:g} rad"
            raise StoppedError("aborted", "AWB-SEM-260", text)


def others(bench: Bench) -> Phases:
    """Drives of phases that calibration or twin know of and that are not calibrated now."""
    known = effective(bench.documents).drives
    return {name: value for name, value in known.items() if name not in bench.drives}


def shown_values(values: Array, bench: Bench, node: str) -> Output:
    """What a detector showed, as an output."""
    kind = bench.compiled.given.nodes[node].kind.name
    quantity, unit = {
        "monitor": ("optical_power", "W"),
        "photodetector": ("photocurrent", "A"),
        "photon_counter": ("photon_count", "1"),
    }.get(kind, ("quadrature", "1"))
    sampled = bench.documents.experiment["shots"] > 0 and kind != "monitor"
    return Output(values, unit, quantity, ("measurement", "wavelength"), sampled)


def residual_output(values: Array, bench: Bench) -> Output:
    """Residuals, as an output."""
    return Output(values, "1", "residual", ("value",), bench.documents.experiment["shots"] > 0)


def dated(bench: Bench, state: Document) -> dict[str, Any]:
    """The state as of now, at the device's temperature, with the expiry that its drift and limit give it."""
    twin = bench.documents.device.get("twin")
    state_now = {name: value for name, value in state.items() if name != "expires_at_ps"}
    state_now["temperature_k"] = twin["temperature_k"] if twin else state["temperature_k"]
    state_now["calibrated_at_ps"] = bench.task["as_of_ps"]
    expiry = expiry_ps(state_now)
    return state_now | ({} if expiry is None else {"expires_at_ps": str(expiry)})
