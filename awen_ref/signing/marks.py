"""What lies under `signatures/`: whom and what it names, read and not believed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from awen_ref.bundle import Bundle
from awen_ref.bundle.dsse import Envelope, Statement, parse, statement_of
from awen_ref.digest import MANIFEST, TAG_MANIFEST, Ids, parse_manifest
from awen_ref.errors import Finding, VerificationError
from awen_ref.limits import DEFAULT, Limits

__all__ = [
    "ENVELOPE",
    "FOLDER",
    "SIGSTORE",
    "STAMP",
    "Mark",
    "Subject",
    "marks",
    "named",
    "octets",
    "stamped",
]

FOLDER = "signatures/"
ENVELOPE = ".dsse.json"
SIGSTORE = ".sigstore.json"
STAMP = ".tsr"

Subject = Literal["record", "artifact", "nothing"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One envelope under a bundle, read but not believed.

    Attributes:
        path: Its path.
        statement: What it says.
        subject: What it speaks for here: this record, this artifact in another record, or nothing at all.
        envelope: The envelope.
    """

    path: str
    statement: Statement
    subject: Subject
    envelope: Envelope


def octets(bundle: Bundle, suffix: str, limits: Limits = DEFAULT) -> Iterator[tuple[str, bytes]]:
    """The files under `signatures/` with one suffix: path and content, ascending by path.

    Args:
        bundle: A bundle.
        suffix: `ENVELOPE`, `SIGSTORE` or `STAMP`.
        limits: Bounds on number and size.
    """
    paths = [path for path in bundle.members if path.startswith(FOLDER) and path.endswith(suffix)]
    for path in paths[: limits.signatures]:
        member = bundle.members[path]
        # The size is known without reading: a huge file is refused before it takes memory.
        small = member.size <= limits.signature_bytes
        yield path, member.read() if small else bytes(limits.signature_bytes + 1)


def named(statement: Statement, ids: Ids) -> Subject:
    """What a Statement speaks for, seen from a bundle with these ids (AWB-R-384)."""
    if statement.artifact_id != ids.artifact_id:
        return "nothing"
    return "record" if statement.seal == ids.seal else "artifact"


def stamped(imprint: bytes, bundle: Bundle, *, limits: Limits = DEFAULT) -> Subject:
    """What a time stamp with this imprint speaks for (AWB-R-394).

    Args:
        imprint: SHA-256 of what was stamped, 32 bytes.
        bundle: A bundle that was verified.
        limits: Bounds on the manifests.

    Raises:
        VerificationError: The bundle has no name.
    """
    digits = imprint.hex()
    if f"seal_{digits}" == bundle.ids.seal:
        return "record"
    earlier = bundle.members.get(f"{FOLDER}tagmanifest-{digits}.txt")
    if earlier is None or earlier.size > limits.signature_bytes:
        return "nothing"
    data = earlier.read()
    if hashlib.sha256(data).digest() != imprint:
        return "nothing"
    # The manifest of before is the one of today, so the artifact is; only the description was another.
    before = _manifest_digest(data, limits)
    now = _manifest_digest(bundle.members[TAG_MANIFEST].read(), limits)
    return "artifact" if before is not None and before == now else "nothing"


def _manifest_digest(tag_manifest: bytes, limits: Limits) -> str | None:
    lines, findings = parse_manifest(tag_manifest, limits=limits)
    return None if findings else next((line.sha256 for line in lines if line.path == MANIFEST), None)


def others(bundle: Bundle) -> list[str]:
    """Paths of the Sigstore bundles and time stamps, which only a policy makes sense of."""
    return [path for path in bundle.members if path.startswith(FOLDER) and path.endswith((SIGSTORE, STAMP))]


def marks(bundle: Bundle, *, limits: Limits = DEFAULT) -> tuple[list[Mark], list[Finding]]:
    """Read every envelope of a bundle.

    Args:
        bundle: A bundle whose ids can be computed.
        limits: Bounds on number and size.

    Returns:
        The envelopes that can be read, and a finding for each one that cannot.

    Raises:
        VerificationError: The bundle has no name.
    """
    ids = bundle.ids
    found: list[Mark] = []
    findings: list[Finding] = []
    for path, data in octets(bundle, ENVELOPE, limits):
        try:
            envelope = parse(data, path, limits=limits)
            statement = statement_of(envelope, path, limits=limits)
        except VerificationError as error:
            findings += error.findings
            continue
        found.append(Mark(path, statement, named(statement, ids), envelope))
    return found, findings
