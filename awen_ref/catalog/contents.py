"""From a bundle to what a store keeps of it, and back: members to blobs, ids and titles to an entry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from awen_ref import canonical
from awen_ref.bundle import Bundle, Member
from awen_ref.digest import MANIFEST, TAG_MANIFEST, Ids, parse_manifest, sha256_of
from awen_ref.errors import ContainerError, MissingError, StorageError
from awen_ref.storage import Blob, Entry, StorageBackend

__all__ = ["StoredMember", "blob_of", "blobs_of", "bundle_in", "entry_of"]


@dataclass(frozen=True, slots=True)
class StoredMember:
    """A member that lies in a store. The store is not trusted: verification reads it like any stranger's.

    Attributes:
        backend: The store.
        key: Key of the record.
        path: Path of the member.
        size: Size in bytes, as the store says.
    """

    backend: StorageBackend
    key: str
    path: str
    size: int

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in pieces.

        Raises:
            ContainerError: The store does not give it, or not in this size.
        """
        seen = 0
        try:
            for piece in self.backend.stream(self.key, self.path):
                seen += len(piece)
                yield piece
        except (MissingError, StorageError) as error:
            raise ContainerError(f"cannot read {self.path}: {error.message}", advice=error.advice) from error
        if seen != self.size:
            raise ContainerError(f"{self.path} in record {self.key} has {seen} bytes instead of {self.size}")

    def read(self) -> bytes:
        """The whole content.

        Raises:
            ContainerError: As for `chunks`.
        """
        return b"".join(bytes(piece) for piece in self.chunks())


def bundle_in(backend: StorageBackend, key: str) -> Bundle:
    """The bundle of a record; its members are read when they are asked for.

    Raises:
        MissingError: There is no such record.
        StorageError: The store cannot be read.
    """
    sizes = backend.members(key)
    members = {path: StoredMember(backend, key, path, size) for path, size in sizes.items()}
    return Bundle(MappingProxyType(members))


def blob_of(member: Member) -> Blob:
    """A member with the digest that it has now.

    Raises:
        ContainerError: It cannot be read.
    """
    return Blob(sha256_of(member), member)


def blobs_of(bundle: Bundle, ids: Ids) -> dict[str, Blob]:
    """Every member with the digest that the bundle's manifests give it.

    A member that changes between verification and storing so is refused by the store. Signatures are in no
    manifest: they get the digest that they have.

    Args:
        bundle: A verified bundle.
        ids: Its names; the seal is the tag manifest's digest.

    Raises:
        ContainerError: A manifest or signature cannot be read.
    """
    known = {TAG_MANIFEST: ids.seal.removeprefix("seal_")}
    for manifest in (MANIFEST, TAG_MANIFEST):
        lines, _ = parse_manifest(bundle.members[manifest].read(), path=manifest)
        known |= {line.path: line.sha256 for line in lines}
    return {
        path: Blob(known[path], member) if path in known else blob_of(member)
        for path, member in bundle.members.items()
    }


def entry_of(bundle: Bundle, ids: Ids) -> Entry:
    """What a store lists of a verified bundle, made from the bundle alone.

    Raises:
        ContainerError: A document cannot be read.
    """
    manifest, metadata = _document(bundle, "manifest.json"), _document(bundle, "metadata.json")
    return Entry(
        seal=ids.seal,
        artifact_id=ids.artifact_id,
        inputs_id=ids.inputs_id,
        results_id=ids.results_id,
        artifact_type=str(manifest["artifact_type"]),
        created=str(manifest["created"]),
        title=str(metadata["title"]),
        size_bytes=sum(member.size for member in bundle.members.values()),
    )


def _document(bundle: Bundle, path: str) -> Mapping[str, Any]:
    """A JSON object of a verified bundle."""
    value = canonical.loads(bundle.members[path].read(), path=path)
    if not isinstance(value, dict):
        raise ContainerError(f"{path} holds no object")
    return value
