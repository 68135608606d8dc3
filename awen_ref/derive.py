"""Artifacts that come from executing a run's experiment otherwise: its gradient, a calibration for it.

Each carries all of the run's inputs, so that it can be executed again without its parent (AWB-R-220).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from awen_ref.bundle.assemble import Inputs
from awen_ref.bundle.schema import violations
from awen_ref.environment import timestamp
from awen_ref.errors import InvalidInputError, UsageError
from awen_ref.execution import Execution, evidence_of, inputs_of, results_of, sealed, typed
from awen_ref.execution.description import described

if TYPE_CHECKING:
    from awen_ref.engine import Clock, RunResult
    from awen_ref.verify import VerifiedBundle

__all__ = ["calibration_for", "gradient_of", "reaching"]

_FROM = ("run", "calibration", "gradient")
"""Types whose inputs describe an experiment that can be executed."""


def reaching(verified: "VerifiedBundle", cost: str) -> tuple[str, ...]:
    """The parameters of a run that a cost can be differentiated by.

    Raises:
        InvalidInputError: The cost is none on this experiment.
    """
    from awen_ref.engine.gradient import reachable

    return reachable(typed(replace(inputs_of(verified), task=None)), cost)


def gradient_of(
    verified: "VerifiedBundle", task: Mapping[str, Any], *, clock: "Clock", environment: Mapping[str, Any]
) -> "VerifiedBundle":
    """Differentiate a cost on the experiment of a run, and seal a gradient artifact.

    Args:
        verified: The run.
        task: Cost, method, parameters and step, as `GradientTask` names them.
        clock: Wall time of the evidence.
        environment: `environment.json` of this machine.

    Raises:
        InvalidInputError: Task or experiment make no sense; nothing was executed.
        UsageError: The artifact is of a type that cannot be differentiated.
    """
    from awen_ref.engine.gradient import gradient

    stated = {**task, "artifact_type": "gradient", "parent": verified.ids.artifact_id}
    inputs = _inputs(verified, stated)

    def execute() -> "RunResult":
        return gradient(typed(inputs), stated, clock=clock)

    return _derived(verified, inputs, execute, relation="gradient_of", clock=clock, environment=environment)


def calibration_for(
    verified: "VerifiedBundle", task: Mapping[str, Any], *, clock: "Clock", environment: Mapping[str, Any]
) -> "VerifiedBundle":
    """Calibrate the device of a run, and seal a calibration artifact.

    Args:
        verified: The run; its calibration is the state before.
        task: Procedure, targets, optimiser, limits and time, as `CalibrationTask` names them.
        clock: Wall time of the evidence.
        environment: `environment.json` of this machine.

    Raises:
        InvalidInputError: Task or experiment make no sense; nothing was executed.
        UsageError: The artifact is of a type that nothing is calibrated for.
    """
    from awen_ref.engine.calibration import calibrate

    stated = {**task, "artifact_type": "calibration"}
    inputs = _inputs(verified, stated)

    def execute() -> "RunResult":
        return calibrate(typed(inputs), stated, clock=clock)

    return _derived(
        verified, inputs, execute, relation="calibration_for", clock=clock, environment=environment
    )


def _inputs(verified: "VerifiedBundle", task: Mapping[str, Any]) -> Inputs:
    """The run's inputs under another type, with the task.

    Raises:
        InvalidInputError: The task is not one.
        UsageError: The artifact has no experiment to execute.
    """
    if verified.artifact_type not in _FROM:
        raise UsageError(f"a {verified.artifact_type} has no experiment of its own", advice="Name a run.")
    findings = violations("Task", task, "task.json")
    if findings:
        raise InvalidInputError(f"this is no task of a {task['artifact_type']}", findings=findings)
    inputs = inputs_of(verified)
    return replace(
        inputs, experiment={**inputs.experiment, "artifact_type": task["artifact_type"]}, task=task
    )


def _derived(
    verified: "VerifiedBundle",
    inputs: Inputs,
    execute: "Callable[[], RunResult]",
    *,
    relation: str,
    clock: "Clock",
    environment: Mapping[str, Any],
) -> "VerifiedBundle":
    """Execute, and seal what came out under the parent's licence."""
    begun = timestamp(clock.now())
    result = execute()
    kind = str(inputs.experiment["artifact_type"])
    execution = Execution(
        artifact_type=kind,
        inputs=inputs,
        claim={
            "tolerance": verified.document("data/claim/claim.json")["tolerance"],
            "parents": [{"artifact_id": verified.ids.artifact_id, "relation": relation}],
        },
        results=results_of(result),
        evidence=evidence_of(result, environment),
        window=(begun, timestamp(clock.now())),
    )
    original = verified.document("metadata.json")
    given = {"title": f"{kind.capitalize()} of {original['title']}", "license": original["license"]}
    return sealed(
        execution, described(given, name=original["title"], artifact_type=kind, created=execution.window[1])
    )
