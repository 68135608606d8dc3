"""The contract must be able to fail: backends wrong in one way each, and the test that catches it."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from awen_ref.errors import AwenError
from awen_ref.storage import Blob, Collected, Entry, FilesystemBackend, MemoryBackend, StorageBackend
from awen_ref.testing import StoreTests
from awen_ref.testing.records import Bytes


class Overwriting(MemoryBackend):
    """The last writer wins, and is told so."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        self._entries.pop(entry.seal, None)
        return super().put(entry, members)


class AlwaysTrue(MemoryBackend):
    """Keeps the first record, but tells every writer that it won."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        super().put(entry, members)
        return True


class CheckThenAct(MemoryBackend):
    """Looks whether the record is there, then writes it: without a lock, two may both find nothing."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        if any(found.seal == entry.seal for found in self.entries()):
            return False
        time.sleep(0.005)
        self._entries.pop(entry.seal, None)
        super().put(entry, members)
        return True


class KeyedByArtifact(MemoryBackend):
    """One record an artifact: whoever comes first shadows the others."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        return not list(self.entries(artifact_id=entry.artifact_id)) and super().put(entry, members)


class MemberByMember(MemoryBackend):
    """Shows the record from the first member on."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        first, *rest = members
        if not super().put(entry, {first: members[first]}):
            return False
        for path in rest:
            self.add(entry.seal, path, members[path])
        return True


class EntryFirst(MemoryBackend):
    """Lists the record before it has its members."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        if entry.seal in self._entries:
            return False
        self._entries[entry.seal] = entry
        MemoryBackend().put(entry, members)  # reads all of them, which may raise
        del self._entries[entry.seal]
        return super().put(entry, members)


class Trusting(MemoryBackend):
    """Takes whatever bytes come."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        return super().put(entry, {path: _relabelled(blob) for path, blob in members.items()})


class TrustingAdd(MemoryBackend):
    """Takes whatever bytes are added."""

    def add(self, key: str, path: str, blob: Blob) -> bool:
        return super().add(key, path, _relabelled(blob))


class Truncating(MemoryBackend):
    """Loses the last piece of every stream of several."""

    def stream(self, key: str, path: str) -> Iterator[bytes]:
        pieces = list(super().stream(key, path))
        yield from pieces[:-1] or pieces


class OnePiece(MemoryBackend):
    """Hands out a member as a whole."""

    def stream(self, key: str, path: str) -> Iterator[bytes]:
        yield b"".join(super().stream(key, path))


class Unsorted(MemoryBackend):
    """Lists in reverse."""

    def entries(self, *, key: str = "", artifact_id: str = "") -> Iterator[Entry]:
        return reversed(list(super().entries(key=key, artifact_id=artifact_id)))


class FullNamesOnly(MemoryBackend):
    """Finds by the whole artifact id only."""

    def entries(self, *, key: str = "", artifact_id: str = "") -> Iterator[Entry]:
        found = super().entries(key=key)
        return (entry for entry in found if artifact_id in {"", entry.artifact_id})


class Paging(MemoryBackend):
    """Counts its way through a list that changes meanwhile."""

    def entries(self, *, key: str = "", artifact_id: str = "") -> Iterator[Entry]:
        position = 0
        while position < len(found := list(super().entries(key=key, artifact_id=artifact_id))):
            yield found[position]
            position += 1


class AsciiTitles(MemoryBackend):
    """Keeps what its column's encoding can keep."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        title = entry.title.encode("ascii", "ignore").decode()
        return super().put(replace(entry, title=title), members)


class DeletingSharedBytes(MemoryBackend):
    """Deletes a record's bytes with it, whoever shares them."""

    def delete(self, key: str) -> None:
        shared = list(self._record(key).values())
        super().delete(key)
        for sha256 in shared:
            self._blobs[sha256] = b""


class GreedyCollector(MemoryBackend):
    """Collects what the record was put with later."""

    def gc(self) -> Collected:
        for members in self._members.values():
            members.pop("signatures/a", None)
        return super().gc()


class NeverDone(MemoryBackend):
    """Says that it removed something, every time."""

    def gc(self) -> Collected:
        super().gc()
        return Collected(1, 0)


class HidingDeleted(MemoryBackend):
    """Takes a deleted record off the list only."""

    def delete(self, key: str) -> None:
        self._record(key)
        del self._entries[key]


class ReplacingMembers(MemoryBackend):
    """Lets an added member take another's place."""

    def add(self, key: str, path: str, blob: Blob) -> bool:
        self._members.get(key, {}).pop(path, None)
        return super().add(key, path, blob)


class Welcoming(FilesystemBackend):
    """Creates a record to add to."""

    def add(self, key: str, path: str, blob: Blob) -> bool:
        (self._layout.bundle(key) / path).parent.mkdir(parents=True, exist_ok=True)
        return super().add(key, path, blob)


class Slurping(FilesystemBackend):
    """Reads whole members into memory, though nothing makes it."""

    def stream(self, key: str, path: str) -> Iterator[bytes]:
        yield from list(super().stream(key, path))


class InPlace(FilesystemBackend):
    """Builds the record where it will lie."""

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        if self._layout.bundle(entry.seal).is_dir():
            return False
        (self._layout.index / f"{entry.artifact_id}.{entry.seal}").touch()
        self._build(self._layout.records / entry.seal, entry, members)
        return True


class Forgetting(MemoryBackend):
    """Keeps everything to itself."""


WRONG: dict[type[StorageBackend], str] = {
    Overwriting: "test_a_second_put_of_a_key_is_false_and_changes_nothing",
    AlwaysTrue: "test_of_two_writers_of_a_key_the_first_to_finish_wins",
    CheckThenAct: "test_of_many_threads_writing_a_key_one_wins",
    KeyedByArtifact: "test_one_artifact_may_have_several_records",
    MemberByMember: "test_a_record_is_invisible_until_put_has_all_of_it",
    EntryFirst: "test_a_put_that_breaks_off_leaves_nothing",
    Trusting: "test_bytes_that_are_not_what_was_said_are_refused",
    TrustingAdd: "test_an_add_that_breaks_off_leaves_nothing",
    Truncating: "test_members_come_back_byte_for_byte",
    OnePiece: "test_pieces_are_neither_empty_nor_larger_than_the_limit",
    Unsorted: "test_entries_are_listed_once_each_ascending_by_key",
    FullNamesOnly: "test_entries_are_found_by_the_beginning_of_a_name",
    Paging: "test_a_listing_has_every_record_that_was_there_all_the_time",
    AsciiTitles: "test_an_entry_comes_back_as_it_was_put",
    DeletingSharedBytes: "test_bytes_shared_with_a_deleted_record_stay",
    GreedyCollector: "test_gc_leaves_every_record_whole",
    NeverDone: "test_an_empty_store_lists_nothing",
    HidingDeleted: "test_a_deleted_record_is_gone_and_can_be_put_again",
    ReplacingMembers: "test_adding_never_replaces",
    Welcoming: "test_what_is_not_there_is_missing",
    Slurping: "test_large_members_cost_no_memory",
    InPlace: "test_a_record_is_invisible_until_put_has_all_of_it",
    Forgetting: "test_members_come_back_byte_for_byte",
}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_a_wrong_backend_fails_the_test_meant_for_it(wrong: type[StorageBackend], tmp_path: Path) -> None:
    class Suite(StoreTests):
        in_memory = issubclass(wrong, MemoryBackend)

        def reopen(self, backend: StorageBackend) -> StorageBackend:
            return MemoryBackend() if wrong is Forgetting else backend

    backend: StorageBackend
    if issubclass(wrong, FilesystemBackend):
        FilesystemBackend(tmp_path / "store").create()
        backend = wrong(tmp_path / "store")
    else:
        backend = wrong()
    test: Callable[[StorageBackend], None] = getattr(Suite(), WRONG[wrong])
    with pytest.raises((AssertionError, pytest.fail.Exception, AwenError)):
        test(backend)


def test_every_test_of_the_contract_is_there_to_fail() -> None:
    names = {name for name in dir(StoreTests) if name.startswith("test_")}
    assert set(WRONG.values()) <= names
    assert len(names) >= 25


def _relabelled(blob: Blob) -> Blob:
    """The same bytes under the digest that they happen to have."""
    data = b"".join(bytes(piece) for piece in blob.source.chunks())
    return Blob(hashlib.sha256(data).hexdigest(), Bytes(data))
