"""The catalogue of one store: bundles in, bundles out; records by seal, artifacts by id."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from awen_ref.audit import AuditLog
from awen_ref.bundle import Bundle, Member
from awen_ref.catalog.contents import blob_of, blobs_of, bundle_in, entry_of
from awen_ref.catalog.files import INDEX_FILE, LOG_FILE
from awen_ref.digest import MANIFEST, parse_id, short_id
from awen_ref.errors import AmbiguousIdError, Finding, MissingError, UsageError, VerificationError
from awen_ref.storage import Collected, Entry, StorageBackend
from awen_ref.verify import VerifiedBundle, verify

if TYPE_CHECKING:
    from awen_ref.catalog.query import Query

__all__ = ["Catalog", "Stored"]

SIGNATURES = "signatures/"
ANOTHER = "AWB-IDN-020"
_COMING_AND_GOING = frozenset(["put", "describe", "delete"])


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a bundle came to lie.

    Attributes:
        artifact_id: Its artifact.
        seal: Its record.
        path: The folder of the record, where the store has one.
        duplicate: The store had this record before.
        signatures: Signatures that a record of before has got from this bundle.
    """

    artifact_id: str
    seal: str
    path: Path | None
    duplicate: bool
    signatures: tuple[str, ...] = ()


class Catalog:
    """The bundles of one store.

    Args:
        backend: Keeps the bytes.
        log: Where what is done is logged; `audit.jsonl` in the store's folder unless given, where it has one.
    """

    def __init__(self, backend: StorageBackend, log: AuditLog | None = None) -> None:
        """Touch nothing yet."""
        self.backend = backend
        if log is None and backend.root is not None:
            log = AuditLog(backend.root / LOG_FILE)
        self.log = log

    @property
    def location(self) -> Path | None:
        """The store's folder, where it is one."""
        return self.backend.root

    def put(self, bundle: Bundle | VerifiedBundle) -> Stored:
        """Keep a bundle; one that is not verified yet is verified first (AWB-R-348).

        A record that the store has already is left as it is; signatures that it lacks are added to it.

        Raises:
            VerificationError: The bundle is not valid.
            ContainerError: A member cannot be read.
            MissingError: The store's place is gone or not ours to write.
            StorageError: The store could not keep it; nothing was acknowledged.
        """
        verified = bundle if isinstance(bundle, VerifiedBundle) else verify(bundle)
        blobs = blobs_of(verified.bundle, verified.ids)
        entry = entry_of(verified.bundle, verified.ids)
        fresh = self.backend.put(entry, blobs)
        added: tuple[str, ...] = ()
        if fresh:
            self._log_put(entry)
            self._tell(entry.seal, gone=False)
        else:
            there = self.backend.members(entry.seal)
            if self.log and self.log.last(entry.seal, _COMING_AND_GOING) in {"", "delete"}:
                self._log_put(entry)  # whoever put it was interrupted before its line
            lacking = [path for path in blobs if path.startswith(SIGNATURES) and path not in there]
            added = tuple(path for path in lacking if self.backend.add(entry.seal, path, blobs[path]))
            for path in added:
                self._log("sign", entry, path=path, sha256=blobs[path].sha256)
        place = self.backend.location(entry.seal)
        return Stored(entry.artifact_id, entry.seal, place, duplicate=not fresh, signatures=added)

    def get(self, reference: str) -> Bundle:
        """The bundle that an id or its beginning names; verify it before you rely on it.

        All records of an artifact agree in everything that the artifact is; of several, the one created last
        is given. Whoever cares for a certain description, evidence or signature names the seal.

        Raises:
            UsageError: It is no id of an artifact or a record.
            AmbiguousIdError: It is the beginning of more than one name.
            MissingError: It names nothing in this store.
            VerificationError: What lies there bears other names: the store was tampered with.
        """
        newest = max(self.resolve(reference), key=lambda entry: (entry.created, entry.seal))
        bundle = bundle_in(self.backend, newest.seal)
        _hold(bundle, newest)
        return bundle

    def resolve(self, reference: str) -> tuple[Entry, ...]:
        """The records of the one artifact, or the one record, that an id or its beginning names (AWB-R-064).

        Raises:
            UsageError: It is no id of an artifact or a record.
            AmbiguousIdError: It is the beginning of more than one name; they are listed.
            MissingError: It names nothing in this store.
        """
        wanted = parse_id(reference)
        if wanted.kind not in {"awen", "seal"}:
            raise UsageError(
                f"{reference} names inputs or results, not an artifact",
                advice="Give an artifact (awen_…) or a record (seal_…); `awen find` finds by the others.",
            )
        by_seal = wanted.kind == "seal"
        found = tuple(
            self.backend.entries(key=reference) if by_seal else self.backend.entries(artifact_id=reference)
        )
        if not found:
            raise MissingError(
                f"the store has no {reference}",
                advice=f"`awen list` shows what is in {self.location or 'it'}; --store names another one.",
            )
        if len({entry.seal if by_seal else entry.artifact_id for entry in found}) > 1:
            raise AmbiguousIdError(
                f"{reference} is the beginning of more than one id",
                advice=f"Give more of it:\n{_listed(found)}",
            )
        return found

    def record(self, reference: str) -> Entry:
        """The one record that an id or its beginning names: for what is done to a record, not to an artifact.

        Raises:
            AmbiguousIdError: The artifact has more than one record; they are listed.
            AwenError: As for `resolve`.
        """
        found = self.resolve(reference)
        if len(found) > 1:
            raise AmbiguousIdError(
                f"{reference} has {len(found)} records", advice=f"Give the seal of one:\n{_listed(found)}"
            )
        return found[0]

    def entries(self, *, artifact_type: str | None = None) -> Iterator[Entry]:
        """What is kept, ascending by seal; only of one type where one is given.

        Raises:
            MissingError: There is no store.
            StorageError: It cannot be read.
        """
        return (entry for entry in self.backend.entries() if artifact_type in (None, entry.artifact_type))

    def sign(self, reference: str, path: str, signature: Member) -> bool:
        """Add a signature to one record; nothing else of it changes (AWB-R-349).

        Args:
            reference: Names the record.
            path: Where it goes, under `signatures/`.
            signature: The file.

        Returns:
            False: there is a file of that name; nothing was changed.

        Raises:
            UsageError: The path is not under `signatures/`.
            AwenError: As for `record` and `StorageBackend.add`.
        """
        if not path.startswith(SIGNATURES):
            raise UsageError(f"{path} is no place for a signature: that is under {SIGNATURES}")
        entry, blob = self.record(reference), blob_of(signature)
        added = self.backend.add(entry.seal, path, blob)
        if added:
            self._log("sign", entry, path=path, sha256=blob.sha256)
        return added

    def delete(self, reference: str, *, reason: str) -> str:
        """Remove one record, and keep in the log that it was there and why it went.

        The log comes first: a deletion that a crash prevents is logged, one that happened is never unlogged.

        Args:
            reference: Names the record.
            reason: Why; not blank.

        Returns:
            Its seal.

        Raises:
            UsageError: The reason is blank.
            AwenError: As for `record` and `StorageBackend.delete`.
        """
        if not reason.strip():
            raise UsageError("a deletion needs a reason", advice="Say why; it is kept in the store's log.")
        entry = self.record(reference)
        self._log("delete", entry, reason=reason)
        self.backend.delete(entry.seal)
        self._tell(entry.seal, gone=True)
        return entry.seal

    def find(self, query: "Query") -> tuple[Entry, ...]:
        """The records that are looked for, newest first; the index is brought up to date before.

        Raises:
            MissingError: There is no store.
            StorageError: Store or index cannot be read.
        """
        from awen_ref.catalog.upkeep import searching

        with searching(self.backend) as index:
            return tuple(index.find(query))

    def gc(self) -> Collected:
        """Remove what interrupted calls left behind, and bytes that no record uses.

        Raises:
            StorageError: Somebody is writing, or the medium failed.
        """
        collected = self.backend.gc()
        if self.log and collected.files:
            self.log.append("gc", files=collected.files, size_bytes=collected.size_bytes)
        return collected

    def _log_put(self, entry: Entry) -> None:
        """The line of a record that is there."""
        described = self._described_before(entry)
        more = {"describes": described} if described else {}
        self._log("describe" if described else "put", entry, **more)

    def _described_before(self, entry: Entry) -> str:
        """The seal of an earlier record that a new one only describes again: the same payload (AWB-R-066)."""
        payload = self.backend.members(entry.seal)[MANIFEST]
        for other in self.backend.entries(artifact_id=entry.artifact_id):
            if other.seal != entry.seal and self.backend.members(other.seal).get(MANIFEST) == payload:
                both = (b"".join(self.backend.stream(seal, MANIFEST)) for seal in (other.seal, entry.seal))
                if next(both) == next(both):
                    return other.seal
        return ""

    def _tell(self, seal: str, *, gone: bool) -> None:
        """Let the index know, where one has been made; SQLite is loaded only then."""
        if self.backend.root is None or not (self.backend.root / INDEX_FILE).exists():
            return
        from awen_ref.catalog.upkeep import forget, learn

        (forget if gone else learn)(self.backend, seal)

    def _log(self, event: str, entry: Entry, **more: str) -> None:
        """One line about a record."""
        if self.log:
            self.log.append(event, seal=entry.seal, artifact_id=entry.artifact_id, **more)


def _hold(bundle: Bundle, entry: Entry) -> None:
    """Whoever asks for an id gets that artifact or an error, never another valid one (AWB-R-324).

    Raises:
        VerificationError: The manifests give other names than those that the record is kept under.
    """
    try:
        ids = bundle.ids
    except VerificationError:
        return  # whose names cannot be told is found by verification, with all that is wrong
    for asked, computed in ((entry.artifact_id, ids.artifact_id), (entry.seal, ids.seal)):
        if asked != computed:
            message = f"the store keeps {computed} under the name {asked}"
            raise VerificationError(message, findings=[Finding(ANOTHER, message, MANIFEST)])


def _listed(entries: tuple[Entry, ...]) -> str:
    """Records to choose from, a line each."""
    rows = (f"  {entry.seal}  {short_id(entry.artifact_id)}  {entry.created}" for entry in entries)
    return "\n".join(rows)
