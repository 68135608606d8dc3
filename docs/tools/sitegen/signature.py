"""The worked example signed with a key that everybody knows: what a signature is, octet for octet."""

from awen_ref.bundle.dsse import Statement, pae
from awen_ref.signing import envelope_for
from awen_ref.signing.ed25519 import PrivateKey, PublicKey
from sitegen.example import bundle

_FIRST_KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
_WHEN = "2026-01-01T00:00:00+00:00"


def block() -> str:
    """Statement, what is signed, and the file."""
    key = PrivateKey(bytes.fromhex(_FIRST_KEY), PublicKey(bytes.fromhex(_PUBLIC)))
    ids = bundle().ids
    statement = Statement(ids.artifact_id, ids.seal, "run", _WHEN).encode()
    path, envelope = envelope_for(ids, "run", key, signed_at=_WHEN)
    head = pae(statement)[: -len(statement)].decode()
    return "\n".join(
        [
            "Its Statement:",
            "",
            "```json",
            statement.decode(),
            "```",
            "",
            f"What is signed is `{head.rstrip()}`, a space, and the Statement. The file `{path}`, in whole:",
            "",
            "```json",
            envelope.decode(),
            "```",
            "",
            "`keyid` is the SHA-256 of the key's SubjectPublicKeyInfo, a hint and no more; the file may have",
            "any name that the grammar makes.",
        ]
    )
