"""RFC 3161 time stamps: an authority's word that the seal existed at a time.

Tokens are read and checked by `rfc3161-client` against the certificates of the caller (AWB-R-392). The chain
is judged at the time of the stamp: an authority whose certificates have run out since has still stamped.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from awen_ref.errors import Finding, InvalidInputError, MissingError, VerificationError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

__all__ = ["Authority", "Stamp", "load_authority", "read", "stamper"]

NO_STAMP = "AWB-SIG-014"
BAD_STAMP = "AWB-SIG-015"
UNKNOWN_AUTHORITY = "AWB-SIG-016"

_SHA256 = "2.16.840.1.101.3.4.2.1"
_MISSING = "time stamps need the package rfc3161-client, which is not installed"
_ADVICE = "Install the extra `timestamp`: pip install 'awen-ref[timestamp]'."


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamping authority that the caller trusts.

    Attributes:
        name: What the caller calls it.
        chain: Its own certificate, then those above it up to the root.
    """

    name: str
    chain: tuple["Certificate", ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp, read but not believed.

    Attributes:
        imprint: SHA-256 of what was stamped, 32 bytes.
        time: When, as the token says.
        response: The token, for `stamper`.
    """

    imprint: bytes
    time: datetime
    response: "TimeStampResponse"


def load_authority(name: str, pem: str, where: str) -> Authority:
    """An authority from its certificates in PEM, its own one first and its root last.

    Args:
        name: What to call it.
        pem: The certificates.
        where: What to call the text in an error.

    Raises:
        InvalidInputError: These are no certificates, or the first is not one for time stamps.
        MissingError: The package `rfc3161-client` is not installed.
    """
    try:
        import rfc3161_client  # noqa: F401 - a policy that asks for time stamps fails early without it
        from cryptography import x509
        from cryptography.x509.oid import ExtendedKeyUsageOID
    except ImportError as error:
        raise MissingError(_MISSING, advice=_ADVICE) from error
    try:
        chain = tuple(x509.load_pem_x509_certificates(pem.encode()))
        usage = chain[0].extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, x509.ExtensionNotFound) as error:
        raise InvalidInputError(f"{where}: no certificates of a time-stamping authority: {error}") from error
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage:
        raise InvalidInputError(f"{where}: the first certificate is not one for time stamps")
    return Authority(name, chain)


def read(data: bytes, path: str) -> Stamp:
    """A time stamp as it stands in a file.

    Args:
        data: A TimeStampResp in DER (RFC 3161, section 2.4.2).
        path: Its path, for findings.

    Raises:
        VerificationError: It is none, was not granted, or its imprint is no SHA-256.
        MissingError: The package `rfc3161-client` is not installed.
    """
    try:
        import rfc3161_client
    except ImportError as error:
        raise MissingError(_MISSING, advice=_ADVICE) from error
    try:
        with warnings.catch_warnings(action="ignore"):
            response = rfc3161_client.decode_timestamp_response(data)
            granted = response.status == rfc3161_client.PKIStatus.GRANTED
            info = response.tst_info
            imprint = info.message_imprint
            kind, digest, time = imprint.hash_algorithm.dotted_string, imprint.message, info.gen_time
    except Exception as error:  # the package raises what it likes over a stranger's octets
        raise _unread(path, f"{type(error).__name__}: {error}") from error
    if not granted:
        raise _unread(path, "the authority did not grant it")
    if kind != _SHA256 or len(digest) != 32:
        raise _unread(path, f"its imprint is not SHA-256 but {kind}")
    return Stamp(digest, time, response)


def _unread(path: str, text: str) -> VerificationError:
    finding = Finding(NO_STAMP, text, path)
    return VerificationError(f"{path} is no time stamp: {text}", findings=[finding])


def stamper(stamp: Stamp, path: str, authorities: Sequence[Authority]) -> Authority | Finding:
    """Who made a time stamp.

    Args:
        stamp: What `read` gave.
        path: Its path, for findings.
        authorities: Whom the caller trusts.

    Returns:
        The authority that signed the token, or why it does not count.
    """
    problem = ""
    for authority in authorities:
        trouble = _trouble(stamp, authority)
        if trouble is None:
            return authority
        if _claims(stamp, authority):
            problem = problem or f"it names {authority.name!r} as its maker: {trouble}"
    if problem:
        return Finding(BAD_STAMP, problem, path)
    return Finding(UNKNOWN_AUTHORITY, "no authority of the policy made it", path)


def _trouble(stamp: Stamp, authority: Authority) -> str | None:
    """Why a token is not this authority's, if it is not."""
    from rfc3161_client import VerifierBuilder

    own, *above = authority.chain
    builder = VerifierBuilder().tsa_certificate(own).add_root_certificate(authority.chain[-1])
    for certificate in above[:-1]:
        builder = builder.add_intermediate_certificate(certificate)
    try:
        with warnings.catch_warnings(action="ignore"):
            verified = builder.build().verify(stamp.response, stamp.imprint)
    except Exception as error:  # noqa: BLE001 - whatever is not verified is refused
        return str(error) or type(error).__name__
    return None if verified else "it does not verify"


def _claims(stamp: Stamp, authority: Authority) -> bool:
    """Whether the token names the authority's certificate as the one it was signed with."""
    own = authority.chain[0]
    try:
        with warnings.catch_warnings(action="ignore"):
            signers = stamp.response.signed_data.signer_infos
            return any(
                signer.issuer == own.issuer and signer.serial_number == own.serial_number
                for signer in signers
            )
    except Exception:  # noqa: BLE001 - a name that cannot be read names nobody
        return False
