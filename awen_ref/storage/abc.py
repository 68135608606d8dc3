"""What every store promises, as an abstract class.

Nothing here knows what a bundle is. A *record* is a key (the seal), a few searchable strings and its members:
paths to bytes. The promises are numbered; `awen_ref.testing.StoreTests` holds a backend to those that a test
can show, and the specification states them as AWB-R-340 to AWB-R-355.
"""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from awen_ref.errors import StorageError, UsageError

__all__ = [
    "CHUNK_BYTES",
    "Blob",
    "Collected",
    "Entry",
    "Source",
    "StorageBackend",
    "check_key",
    "check_path",
    "check_record",
    "folders_of",
]

CHUNK_BYTES = 1 << 18
"""Largest piece that a stream hands out."""

_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
_PATH_BYTES = 1024


class Source(Protocol):
    """Bytes that can be read, more than once, without holding them all in memory."""

    @property
    def size(self) -> int:
        """Size in bytes."""
        ...

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The bytes in order; a piece is valid until the next one is asked for."""
        ...


@dataclass(frozen=True, slots=True)
class Blob:
    """One member's bytes together with what they have to be.

    Attributes:
        sha256: Digest that the bytes must have: 64 lower-case hexadecimal digits.
        source: Where the bytes come from; its `size` must hold too.

    Raises:
        UsageError: `sha256` is no digest.
    """

    sha256: str
    source: Source

    def __post_init__(self) -> None:
        """Refuse what is no digest: backends make file names of it."""
        if not _SHA256.fullmatch(self.sha256):
            raise UsageError(f"{self.sha256!r} is no SHA-256 digest in lower-case hexadecimal")

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The bytes, and an error at their end if they are not the ones that `sha256` and the size name.

        Raises:
            StorageError: They are not.
            AwenError: Whatever the source raises.
        """
        digest, size = hashlib.sha256(), 0
        for piece in self.source.chunks():
            digest.update(piece)
            size += len(piece)
            yield piece
        if size != self.source.size or digest.hexdigest() != self.sha256:
            raise StorageError(
                f"was given {size} bytes with SHA-256 {digest.hexdigest()} instead of "
                f"{self.source.size} with {self.sha256}",
                advice="The bundle changed while it was stored, or was never consistent: verify it.",
            )


@dataclass(frozen=True, slots=True)
class Entry:
    """What a store knows of a record without reading its members.

    The backend interprets the first two names only. Everything here can be made again from the members: an
    index is never the only copy of anything.

    Attributes:
        seal: Key of the record.
        artifact_id: Name that several records may share; the backend finds records by it.
        inputs_id: Name of the inputs.
        results_id: Name of the results.
        artifact_type: Type of the artifact.
        created: Creation time as stated in the record, RFC 3339.
        title: Title as stated in the record.
        size_bytes: Sum of the members' sizes when the record was put.
    """

    seal: str
    artifact_id: str
    inputs_id: str
    results_id: str
    artifact_type: str
    created: str
    title: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection of leftovers removed.

    Attributes:
        files: Number of files or objects.
        size_bytes: Their size.
    """

    files: int
    size_bytes: int


class StorageBackend(ABC):
    """A place that keeps records.

    The promises, each to hold with any number of threads, processes and machines at work:

    1. *Create-only.* A record, once there, is never replaced or altered. Of several writers of one key one is
       told `True`, the others `False` (AWB-R-341, AWB-R-344).
    2. *All or nothing.* A record is visible with all its members and its entry, or not at all: to readers
       during `put`, after a `put` that raised, and after a crash (AWB-R-342).
    3. *Durable.* When `put`, `add` or `delete` has returned, what it did survives a kill of the process and a
       loss of power, as far as the medium keeps what it reported as flushed. That includes a `put` or `add`
       that returns `False`: what it speaks of is durable by then (AWB-R-343).
    4. *Errors are final.* Where flushing fails, the call raises, acknowledges nothing and does not try again
       (AWB-R-345).
    5. *Checked on the way in.* Where a member's bytes are not what its `Blob` says, `put` and `add` raise and
       leave nothing.
    6. *Byte for byte.* Members come back exactly as put, as streams in bounded memory. A backend need not
       notice damage by others: whoever reads verifies (AWB-R-347).
    7. *Deleted on demand only.* No record goes but by `delete`. A stream begun before goes on to its end or
       raises; it never ends early without an error (AWB-R-346).
    8. *Members may be added.* `add` puts one more member into a record without touching any other,
       create-only too (AWB-R-349).
    9. *Listed in order.* `entries` gives each record once, ascending by key. A record that is there during
       the whole listing is in it (AWB-R-340).
    10. *Leftovers are harmless.* What interrupted calls leave behind is never visible, never in the way of a
        later `put`, and goes with `gc`, which takes nothing that any record needs.

    Errors: `UsageError` for a key or path outside the grammar, `MissingError` for a record, member, place or
    permission that is not there, `StorageError` for everything that the medium refuses.
    """

    @abstractmethod
    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        """Commit one record.

        Args:
            entry: The record's entry; `entry.seal` is its key.
            members: Path to bytes; at least one. Two members may name equal bytes. A source may stay unread
                where the store has its bytes already.

        Returns:
            True: the record is now there. False: a record of that key was there before; nothing was changed.

        Raises:
            UsageError: The key, a path, a digest, or the set of paths is not one that a store keeps.
            MissingError: The store's place is gone or not ours to write.
            StorageError: Bytes and `Blob` disagree, or the medium failed; nothing is acknowledged.
        """

    @abstractmethod
    def add(self, key: str, path: str, blob: Blob) -> bool:
        """Put one more member into a record.

        Returns:
            True: the member is now there. False: the path was taken; nothing was changed.

        Raises:
            UsageError: As for `put`.
            MissingError: There is no such record.
            StorageError: As for `put`.
        """

    @abstractmethod
    def entries(self, *, key: str = "", artifact_id: str = "") -> Iterator[Entry]:
        """Entries of the records whose key and artifact id begin as given, ascending by key.

        Raises:
            MissingError: The store's place is gone or not ours to read.
            StorageError: The medium failed.
        """

    @abstractmethod
    def members(self, key: str) -> Mapping[str, int]:
        """Path to size in bytes of every member of a record, ascending by the bytes of the path.

        Raises:
            MissingError: There is no such record.
            StorageError: The medium failed.
        """

    @abstractmethod
    def stream(self, key: str, path: str) -> Iterator[bytes]:
        """The bytes of one member, in pieces of at most `CHUNK_BYTES`; all errors come from the iterator.

        Raises:
            UsageError: The key or the path is none.
            MissingError: There is no such record or member.
            StorageError: The medium failed.
        """

    @abstractmethod
    def delete(self, key: str) -> None:
        """Remove a record, at once and as a whole; bytes that it shares with other records stay.

        Raises:
            MissingError: There is no such record.
            StorageError: The medium failed.
        """

    @abstractmethod
    def gc(self) -> Collected:
        """Remove what interrupted calls left behind and bytes that no record names.

        Raises:
            StorageError: The medium failed, or somebody is writing, so that leftovers cannot be told.
        """

    def keys(self) -> Iterator[str]:
        """Keys of the records, in no order; a backend that lists keys without reading entries overrides it.

        Raises:
            MissingError: The store's place is gone or not ours to read.
            StorageError: The medium failed.
        """
        return (entry.seal for entry in self.entries())

    def stamp(self) -> str:
        """A text that stays equal only while no record comes or goes; empty where that cannot be told.

        Raises:
            MissingError: The store's place is gone or not ours to read.
            StorageError: The medium failed.
        """
        return ""

    @property
    def root(self) -> Path | None:
        """The folder that holds the whole store, where there is one."""
        return None

    def location(self, key: str) -> Path | None:
        """The folder that holds a record's members under their own names, where there is one.

        Raises:
            MissingError: There is no such record.
        """
        del key
        return None


def is_key(name: str) -> bool:
    """Whether a name may be that of a record or an artifact."""
    return _KEY.fullmatch(name) is not None


def check_key(key: str) -> None:
    """Refuse a key that is not safe as a file name, an object name and a column's value.

    Raises:
        UsageError: It is none.
    """
    if not is_key(key):
        raise UsageError(f"{key!r} is no key of a record: lower-case letters, digits and _ only, at most 100")


def check_record(entry: Entry, paths: Iterable[str]) -> None:
    """Refuse a record that a store does not keep: its names, and paths that leave it or exclude each other.

    Raises:
        UsageError: The key or the artifact id is none, a path is outside the grammar, a file and a folder of
            one name are asked for, or there is no path at all.
    """
    check_key(entry.seal)
    check_key(entry.artifact_id)
    names = set(paths)
    if not names:
        raise UsageError("a record has at least one member")
    for path in names:
        check_path(path)
        for folder in folders_of(path):
            if folder in names:
                raise UsageError(f"{folder!r} cannot be a file and the folder of {path!r} at once")


def check_path(path: str) -> None:
    """Refuse a path that could leave the record or hide in it.

    Raises:
        UsageError: It is outside the grammar.
    """
    if len(path) > _PATH_BYTES or not all(_SEGMENT.fullmatch(segment) for segment in path.split("/")):
        raise UsageError(f"{path!r} is no path of a member: segments of letters, digits, '.', '_' and '-'")


def folders_of(path: str) -> Iterator[str]:
    """The folders that a member lies in, the outermost first: `a/b/c` gives `a` and `a/b`."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)
