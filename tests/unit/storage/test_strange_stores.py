"""A store that was copied from elsewhere, or that others can write to, may hold anything under its names."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from awen_ref.audit import AuditLog
from awen_ref.catalog.index import opened
from awen_ref.errors import StorageError
from awen_ref.storage import FilesystemBackend
from awen_ref.testing.records import CONTENT, blob, entry

pytestmark = pytest.mark.usefixtures("nobody_waits")
ONE = entry("one")
HUGE = 1 << 40

Change = Callable[[Path], object]


@pytest.fixture
def store(tmp_path: Path) -> FilesystemBackend:
    made = FilesystemBackend(tmp_path / "store")
    put(made, "one")
    return made


def put(store: FilesystemBackend, name: str) -> bool:
    return store.put(entry(name), {path: blob(data) for path, data in CONTENT.items()})


def fifo(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def huge(path: Path) -> None:
    """As large as no memory is; sparse, so that it takes no space."""
    path.chmod(0o644)
    os.truncate(path, HUGE)


def deep(path: Path) -> None:
    path.unlink()
    path.write_text("[" * 50_000)


def linked(path: Path) -> None:
    """The same content at the end of a symbolic link."""
    elsewhere = path.with_name(f"elsewhere-{path.name}")
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)


def swapped(path: Path) -> None:
    path.unlink()
    path.mkdir()


STRANGE: dict[str, Change] = {"fifo": fifo, "huge": huge, "deep": deep, "folder": swapped}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_a_marker_that_is_none_is_refused_at_once(store: FilesystemBackend, change: Change) -> None:
    change(store.root / "store.json")
    again = FilesystemBackend(store.root)
    with pytest.raises(StorageError):
        list(again.entries())
    with pytest.raises(StorageError):
        put(again, "two")


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_an_entry_that_is_none_is_listed_as_damaged_and_collected_around(
    store: FilesystemBackend, change: Change
) -> None:
    change(store.root / "records" / ONE.seal / "entry.json")
    (found,) = store.entries()
    assert (found.seal, found.artifact_id) == (ONE.seal, "")
    shutil.rmtree(store.root / "index")
    store.gc()
    assert list((store.root / "index").iterdir()) == []


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES, errno.EMFILE])
def test_an_entry_that_is_not_given_hides_no_other(
    store: FilesystemBackend, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    put(store, "two")
    whole = os.open

    def failing(path: Path | str, *more: int, **named: int) -> int:
        if str(path).endswith(f"{ONE.seal}/entry.json"):
            raise OSError(code, os.strerror(code), str(path))
        return whole(path, *more, **named)

    monkeypatch.setattr(os, "open", failing)
    if code == errno.EMFILE:  # which says nothing of the record
        with pytest.raises(StorageError, match="Too many open files"):
            list(store.entries())
    else:
        listed = {found.seal: found.artifact_id for found in store.entries()}
        assert listed == {ONE.seal: "", entry("two").seal: entry("two").artifact_id}


def test_an_entry_cannot_name_a_place_outside_of_the_index(store: FilesystemBackend, tmp_path: Path) -> None:
    path = store.root / "records" / ONE.seal / "entry.json"
    text = path.read_text().replace(ONE.artifact_id, "../../outside")
    path.unlink()
    path.write_text(text)
    shutil.rmtree(store.root / "index")
    store.gc()
    assert [one.name for one in tmp_path.iterdir()] == ["store"]
    (found,) = store.entries()
    assert found.artifact_id == ""


def test_names_that_are_no_keys_are_passed_over(store: FilesystemBackend) -> None:
    for name in (b"Seal", b"a.b", b"\xff\xfe", b"-x"):
        Path(os.fsdecode(bytes(store._layout.records) + b"/" + name), "bundle").mkdir(parents=True)
    assert list(store.keys()) == [ONE.seal]
    assert [found.seal for found in store.entries()] == [ONE.seal]


@pytest.mark.parametrize("change", [fifo, linked, swapped])
def test_a_lock_that_is_no_file_is_refused_at_once(store: FilesystemBackend, change: Change) -> None:
    change(store.root / "lock")
    for call in (store.gc, lambda: put(store, "two")):
        with pytest.raises(StorageError):
            call()


@pytest.mark.parametrize("change", [fifo, linked, swapped])
def test_a_log_that_is_no_file_is_refused_at_once(tmp_path: Path, change: Change) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    log.append("gc", files=0)
    change(log.path)
    for call in (log.verify, lambda: log.append("gc", files=1)):
        with pytest.raises(StorageError):
            call()


@pytest.mark.parametrize("change", [fifo, linked, swapped])
def test_a_lock_of_the_index_that_is_no_file_is_refused_at_once(tmp_path: Path, change: Change) -> None:
    place = tmp_path / "catalog.db"
    with opened(place):
        pass
    change(place.with_suffix(".lock"))
    with pytest.raises(StorageError), opened(place):
        pass


@pytest.mark.parametrize("folder", ["records/{}/bundle/signatures", "records/{}/bundle", "records/{}"])
def test_nothing_is_added_through_a_symbolic_link(
    store: FilesystemBackend, tmp_path: Path, folder: str
) -> None:
    store.add(ONE.seal, "signatures/a.dsse.json", blob(b"a"))
    place = store.root / folder.format(ONE.seal)
    outside = tmp_path / "outside"
    shutil.move(place, outside)
    place.symlink_to(outside)
    before = sorted(outside.rglob("*"))
    with pytest.raises(StorageError, match="symbolic link"):
        store.add(ONE.seal, "signatures/b.dsse.json", blob(b"b"))
    assert sorted(outside.rglob("*")) == before


@pytest.mark.parametrize("change", [fifo, linked])
def test_no_record_rests_on_a_blob_that_is_no_file(store: FilesystemBackend, change: Change) -> None:
    for shared in list((store.root / "blobs").glob("*/*")):
        change(shared)
    assert put(store, "two")
    files = [path for path in store.location(entry("two").seal).rglob("*") if not path.is_dir()]
    assert {path.name for path in files} == {path.rpartition("/")[2] for path in CONTENT}
    assert all(path.is_file() and not path.is_symlink() for path in files)
