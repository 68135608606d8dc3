"""A Sigstore of our own: a certificate authority, its certificate log and a transparency log, all in memory.

Sources: fulcio `docs/certificate-specification.md`, RFC 6962 (sections 3.2 and 3.3), the checkpoint format of
transparency-dev, rekor's `dsse` entry 0.0.1, sigstore/protobuf-specs `sigstore_bundle.proto`.
"""

import base64
import hashlib
import json
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ISSUER = "https://login.example.org"
SUBJECT = "lab@example.org"
SIGNED = datetime(2026, 1, 1, 12, tzinfo=UTC)
_YEARS = timedelta(days=3650)
_ISSUER_OID = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.1")
_SCT_OID = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
_TYPE = "application/vnd.in-toto+json"


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def spki(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def signature(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class World:
    """The three keys that everything hangs on."""

    authority: ec.EllipticCurvePrivateKey = field(default_factory=new_key)
    certificates: ec.EllipticCurvePrivateKey = field(default_factory=new_key)
    log: ec.EllipticCurvePrivateKey = field(default_factory=new_key)

    def root(self) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=False,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=True,
            crl_sign=True,
            encipher_only=False,
            decipher_only=False,
        )
        return (
            x509.CertificateBuilder()
            .subject_name(name("fulcio of the tests"))
            .issuer_name(name("fulcio of the tests"))
            .public_key(self.authority.public_key())
            .serial_number(1)
            .not_valid_before(SIGNED - _YEARS)
            .not_valid_after(SIGNED + _YEARS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(self.authority.public_key()), critical=False
            )
            .sign(self.authority, hashes.SHA256())
        )

    def trusted_root(self) -> dict[str, Any]:
        period = {"start": (SIGNED - _YEARS).isoformat()}

        def log(key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
            return {
                "baseUrl": "https://log.invalid",
                "hashAlgorithm": "SHA2_256",
                "publicKey": {
                    "rawBytes": text(spki(key)),
                    "keyDetails": "PKIX_ECDSA_P256_SHA_256",
                    "validFor": period,
                },
                "logId": {"keyId": text(hashlib.sha256(spki(key)).digest())},
            }

        chain = {"certificates": [{"rawBytes": text(self.root().public_bytes(Encoding.DER))}]}
        return {
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": [log(self.log)],
            "ctlogs": [log(self.certificates)],
            "certificateAuthorities": [
                {
                    "subject": {"organization": "tests", "commonName": "fulcio of the tests"},
                    "uri": "https://fulcio.invalid",
                    "certChain": chain,
                    "validFor": period,
                }
            ],
        }

    def certificate(
        self, key: ec.EllipticCurvePrivateKey, subject: str, issuer: str, start: datetime
    ) -> x509.Certificate:
        """Ten minutes of somebody's name, and the certificate log's receipt in it."""
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        root = self.root()
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([]))
            .issuer_name(root.subject)
            .public_key(key.public_key())
            .serial_number(2)
            .not_valid_before(start)
            .not_valid_after(start + timedelta(minutes=10))
            .add_extension(usage, critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.authority.public_key()),
                critical=False,
            )
            .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(subject)]), critical=True)
            .add_extension(x509.UnrecognizedExtension(_ISSUER_OID, issuer.encode()), critical=False)
        )
        before = builder.sign(self.authority, hashes.SHA256()).tbs_certificate_bytes
        receipt = self._receipt(before, start)
        extension = x509.UnrecognizedExtension(_SCT_OID, receipt)
        return builder.add_extension(extension, critical=False).sign(self.authority, hashes.SHA256())

    def _receipt(self, certificate: bytes, moment: datetime) -> bytes:
        """RFC 6962, section 3.2: a signed certificate timestamp, wrapped as the extension wants it."""
        instant = int(moment.timestamp() * 1000)
        issuer = hashlib.sha256(spki(self.authority)).digest()
        length = struct.pack("!I", len(certificate))[1:]
        entry = struct.pack("!BBQH", 0, 0, instant, 1) + issuer + length + certificate + bytes(2)
        made = signature(self.certificates, entry)
        log = hashlib.sha256(spki(self.certificates)).digest()
        stamp = struct.pack("!B32sQH", 0, log, instant, 0) + struct.pack("!BBH", 4, 3, len(made)) + made
        rows = struct.pack("!H", len(stamp)) + stamp
        rows = struct.pack("!H", len(rows)) + rows
        return b"\x04" + (bytes([len(rows)]) if len(rows) < 128 else b"\x81" + bytes([len(rows)])) + rows

    def bundle(
        self, payload: bytes, *, subject: str = SUBJECT, issuer: str = ISSUER, late: int = 60
    ) -> dict[str, Any]:
        """What `sigstore sign` would make of a Statement, `late` seconds after the certificate began."""
        key = new_key()
        certificate = self.certificate(key, subject, issuer, SIGNED)
        made = signature(key, b"DSSEv1 %d %b %d %b" % (len(_TYPE), _TYPE.encode(), len(payload), payload))
        return {
            "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial": {
                "certificate": {"rawBytes": text(certificate.public_bytes(Encoding.DER))},
                "tlogEntries": [self._entry(payload, made, certificate, SIGNED + timedelta(seconds=late))],
            },
            "dsseEnvelope": {
                "payload": text(payload),
                "payloadType": _TYPE,
                "signatures": [{"sig": text(made)}],
            },
        }

    def _entry(
        self, payload: bytes, made: bytes, certificate: x509.Certificate, moment: datetime
    ) -> dict[str, Any]:
        """The log's only entry, with its promise and its proof."""
        body = json.dumps(
            {
                "apiVersion": "0.0.1",
                "kind": "dsse",
                "spec": {
                    "envelopeHash": {"algorithm": "sha256", "value": "0" * 64},
                    "payloadHash": {"algorithm": "sha256", "value": hashlib.sha256(payload).hexdigest()},
                    "signatures": [
                        {"signature": text(made), "verifier": text(certificate.public_bytes(Encoding.PEM))}
                    ],
                },
            }
        ).encode()
        log = hashlib.sha256(spki(self.log)).digest()
        instant = int(moment.timestamp())
        promised = {"body": text(body), "integratedTime": instant, "logID": log.hex(), "logIndex": 0}
        promise = json.dumps(promised, sort_keys=True, separators=(",", ":")).encode()
        top = hashlib.sha256(b"\x00" + body).digest()
        note = f"log.invalid - 1\n1\n{text(top)}\n"
        line = f"— log.invalid {text(log[:4] + signature(self.log, note.encode()))}\n"
        return {
            "logIndex": "0",
            "logId": {"keyId": text(log)},
            "kindVersion": {"kind": "dsse", "version": "0.0.1"},
            "integratedTime": str(instant),
            "inclusionPromise": {"signedEntryTimestamp": text(signature(self.log, promise))},
            "inclusionProof": {
                "logIndex": "0",
                "rootHash": text(top),
                "treeSize": "1",
                "hashes": [],
                "checkpoint": {"envelope": f"{note}\n{line}"},
            },
            "canonicalizedBody": text(body),
        }
