"""The catalogue of one store: bundles in, bundles out; records by seal, artifacts by id."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from awen_ref.bundle import Bundle
from awen_ref.digest import parse_manifest
from awen_ref.errors import AmbiguousIdError, MissingError, UsageError
from awen_ref.storage import Blob, Collected, Entry, StorageBackend

__all__ = ["Catalog", "Stored"]

_LEAST_DIGITS = 16
_MANIFESTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a bundle came to lie.

    Attributes:
        artifact_id: Its artifact.
        seal: Its record.
        path: The folder of the record, where the store has one.
        duplicate: The store had this record before.
    """

    artifact_id: str
    seal: str
    path: Path | None
    duplicate: bool


@dataclass(frozen=True, slots=True)
class _StoredMember:
    """A member that lies in a store; not trusted, verification reads it like any stranger's."""

    backend: StorageBackend
    key: str
    path: str
    size: int

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in pieces.

        Raises:
            MissingError: The record or the member has gone.
            StorageError: The store cannot read it.
        """
        yield from self.backend.stream(self.key, self.path)

    def read(self) -> bytes:
        """The whole content.

        Raises:
            MissingError: The record or the member has gone.
            StorageError: The store cannot read it.
        """
        return b"".join(self.backend.stream(self.key, self.path))


@dataclass(frozen=True, slots=True)
class Catalog:
    """The bundles of one store.

    Attributes:
        backend: Keeps the bytes.
    """

    backend: StorageBackend

    @property
    def location(self) -> Path | None:
        """The store's folder, where it is one."""
        return self.backend.root

    def put(self, bundle: Bundle) -> Stored:
        """Keep a bundle that was verified (AWB-R-348).

        Raises:
            VerificationError: The bundle's manifests are not of the grammar, so that it has no names.
            StorageError: The store could not keep it; nothing was acknowledged.
        """
        blobs = {path: Blob(sha256, bundle.members[path]) for path, sha256 in _digests(bundle).items()}
        entry = _entry(bundle)
        fresh = self.backend.put(entry, blobs)
        return Stored(entry.artifact_id, entry.seal, self.backend.location(entry.seal), duplicate=not fresh)

    def get(self, reference: str) -> Bundle:
        """The one bundle that an id or a short form names.

        Raises:
            UsageError: It is no id, or too short.
            AmbiguousIdError: It names more than one record.
            MissingError: It names none.
        """
        key = self.resolve(reference).seal
        members = {
            path: _StoredMember(self.backend, key, path, size)
            for path, size in self.backend.members(key).items()
        }
        return Bundle(MappingProxyType(members))

    def resolve(self, reference: str) -> Entry:
        """The entry of the one record that an id or a short form names (AWB-R-064).

        Raises:
            UsageError: It is no id, or shorter than a prefix and 16 digits.
            AmbiguousIdError: It names more than one record; they are listed.
            MissingError: It names none.
        """
        kind, _, digits = reference.partition("_")
        if kind not in ("awen", "seal") or len(digits) < _LEAST_DIGITS:
            raise UsageError(
                f"{reference!r} is no id",
                advice=f"Give at least {_LEAST_DIGITS} digits after awen_ or seal_.",
            )
        wanted = {"key": reference} if kind == "seal" else {"artifact_id": reference}
        found = list(self.backend.entries(**wanted))
        if not found:
            raise MissingError(f"the store has no {reference}", advice="`awen list` shows what it has.")
        if len(found) > 1:
            records = "\n".join(f"  {entry.seal[:21]}  {entry.created}  {entry.title}" for entry in found)
            raise AmbiguousIdError(
                f"{reference} names {len(found)} records", advice=f"Give the seal of one of them:\n{records}"
            )
        return found[0]

    def entries(self, *, artifact_type: str | None = None) -> Iterator[Entry]:
        """What is kept, ascending by seal; only of one type where one is given."""
        return (entry for entry in self.backend.entries() if artifact_type in (None, entry.artifact_type))

    def delete(self, reference: str) -> str:
        """Remove the one record that an id or a short form names.

        Returns:
            Its seal.
        """
        key = self.resolve(reference).seal
        self.backend.delete(key)
        return key

    def gc(self) -> Collected:
        """Remove what interrupted writes left behind."""
        return self.backend.gc()


def _digests(bundle: Bundle) -> dict[str, str]:
    """Path to SHA-256 of every member: of the manifests' lines, and computed for what no manifest lists."""
    from awen_ref.digest import sha256_of

    known: dict[str, str] = {}
    for manifest in _MANIFESTS:
        lines, _ = parse_manifest(bundle.members[manifest].read(), path=manifest)
        known |= {line.path: line.sha256 for line in lines}
    return {path: known.get(path) or sha256_of(member) for path, member in bundle.members.items()}


def _entry(bundle: Bundle) -> Entry:
    """What the store lists of a bundle, made from the bundle alone."""
    names = bundle.ids
    manifest = json.loads(bundle.members["manifest.json"].read())
    metadata = json.loads(bundle.members["metadata.json"].read())
    return Entry(
        seal=names.seal,
        artifact_id=names.artifact_id,
        inputs_id=names.inputs_id,
        results_id=names.results_id,
        artifact_type=manifest["artifact_type"],
        created=manifest["created"],
        title=metadata["title"],
        size_bytes=sum(member.size for member in bundle.members.values()),
    )
