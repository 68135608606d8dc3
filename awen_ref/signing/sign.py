"""Signing a bundle: one new file under `signatures/`, and nothing else changes (AWB-R-385)."""

import hashlib
from types import MappingProxyType

from awen_ref.bundle import Bundle, BytesMember
from awen_ref.bundle.dsse import Envelope, Signed, Statement, pae, parse, statement_of
from awen_ref.digest import Ids
from awen_ref.errors import InvalidInputError, UsageError, VerificationError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.signing import stamps
from awen_ref.signing.ed25519 import PrivateKey
from awen_ref.signing.identities import statement_in
from awen_ref.signing.marks import ENVELOPE, FOLDER, SIGSTORE, STAMP, Subject, named, stamped

__all__ = ["attach", "envelope_for", "sign", "statement_for"]

_SHORT = 16
_SEQUENCE = b"\x30"  # how every DER structure of ours begins; no JSON does


def statement_for(ids: Ids, artifact_type: str, *, signed_at: str) -> bytes:
    """What somebody signs who vouches for a record: the Statement's octets.

    Args:
        ids: The names of a bundle that was verified.
        artifact_type: Its type.
        signed_at: RFC 3339 time in UTC with `+00:00`.
    """
    return Statement(ids.artifact_id, ids.seal, artifact_type, signed_at).encode()


def envelope_for(ids: Ids, artifact_type: str, key: PrivateKey, *, signed_at: str) -> tuple[str, bytes]:
    """One signature over one record.

    Args:
        ids: The names of a bundle that was verified.
        artifact_type: Its type.
        key: Who signs.
        signed_at: As for `statement_for`.

    Returns:
        The path in the bundle, which key and seal make, and the envelope.
    """
    payload = statement_for(ids, artifact_type, signed_at=signed_at)
    keyid = key.public.keyid
    envelope = Envelope(payload, (Signed(keyid, key.sign(pae(payload))),))
    seal = ids.seal.partition("_")[2]
    return f"{FOLDER}{keyid[:_SHORT]}-{seal[:_SHORT]}{ENVELOPE}", envelope.encode()


def sign(
    bundle: Bundle, artifact_type: str, key: PrivateKey, *, signed_at: str, limits: Limits = DEFAULT
) -> Bundle:
    """The bundle with one signature more.

    Args:
        bundle: A bundle that was verified.
        artifact_type: Its type.
        key: Who signs.
        signed_at: As for `statement_for`.
        limits: How many signatures a bundle may hold.

    Returns:
        The same members and one new one under `signatures/`.

    Raises:
        UsageError: The key has signed this record already, or the bundle holds all the signatures it may.
        VerificationError: The bundle has no name.
    """
    path, envelope = envelope_for(bundle.ids, artifact_type, key, signed_at=signed_at)
    if path in bundle.members:
        raise UsageError(f"key {key.public.keyid[:_SHORT]} has signed this record already: {path}")
    return _with(bundle, path, envelope, limits)


def _with(bundle: Bundle, path: str, data: bytes, limits: Limits) -> Bundle:
    present = sum(name.startswith(FOLDER) for name in bundle.members)
    if present >= limits.signatures:
        raise UsageError(f"the bundle holds {present} files under {FOLDER}; more are not allowed")
    members = {**bundle.members, path: BytesMember(data)}
    return Bundle(MappingProxyType({name: members[name] for name in sorted(members)}), bundle.findings)


def attach(bundle: Bundle, data: bytes, *, where: str, limits: Limits = DEFAULT) -> Bundle:
    """The bundle with one signature or time stamp more that somebody else made (AWB-R-389).

    Whether its maker is to be trusted is not asked here: that is the reader's question.

    Args:
        bundle: A bundle that was verified.
        data: A Sigstore bundle, a DSSE envelope (both JSON), or an RFC 3161 time stamp (DER).
        where: What to call the data in an error.
        limits: Bounds on number and size.

    Returns:
        The same members and one new one under `signatures/`, named by the data and the seal.

    Raises:
        InvalidInputError: It is none of these, or speaks for another artifact.
        UsageError: It is there already, or the bundle holds all the signatures it may.
        MissingError: It is a time stamp and the package `rfc3161-client` is not installed.
    """
    if len(data) > limits.signature_bytes:
        raise InvalidInputError(f"{where} is larger than the {limits.signature_bytes} octets of a signature")
    suffix, subject = _kind(bundle, data, where, limits)
    if subject == "nothing":
        text = f"{where} speaks for another artifact than {bundle.ids.artifact_id}"
        raise InvalidInputError(
            text, advice=f"What has to be signed or stamped is the seal, {bundle.ids.seal}."
        )
    seal = bundle.ids.seal.partition("_")[2]
    path = f"{FOLDER}{hashlib.sha256(data).hexdigest()[:_SHORT]}-{seal[:_SHORT]}{suffix}"
    if path in bundle.members:
        raise UsageError(f"the bundle holds it already: {path}")
    return _with(bundle, path, data, limits)


def _kind(bundle: Bundle, data: bytes, where: str, limits: Limits) -> tuple[str, Subject]:
    """What somebody's file is, as the end of its name, and what it speaks for.

    Raises:
        InvalidInputError: It is nothing that belongs under a bundle.
        MissingError: The package that reads it is not installed.
    """
    try:
        if data.startswith(_SEQUENCE):
            return STAMP, stamped(stamps.read(data, where).imprint, bundle, limits=limits)
        if b'"dsseEnvelope"' in data:
            return SIGSTORE, named(statement_in(data, where, limits=limits), bundle.ids)
        envelope = parse(data, where, limits=limits)
        return ENVELOPE, named(statement_of(envelope, where, limits=limits), bundle.ids)
    except VerificationError as error:
        advice = (
            "Give a Sigstore bundle or a DSSE envelope (JSON), or a time-stamping authority's answer (DER)."
        )
        raise InvalidInputError(error.message, advice=advice) from error
