"""Dead Simple Signing Envelopes (DSSE 1.0.2) and the in-toto Statement in ours.

Pure: bytes in, values out. Base64 is taken in its one canonical form and everything is bounded, so that
an envelope has no second spelling. Sources: secure-systems-lab/dsse `envelope.md`, `protocol.md`;
in-toto/attestation `spec/v1/statement.md`.
"""

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from awen_ref import canonical
from awen_ref.errors import AwenError, Finding, VerificationError
from awen_ref.limits import DEFAULT, Limits

__all__ = [
    "PAYLOAD_TYPE",
    "Envelope",
    "Signed",
    "Statement",
    "pae",
    "parse",
    "shape_findings",
    "sigstore_envelope",
    "statement_of",
]

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://w3id.org/awen/seal/v1"
NO_ENVELOPE = "AWB-SIG-001"
NO_STATEMENT = "AWB-SIG-002"
NO_SIGSTORE = "AWB-SIG-011"
_HEX_DIGITS = frozenset("0123456789abcdef")
_SUBJECTS = (("artifact_id", "awen_"), ("seal", "seal_"))


class ShapeError(ValueError):
    """A stranger's document is not what it has to be. Travels inside this module only."""


class Signed(NamedTuple):
    """One signature: the hint which key made it, and its bytes."""

    keyid: str
    signature: bytes


class Envelope(NamedTuple):
    """A payload and who signed it.

    Attributes:
        payload: The signed octets, exactly as they stand in the envelope.
        signatures: The signatures, in the envelope's order.
    """

    payload: bytes
    signatures: tuple[Signed, ...]

    def encode(self) -> bytes:
        """The envelope as canonical JSON."""
        rows = [{"keyid": row.keyid, "sig": _encoded(row.signature)} for row in self.signatures]
        return canonical.dumps(
            {"payload": _encoded(self.payload), "payloadType": PAYLOAD_TYPE, "signatures": rows}
        )


class Statement(NamedTuple):
    """What our signers say: this artifact, in this record.

    Attributes:
        artifact_id: First subject.
        seal: Second subject.
        artifact_type: Type of the artifact, as the signer saw it.
        signed_at: RFC 3339 time that the signer gives; nobody has proven it (AWB-R-386).
    """

    artifact_id: str
    seal: str
    artifact_type: str
    signed_at: str

    def encode(self) -> bytes:
        """The Statement as canonical JSON (AWB-R-381)."""
        subjects = [
            {"name": name, "digest": {"sha256": value.partition("_")[2]}}
            for name, value in (("artifact_id", self.artifact_id), ("seal", self.seal))
        ]
        return canonical.dumps(
            {
                "_type": STATEMENT_TYPE,
                "subject": subjects,
                "predicateType": PREDICATE_TYPE,
                "predicate": {"artifact_type": self.artifact_type, "signed_at": self.signed_at},
            }
        )


def pae(payload: bytes) -> bytes:
    """The pre-authentication encoding that is signed: type and payload, each with its length."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(value: object, what: str) -> bytes:
    if not isinstance(value, str):
        raise ShapeError(f"{what} is no string")
    data = base64.b64decode(value, validate=True)
    if _encoded(data) != value:
        raise ShapeError(f"{what} is not in canonical base64")
    return data


def _object(value: object, what: str, members: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not members <= set(value):
        raise ShapeError(f"{what} is no object with {', '.join(sorted(members))}")
    return value


def _signed(value: object) -> Signed:
    row = _object(value, "a signature", frozenset({"sig"}))
    keyid = row.get("keyid", "")
    if not isinstance(keyid, str):
        raise ShapeError("a keyid is no string")
    return Signed(keyid, _decoded(row["sig"], "sig"))


def _envelope(document: object, limits: Limits) -> Envelope:
    envelope = _object(document, "the envelope", frozenset({"payload", "payloadType", "signatures"}))
    if envelope["payloadType"] != PAYLOAD_TYPE:
        raise ShapeError(f"payloadType is {envelope['payloadType']!r}")
    rows = envelope["signatures"]
    if not isinstance(rows, list) or not 1 <= len(rows) <= limits.signatures:
        raise ShapeError(f"signatures is no list of 1 to {limits.signatures}")
    return Envelope(_decoded(envelope["payload"], "payload"), tuple(_signed(row) for row in rows))


@contextmanager
def _refused(code: str, path: str, what: str) -> Iterator[None]:
    """Turn whatever is wrong with a stranger's document into its finding."""
    try:
        yield
    except (ValueError, AwenError) as error:
        finding = Finding(code, str(error), path)
        raise VerificationError(f"{path} {what}: {error}", findings=[finding]) from error


def _document(data: bytes, path: str, limits: Limits) -> object:
    # The JSON reader's own bound is the one that a signature has.
    return canonical.loads(data, path=path, limits=limits._replace(json_bytes=limits.signature_bytes))


def parse(data: bytes, path: str, *, limits: Limits = DEFAULT) -> Envelope:
    """Read an envelope. Nothing in it is trusted yet.

    Args:
        data: The file.
        path: Its path, for findings.
        limits: Bounds on size and number.

    Raises:
        VerificationError: It is no DSSE envelope with an in-toto payload (AWB-R-380, AWB-R-381).
    """
    with _refused(NO_ENVELOPE, path, "is no DSSE envelope"):
        return _envelope(_document(data, path, limits), limits)


def sigstore_envelope(data: bytes, path: str, *, limits: Limits = DEFAULT) -> Envelope:
    """The envelope in a Sigstore bundle. Nothing in it is trusted yet.

    Args:
        data: The file, `sigstore_bundle.proto` in its JSON form.
        path: Its path, for findings.
        limits: Bounds on size and number.

    Raises:
        VerificationError: It is no Sigstore bundle with an in-toto payload (AWB-R-389).
    """
    with _refused(NO_SIGSTORE, path, "is no Sigstore bundle"):
        bundle = _object(_document(data, path, limits), "the bundle", frozenset({"dsseEnvelope"}))
        return _envelope(bundle["dsseEnvelope"], limits)


def _subject(value: object, name: str, prefix: str) -> str:
    subject = _object(value, "a subject", frozenset({"name", "digest"}))
    digest = _object(subject["digest"], "a digest", frozenset({"sha256"}))["sha256"]
    if subject["name"] != name:
        raise ShapeError(f"the subject {subject['name']!r} stands where {name!r} belongs")
    if not isinstance(digest, str) or len(digest) != 64 or not set(digest) <= _HEX_DIGITS:
        raise ShapeError(f"the digest of {name} is no SHA-256 in lower-case hex")
    return prefix + digest


def _statement(document: object) -> Statement:
    members = frozenset({"_type", "subject", "predicateType", "predicate"})
    statement = _object(document, "the Statement", members)
    for member, expected in (("_type", STATEMENT_TYPE), ("predicateType", PREDICATE_TYPE)):
        if statement[member] != expected:
            raise ShapeError(f"{member} is {statement[member]!r}")
    subjects = statement["subject"]
    if not isinstance(subjects, list) or len(subjects) != len(_SUBJECTS):
        raise ShapeError("there are not exactly two subjects")
    names = [_subject(value, *expected) for value, expected in zip(subjects, _SUBJECTS, strict=True)]
    predicate = _object(statement["predicate"], "the predicate", frozenset({"artifact_type", "signed_at"}))
    texts = [predicate[member] for member in ("artifact_type", "signed_at")]
    if not all(isinstance(text, str) for text in texts):
        raise ShapeError("a member of the predicate is no string")
    return Statement(*names, *texts)


def statement_of(envelope: Envelope, path: str, *, limits: Limits = DEFAULT) -> Statement:
    """The Statement in an envelope's payload.

    Args:
        envelope: The envelope.
        path: Its path, for findings.
        limits: Bounds on the JSON.

    Raises:
        VerificationError: The payload is no Statement of ours (AWB-R-381).
    """
    with _refused(NO_STATEMENT, path, "holds no AWEN Statement"):
        return _statement(canonical.loads(envelope.payload, path=path, limits=limits))


def shape_findings(data: bytes, path: str, *, limits: Limits = DEFAULT) -> tuple[Finding, ...]:
    """What is wrong with the form of a signature file; who signed it and what that is worth is not asked.

    Args:
        data: The file.
        path: Its path, for findings.
        limits: Bounds on size and number.
    """
    try:
        statement_of(parse(data, path, limits=limits), path, limits=limits)
    except VerificationError as error:
        return tuple(error.findings)
    return ()
