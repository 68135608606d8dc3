"""Replay: check, execute, compare, attribute, seal (AWB-R-300 to AWB-R-308)."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from awen_ref import canonical
from awen_ref.bundle.assemble import Inputs, Results
from awen_ref.bundle.schema import violations
from awen_ref.compare import Record, Tolerance, compare
from awen_ref.environment import timestamp
from awen_ref.errors import AwenError, Finding, InvalidInputError
from awen_ref.execution import Execution, evidence_of, inputs_of, results_of, sealed, typed
from awen_ref.execution.description import described
from awen_ref.replay.drift import drift_between, undone
from awen_ref.replay.sides import executed_side, recorded_side

if TYPE_CHECKING:
    from awen_ref.engine import Clock, Engine
    from awen_ref.verify import VerifiedBundle

__all__ = ["Changes", "RefusedError", "replay"]

UNKNOWN_SEMANTICS, MISSING_CAPABILITY, NO_HARDWARE = "AWB-RPL-001", "AWB-RPL-002", "AWB-RPL-003"
EXPIRED_CALIBRATION, NOT_REPLAYABLE = "AWB-RPL-004", "AWB-RPL-005"


class RefusedError(AwenError):
    """The bundle is sound, but it is not executed here; the findings say why."""


@dataclass(frozen=True, slots=True)
class Changes:
    """In what a replay is asked to differ from the recorded execution; by default in nothing.

    Attributes:
        seed: Another seed.
        device: Another `device.json`.
        calibration: Another `calibration.json`.
        stricter: A tolerance to apply where it is tighter than the sealed one.
    """

    seed: str | None = None
    device: Mapping[str, Any] | None = None
    calibration: Mapping[str, Any] | None = None
    stricter: Tolerance | None = None


class _Log:
    """The steps of a replay as they happen (`replay_log.jsonl`)."""

    def __init__(self, clock: "Clock") -> None:
        self._clock = clock
        self._begin = clock.monotonic_ns()
        self.entries: list[dict[str, Any]] = []

    def step(self, step: str, message: str, outcome: str = "ok") -> None:
        self.entries.append(
            {
                "sequence": len(self.entries),
                "elapsed_ns": self._clock.monotonic_ns() - self._begin,
                "step": step,
                "outcome": outcome,
                "message": message,
            }
        )


def replay(
    verified: "VerifiedBundle",
    *,
    engine: "Engine",
    clock: "Clock",
    environment: Mapping[str, Any],
    changes: Changes | None = None,
) -> "VerifiedBundle":
    """Execute a bundle again, compare with what it recorded, and seal a replay artifact.

    Seed, parameters, calibration, device and coherence window all come from the bundle, unless `changes` says
    otherwise. Age and expiry are judged on the experiment clock that the bundle records, never on the wall.

    Args:
        verified: The bundle; that it is valid is in its type.
        engine: What executes it.
        clock: Wall time of the evidence.
        environment: `environment.json` of this machine.
        changes: What to do differently.

    Returns:
        The replay artifact; its body holds the verdict.

    Raises:
        RefusedError: The engine does not know the semantics or lacks a capability, the device is hardware,
            the calibration has expired, or the artifact is of a type that is not executed.
        InvalidInputError: A changed device or calibration is not valid.
    """
    changes = changes or Changes()
    log, begun = _Log(clock), timestamp(clock.now())
    log.step("verify", f"{verified.ids.artifact_id} is valid")
    inputs = _changed(inputs_of(verified), changes)
    _admit(verified, inputs, engine)
    log.step("check", "semantics, capabilities, device and calibration admit it")
    result = engine.run(typed(replace(inputs, task=None)), clock=clock)
    log.step("execute", f"status {result.body['status']}")
    results = results_of(result)
    recorded, replayed = recorded_side(verified), executed_side(inputs, result, results, environment)
    claim = verified.document("data/claim/claim.json")
    comparison = compare(recorded, replayed, claim, stricter=changes.stricter)
    same_status = recorded.status == replayed.status
    log.step("compare", f"verdict {comparison['verdict']}", "ok" if same_status else "warning")
    log.step("attribute", f"{len(comparison['attribution'])} differences between the records")
    again = _Again(inputs_of(verified), recorded, claim, engine, clock, environment)
    if comparison["verdict"] == "different" and (drift := again.drift(inputs, log)):
        comparison["drift"] = drift
    body = {
        "artifact_type": "replay",
        "status": "completed",
        "recorded_status": recorded.status,
        "replayed_status": replayed.status,
        "comparison": comparison,
    }
    execution = Execution(
        artifact_type="replay",
        inputs=_task(verified, inputs),
        claim={
            "tolerance": claim["tolerance"],
            "parents": [{"artifact_id": verified.ids.artifact_id, "relation": "replay_of"}],
            "environment_digest": hashlib.sha256(canonical.dumps(environment)).hexdigest(),
        },
        results=Results(outputs={}, arrays={}, body=body),
        evidence=replace(evidence_of(result, environment), replay_log=log.entries),
        window=(begun, timestamp(clock.now())),
        replayed=results,
    )
    return sealed(execution, _description(verified, execution.window[1]))


@dataclass(frozen=True, slots=True)
class _Again:
    """What another execution is held against."""

    inputs: Inputs
    recorded: Record
    claim: Mapping[str, Any]
    engine: "Engine"
    clock: "Clock"
    environment: Mapping[str, Any]

    def drift(self, replayed: Inputs, log: _Log) -> dict[str, Any] | None:
        """How the device of a replay has drifted, and what calibrating it would do (AWB-R-315, 316)."""
        phases = drift_between(self.inputs, replayed)
        if not phases:
            return None
        found: dict[str, Any] = {"phases": {name: asdict(one) for name, one in phases.items()}}
        inputs = undone(self.inputs, replayed)
        try:
            result = self.engine.run(typed(inputs), clock=self.clock)
        except InvalidInputError as error:
            log.step("execute", f"the drift cannot be undone: {error.message}", "failed")
            return found
        again = executed_side(inputs, result, results_of(result), self.environment)
        verdict = str(compare(self.recorded, again, self.claim)["verdict"])
        log.step("execute", f"{len(phases)} phases have drifted; with that undone: {verdict}")
        return {**found, "recalibrated": verdict}


def _changed(inputs: Inputs, changes: Changes) -> Inputs:
    """The recorded inputs with what was asked to be different.

    Raises:
        InvalidInputError: What was given is no device or no calibration.
    """
    findings: list[Finding] = []
    if changes.device is not None:
        findings += violations("Device", changes.device, "device.json")
        inputs = replace(inputs, device=changes.device)
    if changes.calibration is not None:
        findings += violations("Calibration", changes.calibration, "calibration.json")
        inputs = replace(inputs, calibration=changes.calibration)
    if changes.seed is not None:
        experiment = {**inputs.experiment, "seed": changes.seed}
        findings += violations("Experiment", experiment, "experiment.json")
        inputs = replace(inputs, experiment=experiment)
    if findings:
        raise InvalidInputError("the replay is asked for something that is not valid", findings=findings)
    return inputs


def _admit(verified: "VerifiedBundle", inputs: Inputs, engine: "Engine") -> None:
    """Refuse what this engine cannot or may not execute (AWB-R-300, AWB-R-307).

    Raises:
        RefusedError: With every reason.
    """
    reasons: list[Finding] = []
    if verified.artifact_type != "run":
        reasons.append(Finding(NOT_REPLAYABLE, f"a {verified.artifact_type} is not executed again"))
    semantics = inputs.experiment["semantics"]
    if semantics not in engine.semantics:
        path = "data/inputs/experiment.json"
        reasons.append(
            Finding(UNKNOWN_SEMANTICS, f"{engine.name} does not know {semantics}", path, "/semantics")
        )
    nodes = inputs.ir["nodes"] if inputs.ir else {}
    lacking = sorted({node["kind"] for node in nodes.values()} - engine.capabilities)
    if lacking:
        message = f"{engine.name} has no {', '.join(lacking)}"
        reasons.append(Finding(MISSING_CAPABILITY, message, "data/inputs/ir.json", "/nodes"))
    if inputs.device and inputs.device["type"] == "hardware":
        path = "data/inputs/device.json"
        reasons.append(Finding(NO_HARDWARE, "the run was made on hardware, which is not here", path, "/type"))
    reasons += _expiry(inputs)
    if reasons:
        raise RefusedError(f"{verified.ids.artifact_id} is not executed", findings=reasons)


def _expiry(inputs: Inputs) -> list[Finding]:
    expires = (inputs.calibration or {}).get("expires_at_ps")
    as_of = _as_of(inputs)
    if expires is None or int(as_of) < int(expires):
        return []
    message = f"the calibration expired at {expires} ps and the experiment clock stands at {as_of} ps"
    return [Finding(EXPIRED_CALIBRATION, message, "data/inputs/calibration.json", "/expires_at_ps")]


def _as_of(inputs: Inputs) -> str:
    """The time on the recorded experiment clock at which the execution starts; without a clock it is 0."""
    return str(inputs.experiment.get("clock", {}).get("origin_ps", "0"))


def _task(verified: "VerifiedBundle", inputs: Inputs) -> Inputs:
    """The inputs of the replay artifact: those of the run, and which run it was (AWB-R-223)."""
    return replace(
        inputs,
        experiment={**inputs.experiment, "artifact_type": "replay"},
        task={
            "artifact_type": "replay",
            "artifact_id": verified.ids.artifact_id,
            "seed": inputs.experiment["seed"],
            "as_of_ps": _as_of(inputs),
        },
    )


def _description(verified: "VerifiedBundle", created: str) -> dict[str, Any]:
    """A description of the replay: its own title, the licence of what was replayed, and nobody's name."""
    original = verified.document("metadata.json")
    given = {"title": f"Replay of {original['title']}", "license": original["license"]}
    return described(given, name=original["title"], artifact_type="replay", created=created)
