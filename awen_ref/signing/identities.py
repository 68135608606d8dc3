"""Sigstore bundles: a signature by somebody whose name an identity provider vouched for, for ten minutes.

The certificate, its entry in the certificate log, the signature and its entry in the transparency log are
checked by the `sigstore` package against the trusted root of the caller (AWB-R-391). Nothing is fetched:
neither the root nor a log is ever asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from awen_ref.bundle.dsse import PAYLOAD_TYPE, Envelope, Statement, sigstore_envelope, statement_of
from awen_ref.errors import Finding, InvalidInputError, MissingError, VerificationError
from awen_ref.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from sigstore.models import Bundle, TrustedRoot

__all__ = ["Attested", "Identity", "attested", "load_root", "statement_in"]

NO_BUNDLE = "AWB-SIG-011"
BAD_BUNDLE = "AWB-SIG-012"
UNKNOWN_IDENTITY = "AWB-SIG-013"

_MISSING = "checking Sigstore bundles needs the package sigstore, which is not installed"
_ADVICE = "Install the extra `sigstore`: pip install 'awen-ref[sigstore]'."


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whose signature counts.

    Attributes:
        name: What the caller calls them.
        issuer: URL of the identity provider that has to have vouched for them.
        subject: Their name there: a mail address or a URI, exactly as in the certificate.
    """

    name: str
    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class Attested:
    """A Sigstore bundle that was checked.

    Attributes:
        identity: Who signed.
        statement: What they signed.
        since: The signature was made after this time, within the life of its certificate.
    """

    identity: Identity
    statement: Statement
    since: datetime


def load_root(path: Path) -> "TrustedRoot":
    """The trusted root in a JSON file, as `trusted_root.json` of a Sigstore instance.

    Raises:
        MissingError: There is no such file, or the package `sigstore` is not installed.
        InvalidInputError: It holds no trusted root, or one without authorities or logs.
    """
    try:
        from sigstore.errors import Error
        from sigstore.models import TrustedRoot
        from sigstore.verify import Verifier
    except ImportError as error:
        raise MissingError(_MISSING, advice=_ADVICE) from error
    try:
        root = TrustedRoot.from_file(str(path))
        Verifier(trusted_root=root)
    except OSError as error:
        raise MissingError(f"cannot read {path}: {error.strerror}") from error
    except (Error, ValueError) as error:
        raise InvalidInputError(f"{path} is no trusted root of Sigstore: {error}") from error
    return root


def statement_in(data: bytes, path: str, *, limits: Limits = DEFAULT) -> Statement:
    """What a Sigstore bundle says, read and not believed; the package `sigstore` is not needed.

    Args:
        data: The file.
        path: Its path, for findings.
        limits: Bounds on the JSON.

    Raises:
        VerificationError: It is no Sigstore bundle over a Statement of ours.
    """
    return statement_of(sigstore_envelope(data, path, limits=limits), path, limits=limits)


def attested(
    data: bytes, path: str, identities: Sequence[Identity], root: "TrustedRoot", *, limits: Limits = DEFAULT
) -> Attested | Finding:
    """Check a Sigstore bundle.

    Args:
        data: The file.
        path: Its path, for findings.
        identities: Whose signatures count.
        root: The authorities and logs that the caller trusts.
        limits: Bounds on the JSON.

    Returns:
        Who signed what, or why it does not count.
    """
    try:
        # Read by our own bounded reader first: the other one has no limits.
        statement_in(data, path, limits=limits)
    except VerificationError as error:
        return error.findings[0]
    try:
        from sigstore.models import Bundle

        bundle = Bundle.from_json(data)
        identity = _claimed(bundle, identities)
    except Exception as error:  # noqa: BLE001 - a stranger's octets may break a parser anyhow; they do not count
        return Finding(NO_BUNDLE, f"{type(error).__name__}: {error}", path)
    if identity is None:
        return Finding(UNKNOWN_IDENTITY, "its certificate names no identity of the policy", path)
    try:
        payload = _verified(bundle, identity, root)
        since = bundle.signing_certificate.not_valid_before_utc
        return Attested(identity, statement_of(Envelope(payload, ()), path, limits=limits), since)
    except VerificationError as error:
        return error.findings[0]
    except Exception as error:  # noqa: BLE001 - the same: whatever is not verified is refused
        return Finding(BAD_BUNDLE, f"{type(error).__name__}: {error}", path)


def _claimed(bundle: "Bundle", identities: Sequence[Identity]) -> Identity | None:
    """The identity that the certificate names; the certificate itself is not checked yet."""
    from sigstore.errors import VerificationError as Refusal
    from sigstore.verify import policy

    for identity in identities:
        try:
            policy.Identity(identity=identity.subject, issuer=identity.issuer).verify(
                bundle.signing_certificate
            )
        except Refusal:
            continue
        return identity
    return None


def _verified(bundle: "Bundle", identity: Identity, root: "TrustedRoot") -> bytes:
    """The payload that the identity has signed.

    Raises:
        ValueError: The payload is of another type. The package raises what it likes besides.
    """
    from sigstore.verify import Verifier, policy

    wanted = policy.Identity(identity=identity.subject, issuer=identity.issuer)
    kind, payload = Verifier(trusted_root=root).verify_dsse(bundle, wanted)
    if kind != PAYLOAD_TYPE:
        raise ValueError(f"the payload is {kind}")
    return payload
