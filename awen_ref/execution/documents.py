"""Between the plain documents of a bundle and the values that an engine takes and gives."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from awen_ref import canonical
from awen_ref.bundle.assemble import Evidence, Inputs, Results

if TYPE_CHECKING:
    from awen_ref.engine import Output, RunInputs, RunResult
    from awen_ref.verify import VerifiedBundle

__all__ = ["INPUTS", "evidence_of", "inputs_of", "results_of", "typed"]

INPUTS = {
    "experiment": "data/inputs/experiment.json",
    "ir": "data/inputs/ir.json",
    "parameters": "data/inputs/parameters.json",
    "calibration": "data/inputs/calibration.json",
    "device": "data/inputs/device.json",
    "task": "data/inputs/task.json",
}
"""Where each document of `data/inputs/` stands."""


def inputs_of(verified: "VerifiedBundle") -> Inputs:
    """The documents of `data/inputs/`."""
    present = {
        name: verified.document(path) for name, path in INPUTS.items() if path in verified.bundle.members
    }
    return Inputs(**present)


def typed(inputs: Inputs) -> "RunInputs":
    """The documents of `data/inputs/`, valid by their schemas, as the generated models."""
    from awen_ref.engine import RunInputs
    from awen_schema import documents

    return RunInputs(
        experiment=documents.parse("Experiment", canonical.dumps(inputs.experiment)),
        ir=documents.parse("Graph", canonical.dumps(inputs.ir)),
        parameters=documents.parse("Parameters", canonical.dumps(inputs.parameters)),
        calibration=documents.parse("Calibration", canonical.dumps(inputs.calibration)),
        device=documents.parse("Device", canonical.dumps(inputs.device)),
    )


def results_of(result: "RunResult") -> Results:
    """The files of `data/results/`."""
    from awen_ref import npy

    return Results(
        outputs={name: _described(name, output) for name, output in result.outputs.items()},
        arrays={name: npy.encode(output.array) for name, output in result.outputs.items()},
        body=result.body,
        control=result.control,
    )


def _described(name: str, output: "Output") -> dict[str, Any]:
    """The entry of one output in `outputs.json`."""
    return {
        "dtype": output.array.dtype.str,
        "shape": list(output.array.shape),
        "unit": output.unit,
        "quantity": output.quantity,
        "axes": list(output.axes),
        "sampled": output.sampled,
        "file": f"arrays/{name}.npy",
    }


def evidence_of(result: "RunResult", environment: Mapping[str, Any]) -> Evidence:
    """What the execution itself observed, and where it took place."""
    telemetry = result.telemetry
    return Evidence(
        environment=environment,
        lowered=result.lowered,
        traces=telemetry.traces(),
        events=telemetry.events,
        metrics=telemetry.metrics(),
        timeline=telemetry.timeline(),
    )
