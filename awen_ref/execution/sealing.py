"""Seal what an execution was given and what it gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from awen_ref import canonical
from awen_ref.bundle import BytesMember, content_of, name, seal
from awen_ref.bundle.assemble import Evidence, Inputs, Results
from awen_ref.environment import TOOL
from awen_ref.execution.provenance import provenance
from awen_ref.verify import VerifiedBundle, verify

__all__ = ["Execution", "sealed"]


@dataclass(frozen=True, slots=True)
class Execution:
    """One finished execution, whatever became of it.

    Attributes:
        artifact_type: `run`, `gradient`, ….
        inputs: `data/inputs/`.
        claim: `data/claim/claim.json`.
        results: `data/results/`.
        evidence: `data/evidence/`, without provenance.
        window: Its start and end, RFC 3339.
        replayed: `data/results/replayed/`, of a replay.
    """

    artifact_type: str
    inputs: Inputs
    claim: Mapping[str, Any]
    results: Results
    evidence: Evidence
    window: tuple[str, str]
    replayed: Results | None = None


def sealed(execution: Execution, metadata: Mapping[str, Any]) -> VerifiedBundle:
    """Write provenance, seal, and hold the bundle against the specification before anybody sees it.

    Args:
        execution: What was done.
        metadata: The complete citation record.

    Raises:
        VerificationError: The bundle would break the specification: no bundle is given then.
    """
    content = content_of(
        execution.inputs, execution.claim, execution.results, execution.evidence, replayed=execution.replayed
    )
    account = provenance(
        name(content),
        artifact_type=execution.artifact_type,
        window=execution.window,
        tool=TOOL,
        creators=len(metadata["creators"]),
        parents=execution.claim["parents"],
    )
    content["data/evidence/provenance.json"] = BytesMember(canonical.dumps(account))
    bundle = seal(
        content, metadata, artifact_type=execution.artifact_type, created=execution.window[1], tool=TOOL
    )
    return verify(bundle)
