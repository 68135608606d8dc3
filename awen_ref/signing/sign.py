"""Signing a bundle: one new file under `signatures/`, and nothing else changes (AWB-R-385)."""

from types import MappingProxyType

from awen_ref.bundle import Bundle, BytesMember
from awen_ref.bundle.dsse import Envelope, Signed, Statement, pae
from awen_ref.digest import Ids
from awen_ref.errors import UsageError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.signing.ed25519 import PrivateKey

__all__ = ["envelope_for", "sign"]

_SHORT = 16


def envelope_for(ids: Ids, artifact_type: str, key: PrivateKey, *, signed_at: str) -> tuple[str, bytes]:
    """One signature over one record.

    Args:
        ids: The names of a bundle that was verified.
        artifact_type: Its type.
        key: Who signs.
        signed_at: RFC 3339 time in UTC with whole seconds and `+00:00`.

    Returns:
        The path in the bundle, which key and seal make, and the envelope.
    """
    payload = Statement(ids.artifact_id, ids.seal, artifact_type, signed_at).encode()
    keyid = key.public.keyid
    envelope = Envelope(payload, (Signed(keyid, key.sign(pae(payload))),))
    seal = ids.seal.partition("_")[2]
    return f"signatures/{keyid[:_SHORT]}-{seal[:_SHORT]}.dsse.json", envelope.encode()


def sign(
    bundle: Bundle, artifact_type: str, key: PrivateKey, *, signed_at: str, limits: Limits = DEFAULT
) -> Bundle:
    """The bundle with one signature more.

    Args:
        bundle: A bundle that was verified.
        artifact_type: Its type.
        key: Who signs.
        signed_at: As for `envelope_for`.
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
    present = sum(path.startswith("signatures/") for path in bundle.members)
    if present >= limits.signatures:
        raise UsageError(f"the bundle holds {present} files under signatures/; more are not allowed")
    members = {**bundle.members, path: BytesMember(envelope)}
    return Bundle(MappingProxyType({name: members[name] for name in sorted(members)}), bundle.findings)
