"""Putting records, and adding members to them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from awen_ref.errors import StorageError, UsageError
from awen_ref.storage import Blob, StorageBackend
from awen_ref.testing.records import CONTENT, Bytes, Interrupted, blob, entry, interrupt
from awen_ref.testing.store.base import StoreContract, content_of, put_one, putter, read, together

__all__ = ["CommitTests"]

_THREADS = 8
_BAD_PATHS = (
    "",
    "/a",
    "a/",
    "a//b",
    ".",
    "..",
    "../a",
    "a/../b",
    "a/./b",
    ".a",
    "a\\b",
    "a\0b",
    "ä",
    "x" * 256,
)


class CommitTests(StoreContract):
    """Promises 1, 2, 5 and 8."""

    def test_a_second_put_of_a_key_is_false_and_changes_nothing(self, backend: StorageBackend) -> None:
        """Promise 1."""
        made = put_one(backend, "one")
        other = {**{path: blob(b"changed") for path in CONTENT}, "further": blob(b"further")}
        assert backend.put(replace(made, title="changed"), other) is False
        assert self.reopen(backend).put(made, {"bagit.txt": blob(b"")}) is False
        assert list(self.reopen(backend).entries()) == [made]
        assert content_of(backend, made.seal) == CONTENT

    def test_one_artifact_may_have_several_records(self, backend: StorageBackend) -> None:
        """Promise 1: only equal keys are duplicates."""
        made = [entry(str(number), artifact="same") for number in range(3)]
        assert all(backend.put(one, {"a": blob(one.seal.encode())}) for one in made)
        assert {found.seal for found in backend.entries(artifact_id=made[0].artifact_id)} == {
            m.seal for m in made
        }
        assert all(read(backend, one.seal, "a") == one.seal.encode() for one in made)

    def test_of_two_writers_of_a_key_the_first_to_finish_wins(self, backend: StorageBackend) -> None:
        """Promise 1, with the second put inside the first."""
        made, inner = entry("one"), []
        late = self.reopen(backend)
        source = blob(b"slow", during=lambda: inner.append(late.put(made, {"a": blob(b"fast")})))
        outer = backend.put(made, {"a": source})
        assert (outer, inner) == (False, [True])
        assert content_of(backend, made.seal) == {"a": b"fast"}

    def test_of_many_threads_writing_a_key_one_wins(self, backend: StorageBackend) -> None:
        """Promise 1."""
        for number in range(10):
            made = entry(f"round {number}")
            tasks = [putter(self.reopen(backend), made, {"a": b"%d" % k}) for k in range(_THREADS)]
            won = together(tasks)
            assert sum(won) == 1
            assert content_of(backend, made.seal) == {"a": b"%d" % won.index(True)}

    def test_many_threads_writing_many_keys_lose_none(self, backend: StorageBackend) -> None:
        """Promises 1 and 9: different records that share most of their bytes."""
        made = [entry(f"record {number}") for number in range(_THREADS * 4)]
        content = [CONTENT | {"own": one.seal.encode()} for one in made]
        won = together([putter(backend, one, data) for one, data in zip(made, content, strict=True)])
        assert all(won)
        assert [found.seal for found in self.reopen(backend).entries()] == sorted(one.seal for one in made)
        assert all(content_of(backend, one.seal) == data for one, data in zip(made, content, strict=True))

    def test_a_record_is_invisible_until_put_has_all_of_it(self, backend: StorageBackend) -> None:
        """Promise 2, seen from another handle in the middle of every member."""
        made, reader, looks = entry("one"), self.reopen(backend), []

        def look() -> None:
            self.assert_absent(reader, made.seal)
            looks.append(made)

        assert backend.put(made, {path: blob(data, during=look) for path, data in CONTENT.items()})
        assert len(looks) >= len(CONTENT)
        assert content_of(reader, made.seal) == CONTENT

    def test_a_put_that_breaks_off_leaves_nothing(self, backend: StorageBackend) -> None:
        """Promises 2 and 10: an error of the caller's source comes out as it is, at whichever member."""
        for broken in CONTENT:
            made = entry(f"broken at {broken}")
            content = {path: broken.encode() + data for path, data in CONTENT.items()}
            whole = {path: blob(data) for path, data in content.items()}
            with pytest.raises(Interrupted):
                backend.put(made, whole | {broken: blob(content[broken], during=interrupt)})
            self.assert_absent(backend, made.seal)
            assert backend.put(made, whole) is True
            assert content_of(backend, made.seal) == content

    def test_bytes_that_are_not_what_was_said_are_refused(self, backend: StorageBackend) -> None:
        """Promise 5: altered, too short, too long; and nothing of it is kept."""
        right = blob(b"right bytes")
        made = entry("one")
        for wrong in (b"wrong bytes", b"right byte", b"right bytes!", b""):
            with pytest.raises(StorageError):
                backend.put(made, {"a": blob(b"a"), "b": Blob(right.sha256, Bytes(wrong))})
            self.assert_absent(backend, made.seal)
        assert backend.put(made, {"b": right})
        assert content_of(backend, made.seal) == {"b": b"right bytes"}

    def test_names_that_could_leave_the_record_are_refused(self, backend: StorageBackend) -> None:
        """Nothing outside the grammar comes near a file system."""
        for path in _BAD_PATHS:
            with pytest.raises(UsageError):
                backend.put(entry("one"), {path: blob(b"a")})
        for key in ("", "seal/x", "../x", "SEAL_x", ".x", "seal_\0", "seal_x\n", "x" * 256):
            with pytest.raises(UsageError):
                backend.put(replace(entry("one"), seal=key), {"a": blob(b"a")})
            with pytest.raises(UsageError):
                backend.put(replace(entry("one"), artifact_id=key), {"a": blob(b"a")})
        with pytest.raises(UsageError):
            Blob("../../x", Bytes(b"a"))
        assert list(backend.entries()) == []

    def test_members_that_exclude_each_other_are_refused(self, backend: StorageBackend) -> None:
        """A file and a folder of one name; and no member at all."""
        for paths in (["a", "a/b"], ["a/b/c", "a/b"], []):
            with pytest.raises(UsageError):
                backend.put(entry("one"), {path: blob(b"a") for path in paths})
        self.assert_absent(backend, entry("one").seal)

    def test_an_added_member_joins_the_others(self, backend: StorageBackend) -> None:
        """Promise 8, in a folder that is new and in one that is not."""
        made = put_one(backend, "one")
        added = {"signatures/a.json": b"signed", "signatures/b.json": b"", "data/x/y/z": b"z"}
        for path, data in added.items():
            assert backend.add(made.seal, path, blob(data)) is True
            assert content_of(self.reopen(backend), made.seal)[path] == data
        assert content_of(backend, made.seal) == CONTENT | added
        assert list(backend.entries()) == [made]

    def test_adding_never_replaces(self, backend: StorageBackend) -> None:
        """Promise 8."""
        made = put_one(backend, "one")
        assert backend.add(made.seal, "bagit.txt", blob(b"other")) is False
        assert backend.add(made.seal, "signatures/a", blob(b"first")) is True
        assert self.reopen(backend).add(made.seal, "signatures/a", blob(b"second")) is False
        for path in ("data", "bagit.txt/x", *_BAD_PATHS):
            with pytest.raises(UsageError):
                backend.add(made.seal, path, blob(b"x"))
        assert content_of(backend, made.seal) == CONTENT | {"signatures/a": b"first"}

    def test_an_add_that_breaks_off_leaves_nothing(self, backend: StorageBackend) -> None:
        """Promises 5, 8 and 10."""
        made = put_one(backend, "one")
        with pytest.raises(Interrupted):
            backend.add(made.seal, "signatures/a", blob(b"ab", during=interrupt))
        with pytest.raises(StorageError):
            backend.add(made.seal, "signatures/a", Blob(blob(b"ab").sha256, Bytes(b"abc")))
        assert content_of(self.reopen(backend), made.seal) == CONTENT
        assert backend.add(made.seal, "signatures/a", blob(b"ab"))

    def test_of_many_threads_adding_a_member_one_wins(self, backend: StorageBackend) -> None:
        """Promise 8: one path, and others in the same new folder."""
        made = put_one(backend, "one")

        def adder(number: int, path: str) -> Callable[[], bool]:
            return lambda: self.reopen(backend).add(made.seal, path, blob(b"%d" % number))

        same = [adder(number, "signatures/same") for number in range(_THREADS)]
        own = [adder(number, f"signatures/{number}") for number in range(_THREADS)]
        won = together(same + own)
        assert (sum(won[:_THREADS]), sum(won[_THREADS:])) == (1, _THREADS)
        assert read(backend, made.seal, "signatures/same") == b"%d" % won.index(True)
