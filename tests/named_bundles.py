"""Bundles as far as signatures look at them: two manifests with ids in them."""

import hashlib
from types import MappingProxyType

from awen_ref.bundle import Bundle, BytesMember

__all__ = ["bundle_of", "with_file"]


def bundle_of(description: str = "one", result: str = "1") -> Bundle:
    """A bundle whose `artifact_id` depends on the result, and whose `seal` on both."""
    manifest = "".join(
        f"{digit * 64}  data/{path}\n"
        for digit, path in (("a", "claim/claim.json"), ("b", "inputs/ir.json"), (result, "results/body.json"))
    ).encode()
    digest = hashlib.sha256(manifest).hexdigest()
    tags = f"{digest}  manifest-sha256.txt\n{description.encode().hex():0>64.64}  metadata.json\n".encode()
    members = {"manifest-sha256.txt": BytesMember(manifest), "tagmanifest-sha256.txt": BytesMember(tags)}
    return Bundle(MappingProxyType(members))


def with_file(bundle: Bundle, path: str, data: bytes) -> Bundle:
    """The bundle with one file more, or with another content of one that it has."""
    members = {**bundle.members, path: BytesMember(data)}
    return Bundle(MappingProxyType({name: members[name] for name in sorted(members)}))
