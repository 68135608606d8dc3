"""What the task of a derived artifact has to do with its parents and its body (AWB-R-201, 223, 224)."""

from collections.abc import Mapping
from typing import Any

from awen_ref.bundle.schema import pointer
from awen_ref.verify.references.claim import CLAIM
from awen_ref.verify.references.experiment import BODY, TASK
from awen_ref.verify.state import State

__all__ = ["compare"]

_SHARED = ("unit", "minimum", "maximum")


def compare(state: State) -> None:
    """Hold task, parents and body of a derived artifact against each other."""
    task, claim = state.sound.get(TASK), state.sound.get(CLAIM)
    if task is None or task.get("artifact_type") != state.artifact_type:
        return
    if claim is not None:
        _parents(state, task, claim["parents"])
    body = state.sound.get(BODY)
    if state.artifact_type == "validation" and body is not None and body["artifact_type"] == "validation":
        _constraints(state, task["constraints"], body)


def _parents(state: State, task: Mapping[str, Any], parents: list[Mapping[str, str]]) -> None:
    """The artifacts that the task is about are the parents with the relation of the type."""
    match state.artifact_type:
        case "replay":
            relation, code, wanted = "replay_of", "AWB-SEM-020", {task["artifact_id"]}
        case "validation":
            relation, code, wanted = "validation_of", "AWB-SEM-009", set(task["subjects"])
        case "gradient":
            relation, code, wanted = (
                "gradient_of",
                "AWB-SEM-009",
                {task["parent"]} if "parent" in task else set(),
            )
        case _:
            return
    found = {parent["artifact_id"] for parent in parents if parent["relation"] == relation}
    if found != wanted and (found or relation != "replay_of"):
        text = f"the task is about {_listed(wanted)}, but the parents with {relation} are {_listed(found)}"
        state.report(code, text, CLAIM, "/parents")


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "no artifact"


def _constraints(state: State, asked: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """AWB-R-224: every constraint is judged, by its own bounds, and the outcome follows from the numbers."""
    results = body["constraints"]
    for name in sorted(asked.keys() ^ results.keys()):
        where = "the task asks for it" if name in asked else "the task does not ask for it"
        state.report(
            "AWB-SEM-021", f"the constraint {name!r} stands on one side only: {where}", BODY, "/constraints"
        )
    for name in sorted(asked.keys() & results.keys()):
        result = results[name]
        for member in _SHARED:
            if asked[name].get(member) != result.get(member):
                text = f"{member} is {result.get(member)!r}, in the task {asked[name].get(member)!r}"
                state.report("AWB-SEM-021", text, BODY, pointer("constraints", name))
        if result["passed"] != _holds(result):
            text = f"passed is {result['passed']!r}, which does not follow from measured value and bounds"
            state.report("AWB-SEM-021", text, BODY, pointer("constraints", name, "passed"))
    if body["passed"] != all(result["passed"] for result in results.values()):
        text = f"passed is {body['passed']!r}, which does not follow from the constraints"
        state.report("AWB-SEM-021", text, BODY, "/passed")


def _holds(result: Mapping[str, Any]) -> bool:
    """Whether a measured value lies between its bounds; what could not be measured does not."""
    measured = result.get("measured")
    if measured is None:
        return False
    minimum, maximum = result.get("minimum"), result.get("maximum")
    return (minimum is None or measured >= minimum) and (maximum is None or measured <= maximum)
