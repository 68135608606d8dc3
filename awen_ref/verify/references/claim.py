"""The claim: tolerances, environment, parents (AWB-R-199 to 201)."""

from collections import Counter

from awen_ref.bundle.schema import pointer
from awen_ref.verify.references.experiment import OUTPUTS
from awen_ref.verify.state import State

__all__ = ["CLAIM", "compare"]

CLAIM = "data/claim/claim.json"
ENVIRONMENT = "data/evidence/environment.json"

_OWNERS = {
    "gradient_of": "gradient",
    "calibration_for": "calibration",
    "replay_of": "replay",
    "validation_of": "validation",
}
"""Relations that one artifact type alone may have; any type may have the others."""


def compare(state: State) -> None:
    """Hold the claim against outputs, environment and type."""
    claim = state.sound.get(CLAIM)
    if claim is None:
        return
    outputs = state.sound.get(OUTPUTS)
    if outputs is not None:
        for name in sorted(claim.get("output_tolerances", {}).keys() - outputs.keys()):
            text = f"the bundle has no output {name!r}"
            state.report("AWB-SEM-007", text, CLAIM, pointer("output_tolerances", name))
    _environment(state, claim.get("environment_digest"))
    _relations(state, [parent["relation"] for parent in claim["parents"]])


def _environment(state: State, stated: str | None) -> None:
    """AWB-R-200: a replay, and nothing else, pins the environment it was made in."""
    if state.artifact_type != "replay":
        if stated is not None:
            text = f"a {state.artifact_type} has no environment_digest"
            state.report("AWB-SEM-008", text, CLAIM, "/environment_digest")
    elif stated is None:
        state.report("AWB-SEM-008", "a replay has to state environment_digest", CLAIM)
    elif ENVIRONMENT in state.payload and stated != state.payload[ENVIRONMENT]:
        text = f"environment_digest is {stated}, {ENVIRONMENT} has {state.payload[ENVIRONMENT]}"
        state.report("AWB-SEM-008", text, CLAIM, "/environment_digest")


def _relations(state: State, relations: list[str]) -> None:
    """AWB-R-201: a relation that belongs to one type stands in no other; a replay has its own once."""
    for index, relation in enumerate(relations):
        owner = _OWNERS.get(relation, state.artifact_type)
        if owner != state.artifact_type:
            text = f"the relation {relation!r} belongs to a {owner}, this is a {state.artifact_type}"
            state.report("AWB-SEM-009", text, CLAIM, pointer("parents", index, "relation"))
    count = Counter(relations)["replay_of"]
    if state.artifact_type == "replay" and count != 1:
        state.report("AWB-SEM-009", f"a replay has one parent with replay_of, not {count}", CLAIM, "/parents")
