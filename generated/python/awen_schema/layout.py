"""The matrix of files and artifact types. Generated from schema/layout.yaml: do not edit.

Plain data: importing it costs no YAML, no JSON and no pydantic.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

Presence = Literal["required", "optional", "forbidden"]
Format = Literal["json", "jsonl", "npy", "text", "bytes"]
Role = Literal["seal", "description", "rendering", "inputs", "claim", "results", "evidence", "signatures"]

ARTIFACT_TYPES: tuple[str, ...] = ("run", "gradient", "calibration", "replay", "validation",)
"""The artifact types this version of the specification defines."""

RELATIONS: tuple[str, ...] = ("gradient_of", "calibration_for", "calibrated_by", "replay_of", "validation_of", "derived_from",)
"""What a parent may be to the artifact that names it."""

ROOT_DIRECTORIES: tuple[str, ...] = ("citation", "data", "signatures",)
"""The directories directly below the root of a bundle; no other may stand there."""

DATA_DIRECTORIES: tuple[str, ...] = ("claim", "evidence", "inputs", "results",)
"""The directories directly below `data/`; nothing else may stand there."""


class Entry(NamedTuple):
    """One file of a bundle, or one family of files.

    Attributes:
        path: The file's path; empty for a family.
        pattern: The regular expression that the whole path of each file of a family matches; else empty.
        role: The part of the bundle it belongs to; `rendering` is made from the metadata.
        format: `json` and `jsonl` are canonical JSON, `npy` is NPY 1.0, `text` is UTF-8, `bytes` is anything.
        schema: The class that the document, or each line of it, satisfies; empty where AWEN defines none.
        media_type: The media type that the manifest states for it; empty where the producer chooses.
        presence: What each artifact type asks for.
    """

    path: str
    pattern: str
    role: Role
    format: Format
    schema: str
    media_type: str
    presence: Mapping[str, Presence]


def _presence(*values: Presence) -> Mapping[str, Presence]:
    return MappingProxyType(dict(zip(ARTIFACT_TYPES, values, strict=True)))


ENTRIES: tuple[Entry, ...] = (
    Entry('bagit.txt', '', 'seal', 'text', '', 'text/plain', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('bag-info.txt', '', 'seal', 'text', '', 'text/plain', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('manifest-sha256.txt', '', 'seal', 'text', '', 'text/plain', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('tagmanifest-sha256.txt', '', 'seal', 'text', '', 'text/plain', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('manifest.json', '', 'seal', 'json', 'Manifest', 'application/json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('metadata.json', '', 'description', 'json', 'Metadata', 'application/json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('ro-crate-metadata.json', '', 'rendering', 'json', '', 'application/ld+json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('ro-crate-preview.html', '', 'rendering', 'text', '', 'text/html', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('CITATION.cff', '', 'rendering', 'text', '', 'application/yaml', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('citation/citation.bib', '', 'rendering', 'text', '', 'application/x-bibtex', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('citation/citation.md', '', 'rendering', 'text', '', 'text/markdown', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('citation/csl.json', '', 'rendering', 'json', '', 'application/vnd.citationstyles.csl+json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('citation/datacite.json', '', 'rendering', 'json', '', 'application/vnd.datacite.datacite+json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('data/inputs/experiment.json', '', 'inputs', 'json', 'Experiment', 'application/json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('data/inputs/task.json', '', 'inputs', 'json', 'Task', 'application/json', _presence('forbidden', 'required', 'required', 'required', 'required')),
    Entry('data/inputs/ir.json', '', 'inputs', 'json', 'Graph', 'application/json', _presence('required', 'required', 'required', 'required', 'optional')),
    Entry('data/inputs/parameters.json', '', 'inputs', 'json', 'Parameters', 'application/json', _presence('required', 'required', 'required', 'required', 'optional')),
    Entry('data/inputs/calibration.json', '', 'inputs', 'json', 'Calibration', 'application/json', _presence('required', 'required', 'required', 'required', 'optional')),
    Entry('data/inputs/device.json', '', 'inputs', 'json', 'Device', 'application/json', _presence('required', 'required', 'required', 'required', 'optional')),
    Entry('data/claim/claim.json', '', 'claim', 'json', 'Claim', 'application/json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('data/results/outputs.json', '', 'results', 'json', 'Outputs', 'application/json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('data/results/body.json', '', 'results', 'json', 'Body', 'application/json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('data/results/control.jsonl', '', 'results', 'jsonl', 'ControlDecision', 'application/jsonl', _presence('optional', 'forbidden', 'optional', 'forbidden', 'forbidden')),
    Entry('', 'data/results/arrays/[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)*\\.npy', 'results', 'npy', '', 'application/x-npy', _presence('optional', 'optional', 'optional', 'optional', 'optional')),
    Entry('data/results/replayed/outputs.json', '', 'results', 'json', 'Outputs', 'application/json', _presence('forbidden', 'forbidden', 'forbidden', 'required', 'forbidden')),
    Entry('data/results/replayed/body.json', '', 'results', 'json', 'Body', 'application/json', _presence('forbidden', 'forbidden', 'forbidden', 'required', 'forbidden')),
    Entry('data/results/replayed/control.jsonl', '', 'results', 'jsonl', 'ControlDecision', 'application/jsonl', _presence('forbidden', 'forbidden', 'forbidden', 'optional', 'forbidden')),
    Entry('', 'data/results/replayed/arrays/[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)*\\.npy', 'results', 'npy', '', 'application/x-npy', _presence('forbidden', 'forbidden', 'forbidden', 'optional', 'forbidden')),
    Entry('data/evidence/environment.json', '', 'evidence', 'json', 'Environment', 'application/json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('data/evidence/provenance.json', '', 'evidence', 'json', 'Provenance', 'application/json', _presence('required', 'required', 'required', 'required', 'required')),
    Entry('data/evidence/ir.lowered.json', '', 'evidence', 'json', 'LoweredGraph', 'application/json', _presence('optional', 'optional', 'optional', 'optional', 'optional')),
    Entry('data/evidence/events.jsonl', '', 'evidence', 'jsonl', 'Event', 'application/jsonl', _presence('required', 'required', 'required', 'required', 'optional')),
    Entry('data/evidence/metrics.json', '', 'evidence', 'json', 'Metrics', 'application/json', _presence('required', 'required', 'required', 'required', 'optional')),
    Entry('data/evidence/traces.jsonl', '', 'evidence', 'jsonl', 'TracesData', 'application/jsonl', _presence('required', 'required', 'required', 'required', 'optional')),
    Entry('data/evidence/timeline.json', '', 'evidence', 'json', 'Timeline', 'application/json', _presence('required', 'required', 'required', 'required', 'optional')),
    Entry('data/evidence/replay_log.jsonl', '', 'evidence', 'jsonl', 'ReplayLogEntry', 'application/jsonl', _presence('forbidden', 'forbidden', 'forbidden', 'required', 'forbidden')),
    Entry('', 'data/evidence/attachments/[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*', 'evidence', 'bytes', '', '', _presence('optional', 'optional', 'optional', 'optional', 'optional')),
    Entry('', 'signatures/[a-z0-9][a-z0-9._-]*\\.dsse\\.json', 'signatures', 'bytes', '', 'application/vnd.dsse.envelope.v1+json', _presence('optional', 'optional', 'optional', 'optional', 'optional')),
    Entry('', 'signatures/[a-z0-9][a-z0-9._-]*\\.sigstore\\.json', 'signatures', 'bytes', '', 'application/vnd.dev.sigstore.bundle.v0.3+json', _presence('optional', 'optional', 'optional', 'optional', 'optional')),
    Entry('', 'signatures/[a-z0-9][a-z0-9._-]*\\.tsr', 'signatures', 'bytes', '', 'application/timestamp-reply', _presence('optional', 'optional', 'optional', 'optional', 'optional')),
    Entry('', 'signatures/tagmanifest-[0-9a-f]{64}\\.txt', 'signatures', 'bytes', '', 'text/plain', _presence('optional', 'optional', 'optional', 'optional', 'optional')),
)

FILES: Mapping[str, Entry] = MappingProxyType({entry.path: entry for entry in ENTRIES if entry.path})
"""The files with a fixed name, by path."""

FAMILIES: tuple[Entry, ...] = tuple(entry for entry in ENTRIES if entry.pattern)
"""The families of files, whose names the producer chooses within a pattern."""

ROOT_FILES: tuple[str, ...] = tuple(path for path in FILES if "/" not in path)
"""The files directly below the root of a bundle; no other may stand there."""


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def entry_for(path: str) -> Entry | None:
    """The entry that a path of a bundle falls under, or `None` where it does not belong in a bundle.

    Args:
        path: A path inside a bundle, segments parted by `/`.
    """
    found = FILES.get(path)
    if found is not None:
        return found
    return next((entry for entry in FAMILIES if _expression(entry.pattern).fullmatch(path)), None)


def presence(entry: Entry, artifact_type: str) -> Presence:
    """What an artifact type asks for; for a type that this version does not know, everything is optional."""
    return entry.presence.get(artifact_type, "optional")
