"""Reading and listing what was put."""

import tracemalloc

import pytest

from awen_ref.errors import MissingError, StorageError
from awen_ref.storage import StorageBackend
from awen_ref.storage.abc import CHUNK_BYTES
from awen_ref.testing.records import CONTENT, blob, entry, zeros
from awen_ref.testing.store.base import StoreContract, content_of, put_one, read

__all__ = ["ReadingTests"]

_BIG_BYTES = 24 << 20


class ReadingTests(StoreContract):
    """Promises 6 and 9."""

    def test_an_empty_store_lists_nothing(self, backend: StorageBackend) -> None:
        """Promise 9."""
        assert list(backend.entries()) == []
        assert backend.gc().files == 0

    def test_members_come_back_byte_for_byte(self, backend: StorageBackend) -> None:
        """Promise 6, also through another handle."""
        made = put_one(backend, "one")
        for handle in (backend, self.reopen(backend)):
            assert content_of(handle, made.seal) == CONTENT

    def test_members_are_listed_with_their_sizes_in_the_order_of_paths(self, backend: StorageBackend) -> None:
        """Promise 6."""
        made = put_one(backend, "one")
        assert list(backend.members(made.seal).items()) == [
            (path, len(data)) for path, data in CONTENT.items()
        ]

    def test_pieces_are_neither_empty_nor_larger_than_the_limit(self, backend: StorageBackend) -> None:
        """Promise 6."""
        made = put_one(backend, "one")
        for path in CONTENT:
            assert all(0 < len(piece) <= CHUNK_BYTES for piece in backend.stream(made.seal, path))

    def test_a_member_can_be_read_twice_at_once(self, backend: StorageBackend) -> None:
        """Promise 6."""
        made = put_one(backend, "one")
        path = "data/results/arrays/pd1.power.npy"
        pairs = zip(backend.stream(made.seal, path), backend.stream(made.seal, path), strict=True)
        assert all(one == other for one, other in pairs)

    def test_large_members_cost_no_memory(self, backend: StorageBackend) -> None:
        """Promise 6."""
        made, big = entry("big"), zeros(_BIG_BYTES)
        tracemalloc.start()
        try:
            backend.put(made, {"data/big": big})
            total = sum(len(piece) for piece in backend.stream(made.seal, "data/big"))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert total == _BIG_BYTES
        assert self.in_memory or peak < _BIG_BYTES // 4

    def test_an_entry_comes_back_as_it_was_put(self, backend: StorageBackend) -> None:
        """Promise 9, also through another handle."""
        made = put_one(backend, "one")
        for handle in (backend, self.reopen(backend)):
            assert list(handle.entries()) == [made]

    def test_entries_are_listed_once_each_ascending_by_key(self, backend: StorageBackend) -> None:
        """Promise 9."""
        made = [put_one(backend, f"record {number}") for number in range(20)]
        assert [found.seal for found in backend.entries()] == sorted(one.seal for one in made)

    def test_entries_are_found_by_the_beginning_of_a_name(self, backend: StorageBackend) -> None:
        """Promise 9: full names, short ones, none; alone and together."""
        one, two, other = (
            entry(name, artifact=shared) for name, shared in (("1", "x"), ("2", "x"), ("3", "y"))
        )
        for made in (one, two, other):
            backend.put(made, {"a": blob(b"a")})
        shared = sorted([one, two], key=lambda found: found.seal)
        assert list(backend.entries(artifact_id=one.artifact_id)) == shared
        assert list(backend.entries(artifact_id=one.artifact_id[:21])) == shared
        assert list(backend.entries(key=other.seal[:21])) == [other]
        assert list(backend.entries(key=one.seal, artifact_id=one.artifact_id)) == [one]
        assert list(backend.entries(key=one.seal, artifact_id=other.artifact_id)) == []
        assert list(backend.entries(key="seal_", artifact_id="awen_x")) == []

    def test_what_is_not_there_is_missing(self, backend: StorageBackend) -> None:
        """Every call on a record or member that nobody put."""
        made = put_one(backend, "one")
        self.assert_absent(backend, entry("other").seal)
        for path in ("absent", "data", "bagit.txt/x", "data/results/arrays"):
            with pytest.raises((MissingError, StorageError)):
                read(backend, made.seal, path)
        with pytest.raises(MissingError):
            backend.add(entry("other").seal, "signatures/a", blob(b"a"))
