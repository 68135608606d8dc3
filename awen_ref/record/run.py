"""Run an experiment and seal it: the only way from the engine's results to a user."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from awen_ref import canonical
from awen_ref.bundle import Bundle, BytesMember, content_of, name, seal
from awen_ref.bundle.assemble import Evidence, Inputs, Results
from awen_ref.bundle.schema import violations
from awen_ref.environment import TOOL, timestamp
from awen_ref.errors import Finding, InvalidInputError
from awen_ref.record.description import described
from awen_ref.record.inputs import Documents, in_one_form
from awen_ref.record.provenance import provenance
from awen_ref.verify import verify

if TYPE_CHECKING:
    from awen_ref.engine import Clock, Engine, Output, RunInputs, RunResult

__all__ = ["record"]

DEFAULT_TOLERANCE = {"absolute": 1e-12, "relative": 1e-9}
"""What a replay on another machine may differ by when the author claims nothing else."""

AMBIENT_K = 298.15
"""Temperature that the identity calibration states."""

_SCHEMAS = {
    "experiment": "Experiment",
    "ir": "Graph",
    "parameters": "Parameters",
    "calibration": "Calibration",
    "device": "Device",
}


def record(
    documents: Documents,
    *,
    engine: "Engine",
    clock: "Clock",
    environment: Mapping[str, Any],
    tolerance: Mapping[str, float] | None = None,
    parents: Sequence[Mapping[str, str]] = (),
) -> Bundle:
    """Run an experiment and seal what came out, whatever it is: an abort is sealed as an abort.

    Args:
        documents: The experiment.
        engine: What runs it.
        clock: Wall time of the evidence; it has no part in the results.
        environment: `environment.json`, as `environment.capture` gives it.
        tolerance: `absolute` and `relative`, claimed for every output.
        parents: The claim's parents.

    Returns:
        A bundle that `verify` accepts.

    Raises:
        InvalidInputError: The documents are no experiment; nothing was run.
    """
    created = timestamp(clock.now())
    inputs = _checked(in_one_form(documents, "run"))
    metadata = _description(documents, created)
    result = engine.run(_typed(inputs), clock=clock)
    claim = {
        "tolerance": dict(tolerance or DEFAULT_TOLERANCE),
        "parents": sorted(parents, key=lambda parent: (parent["artifact_id"], parent["relation"])),
    }
    content = content_of(inputs, claim, _results(result), _evidence(result, environment))
    ended = timestamp(clock.now())
    account = provenance(
        name(content),
        artifact_type="run",
        window=(created, ended),
        tool=TOOL,
        creators=len(metadata["creators"]),
        parents=claim["parents"],
    )
    content["data/evidence/provenance.json"] = BytesMember(canonical.dumps(account))
    return verify(seal(content, metadata, artifact_type="run", created=ended, tool=TOOL)).bundle


def _checked(documents: Documents) -> Inputs:
    """The documents of `data/inputs/`, each valid by its schema.

    Raises:
        InvalidInputError: With every violation of every document.
    """
    inputs = Inputs(
        experiment=documents.experiment,
        ir=documents.ir,
        parameters=documents.parameters,
        calibration=documents.calibration or _identity_calibration(),
        device=documents.device or _simulator(documents.ir),
    )
    findings: list[Finding] = []
    for member, schema in _SCHEMAS.items():
        findings += violations(schema, getattr(inputs, member), f"data/inputs/{member}.json")
    if findings:
        raise InvalidInputError(f"{documents.name} is no experiment", findings=findings)
    return inputs


def _identity_calibration() -> dict[str, Any]:
    """Nothing to correct: phases are what they are driven to."""
    return {
        "phases": {},
        "crosstalk": {"order": [], "matrix": []},
        "dark_rates": {},
        "temperature_k": AMBIENT_K,
        "calibrated_at_ps": "0",
    }


def _simulator(ir: Mapping[str, Any]) -> dict[str, Any]:
    """An ideal device that can do what the graph asks for and no more, whoever's engine runs it."""
    nodes = ir.get("nodes")
    used = {str(node.get("kind")) for node in nodes.values()} if isinstance(nodes, dict) else set[str]()
    return {"type": "simulator", "capabilities": sorted(used), "limits": {}}


def _description(documents: Documents, created: str) -> dict[str, Any]:
    """The citation record, complete and valid.

    Raises:
        InvalidInputError: What the author wrote is no part of one.
    """
    record = described(documents.metadata, name=documents.name, artifact_type="run", created=created)
    findings = violations("Metadata", record, "metadata.json")
    if findings:
        raise InvalidInputError("metadata.json is not a citation record", findings=findings)
    return record


def _typed(inputs: Inputs) -> "RunInputs":
    """The documents as the generated models."""
    from awen_ref.engine import RunInputs
    from awen_schema import models

    return RunInputs(
        experiment=models.Experiment.model_validate_json(canonical.dumps(inputs.experiment)),
        ir=models.Graph.model_validate_json(canonical.dumps(inputs.ir)),
        parameters=models.Parameters.model_validate_json(canonical.dumps(inputs.parameters)),
        calibration=models.Calibration.model_validate_json(canonical.dumps(inputs.calibration)),
        device=models.Device.model_validate_json(canonical.dumps(inputs.device)),
    )


def _results(result: "RunResult") -> Results:
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


def _evidence(result: "RunResult", environment: Mapping[str, Any]) -> Evidence:
    """What the run itself observed, and where it ran."""
    telemetry = result.telemetry
    return Evidence(
        environment=environment,
        lowered=result.lowered,
        traces=telemetry.traces(),
        events=telemetry.events,
        metrics=telemetry.metrics(),
        timeline=telemetry.timeline(),
    )
