"""From documents and arrays to the files under `data/`: where each one lies, and its one spelling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from awen_ref import canonical
from awen_ref.bundle.hashed import HashedMember, hashed
from awen_ref.bundle.model import BytesMember, Member

__all__ = ["Content", "Evidence", "Inputs", "Results", "content_of", "files_of"]

Document = Mapping[str, Any]
Content = dict[str, Member]
"""The files under `data/`: path to member."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that determines the results (`data/inputs/`), as plain JSON values.

    Attributes:
        experiment: `experiment.json`.
        ir: `ir.json`; absent only where the type allows it.
        parameters: `parameters.json`, likewise.
        calibration: `calibration.json`, likewise.
        device: `device.json`, likewise.
        task: `task.json`, for every type but run.
    """

    experiment: Document
    ir: Document | None = None
    parameters: Document | None = None
    calibration: Document | None = None
    device: Document | None = None
    task: Document | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What came out (`data/results/`, or `data/results/replayed/`).

    Attributes:
        outputs: `outputs.json`: name to description.
        arrays: Output name to its NPY file.
        body: `body.json`.
        control: Control decisions in order; without any, no `control.jsonl` is written (AWB-R-094).
    """

    outputs: Document
    arrays: Mapping[str, bytes | Member]
    body: Document
    control: Iterable[Document] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is sealed beside the identity (`data/evidence/`).

    Attributes:
        environment: `environment.json`.
        provenance: `provenance.json`; may be added to the content later, since it names the ids.
        lowered: `ir.lowered.json`.
        traces: Lines of `traces.jsonl`, or `None` for no such file; so the others.
        events: Lines of `events.jsonl`.
        metrics: `metrics.json`.
        timeline: `timeline.json`.
        replay_log: Lines of `replay_log.jsonl`.
        attachments: Path below `attachments/` to content.
    """

    environment: Document
    provenance: Document | None = None
    lowered: Document | None = None
    traces: Iterable[Document] | None = None
    events: Iterable[Document] | None = None
    metrics: Document | None = None
    timeline: Document | None = None
    replay_log: Iterable[Document] | None = None
    attachments: Mapping[str, bytes | Member] = field(default_factory=dict)


def content_of(
    inputs: Inputs, claim: Document, results: Results, evidence: Evidence, *, replayed: Results | None = None
) -> Content:
    """The files under `data/`, JSON in canonical form.

    Args:
        inputs: `data/inputs/`.
        claim: `data/claim/claim.json`.
        results: `data/results/`.
        evidence: `data/evidence/`.
        replayed: `data/results/replayed/`, of a replay.

    Returns:
        Path to member, each with its digest. The caller may still add to it (`data/evidence/provenance.json`
        names the ids, which `bundle.name` gives) before `bundle.seal`.

    Raises:
        CanonicalError: A value has no canonical JSON form.
        ContainerError: An array or attachment cannot be read.
    """
    documents = {
        "data/inputs/experiment.json": inputs.experiment,
        "data/inputs/ir.json": inputs.ir,
        "data/inputs/parameters.json": inputs.parameters,
        "data/inputs/calibration.json": inputs.calibration,
        "data/inputs/device.json": inputs.device,
        "data/inputs/task.json": inputs.task,
        "data/claim/claim.json": claim,
        "data/evidence/environment.json": evidence.environment,
        "data/evidence/provenance.json": evidence.provenance,
        "data/evidence/ir.lowered.json": evidence.lowered,
        "data/evidence/metrics.json": evidence.metrics,
        "data/evidence/timeline.json": evidence.timeline,
    }
    logs = {
        "data/evidence/traces.jsonl": evidence.traces,
        "data/evidence/events.jsonl": evidence.events,
        "data/evidence/replay_log.jsonl": evidence.replay_log,
    }
    content: Content = {path: _json(value) for path, value in documents.items() if value is not None}
    content.update({path: _lines(rows) for path, rows in logs.items() if rows is not None})
    content.update(files_of(results, "data/results/"))
    if replayed is not None:
        content.update(files_of(replayed, "data/results/replayed/"))
    for path, data in evidence.attachments.items():
        content[f"data/evidence/attachments/{path}"] = _member(data)
    return content


def files_of(results: Results, folder: str) -> dict[str, HashedMember]:
    """The files of one set of results, each with its digest.

    Args:
        results: What came out.
        folder: `data/results/` or `data/results/replayed/`.

    Raises:
        CanonicalError: A value has no canonical JSON form.
        ContainerError: An array cannot be read.
    """
    files = {
        f"{folder}outputs.json": _json(results.outputs),
        f"{folder}body.json": _json(results.body),
    }
    files.update({f"{folder}arrays/{name}.npy": _member(data) for name, data in results.arrays.items()})
    control = _lines(results.control)
    if control.size:
        files[f"{folder}control.jsonl"] = control
    return files


def _json(value: Document) -> HashedMember:
    """A document as the file that holds it."""
    return hashed(BytesMember(canonical.dumps(value)))


def _lines(rows: Iterable[Document]) -> HashedMember:
    """A JSON Lines file: each row canonical, each line ended (AWB-R-093)."""
    return hashed(BytesMember(b"".join(canonical.dumps(row) + b"\n" for row in rows)))


def _member(data: bytes | Member) -> HashedMember:
    """Bytes or a member, as a member."""
    return hashed(BytesMember(data) if isinstance(data, bytes) else data)
