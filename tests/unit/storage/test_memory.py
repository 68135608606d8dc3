import pytest

from awen_ref.storage import MemoryBackend, StorageBackend
from awen_ref.testing import StoreTests


class TestMemoryBackend(StoreTests):
    """AWB-R-340 to AWB-R-342, AWB-R-344, AWB-R-346, AWB-R-347, AWB-R-349 to AWB-R-352."""

    in_memory = True

    @pytest.fixture
    def backend(self) -> StorageBackend:
        return MemoryBackend()

    def reopen(self, backend: StorageBackend) -> StorageBackend:
        return backend  # it ends with the process: there is no other handle


def test_gc_drops_bytes_of_deleted_records_only() -> None:
    from awen_ref.testing.records import blob, entry

    backend = MemoryBackend()
    backend.put(entry("1"), {"a": blob(b"shared"), "b": blob(b"own")})
    backend.put(entry("2"), {"a": blob(b"shared")})
    backend.delete(entry("1").seal)
    collected = backend.gc()
    assert (collected.files, collected.size_bytes) == (1, 3)


def test_there_is_no_folder() -> None:
    from awen_ref.testing.records import blob, entry

    backend = MemoryBackend()
    backend.put(entry("1"), {"a": blob(b"a")})
    assert backend.root is None
    assert backend.location(entry("1").seal) is None
