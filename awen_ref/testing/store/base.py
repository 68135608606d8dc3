"""What all tests of the contract share: what a subclass gives, and how records are put and read."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from awen_ref.errors import MissingError
from awen_ref.storage import Entry, StorageBackend
from awen_ref.testing.records import CONTENT, blob, entry

__all__ = ["StoreContract", "content_of", "put_one", "putter", "read", "together"]


class StoreContract:
    """What a subclass gives: the fixture `backend`, an empty store for every test, and the method `reopen`.

    Attributes:
        in_memory: Whether the backend by its nature holds whole members in memory.
    """

    in_memory = False

    @pytest.fixture
    def backend(self) -> StorageBackend:
        """An empty store."""
        raise NotImplementedError

    def reopen(self, backend: StorageBackend) -> StorageBackend:
        """Another handle on the same store, such as another process would have."""
        raise NotImplementedError

    def assert_absent(self, backend: StorageBackend, key: str) -> None:
        """No trace of a record is visible, from here or from elsewhere."""
        for handle in (backend, self.reopen(backend)):
            assert key not in {found.seal for found in handle.entries()}
            with pytest.raises(MissingError):
                handle.members(key)
            with pytest.raises(MissingError):
                read(handle, key, "bagit.txt")
            with pytest.raises(MissingError):
                handle.delete(key)


def put_one(backend: StorageBackend, name: str) -> Entry:
    """Put a record with the usual content under a name of its own."""
    made = entry(name)
    assert backend.put(made, {path: blob(data) for path, data in CONTENT.items()}) is True
    return made


def putter(backend: StorageBackend, made: Entry, content: dict[str, bytes]) -> Callable[[], bool]:
    """A task that puts a record."""
    return lambda: backend.put(made, {path: blob(data) for path, data in content.items()})


def read(backend: StorageBackend, key: str, path: str) -> bytes:
    """All bytes of a member."""
    return b"".join(backend.stream(key, path))


def content_of(backend: StorageBackend, key: str) -> dict[str, bytes]:
    """All members of a record."""
    return {path: read(backend, key, path) for path in backend.members(key)}


def together(tasks: Sequence[Callable[[], bool]]) -> list[bool]:
    """Start all tasks at the same moment, a thread each; their results in order."""
    gate = threading.Barrier(len(tasks))

    def run(task: Callable[[], bool]) -> bool:
        gate.wait(timeout=30)
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))
