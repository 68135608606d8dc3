"""Several processes on one store: nothing lost, nothing twice, nothing half (AWB-R-342, AWB-R-344)."""

import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from awen_ref.errors import MissingError, StorageError
from awen_ref.storage import FilesystemBackend
from awen_ref.testing.records import CONTENT, blob, entry

WRITERS, RECORDS = 3, 12
KEYS = {entry(str(number)).seal for number in range(RECORDS)}
WHOLE = {path: len(data) for path, data in CONTENT.items()}


def write(root: Path) -> int:
    """Put all records; gives how many of them this process has won."""
    store = FilesystemBackend(root)
    members = {path: blob(data) for path, data in CONTENT.items()}
    return sum(store.put(entry(str(number)), members) for number in range(RECORDS))


def read(root: Path) -> int:
    """List and read until all records are there; gives how many readings there were."""
    store, looks, end = FilesystemBackend(root), 0, time.monotonic() + 60
    while time.monotonic() < end:
        listed = [found.seal for found in store.entries()]
        for key in listed:
            assert dict(store.members(key)) == WHOLE
            looks += 1
        if set(listed) == KEYS:
            return looks
    raise TimeoutError("the records never came")


def collect(root: Path) -> int:
    """Collect leftovers over and over; gives how often it was refused because somebody wrote."""
    store, refused = FilesystemBackend(root), 0
    while len(list(store.entries())) < RECORDS:
        try:
            store.gc()
        except StorageError:
            refused += 1
    return refused


def remove(root: Path) -> int:
    """Delete every record that can be had, for a while; gives how many this process deleted."""
    store, removed, end = FilesystemBackend(root), 0, time.monotonic() + 1
    while time.monotonic() < end:
        for key in KEYS:
            with contextlib.suppress(MissingError):
                store.delete(key)
                removed += 1
    return removed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    FilesystemBackend(tmp_path / "store").create()
    return tmp_path / "store"


def run(root: Path, *tasks: Callable[[Path], int]) -> list[int]:
    with ProcessPoolExecutor(len(tasks), mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(task, root) for task in tasks]
        return [future.result(timeout=120) for future in futures]


def test_each_record_is_won_once_and_readers_see_whole_ones_only(root: Path) -> None:
    *won, looks, _ = run(root, *[write] * WRITERS, read, collect)
    assert sum(won) == RECORDS
    assert looks >= RECORDS
    store = FilesystemBackend(root)
    for key in KEYS:
        assert {path: b"".join(store.stream(key, path)) for path in CONTENT} == CONTENT
    store.gc()
    assert store.gc().files == 0


def test_records_put_and_deleted_at_once_are_each_put_or_deleted(root: Path) -> None:
    won, again, removed = run(root, write, write, remove)
    left = len(list(FilesystemBackend(root).entries()))
    assert won + again == removed + left


def test_processes_may_make_the_store_at_once(tmp_path: Path) -> None:
    assert sum(run(tmp_path / "new" / "store", *[write] * WRITERS)) == RECORDS
