"""Phase 7: what documents say of each other. A rule is judged where every document it reads is sound."""

from awen_ref.verify.references import (
    bag,
    citation,
    claim,
    crate,
    derived,
    experiment,
    graph,
    ordered,
    outputs,
    people,
    provenance,
    setting,
)
from awen_ref.verify.state import State

__all__ = ["compare"]


def compare(state: State) -> None:
    """Run every cross-reference that applies to the bundle's type."""
    ordered.compare(state)
    bag.compare(state)
    people.compare(state)
    citation.compare(state)
    crate.compare(state)
    if not state.known:
        return
    experiment.compare(state)
    graph.compare(state)
    setting.compare(state)
    outputs.compare(state)
    claim.compare(state)
    derived.compare(state)
    provenance.compare(state)
