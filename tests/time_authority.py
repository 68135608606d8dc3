"""A time-stamping authority of our own: certificates by `cryptography`, answers by `openssl ts`."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CONFIG = """\
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
signer_cert = {folder}/own.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


def openssl() -> str:
    """Path of the tool; without it the tests are skipped, and fail in CI."""
    found = shutil.which("openssl")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("openssl is missing, so that nobody can make time stamps")
        pytest.skip("openssl is not installed")
    return found


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class TimeAuthority:
    """An authority in a folder.

    Attributes:
        folder: Where its key, certificates and configuration lie.
        pem: Its own certificate and its root's.
    """

    folder: Path
    pem: str

    def stamp(self, digits: str, *, algorithm: str = "sha256", certificates: bool = True) -> bytes:
        """Its answer for a digest in hex: a TimeStampResp in DER."""
        query, answer = self.folder / "query.tsq", self.folder / "answer.tsr"
        ask = [openssl(), "ts", "-query", "-digest", digits, f"-{algorithm}", "-out", str(query)]
        subprocess.run([*ask, *(["-cert"] if certificates else [])], check=True, capture_output=True)
        reply = [openssl(), "ts", "-reply", "-config", str(self.folder / "ts.cnf")]
        files = ["-queryfile", str(query), "-out", str(answer)]
        subprocess.run([*reply, *files], check=True, capture_output=True)
        return answer.read_bytes()


def found(
    folder: Path,
    *,
    common: str = "authority",
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
    days: tuple[int, int] = (-1, 365),
) -> TimeAuthority:
    """Set an authority up, whose certificates are valid between two days from today."""
    folder.mkdir()
    today = datetime.now(UTC)
    start, end = (today + timedelta(days=day) for day in days)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [_name(f"root of {common}"), _name(common)]
    made = []
    for number in range(2):
        builder = (
            x509.CertificateBuilder()
            .subject_name(names[number])
            .issuer_name(names[0])
            .public_key(keys[number].public_key())
            .serial_number(number + 1)
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=number == 0, path_length=None), critical=True)
            .add_extension(_usage(signs=number == 0), critical=True)
        )
        if number == 1:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        made.append(builder.sign(keys[0], hashes.SHA256()).public_bytes(Encoding.PEM))
    private = keys[1].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "own.pem").write_bytes(made[1])
    (folder / "root.pem").write_bytes(made[0])
    (folder / "key.pem").write_bytes(private)
    (folder / "serial").write_text("01\n")
    (folder / "ts.cnf").write_text(_CONFIG.format(folder=folder))
    return TimeAuthority(folder, (made[1] + made[0]).decode())
