"""A store against a model of it: any sequence of calls, interrupted ones and fresh handles among them."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from awen_ref.errors import MissingError, StorageError
from awen_ref.storage import Blob, Entry, FilesystemBackend, MemoryBackend, StorageBackend
from awen_ref.testing.records import Bytes, Interrupted, blob, entry, interrupt

NAMES = st.sampled_from("abcdef")
ARTIFACTS = st.sampled_from("xyz")
PATHS = st.sampled_from(["bagit.txt", "data/inputs/ir.json", "data/results/a.npy", "signatures/s.json"])


def data_of(number: int) -> bytes:
    """Empty, small, shared by many, larger than one piece."""
    return (b"", b"\0", b"shared" * 50, b"other" * 60_000)[number]


DATA = st.integers(0, 3).map(data_of)
CONTENT = st.dictionaries(PATHS, DATA, min_size=1)


class StoreModel(RuleBasedStateMachine):
    """Entries and contents as they have to be, beside the store."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, Entry] = {}
        self.contents: dict[str, dict[str, bytes]] = {}

    def fresh(self) -> StorageBackend:
        raise NotImplementedError

    @initialize()
    def start(self) -> None:
        self.store = self.fresh()

    @rule(name=NAMES, artifact=ARTIFACTS, content=CONTENT)
    def put(self, name: str, artifact: str, content: dict[str, bytes]) -> None:
        made = entry(name, artifact=artifact)
        new = self.store.put(made, {path: blob(data) for path, data in content.items()})
        assert new is (made.seal not in self.entries)
        if new:
            self.entries[made.seal] = made
            self.contents[made.seal] = dict(content)

    @rule(name=NAMES, content=CONTENT, last=PATHS, number=st.integers())
    def put_that_breaks_off(self, name: str, content: dict[str, bytes], last: str, number: int) -> None:
        made = entry(name)
        members = {path: blob(data) for path, data in content.items() if path != last}
        members[last] = blob(b"%d" % number, during=interrupt)  # bytes that no blob of the store has
        if made.seal in self.entries:
            return
        with pytest.raises(Interrupted):
            self.store.put(made, members)

    @rule(name=NAMES, path=PATHS, number=st.integers())
    def put_of_wrong_bytes(self, name: str, path: str, number: int) -> None:
        made = entry(name)
        if made.seal in self.entries:
            return
        with pytest.raises(StorageError):
            self.store.put(made, {path: Blob(blob(b"right %d" % number).sha256, Bytes(b"wrong"))})

    @rule(name=NAMES, path=PATHS, data=DATA)
    def add(self, name: str, path: str, data: bytes) -> None:
        key = entry(name).seal
        if key not in self.entries:
            with pytest.raises(MissingError):
                self.store.add(key, path, blob(data))
            return
        new = self.store.add(key, path, blob(data))
        assert new is (path not in self.contents[key])
        self.contents[key].setdefault(path, data)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        key = entry(name).seal
        if key not in self.entries:
            with pytest.raises(MissingError):
                self.store.delete(key)
            return
        self.store.delete(key)
        del self.entries[key], self.contents[key]

    @rule()
    def gc(self) -> None:
        self.store.gc()
        assert self.store.gc().files == 0

    @rule()
    def reopen(self) -> None:
        self.store = self.fresh()

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        if not hasattr(self, "store"):
            return
        assert list(self.store.entries()) == [self.entries[key] for key in sorted(self.entries)]
        for key, content in self.contents.items():
            assert dict(self.store.members(key)) == {path: len(content[path]) for path in sorted(content)}
            assert {path: b"".join(self.store.stream(key, path)) for path in content} == content
        for made in self.entries.values():
            same = [one for one in self.entries.values() if one.artifact_id == made.artifact_id]
            found = self.store.entries(artifact_id=made.artifact_id[:21])
            assert list(found) == sorted(same, key=lambda one: one.seal)


class MemoryModel(StoreModel):
    def fresh(self) -> StorageBackend:
        return self.store if hasattr(self, "store") else MemoryBackend()


class FilesystemModel(StoreModel):
    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")  # noqa: S108 (not a shared name: a fresh folder is made in it)
        self.folder = Path(tempfile.mkdtemp(prefix="awen-model-", dir=memory if memory.is_dir() else None))

    def fresh(self) -> StorageBackend:
        store = FilesystemBackend(self.folder / "store")
        store.create()
        return store

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


@pytest.mark.parametrize("model", [MemoryModel, FilesystemModel])
def test_a_store_behaves_as_the_model(model: type[StoreModel]) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        model,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=checks
        ),
    )


class Replacing(MemoryBackend):
    """Wrong on purpose: an added member takes another's place."""

    def add(self, key: str, path: str, blob: Blob) -> bool:
        self._members.get(key, {}).pop(path, None)
        return super().add(key, path, blob)


class ReplacingModel(StoreModel):
    def fresh(self) -> StorageBackend:
        return self.store if hasattr(self, "store") else Replacing()


def test_a_store_that_is_wrong_is_found_out() -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            ReplacingModel,
            settings=settings(max_examples=500, stateful_step_count=20, deadline=None, database=None),
        )


@pytest.mark.slow
def test_a_store_on_disk_behaves_as_the_model_for_long() -> None:
    run_state_machine_as_test(
        FilesystemModel,
        settings=settings(
            max_examples=1000, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
