"""Hold the results of a verified bundle against constraints, and seal what was found (AWB-R-224, 227, 228).

Every number in a verdict is the same on every machine: sums are exactly rounded, ratios in decibels are taken
in decimal arithmetic and rounded once.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from awen_ref.bundle.assemble import Evidence, Inputs, Results
from awen_ref.bundle.schema import violations
from awen_ref.environment import timestamp
from awen_ref.errors import AwenError, InvalidInputError
from awen_ref.execution import Execution, sealed
from awen_ref.execution.description import described

if TYPE_CHECKING:
    import numpy as np

    from awen_ref.engine import Clock
    from awen_ref.verify import VerifiedBundle

    Array = np.ndarray[Any, Any]

__all__ = ["PROCEDURE", "judge", "validate"]

PROCEDURE = "awen-validate/1.0"
"""The contract of the measures below."""

_DECIMAL = Context(prec=40)
_VERDICT_GRADES = ("bit_exact", "within_tolerance", "statistically_consistent", "different")
_PS_PER_S = 10**12


class _UnmeasurableError(AwenError):
    """The measure has no value for these results; the message says why."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a measure may look at."""

    verified: "VerifiedBundle"
    replay: "VerifiedBundle | None"
    as_of_ps: int

    def values(self, output: str | None) -> "Array":
        """The values of an output.

        Raises:
            _UnmeasurableError: There is no such output.
        """
        described = self.verified.document("data/results/outputs.json")
        if output is None or output not in described:
            known = ", ".join(sorted(described)) or "none"
            raise _UnmeasurableError(f"there is no output {output!r}; there are: {known}")
        return self.verified.array(output)

    def unit(self, output: str) -> str:
        """The unit of an output; there is one."""
        described: Mapping[str, Any] = self.verified.document("data/results/outputs.json")
        return str(described[output]["unit"])

    def quantity(self, output: str) -> str:
        """What an output measures."""
        described: Mapping[str, Any] = self.verified.document("data/results/outputs.json")
        return str(described[output]["quantity"])


def _minimum(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    return float(subject.values(constraint.get("output")).min())


def _maximum(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    return float(subject.values(constraint.get("output")).max())


def _mean(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    values = subject.values(constraint.get("output"))
    return math.fsum(values.reshape(-1).tolist()) / values.size


def _extinction_ratio(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    """The largest over the least power, or the mean of the output over that of the reference, in dB."""
    if "reference" in constraint:
        reference = {"output": constraint["reference"]}
        return _decibels(_mean(subject, constraint), _mean(subject, reference))
    return _decibels(_maximum(subject, constraint), _minimum(subject, constraint))


def _insertion_loss(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    """Mean power of the reference over that of the output, in dB; the sources' power without a reference."""
    if "reference" in constraint:
        sent = _mean(subject, {"output": constraint["reference"]})
    else:
        sent = _source_power(subject)
    return _decibels(sent, _mean(subject, constraint))


def _passivity(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    """The greatest sum over all power outputs, at any wavelength, over the power of all sources."""
    del constraint
    described = subject.verified.document("data/results/outputs.json")
    powers = [
        subject.verified.array(name)
        for name, output in described.items()
        if output["quantity"] == "optical_power" and not output["sampled"]
    ]
    if not powers:
        raise _UnmeasurableError("no output is an optical power")
    points = max(power.size for power in powers)
    sums = [
        math.fsum(float(power.reshape(-1)[index]) for power in powers if power.size == points)
        for index in range(points)
    ]
    return max(sums) / _source_power(subject)


def _fidelity(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    """Overlap of two fields."""
    from awen_ref.compare import overlap

    pair = [subject.values(constraint.get(side)) for side in ("reference", "output")]
    if any(subject.quantity(constraint[side]) != "optical_field" for side in ("reference", "output")):
        raise _UnmeasurableError("fidelity is an overlap of two optical fields")
    if pair[0].shape != pair[1].shape:
        raise _UnmeasurableError("the two fields have different shapes")
    value = overlap(*pair)
    if value is None:
        raise _UnmeasurableError("one of the two outputs is zero everywhere")
    return value


def _coherence(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    """1 where the run kept its coherence window, 0 where it did not."""
    del constraint
    if "coherence_window" not in subject.verified.document("data/inputs/experiment.json"):
        raise _UnmeasurableError("the experiment has no coherence window")
    return (
        0.0 if subject.verified.document("data/results/body.json")["status"] == "coherence_violated" else 1.0
    )


def _calibration_age(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    """Seconds on the experiment clock from the calibration to the as-of time."""
    del constraint
    made = int(subject.verified.document("data/inputs/calibration.json")["calibrated_at_ps"])
    return (subject.as_of_ps - made) / _PS_PER_S


def _reproducibility(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    """The verdict of a replay of the subject as a grade: 0 for bit_exact to 3 for different."""
    del constraint
    if subject.replay is None:
        raise _UnmeasurableError("no replay of the artifact was given")
    task = subject.replay.document("data/inputs/task.json")
    if task["artifact_id"] != subject.verified.ids.artifact_id:
        raise _UnmeasurableError(f"the replay is one of {task['artifact_id']}")
    body = subject.replay.document("data/results/body.json")
    return float(_VERDICT_GRADES.index(body["comparison"]["verdict"]))


_MEASURES: Mapping[str, Callable[[_Subject, Mapping[str, Any]], float]] = {
    "minimum": _minimum,
    "maximum": _maximum,
    "mean": _mean,
    "extinction_ratio": _extinction_ratio,
    "insertion_loss": _insertion_loss,
    "passivity": _passivity,
    "fidelity": _fidelity,
    "coherence": _coherence,
    "calibration_age": _calibration_age,
    "reproducibility": _reproducibility,
}


_UNITS = {"extinction_ratio": "dB", "insertion_loss": "dB", "calibration_age": "s"}
"""Unit of the measures that are neither in that of their output nor plain numbers."""

_OF_OUTPUTS = frozenset({"minimum", "maximum", "mean"})


def _unit(subject: _Subject, constraint: Mapping[str, Any]) -> str:
    """The unit that a measure is in."""
    if constraint["measure"] in _OF_OUTPUTS:
        return subject.unit(constraint["output"])
    return _UNITS.get(constraint["measure"], "1")


def _decibels(above: float, below: float) -> float:
    """10 log10 of a ratio, in decimal arithmetic and rounded once."""
    if above <= 0.0 or below <= 0.0:
        raise _UnmeasurableError(f"a ratio of {above!r} to {below!r} has no decibels")
    ratio = _DECIMAL.divide(Decimal(above), Decimal(below))
    return float(_DECIMAL.multiply(Decimal(10), _DECIMAL.log10(ratio)))


def _source_power(subject: _Subject) -> float:
    """The power of all sources, in watts."""
    parameters = subject.verified.document("data/inputs/parameters.json")
    nodes = subject.verified.document("data/inputs/ir.json")["nodes"].values()
    given = [node["params"]["power_w"] for node in nodes if node["kind"] == "source"]
    total = math.fsum(parameters[power]["value"] if isinstance(power, str) else power for power in given)
    if total <= 0.0:
        raise _UnmeasurableError("no source gives any power")
    return total


def judge(
    verified: "VerifiedBundle",
    constraints: Mapping[str, Mapping[str, Any]],
    *,
    as_of_ps: int,
    replay: "VerifiedBundle | None" = None,
) -> dict[str, dict[str, Any]]:
    """Measure every constraint.

    Args:
        verified: The bundle that is judged.
        constraints: Id to `Constraint`.
        as_of_ps: The time on the experiment clock at which ages are judged.
        replay: A replay of the bundle, for `reproducibility`.

    Returns:
        Id to `ConstraintResult`. What cannot be measured has not passed, and says why.
    """
    subject = _Subject(verified, replay, as_of_ps)
    return {name: _judged(subject, constraint) for name, constraint in constraints.items()}


def _judged(subject: _Subject, constraint: Mapping[str, Any]) -> dict[str, Any]:
    bounds = {bound: constraint[bound] for bound in ("minimum", "maximum") if bound in constraint}
    stated = {"unit": constraint["unit"], **bounds}
    try:
        measured = _measured(subject, constraint)
    except _UnmeasurableError as reason:
        return {"passed": False, **stated, "message": reason.message}
    margins = [measured - bounds["minimum"]] if "minimum" in bounds else []
    margins += [bounds["maximum"] - measured] if "maximum" in bounds else []
    margin = {"margin": min(margins)} if margins else {}
    return {"passed": all(one >= 0.0 for one in margins), **stated, "measured": measured, **margin}


def _measured(subject: _Subject, constraint: Mapping[str, Any]) -> float:
    measure = _MEASURES.get(constraint["measure"])
    if measure is None:
        raise _UnmeasurableError(f"this procedure does not measure {constraint['measure']}")
    value = measure(subject, constraint)
    unit = _unit(subject, constraint)
    if unit != constraint["unit"]:
        raise _UnmeasurableError(f"it is measured in {unit}, and the constraint is in {constraint['unit']}")
    return value


def validate(
    verified: "VerifiedBundle",
    constraints: Mapping[str, Mapping[str, Any]],
    *,
    clock: "Clock",
    environment: Mapping[str, Any],
    replay: "VerifiedBundle | None" = None,
) -> "VerifiedBundle":
    """Judge a bundle and seal a validation artifact.

    Args:
        verified: The bundle.
        constraints: Id to `Constraint`.
        clock: Wall time of the evidence.
        environment: `environment.json` of this machine.
        replay: A replay of the bundle, for `reproducibility`.

    Raises:
        InvalidInputError: The constraints are not valid.
    """
    begun = timestamp(clock.now())
    experiment = verified.document("data/inputs/experiment.json")
    as_of = str(experiment.get("clock", {}).get("origin_ps", "0"))
    task = {
        "artifact_type": "validation",
        "procedure": PROCEDURE,
        "subjects": [verified.ids.artifact_id],
        "as_of_ps": as_of,
        "constraints": {name: dict(constraint) for name, constraint in constraints.items()},
    }
    findings = [one._replace(path="constraints") for one in violations("Task", task, "")]
    if findings:
        raise InvalidInputError("these are no constraints", findings=findings)
    results = judge(verified, constraints, as_of_ps=int(as_of), replay=replay)
    body = {
        "artifact_type": "validation",
        "status": "completed",
        "passed": all(result["passed"] for result in results.values()),
        "constraints": results,
    }
    parents = [{"artifact_id": verified.ids.artifact_id, "relation": "validation_of"}]
    if replay is not None:
        parents.append({"artifact_id": replay.ids.artifact_id, "relation": "derived_from"})
    execution = Execution(
        artifact_type="validation",
        inputs=Inputs(
            experiment={**experiment, "artifact_type": "validation"}, task=task, **_copied(verified)
        ),
        claim={
            "tolerance": verified.document("data/claim/claim.json")["tolerance"],
            "parents": sorted(parents, key=lambda parent: (parent["artifact_id"], parent["relation"])),
        },
        results=Results(outputs={}, arrays={}, body=body),
        evidence=Evidence(environment=environment),
        window=(begun, timestamp(clock.now())),
    )
    original = verified.document("metadata.json")
    given = {"title": f"Validation of {original['title']}", "license": original["license"]}
    return sealed(
        execution,
        described(given, name=original["title"], artifact_type="validation", created=execution.window[1]),
    )


def _copied(verified: "VerifiedBundle") -> dict[str, Any]:
    """The inputs of the judged artifact, so that it can be executed again from the validation alone."""
    names = ("ir", "parameters", "calibration", "device")
    paths = {name: f"data/inputs/{name}.json" for name in names}
    return {name: verified.document(path) for name, path in paths.items() if path in verified.bundle.members}
