"""Gradients as results: a task on an experiment in, cost and derivatives out.

AWB-R-490 to 499, AWB-R-566.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from awen_ref.engine.compiled import Compiled, compile_experiment, documents_of
from awen_ref.engine.derivatives import METHODS, Derivatives, Place
from awen_ref.engine.detectors import CountRangeError
from awen_ref.engine.engine import ReferenceEngine
from awen_ref.engine.lowered import lowered
from awen_ref.engine.objective import Objective, make_objective, refuse
from awen_ref.engine.protocol import Clock, Output, RunInputs, RunResult
from awen_ref.engine.solver import SingularResonanceError
from awen_ref.engine.telemetry import Recorder
from awen_ref.engine.twin import check_device, start_ps

__all__ = ["gradient", "reachable"]


def gradient(inputs: RunInputs, task: Mapping[str, Any], *, clock: Clock) -> RunResult:
    """Differentiate a cost on an experiment.

    Args:
        inputs: The experiment.
        task: `task.json` of a gradient, valid by its schema.
        clock: Stamps telemetry, and nothing else.

    Returns:
        Outputs `cost` and `gradient` (in the order of the task's parameters), with `.standard_error` where
        the cost is sampled, and the body of a gradient artifact. Where a loop has no finite solution the
        body says so.

    Raises:
        InvalidInputError: Experiment or task are none: with AWB-SEM-100 to 136 or 200 ff.
    """
    recorder = Recorder(ReferenceEngine.name, ReferenceEngine.version, clock)
    with recorder.span("awen.gradient", awen__gradient__method=task["method"]):
        documents = documents_of(inputs)
        compiled = compile_experiment(documents, tracer=recorder)
        check_device(documents, compiled, now_ps=start_ps(documents))
        objective = make_objective(documents, compiled, task["cost"])
        uses = _uses(objective, task["parameters"])
        step = task.get("step", 0.0)
        if task["method"] == "finite_difference" and not step > 0.0:
            raise refuse("AWB-SEM-135", f"the step is {step!r}; it must be positive", "/step")
        if objective.sampled and documents.experiment["shots"] < 2:
            raise refuse("AWB-SEM-134", "a sampled cost needs two shots for its standard error", "/cost")
        try:
            with recorder.span("awen.differentiate", awen__gradient__parameters=len(uses)):
                found = METHODS[task["method"]](objective, uses, step)
        except (SingularResonanceError, CountRangeError) as error:
            return _failed(compiled, error, recorder)
    recorder.gauge(
        "awen.gradient.evaluations",
        found.evaluations,
        unit="{evaluation}",
        description="Forward evaluations of the circuit.",
    )
    return RunResult(_outputs(found), _body(found), (), lowered(compiled), recorder.finish())


def reachable(inputs: RunInputs, cost: str) -> tuple[str, ...]:
    """The parameters that act on something the cost sees, themselves or by crosstalk; ascending.

    Args:
        inputs: The experiment.
        cost: The cost.

    Raises:
        InvalidInputError: Experiment or cost are none.
    """
    documents = documents_of(inputs)
    objective = make_objective(documents, compile_experiment(documents), cost)
    places = _places(objective)
    return tuple(name for name in sorted(documents.parameters) if places(name))


def _uses(objective: Objective, names: Sequence[str]) -> dict[str, list[Place]]:
    """Every live place that each asked parameter acts on, itself or by crosstalk.

    Raises:
        InvalidInputError: One is unknown or acts on nothing that the cost sees (AWB-SEM-133).
    """
    places = _places(objective)
    found: dict[str, list[Place]] = {}
    for index, name in enumerate(names):
        if name not in objective.documents.parameters:
            raise refuse("AWB-SEM-133", f"there is no parameter {name!r}", f"/parameters/{index}")
        found[name] = places(name)
        if not found[name]:
            raise refuse("AWB-SEM-133", f"parameter {name!r} does not reach the cost", f"/parameters/{index}")
    return found


def _places(objective: Objective) -> Callable[[str], list[Place]]:
    """From a parameter to the live places that it acts on."""
    compiled = objective.compiled
    live = {node.id for group in compiled.plan.groups for node in group.nodes}
    live |= {node.id for _, node in compiled.plan.injected}
    live |= {reading.node for reading in objective.readings}
    influence = objective.influence()

    def places(name: str) -> list[Place]:
        return [
            (node, parameter, scale * factor)
            for phase, factor in influence.get(name, {name: 1.0}).items()
            if factor != 0.0
            for node, parameter, scale in compiled.places(phase)
            if node in live
        ]

    return places


def _outputs(found: Derivatives) -> dict[str, Output]:
    """The results as arrays."""
    outputs = {
        "cost": Output(np.array(found.baseline[0]), "1", "cost", (), sampled=found.baseline[1] is not None),
        "gradient": Output(
            np.array([value for value, _ in found.slopes.values()]),
            "1",
            "gradient",
            ("parameter",),
            sampled=found.baseline[1] is not None,
        ),
    }
    if found.baseline[1] is not None:
        error = np.array(found.baseline[1])
        outputs["cost.standard_error"] = Output(error, "1", "standard_error", (), sampled=True)
        errors = np.array([error or 0.0 for _, error in found.slopes.values()])
        outputs["gradient.standard_error"] = Output(
            errors, "1", "standard_error", ("parameter",), sampled=True
        )
    return dict(sorted(outputs.items()))


def _body(found: Derivatives) -> dict[str, Any]:
    """`body.json` of a gradient."""
    body: dict[str, Any] = {
        "artifact_type": "gradient",
        "status": "completed",
        "baseline_cost": found.baseline[0],
        "gradient": {name: _estimate("value", slope) for name, slope in found.slopes.items()},
        "perturbations": [
            {"parameter": p.parameter, "shift": p.shift, "cost": p.cost} for p in found.perturbations
        ],
        "evaluations": found.evaluations,
    }
    if found.baseline[1] is not None:
        body["baseline_standard_error"] = found.baseline[1]
    return body


def _estimate(name: str, estimate: tuple[float, float | None]) -> Mapping[str, float]:
    value, error = estimate
    return {name: value} if error is None else {name: value, "standard_error": error}


def _failed(
    compiled: Compiled, error: SingularResonanceError | CountRangeError, recorder: Recorder
) -> RunResult:
    """A gradient that could not be finished."""
    singular = isinstance(error, SingularResonanceError)
    node = (
        compiled.circuit.nodes[error.port[0]].origin
        if isinstance(error, SingularResonanceError)
        else error.node
    )
    code = "AWB-SEM-122" if singular else "AWB-SEM-123"
    recorder.event("awen.gradient.failed", node=node, awen__finding=code)
    body = {
        "artifact_type": "gradient",
        "status": "failed",
        "reason": {"code": code, "message": str(error), "node": node},
        "gradient": {},
        "perturbations": [],
        "evaluations": 0,
    }
    return RunResult({}, body, (), lowered(compiled), recorder.finish())
