"""A store in memory: for tests, for notebooks, and as the shortest complete example of the contract."""

import threading
from collections.abc import Iterator, Mapping

from awen_ref.errors import MissingError, UsageError
from awen_ref.storage.abc import (
    CHUNK_BYTES,
    Blob,
    Collected,
    Entry,
    StorageBackend,
    check_key,
    check_path,
    check_record,
    folders_of,
)

__all__ = ["MemoryBackend"]


class MemoryBackend(StorageBackend):
    """Records in this process's memory. Durable only as long as the process: no promise survives its end."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._entries: dict[str, Entry] = {}
        self._members: dict[str, dict[str, str]] = {}
        self._blobs: dict[str, bytes] = {}

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        """Read every member first, then commit under the lock; see `StorageBackend.put`."""
        check_record(entry, members)
        data = {path: _bytes_of(blob) for path, blob in members.items()}
        with self._lock:
            if entry.seal in self._entries:
                return False
            self._blobs.update({members[path].sha256: content for path, content in data.items()})
            self._members[entry.seal] = {path: members[path].sha256 for path in sorted(data)}
            self._entries[entry.seal] = entry
            return True

    def add(self, key: str, path: str, blob: Blob) -> bool:
        """See `StorageBackend.add`."""
        check_key(key)
        check_path(path)
        content = _bytes_of(blob)
        with self._lock:
            there = self._record(key)
            if path in there:
                return False
            folders = {folder for taken in there for folder in folders_of(taken)}
            if path in folders or not there.keys().isdisjoint(folders_of(path)):
                raise UsageError(f"a file and a folder of one name cannot be: {path!r}")
            self._blobs[blob.sha256] = content
            self._members[key] = dict(sorted({**there, path: blob.sha256}.items()))
            return True

    def entries(self, *, key: str = "", artifact_id: str = "") -> Iterator[Entry]:
        """See `StorageBackend.entries`; the listing is of the moment when it is first asked."""
        with self._lock:
            found = sorted(self._entries.values(), key=lambda entry: entry.seal)
        for entry in found:
            if entry.seal.startswith(key) and entry.artifact_id.startswith(artifact_id):
                yield entry

    def members(self, key: str) -> Mapping[str, int]:
        """See `StorageBackend.members`."""
        with self._lock:
            return {path: len(self._blobs[sha256]) for path, sha256 in self._record(key).items()}

    def stream(self, key: str, path: str) -> Iterator[bytes]:
        """See `StorageBackend.stream`."""
        with self._lock:
            there = self._record(key)
            if path not in there:
                raise MissingError(f"record {key} has no member {path}")
            content = self._blobs[there[path]]
        for start in range(0, len(content), CHUNK_BYTES):
            yield content[start : start + CHUNK_BYTES]

    def delete(self, key: str) -> None:
        """See `StorageBackend.delete`."""
        with self._lock:
            self._record(key)
            del self._entries[key], self._members[key]

    def gc(self) -> Collected:
        """Drop blobs that no record names."""
        with self._lock:
            used = {sha256 for members in self._members.values() for sha256 in members.values()}
            unused = [sha256 for sha256 in self._blobs if sha256 not in used]
            size = sum(len(self._blobs.pop(sha256)) for sha256 in unused)
            return Collected(len(unused), size)

    def _record(self, key: str) -> dict[str, str]:
        """Path to digest of a record that must be there."""
        if key not in self._members:
            raise MissingError(f"there is no record {key}")
        return self._members[key]


def _bytes_of(blob: Blob) -> bytes:
    """All bytes of a blob, checked."""
    return b"".join(bytes(piece) for piece in blob.chunks())
