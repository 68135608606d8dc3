"""Ed25519 keys (RFC 8032) in PEM (RFC 8410), by libsodium.

Private keys are PKCS #8, public keys SubjectPublicKeyInfo: what openssl and every signing tool read.
The two DER prefixes are constants, because Ed25519 has no parameters (RFC 8410, sections 4 and 7).
"""

import base64
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from awen_ref.errors import InvalidInputError, MissingError, UsageError

__all__ = ["PrivateKey", "PublicKey", "generate", "load_private", "load_public", "parse_public", "save"]

_PRIVATE_DER = bytes.fromhex("302e020100300506032b657004220420")
_PUBLIC_DER = bytes.fromhex("302a300506032b6570032100")
_KEY_BYTES = 32
_MAX_PEM_BYTES = 4096
_PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----\n([A-Za-z0-9+/=\n]+)-----END \1-----\n?")
_PRIVATE_MODE = 0o600


def _sodium() -> ModuleType:
    """The bindings of libsodium.

    Raises:
        MissingError: PyNaCl is not installed.
    """
    try:
        import nacl.bindings
    except ImportError as error:
        advice = "Install the extra `sign`: pip install 'awen-ref[sign]'."
        raise MissingError("signing needs PyNaCl, which is not installed", advice=advice) from error
    return nacl.bindings


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key on the curve's main subgroup, in canonical encoding (AWB-R-382).

    Attributes:
        raw: The 32 bytes of RFC 8032.
    """

    raw: bytes

    @property
    def keyid(self) -> str:
        """SHA-256 of the SubjectPublicKeyInfo in hex: a hint which key it is, never a reason to trust it."""
        return hashlib.sha256(_PUBLIC_DER + self.raw).hexdigest()

    @property
    def pem(self) -> str:
        """The key as PEM."""
        return _armour("PUBLIC KEY", _PUBLIC_DER + self.raw)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether this key made the signature.

        libsodium refuses an S that is not reduced, an R of small order and encodings that are not canonical.
        """
        if len(signature) != 2 * _KEY_BYTES:
            return False
        from nacl.exceptions import BadSignatureError

        try:
            _sodium().crypto_sign_open(signature + message, self.raw)
        except BadSignatureError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key. Its `repr` does not show it.

    Attributes:
        seed: The 32 secret bytes of RFC 8032.
        public: The public key.
    """

    seed: bytes
    public: PublicKey

    def __repr__(self) -> str:
        """The key's id alone."""
        return f"PrivateKey({self.public.keyid})"

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of the message."""
        sodium = _sodium()
        _, secret = sodium.crypto_sign_seed_keypair(self.seed)
        signed: bytes = sodium.crypto_sign(message, secret)
        return signed[: 2 * _KEY_BYTES]


def _public(raw: bytes, where: str) -> PublicKey:
    """The key, once it is known to be a point that only its owner can sign for.

    Raises:
        InvalidInputError: It is of small order, off the curve or not canonical.
    """
    if len(raw) != _KEY_BYTES or not _sodium().crypto_core_ed25519_is_valid_point(raw):
        raise InvalidInputError(f"{where} is no safe Ed25519 public key")
    return PublicKey(raw)


def _armour(label: str, der: bytes) -> str:
    # Both kinds fit on one line of 64 characters.
    return f"-----BEGIN {label}-----\n{base64.b64encode(der).decode()}\n-----END {label}-----\n"


def _dearmour(text: str, label: str, prefix: bytes, where: str) -> bytes:
    """The 32 bytes in a PEM text.

    Raises:
        InvalidInputError: It is no Ed25519 key of that kind.
    """
    found = _PEM.fullmatch(text.replace("\r\n", "\n"))
    if not found or found[1] != label:
        raise InvalidInputError(f"{where} is no PEM text with one {label}")
    try:
        der = base64.b64decode(found[2].replace("\n", ""), validate=True)
    except ValueError as error:
        raise InvalidInputError(f"{where} is no PEM text: {error}") from error
    if not der.startswith(prefix) or len(der) != len(prefix) + _KEY_BYTES:
        raise InvalidInputError(f"{where} holds no Ed25519 key", advice="Only Ed25519 (RFC 8410) is known.")
    return der[len(prefix) :]


def _key_of(seed: bytes) -> PrivateKey:
    raw, _ = _sodium().crypto_sign_seed_keypair(seed)
    return PrivateKey(seed, PublicKey(raw))


def generate() -> PrivateKey:
    """A new key from the system's randomness.

    Raises:
        MissingError: PyNaCl is not installed.
    """
    return _key_of(os.urandom(_KEY_BYTES))


def save(key: PrivateKey, path: Path) -> None:
    """Write the private key, readable by its owner alone, and the public one beside it with `.pub`.

    Raises:
        UsageError: One of the files exists: no key is ever overwritten (AWB-R-388).
        MissingError: The folder cannot be written.
    """
    public = path.with_name(f"{path.name}.pub")
    try:
        # The mode is given when the file is made: at no time can anybody else read it.
        _create(path, _armour("PRIVATE KEY", _PRIVATE_DER + key.seed), _PRIVATE_MODE)
        try:
            _create(public, key.public.pem, 0o644)
        except OSError:
            # Nobody has used the key yet: half a pair is of no use, and would be in the way of the next try.
            path.unlink()
            raise
    except FileExistsError as error:
        raise UsageError(f"{error.filename} exists; keys are not overwritten") from error
    except OSError as error:
        raise MissingError(f"cannot write {error.filename}: {error.strerror}") from error


def _create(path: Path, text: str, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(descriptor, "w") as stream:
            os.fchmod(descriptor, mode)
            stream.write(text)
            stream.flush()
            os.fsync(descriptor)
    except OSError as error:
        path.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from error


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(_MAX_PEM_BYTES + 1).decode("ascii")
    except OSError as error:
        raise MissingError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"{path} is no PEM text") from error


def load_private(path: Path) -> PrivateKey:
    """The private key in a PEM file.

    Raises:
        MissingError: There is no such file, or PyNaCl is not installed.
        InvalidInputError: It holds no Ed25519 private key, or others can read it.
    """
    text = _read(path)
    if path.stat().st_mode & 0o077:
        raise InvalidInputError(f"others can read {path}", advice=f"Close it first: chmod 600 {path}")
    return _key_of(_dearmour(text, "PRIVATE KEY", _PRIVATE_DER, str(path)))


def parse_public(text: str, where: str) -> PublicKey:
    """The public key in a PEM text.

    Args:
        text: The text.
        where: What to call it in an error.

    Raises:
        InvalidInputError: It is no Ed25519 public key, or one of small order.
        MissingError: PyNaCl is not installed.
    """
    return _public(_dearmour(text, "PUBLIC KEY", _PUBLIC_DER, where), where)


def load_public(path: Path) -> PublicKey:
    """The public key in a PEM file.

    Raises:
        MissingError: There is no such file, or PyNaCl is not installed.
        InvalidInputError: It holds no safe Ed25519 public key.
    """
    return parse_public(_read(path), str(path))
