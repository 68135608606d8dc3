"""Records as plain folders on a local file system, durable as promised (`layout` shows what lies where).

Put: build the record in `tmp/` (every file flushed, then every folder), name it in the index, rename it
into `records/` (the commit: atomic, and refused where a record of that key is), flush `records/`. Nothing is
visible before the rename; after it, only that one flush is left to do.
"""

import errno
import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from awen_ref.errors import MissingError, StorageError, UsageError
from awen_ref.storage.abc import (
    CHUNK_BYTES,
    Blob,
    Collected,
    Entry,
    StorageBackend,
    check_key,
    check_path,
    check_record,
    folders_of,
    is_key,
)
from awen_ref.storage.durable import (
    FlushError,
    faults,
    open_file,
    read_whole,
    sync_folder,
    sync_folders_below,
    write_new,
)
from awen_ref.storage.entries import MOST_BYTES, dump, load
from awen_ref.storage.layout import Layout, names_in
from awen_ref.storage.leftovers import collect, files_below

__all__ = ["FilesystemBackend"]

_SETTLED_NS = 2_000_000_000
"""Age from which a folder's time of change is believed: the coarsest tick in use is that of FAT, 2 s."""
_TAKEN = frozenset([errno.ENOTEMPTY, errno.EEXIST])
_OUT_OF_RESOURCES = frozenset([errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR])
_NO_LINKS = frozenset([errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.ENOSYS])
"""A hard link may be refused where a copy is not: by the file system, its rules, or the number of links."""


class FilesystemBackend(StorageBackend):
    """A store in one folder.

    Args:
        root: The folder. It is made by `create` or the first `put`; nothing is touched before.
    """

    def __init__(self, root: Path) -> None:
        """Remember the place."""
        self._layout = Layout(Path(os.path.abspath(root)))  # noqa: PTH100 (resolve() would follow symbolic links)
        self._records = str(self._layout.records)
        self._open = False
        self._broken = ""

    @property
    def root(self) -> Path:
        """The store's folder."""
        return self._layout.root

    def create(self) -> None:
        """Make the store where it is not there yet.

        Raises:
            MissingError: The place is not there or not ours to write.
            StorageError: The folder holds something else, or its file system cannot keep the promises.
        """
        with faults("make a store", self.root):
            self._layout.create()

    def put(self, entry: Entry, members: Mapping[str, Blob]) -> bool:
        """See `StorageBackend.put`; what a member's source raises passes through."""
        check_record(entry, members)
        with self._writing("store the record"):
            if self._layout.bundle(entry.seal).is_dir():
                sync_folder(self._layout.records)  # whoever put it may not have got that far
                return False
            with self._layout.workspace() as work:
                self._build(work / "record", entry, members)
                return self._commit(work / "record", entry)

    def add(self, key: str, path: str, blob: Blob) -> bool:
        """See `StorageBackend.add`. The file, or the outermost folder that is new, appears by one rename."""
        check_key(key)
        check_path(path)
        with self._writing("add to the record"), self._record_alone(key) as bundle:
            target = bundle / path
            folders = [bundle / folder for folder in folders_of(path)]
            if link := next(filter(Path.is_symlink, folders), None):
                raise StorageError(f"{link} is a symbolic link, which no call of awen made")
            if target.is_dir() or any(folder.is_file() for folder in folders):
                raise UsageError(f"a file and a folder of one name cannot be: {path!r}")
            if os.path.lexists(target):
                for folder in (*folders, bundle):
                    sync_folder(folder)  # whoever added it may not have got that far
                return False
            new = next((folder for folder in folders if not folder.exists()), target)
            with self._layout.workspace() as work:
                made = work / target.relative_to(new.parent)
                made.parent.mkdir(parents=True, exist_ok=True)
                write_new(made, blob.chunks())
                sync_folders_below(work)
                (work / new.name).rename(new)
                sync_folder(new.parent)
            return True

    def entries(self, *, key: str = "", artifact_id: str = "") -> Iterator[Entry]:
        """See `StorageBackend.entries`. An entry that cannot be read is listed with its key alone."""
        with self._reading("list the store"):
            if artifact_id:
                pairs = (name.partition(".") for name in names_in(self._layout.index))
                names = [seal for name, _, seal in pairs if name.startswith(artifact_id)]
            else:
                names = names_in(self._layout.records)
        for name in sorted(filter(is_key, names)):
            if name.startswith(key) and (entry := self._entry(name)) is not None:
                yield entry

    def keys(self) -> Iterator[str]:
        """See `StorageBackend.keys`."""
        with self._reading("list the store"):
            return filter(is_key, names_in(self._layout.records))

    def stamp(self) -> str:
        """See `StorageBackend.stamp`: when a name in `records/` last came or went.

        Clocks of file systems tick coarsely: a second change within one tick would not show. So it cannot be
        told of a folder that changed just now, as Git does with its index.
        """
        with self._reading("look at the store"):
            status = self._layout.records.stat()
        if time.time_ns() - status.st_mtime_ns < _SETTLED_NS:
            return ""
        return f"{status.st_dev}.{status.st_ino}.{status.st_mtime_ns}"

    def members(self, key: str) -> Mapping[str, int]:
        """See `StorageBackend.members`. What is no regular file is left out: no `put` made it."""
        check_key(key)
        with self._reading("read the record"):
            sizes = dict(files_below(self._bundle(key), ""))
        return {path: sizes[path] for path in sorted(sizes)}

    def stream(self, key: str, path: str) -> Iterator[bytes]:
        """See `StorageBackend.stream`."""
        check_key(key)
        check_path(path)
        with self._reading("read the record"):
            descriptor = open_file(self._bundle(key) / path)
            try:
                while piece := os.read(descriptor, CHUNK_BYTES):
                    yield piece
            finally:
                os.close(descriptor)

    def delete(self, key: str) -> None:
        """See `StorageBackend.delete`: one rename out of `records/`, then the files."""
        check_key(key)
        with self._writing("delete the record"), self._record_alone(key), self._layout.workspace() as work:
            (self._layout.records / key).rename(work / "record")
            sync_folder(self._layout.records)
            for name in names_in(self._layout.index):
                if name.endswith(f".{key}"):
                    (self._layout.index / name).unlink(missing_ok=True)

    def gc(self) -> Collected:
        """Remove leftovers of `tmp/`, blobs that no record shares, and index names without a record.

        Raises:
            MissingError: There is no store, or it is not ours to write.
            StorageError: Somebody is writing, or the medium failed.
        """
        with self._reading("collect leftovers"), self._layout.locked(alone=True):
            return collect(self._layout)

    def location(self, key: str) -> Path:
        """See `StorageBackend.location`."""
        check_key(key)
        with self._reading("find the record"):
            return self._bundle(key)

    def _build(self, record: Path, entry: Entry, members: Mapping[str, Blob]) -> None:
        """Lay out a record, every byte and every name of it durable."""
        for path, blob in members.items():
            target = record / "bundle" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if not self._share(blob, target):
                write_new(target, blob.chunks())
                self._offer(blob, target)
        write_new(record / "entry.json", [dump(entry)])
        sync_folders_below(record)

    def _share(self, blob: Blob, target: Path) -> bool:
        """Give bytes that the store has as a blob one more name; False where it has not, or not intact."""
        shared = self._layout.blob(blob.sha256)
        try:
            os.link(shared, target, follow_symlinks=False)
        except FileNotFoundError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # One that takes no further link makes room for a new one.
            if error.errno == errno.EMLINK:
                shared.unlink(missing_ok=True)
            return False
        if _is_intact(target, blob):
            return True
        # Damaged since it was put: no new record may rest on it.
        target.unlink()
        shared.unlink(missing_ok=True)
        return False

    def _offer(self, blob: Blob, target: Path) -> None:
        """Let later records share a file that is durable by now."""
        shared = self._layout.blob(blob.sha256)
        try:
            shared.parent.mkdir(exist_ok=True)
            os.link(target, shared, follow_symlinks=False)
        except FileExistsError:
            return  # of another writer, at the same time
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise

    def _commit(self, record: Path, entry: Entry) -> bool:
        """Make a record that is built and durable visible; False where another one of its key is."""
        # Before the record: a name without a record is passed over, a record without one would not be found.
        name = self._layout.index / f"{entry.artifact_id}.{entry.seal}"
        name.touch()
        sync_folder(self._layout.index)
        try:
            record.rename(self._layout.records / entry.seal)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            self._bundle(entry.seal)  # never say "there already" of a record that lacks its members
            won = False
        else:
            won = True
        sync_folder(self._layout.records)
        return won

    def _bundle(self, key: str) -> Path:
        """The folder of a record's members, which must be there."""
        bundle = self._layout.bundle(key)
        for place in (bundle.parent, bundle):
            try:
                mode = os.lstat(place).st_mode
            except (FileNotFoundError, NotADirectoryError):
                mode = 0
            if stat.S_ISLNK(mode):
                raise StorageError(f"{place} is a symbolic link, which no call of awen made")
            if not stat.S_ISDIR(mode):
                raise MissingError(f"there is no record {key} in {self.root}")
        return bundle

    def _entry(self, name: str) -> Entry | None:
        """The entry of a record that was listed; none if it has gone since, or never was one."""
        try:
            return load(read_whole(f"{self._records}/{name}/entry.json", MOST_BYTES), name)
        except (ValueError, FileNotFoundError, NotADirectoryError):
            if not self._layout.bundle(name).is_dir():
                return None
        except OSError as error:
            # A record that cannot be read must not hide the others; but it has to be the record.
            if error.errno in _OUT_OF_RESOURCES:
                raise StorageError(f"cannot list the store: {error.filename}: {error.strerror}") from error
        return Entry(name, "", "", "", "", "", "(damaged entry.json)", 0)

    @contextmanager
    def _record_alone(self, key: str) -> Iterator[Path]:
        """Keep others from adding to and deleting a record meanwhile; gives the folder of its members."""
        self._bundle(key)
        descriptor = os.open(self._layout.records / key, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield self._bundle(key)  # it may have gone while we waited
        finally:
            os.close(descriptor)

    @contextmanager
    def _reading(self, action: str) -> Iterator[None]:
        """See that the store is one, and translate errors."""
        with faults(action, self.root):
            if not self._open:
                self._layout.check()
                self._open = True
            yield

    @contextmanager
    def _writing(self, action: str) -> Iterator[None]:
        """As `_reading`, with the store made where needed and the writers' lock held."""
        if self._broken:
            raise StorageError(
                f"an earlier error makes writing to {self.root} unsafe: {self._broken}",
                advice="Mend the medium, check the store, then start again.",
            )
        with faults(action, self.root):
            if not self._open:
                self._layout.create()
                self._open = True
            try:
                with self._layout.locked():
                    yield
            except FlushError as error:
                self._broken = error.message
                raise


def _is_intact(path: Path, blob: Blob) -> bool:
    """Whether this is a file, and has the bytes that a blob names."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return False
    with os.fdopen(open_file(path), "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == blob.sha256
