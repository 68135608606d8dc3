"""Take a bundle of the ancestor, `awen_artifact.v0.2`, into a sealed record of it (AWB-R-245 to AWB-R-248).

The ancestor's physics is not that of `awen-ir/1.0`, so its numbers become nothing but evidence: every file is
kept octet for octet, and what is claimed is only that the files are those which `checksums.json` lists.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from awen_ref import canonical
from awen_ref.bundle.assemble import Evidence, Inputs, Results
from awen_ref.bundle.hashed import HashedMember, hashed
from awen_ref.environment import timestamp
from awen_ref.errors import Finding, InvalidInputError
from awen_ref.execution import Execution, sealed
from awen_ref.execution.description import described

if TYPE_CHECKING:
    from awen_ref.bundle import Bundle
    from awen_ref.engine import Clock
    from awen_ref.verify import VerifiedBundle

__all__ = ["EXTENSION", "LAYOUT", "PROCEDURE", "migrate"]

LAYOUT = "awen_artifact.v0.2"
"""The layout that is understood, as its manifests name it."""

PROCEDURE = "awen-migrate/1.0"
"""The contract of what is judged and kept."""

EXTENSION = "org.w3id.awen.migration"
"""The extension of `experiment.json` that lists the ancestor's files."""

MANIFEST, CHECKSUMS = "manifest.json", "checksums.json"
_DIFFERS = "AWB-INT-011"
_UNLISTED = frozenset({MANIFEST, CHECKSUMS})
"""Written after the checksums were taken: the ancestor never listed them."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CONSTRAINTS: Mapping[str, Mapping[str, Any]] = {
    "files.differing": {
        "measure": "count",
        "unit": "1",
        "maximum": 0,
        "statement": "Files that are not what checksums.json lists, are missing, or are not listed.",
    },
    "files.kept": {
        "measure": "count",
        "unit": "1",
        "minimum": 1,
        "statement": "Files of the ancestor that are kept under data/evidence/attachments/v0.2/.",
    },
}


def migrate(
    ancestor: "Bundle",
    *,
    clock: "Clock",
    environment: Mapping[str, Any],
    metadata: Mapping[str, Any] | None = None,
) -> "VerifiedBundle":
    """Seal a validation artifact that keeps an ancestor's bundle and says that it is whole.

    Args:
        ancestor: The ancestor's files, as `archive.read` or, of a tarball, `archive.read_tar` gives them.
        clock: Wall time of the evidence; no part of the identity.
        environment: `environment.json` of this machine, likewise.
        metadata: What the author wants to be cited with; the same artifact whatever it says.

    Returns:
        The artifact. The same ancestor gives the same `artifact_id` (AWB-R-247).

    Raises:
        InvalidInputError: It is no bundle of that layout, or does not match its checksums (AWB-R-245), or a
            name cannot stand in a bundle.
        ContainerError: A file cannot be read.
    """
    begun = timestamp(clock.now())
    errors = [finding for finding in ancestor.findings if finding.severity == "error"]
    if errors:
        raise InvalidInputError("the folder holds what no bundle can keep", findings=errors)
    head = _head(ancestor)
    files = {path: hashed(member) for path, member in ancestor.members.items()}
    differing = list(_differences(_object(ancestor, CHECKSUMS), files))
    if differing:
        raise InvalidInputError("the bundle does not match its checksums.json", findings=differing)
    execution = Execution(
        artifact_type="validation",
        inputs=_inputs(head, files),
        claim={"tolerance": {"absolute": 0, "relative": 0}, "parents": []},
        results=Results(outputs={}, arrays={}, body=_body(len(files))),
        evidence=Evidence(
            environment=environment, attachments={f"v0.2/{path}": file for path, file in files.items()}
        ),
        window=(begun, timestamp(clock.now())),
    )
    return sealed(execution, _description(head, metadata, created=execution.window[1]))


def _head(ancestor: "Bundle") -> Mapping[str, Any]:
    """The ancestor's manifest.

    Raises:
        InvalidInputError: It is not one of the layout that is understood.
    """
    head = _object(ancestor, MANIFEST)
    if head.get("schema_version") != LAYOUT:
        finding = Finding(
            _DIFFERS,
            f"schema_version is {head.get('schema_version')!r}, not {LAYOUT!r}",
            MANIFEST,
            "/schema_version",
        )
        raise InvalidInputError(f"this is no bundle of the layout {LAYOUT}", findings=[finding])
    return head


def _object(ancestor: "Bundle", path: str) -> Mapping[str, Any]:
    """One of the ancestor's JSON objects.

    Raises:
        InvalidInputError: There is none, or it is no JSON object.
    """
    if path not in ancestor.members:
        raise InvalidInputError(
            f"this is no bundle of the layout {LAYOUT}",
            findings=[Finding(_DIFFERS, "there is no such file", path)],
        )
    try:
        value = canonical.loads(ancestor.members[path].read())
    except canonical.CanonicalError as error:
        raise InvalidInputError(f"{path} is no JSON", findings=error.findings) from error
    if not isinstance(value, dict):
        raise InvalidInputError(
            f"{path} is no JSON object", findings=[Finding(_DIFFERS, "it is no object", path)]
        )
    return value


def _differences(listed: Mapping[str, Any], files: Mapping[str, HashedMember]) -> Iterator[Finding]:
    """AWB-R-245: in what the files and `checksums.json` disagree."""
    for path, digest in listed.items():
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            yield Finding(_DIFFERS, "the listed checksum is no SHA-256 in hexadecimal digits", path)
        elif path not in files:
            yield Finding(_DIFFERS, "it is listed and is not there", path)
        elif files[path].sha256 != digest:
            yield Finding(_DIFFERS, f"the SHA-256 is {files[path].sha256}, {CHECKSUMS} lists {digest}", path)
    for path in files.keys() - listed.keys() - _UNLISTED:
        yield Finding(_DIFFERS, "it is there and is not listed", path)


def _inputs(head: Mapping[str, Any], files: Mapping[str, HashedMember]) -> Inputs:
    """AWB-R-248: what the identity covers is the list of the ancestor's files and what was asked of them."""
    account = {"layout": LAYOUT, "files": {path: file.sha256 for path, file in files.items()}}
    if isinstance(head.get("artifact_id"), str):
        account["artifact_id"] = head["artifact_id"]
    experiment = {
        "artifact_type": "validation",
        "semantics": PROCEDURE,
        "seed": "0",
        "shots": 0,
        "grid": {"kind": "wavelength_list", "values_um": [1.55]},
        "record": [],
        "extensions": {EXTENSION: account},
    }
    task = {
        "artifact_type": "validation",
        "procedure": PROCEDURE,
        "subjects": [],
        "as_of_ps": "0",
        "constraints": _CONSTRAINTS,
    }
    return Inputs(experiment=experiment, task=task)


def _body(count: int) -> Mapping[str, Any]:
    """The verdict: whatever did not match was refused before."""
    results = {
        "files.differing": {"passed": True, "unit": "1", "measured": 0, "maximum": 0, "margin": 0},
        "files.kept": {"passed": True, "unit": "1", "measured": count, "minimum": 1, "margin": count - 1},
    }
    return {"artifact_type": "validation", "status": "completed", "passed": True, "constraints": results}


def _description(head: Mapping[str, Any], given: Mapping[str, Any] | None, *, created: str) -> dict[str, Any]:
    """The citation record: the author's, with the ancestor's own name among its identifiers."""
    kind = head.get("artifact_type")
    name = f"a {kind} of {LAYOUT}" if isinstance(kind, str) and kind.isidentifier() else LAYOUT
    identity = head.get("artifact_id")
    known = isinstance(identity, str) and re.fullmatch(r"awen_[0-9a-f]{16,64}", identity)
    defaults: dict[str, Any] = {
        "title": f"Migration of {name}",
        "description": f"The files of {name}, kept octet for octet and held against their checksums.",
    }
    if known:
        defaults["identifiers"] = [{"type": "other", "value": identity}]
    return described({**defaults, **(given or {})}, name=name, artifact_type="validation", created=created)
