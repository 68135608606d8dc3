"""The folders of a store on disk, its version marker, and its lock.

- `store.json`: the marker `{"layout":"awen-store/1"}`, written last when a store is made;
- `records/<seal>/`: one record; appears by one rename, which is the commit;
    - `entry.json`: its entry;
    - `bundle/`: its members under their own names; `sha256sum -c manifest-sha256.txt` works here;
- `index/<artifact_id>.<seal>`: empty; finds records by artifact id without reading them; derived;
- `blobs/<aa>/<sha256>`: another name (hard link) of a member's file, so that equal ones share space; derived;
- `tmp/`: records that are not there yet, or not any more;
- `profile.json`: what its owner puts into every description, where there is one; not the store's business;
- `lock`: held shared by writers, and by `gc` alone.
"""

import errno
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from awen_ref.errors import MissingError, StorageError
from awen_ref.storage.durable import open_file, read_whole, sync_folder, write_new
from awen_ref.storage.network import refuse_network

__all__ = ["LAYOUT", "Layout", "names_in"]

LAYOUT = "awen-store/1"
_FOLDERS = ("records", "index", "blobs", "tmp")
_MARKER = "store.json"
_MOST_MARKER_BYTES = 1 << 16
_HARMLESS = {*_FOLDERS, "lock", "lost+found", "profile.json"}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of one store lies.

    Attributes:
        root: The store's folder, absolute.
    """

    root: Path

    @property
    def records(self) -> Path:
        """Folder of the records."""
        return self.root / "records"

    @property
    def index(self) -> Path:
        """Folder of the names that lead from artifact ids to records."""
        return self.root / "index"

    @property
    def tmp(self) -> Path:
        """Folder of what is not, or no longer, part of the store."""
        return self.root / "tmp"

    @property
    def blobs(self) -> Path:
        """Folder of the shared names of members' files."""
        return self.root / "blobs"

    def blob(self, sha256: str) -> Path:
        """The shared name of equal bytes."""
        return self.blobs / sha256[:2] / sha256

    def bundle(self, key: str) -> Path:
        """Folder of a record's members."""
        return self.records / key / "bundle"

    def check(self) -> None:
        """See that this is a store whose layout is known.

        Raises:
            MissingError: There is nothing.
            StorageError: It is something else, or a store of another version.
            OSError: It cannot be read.
        """
        try:
            marker = json.loads(read_whole(self.root / _MARKER, _MOST_MARKER_BYTES))
        except FileNotFoundError:
            if not self.root.exists():
                raise MissingError(
                    f"there is no store at {self.root}",
                    advice="The first bundle put makes it; or name another with --store or AWEN_STORE.",
                ) from None
            raise StorageError(
                f"{self.root} is no store: it has no {_MARKER}",
                advice="Name another folder with --store or AWEN_STORE; an empty one will do.",
            ) from None
        except (ValueError, RecursionError):
            marker = None
        layout = marker.get("layout") if isinstance(marker, dict) else None
        if layout != LAYOUT:
            raise StorageError(
                f"{self.root} has the layout {layout!r}, and this version of awen knows {LAYOUT!r} only",
                advice="Use a version of awen that knows it; nothing was read or written.",
            )

    def create(self) -> None:
        """Make the store, or finish making it; does nothing where it is there. Any number may try at once.

        Raises:
            MissingError: The place is not there or not ours to write.
            StorageError: The folder holds something else, or lies on a file system that keeps no promises.
            OSError: The system refuses.
        """
        if (self.root / _MARKER).exists():
            self.check()
            return
        self.root.mkdir(parents=True, exist_ok=True)
        refuse_network(self.root)
        if not _HARMLESS.issuperset(names_in(self.root)):
            self.check()  # either somebody has just finished it, or it is none
            return
        self.make_folders()
        with self.locked(), self.workspace() as work:
            self._sync_upwards()
            write_new(work / _MARKER, [b'{"layout":"%s"}\n' % LAYOUT.encode()])
            (work / _MARKER).rename(self.root / _MARKER)  # onto an equal one, where two make it at once
            sync_folder(self.root)

    def make_folders(self) -> None:
        """Make the folders that are not there: of a store that is being made, or lost one that is derived.

        Raises:
            OSError: The system refuses.
        """
        for name in _FOLDERS:
            (self.root / name).mkdir(exist_ok=True)

    def _sync_upwards(self) -> None:
        """Make the store's own name durable: a folder that was made just now may have parents as new."""
        device = self.root.stat().st_dev
        for folder in (self.root, *self.root.parents):
            if folder.stat().st_dev != device:
                return
            try:
                sync_folder(folder)
            except PermissionError:
                return  # not ours to read, hence not made by us

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """A fresh folder in `tmp/`, gone afterwards."""
        path = self.tmp / f"{os.getpid()}-{secrets.token_hex(8)}"
        path.mkdir()
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)  # what stays is a leftover, which `gc` takes

    @contextmanager
    def locked(self, *, alone: bool = False) -> Iterator[None]:
        """Hold the store's lock, at the longest until the process ends: shared by writers, alone by `gc`.

        Raises:
            StorageError: `alone` is asked for while somebody writes.
            OSError: The file system has no locks.
        """
        descriptor = open_file(self.root / "lock", os.O_RDONLY | os.O_CREAT)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
        except OSError as error:
            os.close(descriptor)
            if error.errno in {errno.EWOULDBLOCK, errno.EAGAIN}:
                raise StorageError(
                    f"somebody is writing to {self.root}", advice="Try again when they have finished."
                ) from error
            raise
        try:
            yield
        finally:
            os.close(descriptor)


def names_in(folder: Path) -> list[str]:
    """Names of what a folder holds, in no order.

    Raises:
        OSError: It cannot be read.
    """
    with os.scandir(folder) as found:
        return [item.name for item in found]
