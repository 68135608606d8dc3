"""The experiment and what was made of it (AWB-R-181, 191, 192, 207)."""

import re
from collections.abc import Mapping
from typing import Any

from awen_ref.bundle.schema import pointer
from awen_ref.verify.state import State

__all__ = ["BODY", "EXPERIMENT", "GRAPH", "OUTPUTS", "REPLAYED", "SEMANTICS", "TASK", "compare"]

EXPERIMENT = "data/inputs/experiment.json"
TASK = "data/inputs/task.json"
GRAPH = "data/inputs/ir.json"
OUTPUTS = "data/results/outputs.json"
BODY = "data/results/body.json"
REPLAYED = "data/results/replayed/"

SEMANTICS = "awen-ir/1.0"

_WAVES = ("incident", "emergent")
_STATE = re.compile(r"([a-z][a-z0-9_]*\.o[1-9][0-9]*)\.(?:incident|emergent)")
"""Name of an output that holds a recorded state: the endpoint, then which of its two waves."""


def compare(state: State) -> None:
    """One type throughout; what was asked for is what the body of a run says was done."""
    for path in (EXPERIMENT, TASK, BODY):
        stated = state.sound.get(path, {}).get("artifact_type", state.artifact_type)
        if stated != state.artifact_type:
            text = f"artifact_type is {stated!r}, in manifest.json {state.artifact_type!r}"
            state.report("AWB-SEM-001", text, path, "/artifact_type")
    experiment = state.sound.get(EXPERIMENT)
    if experiment is None:
        return
    if experiment["semantics"] != SEMANTICS:
        state.judged = False
        text = f"the semantics {experiment['semantics']!r} are not known here; the graph is not judged"
        state.report("AWB-SEM-002", text, EXPERIMENT, "/semantics")
    for folder in ("data/results/", REPLAYED):
        body = state.sound.get(f"{folder}body.json", {})
        if body.get("artifact_type") == "run" and body.get("status") == "completed":
            _body(state, experiment, body, f"{folder}body.json")
            _states(state, experiment, f"{folder}outputs.json")


def _body(state: State, experiment: Mapping[str, Any], body: Mapping[str, Any], path: str) -> None:
    """AWB-R-207: a completed run did what the experiment asked for."""
    for asked, done in (("shots", "shots"), ("record", "recorded_states")):
        if body[done] != experiment[asked]:
            text = f"{done} is {body[done]!r}, {asked} of the experiment {experiment[asked]!r}"
            state.report("AWB-SEM-017", text, path, pointer(done))


def _states(state: State, experiment: Mapping[str, Any], path: str) -> None:
    """AWB-R-191: the recorded states are among the outputs, and no others."""
    outputs = state.sound.get(path)
    if outputs is None:
        return
    for endpoint in experiment["record"]:
        for wave in _WAVES:
            if f"{endpoint}.{wave}" not in outputs:
                text = f"{endpoint!r} is recorded, but there is no output {endpoint}.{wave}"
                state.report("AWB-SEM-005", text, path)
    asked = frozenset(experiment["record"])
    for name in outputs:
        match = _STATE.fullmatch(name)
        if match and match[1] not in asked:
            text = f"the output is a wave at {match[1]!r}, which record does not name"
            state.report("AWB-SEM-005", text, path, pointer(name))
