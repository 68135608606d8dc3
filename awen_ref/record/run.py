"""Run an experiment and seal it: the only way from the engine's results to a user."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from awen_ref.bundle.assemble import Inputs
from awen_ref.bundle.schema import violations
from awen_ref.environment import timestamp
from awen_ref.errors import Finding, InvalidInputError
from awen_ref.execution import Execution, evidence_of, results_of, sealed, typed
from awen_ref.execution.description import described
from awen_ref.record.inputs import Documents, as_written, in_one_form

if TYPE_CHECKING:
    from awen_ref.engine import Clock, Engine
    from awen_ref.verify import VerifiedBundle

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
) -> "VerifiedBundle":
    """Run an experiment and seal what came out, whatever it is: an abort is sealed as an abort.

    Args:
        documents: The experiment.
        engine: What runs it.
        clock: Wall time of the evidence; it has no part in the results.
        environment: `environment.json`, as `environment.capture` gives it.
        tolerance: `absolute` and `relative`, claimed for every output.
        parents: The claim's parents.

    Returns:
        The bundle; that it is valid is in its type.

    Raises:
        InvalidInputError: The documents are no experiment; nothing was run.
    """
    created = timestamp(clock.now())
    try:
        inputs = _checked(in_one_form(documents, "run"))
        metadata = _description(documents, created)
        result = engine.run(typed(inputs), clock=clock)
    except InvalidInputError as error:
        findings = as_written(error.findings, documents)
        raise InvalidInputError(error.message, findings=findings, advice=error.advice) from error
    claim = {
        "tolerance": dict(tolerance or DEFAULT_TOLERANCE),
        "parents": sorted(parents, key=lambda parent: (parent["artifact_id"], parent["relation"])),
    }
    execution = Execution(
        artifact_type="run",
        inputs=inputs,
        claim=claim,
        results=results_of(result),
        evidence=evidence_of(result, environment),
        window=(created, timestamp(clock.now())),
    )
    return sealed(execution, metadata)


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
