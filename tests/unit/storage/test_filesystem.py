import errno
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from awen_ref.errors import MissingError, StorageError
from awen_ref.storage import FilesystemBackend, StorageBackend, durable
from awen_ref.storage.layout import names_in
from awen_ref.testing import StoreTests
from awen_ref.testing.records import CONTENT, blob, entry

ONE = entry("one")


class TestFilesystemBackend(StoreTests):
    """AWB-R-340 to AWB-R-342, AWB-R-344, AWB-R-346, AWB-R-347, AWB-R-349 to AWB-R-352."""

    @pytest.fixture
    def backend(self, tmp_path: Path) -> StorageBackend:
        backend = FilesystemBackend(tmp_path / "store")
        backend.create()
        return backend

    def reopen(self, backend: StorageBackend) -> StorageBackend:
        assert backend.root is not None
        return FilesystemBackend(backend.root)


class TestWithoutHardLinks(TestFilesystemBackend):
    @pytest.fixture(autouse=True)
    def no_links(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.ENOTSUP, "Operation not supported")

        monkeypatch.setattr(os, "link", refuse)


@pytest.fixture
def store(tmp_path: Path) -> FilesystemBackend:
    return FilesystemBackend(tmp_path / "store")


def put(store: FilesystemBackend, name: str = "one", further: dict[str, bytes] | None = None) -> Path:
    assert store.put(entry(name), {path: blob(data) for path, data in (CONTENT | (further or {})).items()})
    return store.location(entry(name).seal)


# The store as a folder


def test_constructing_touches_nothing(store: FilesystemBackend) -> None:
    assert not store.root.exists()


@pytest.mark.parametrize(
    "call",
    [
        lambda store: list(store.entries()),
        lambda store: store.members(ONE.seal),
        lambda store: list(store.stream(ONE.seal, "a")),
        lambda store: store.gc(),
        lambda store: store.location(ONE.seal),
    ],
)
def test_reading_a_store_that_is_not_there_says_so_and_makes_none(
    store: FilesystemBackend, call: Callable[[FilesystemBackend], object]
) -> None:
    with pytest.raises(MissingError, match="there is no store") as caught:
        call(store)
    assert "--store" in caught.value.advice
    assert not store.root.exists()


def test_a_put_makes_the_store_with_its_parents(tmp_path: Path) -> None:
    store = FilesystemBackend(tmp_path / "a" / "b" / "store")
    put(store)
    assert (store.root / "store.json").read_bytes() == b'{"layout":"awen-store/1"}\n'


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    put(FilesystemBackend(tmp_path))


def test_a_folder_with_other_things_is_never_written_to(tmp_path: Path) -> None:
    """AWB-R-353."""
    (tmp_path / "thesis.tex").touch()
    store = FilesystemBackend(tmp_path)
    for call in (lambda: put(store), lambda: list(store.entries()), store.gc):
        with pytest.raises(StorageError, match="is no store"):
            call()
    assert names_in(tmp_path) == ["thesis.tex"]


def test_a_store_half_made_is_finished(store: FilesystemBackend) -> None:
    (store.root / "tmp" / "leftover").mkdir(parents=True)
    (store.root / "lock").touch()
    put(store)
    assert len(list(store.entries())) == 1


@pytest.mark.parametrize(
    "marker", [b'{"layout":"awen-store/2"}', b'{"layout":1}', b"{}", b"[]", b"", b"\xff", b"not JSON"]
)
def test_an_unknown_layout_is_refused(store: FilesystemBackend, marker: bytes) -> None:
    """AWB-R-353."""
    put(store)
    (store.root / "store.json").write_bytes(marker)
    fresh = FilesystemBackend(store.root)
    for call in (lambda: put(fresh, "two"), lambda: list(fresh.entries()), fresh.gc):
        with pytest.raises(StorageError, match="layout"):
            call()


# The record as a folder


def test_the_location_passes_sha256sum(store: FilesystemBackend) -> None:
    listing = "".join(f"{blob(data).sha256}  {path}\n" for path, data in CONTENT.items()).encode()
    folder = put(store, further={"manifest-sha256.txt": listing})
    checked = subprocess.run(
        ["sha256sum", "-c", "manifest-sha256.txt"], cwd=folder, capture_output=True, check=True
    )
    assert checked.stdout.count(b": OK\n") == len(CONTENT)


def test_files_are_read_only(store: FilesystemBackend) -> None:
    folder = put(store)
    assert all(not file.stat().st_mode & 0o222 for file in folder.rglob("*") if file.is_file())


def test_equal_members_share_one_file(store: FilesystemBackend) -> None:
    one, two = put(store, "one"), put(store, "two")
    assert all((one / path).stat().st_ino == (two / path).stat().st_ino for path in CONTENT)


def test_a_damaged_blob_is_never_given_to_another_record(store: FilesystemBackend) -> None:
    damaged = put(store, "one") / "bagit.txt"
    damaged.chmod(0o644)
    damaged.write_bytes(b"BagIt-Version: 9.9\n")
    assert (put(store, "two") / "bagit.txt").read_bytes() == CONTENT["bagit.txt"]
    assert (put(store, "three") / "bagit.txt").stat().st_nlink == 3
    assert damaged.read_bytes() == b"BagIt-Version: 9.9\n"


def test_a_file_with_the_most_links_makes_room_for_another(
    store: FilesystemBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = put(store, "one") / "bagit.txt"
    link, refused = os.link, []

    def limited(source: Path, target: Path, **options: bool) -> None:
        if source.exists() and source.stat().st_ino == first.stat().st_ino:
            refused.append(target)
            raise OSError(errno.EMLINK, "Too many links")
        link(source, target, **options)

    monkeypatch.setattr(os, "link", limited)
    second, third = put(store, "two") / "bagit.txt", put(store, "three") / "bagit.txt"
    assert refused
    assert second.stat().st_ino == third.stat().st_ino != first.stat().st_ino


def test_what_is_no_file_is_neither_listed_nor_read(store: FilesystemBackend, tmp_path: Path) -> None:
    folder = put(store)
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    os.mkfifo(folder / "fifo")
    (folder / "empty").mkdir()
    assert set(store.members(ONE.seal)) == set(CONTENT)
    for path in ("link", "fifo", "empty"):
        with pytest.raises(StorageError):
            list(store.stream(ONE.seal, path))


def test_a_damaged_entry_is_listed_and_hides_no_other(store: FilesystemBackend) -> None:
    put(store, "one")
    put(store, "two")
    file = store.root / "records" / ONE.seal / "entry.json"
    for damage in (b"", b"{", b"[]", b"{}", b'{"seal":1}'):
        file.chmod(0o644)
        file.write_bytes(damage)
        assert {found.seal for found in store.entries()} == {ONE.seal, entry("two").seal}
        assert [found.seal for found in store.entries(artifact_id=ONE.artifact_id)] == [ONE.seal]
    file.unlink()
    assert len(list(store.entries())) == 2


def test_stray_names_beside_the_records_are_passed_over(store: FilesystemBackend) -> None:
    put(store)
    (store.root / "records" / ".DS_Store").touch()
    (store.root / "index" / ".DS_Store").touch()
    (store.root / "tmp" / "stray").touch()
    assert [found.seal for found in store.entries()] == [ONE.seal]
    store.gc()
    assert [found.seal for found in store.entries(artifact_id="awen_")] == [ONE.seal]


def test_what_is_derived_may_be_lost(store: FilesystemBackend) -> None:
    """AWB-R-354: records are read without blobs, and the names that find them come back with gc."""
    put(store)
    shutil.rmtree(store.root / "blobs")
    shutil.rmtree(store.root / "index")
    assert {path: b"".join(store.stream(ONE.seal, path)) for path in CONTENT} == CONTENT
    store.gc()
    assert [found.seal for found in store.entries(artifact_id=ONE.artifact_id)] == [ONE.seal]
    put(store, "two")


def test_gc_removes_leftovers_of_a_kill(store: FilesystemBackend) -> None:
    put(store)
    leftover = store.root / "tmp" / "1-0"
    (leftover / "record" / "bundle").mkdir(parents=True)
    (leftover / "record" / "bundle" / "a").write_bytes(b"12345")
    (store.root / "blobs" / "00").mkdir(exist_ok=True)
    (store.root / "blobs" / "00" / ("0" * 64)).write_bytes(b"123")
    (store.root / "index" / f"awen_{'0' * 64}.seal_{'0' * 64}").touch()
    collected = store.gc()
    assert (collected.files, collected.size_bytes) == (3, 8)
    assert names_in(store.root / "tmp") == []
    assert {path: b"".join(store.stream(ONE.seal, path)) for path in CONTENT} == CONTENT


# Errors of the system


def test_a_store_that_vanishes_is_missing(store: FilesystemBackend) -> None:
    put(store)
    shutil.rmtree(store.root)
    for call in (lambda: put(store, "two"), lambda: list(store.entries()), lambda: store.delete(ONE.seal)):
        with pytest.raises(MissingError):
            call()
    assert not store.root.exists()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (errno.ENOSPC, StorageError),
        (errno.EDQUOT, StorageError),
        (errno.EROFS, StorageError),
        (errno.EIO, StorageError),
        (errno.EACCES, MissingError),
        (errno.EPERM, MissingError),
    ],
)
def test_what_the_system_refuses_is_one_clear_error_and_leaves_nothing(
    store: FilesystemBackend, monkeypatch: pytest.MonkeyPatch, code: int, error: type[Exception]
) -> None:
    put(store)

    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        with pytest.raises(error, match=os.strerror(code)) as caught:
            put(store, "two")
    assert caught.value.advice  # type: ignore[attr-defined]  # both kinds are AwenErrors
    assert [found.seal for found in store.entries()] == [ONE.seal]
    put(store, "two")


def test_a_failed_flush_is_final_for_this_process(
    store: FilesystemBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AWB-R-345."""
    put(store)
    calls: list[int] = []

    def fail(descriptor: int) -> None:
        calls.append(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StorageError, match="flushing"):
            put(store, "two", {"own": b"own"})
    assert len(calls) == 1
    with pytest.raises(StorageError, match="earlier error"):
        put(store, "three")
    assert [found.seal for found in store.entries()] == [ONE.seal]


def test_writes_that_take_only_a_part_are_continued(
    store: FilesystemBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:1000]))
    put(store)
    assert {path: b"".join(store.stream(ONE.seal, path)) for path in CONTENT} == CONTENT


def test_gc_refuses_while_somebody_writes(store: FilesystemBackend) -> None:
    refused = []

    def collect() -> None:
        with pytest.raises(StorageError, match="somebody is writing"):
            FilesystemBackend(store.root).gc()
        refused.append(True)

    store.put(ONE, {"a": blob(b"ab", during=collect)})
    assert refused == [True]


def test_a_record_without_its_members_is_not_called_a_duplicate(store: FilesystemBackend) -> None:
    shutil.rmtree(put(store))
    with pytest.raises(MissingError):
        put(store)


@pytest.fixture
def stranger(store: FilesystemBackend) -> Callable[[Callable[[], object]], str]:
    """Runs a task as a user without rights; gives what it raised."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to become somebody else")
    for folder in (store.root, *store.root.parents):
        if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)

    def run(task: Callable[[], object]) -> str:
        reader, writer = os.pipe()
        if (child := os.fork()) == 0:
            os.setgid(65534)
            os.setuid(65534)
            try:
                task()
                os.write(writer, b"nothing")
            except BaseException as error:  # noqa: BLE001 (the child reports whatever came)
                os.write(writer, type(error).__name__.encode())
            os._exit(0)
        os.close(writer)
        os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as pipe:
            return pipe.read().decode()

    return run


def test_without_permission_reading_works_and_writing_is_missing_a_right(
    store: FilesystemBackend, stranger: Callable[[Callable[[], object]], str]
) -> None:
    put(store)
    (store.root.parent).chmod(0o755)
    assert stranger(lambda: list(store.entries())) == "nothing"
    assert stranger(lambda: put(store, "two")) == "MissingError"
    assert stranger(lambda: store.delete(ONE.seal)) == "MissingError"
    store.root.chmod(0)
    assert stranger(lambda: list(FilesystemBackend(store.root).entries())) == "MissingError"


def test_advice_is_given_for_every_error_that_is_named() -> None:
    assert all(text.endswith(".") for text in (*durable._ADVICE.values(), *durable._MISSING.values()))
