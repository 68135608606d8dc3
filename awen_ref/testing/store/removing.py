"""Deleting records and collecting leftovers, also under the hands of readers and writers."""

import contextlib

import pytest

from awen_ref.errors import MissingError, StorageError
from awen_ref.storage import StorageBackend
from awen_ref.testing.records import CONTENT, Interrupted, blob, entry, interrupt
from awen_ref.testing.store.base import StoreContract, content_of, put_one

__all__ = ["RemovalTests"]


class RemovalTests(StoreContract):
    """Promises 7, 9 and 10."""

    def test_a_deleted_record_is_gone_and_can_be_put_again(self, backend: StorageBackend) -> None:
        """Promise 7."""
        made, kept = put_one(backend, "one"), put_one(backend, "kept")
        backend.delete(made.seal)
        self.assert_absent(backend, made.seal)
        assert list(backend.entries()) == [kept]
        assert put_one(backend, "one") == made
        assert content_of(backend, made.seal) == CONTENT

    def test_bytes_shared_with_a_deleted_record_stay(self, backend: StorageBackend) -> None:
        """Promises 7 and 10, and two members of one record with equal bytes."""
        first, second = entry("1"), entry("2")
        backend.put(first, {"a": blob(b"shared"), "b": blob(b"shared"), "c": blob(b"own")})
        backend.put(second, {"a": blob(b"shared"), "d": blob(b"d")})
        backend.delete(first.seal)
        backend.gc()
        assert content_of(self.reopen(backend), second.seal) == {"a": b"shared", "d": b"d"}

    def test_gc_leaves_every_record_whole(self, backend: StorageBackend) -> None:
        """Promise 10; and there is nothing left to collect the second time."""
        made = [put_one(backend, str(number)) for number in range(3)]
        backend.add(made[0].seal, "signatures/a", blob(b"a"))
        backend.delete(made[1].seal)
        with pytest.raises(Interrupted):
            backend.put(entry("broken"), {"a": blob(b"unfinished", during=interrupt)})
        backend.gc()
        assert backend.gc().files == 0
        assert content_of(backend, made[0].seal) == CONTENT | {"signatures/a": b"a"}
        assert content_of(backend, made[2].seal) == CONTENT

    def test_gc_takes_nothing_from_a_put_under_way(self, backend: StorageBackend) -> None:
        """Promise 10: it may refuse, or run."""
        made, other = entry("one"), self.reopen(backend)

        def collect() -> None:
            with contextlib.suppress(StorageError):
                other.gc()

        assert backend.put(made, {path: blob(data, during=collect) for path, data in CONTENT.items()})
        backend.gc()
        assert content_of(backend, made.seal) == CONTENT

    def test_a_stream_begun_before_a_deletion_ends_whole_or_with_an_error(
        self, backend: StorageBackend
    ) -> None:
        """Promise 7."""
        made = put_one(backend, "one")
        path = "data/results/arrays/pd1.power.npy"
        stream = backend.stream(made.seal, path)
        first = next(stream)
        self.reopen(backend).delete(made.seal)
        backend.gc()
        try:
            rest = b"".join(stream)
        except (MissingError, StorageError):
            return
        assert first + rest == CONTENT[path]

    def test_a_listing_has_every_record_that_was_there_all_the_time(self, backend: StorageBackend) -> None:
        """Promise 9, with records coming and going between its steps."""
        kept = [put_one(backend, f"kept {number}").seal for number in range(5)]
        gone = [put_one(backend, f"gone {number}").seal for number in range(5)]
        listed = []
        for number, found in enumerate(backend.entries()):
            listed.append(found.seal)
            if number < len(gone):
                backend.delete(gone[number])
                put_one(backend, f"new {number}")
        assert listed == sorted(set(listed))
        assert set(kept) <= set(listed)

    def test_the_location_is_a_folder_that_holds_the_members(self, backend: StorageBackend) -> None:
        """Where a backend says that there is one."""
        made = put_one(backend, "one")
        if (folder := backend.location(made.seal)) is not None:
            found = {
                path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
            }
            assert {path: file.read_bytes() for path, file in found.items()} == CONTENT
