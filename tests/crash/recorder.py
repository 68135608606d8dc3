"""Follow the calls of this process that change what lies below a disk's folder."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from tests.crash.disk import Disk, File, Folder, PathArgument

__all__ = ["recorded"]


class _Recorder:
    """Stands for the functions of `os`: does the real call, then the same to the model, then tells."""

    def __init__(self, disk: Disk, after: Callable[[], None]) -> None:
        self._disk = disk
        self._after = after
        self._open, self._close, self._write, self._fsync = os.open, os.close, os.write, os.fsync
        self._link, self._mkdir, self._rename = os.link, os.mkdir, os.rename
        self._unlink, self._rmdir = os.unlink, os.rmdir

    def open(self, path: PathArgument, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        descriptor = self._open(path, flags, mode, dir_fd=dir_fd)
        if os.fsdecode(path) == self._disk.root:
            self._disk.open[descriptor] = self._disk.top
        elif place := self._disk.find(path, dir_fd):
            folder, name = place
            if name not in folder.names:
                folder.change(name, File())
                self._after()
            self._disk.open[descriptor] = folder.names[name]
        return descriptor

    def close(self, descriptor: int) -> None:
        self._disk.open.pop(descriptor, None)
        self._close(descriptor)

    def write(self, descriptor: int, data: bytes) -> int:
        count = self._write(descriptor, data)
        if isinstance(node := self._disk.open.get(descriptor), File):
            node.content += bytes(data[:count])
            self._after()
        return count

    def fsync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        if node := self._disk.open.get(descriptor):
            self._disk.flush(node)
            self._after()

    def link(self, source: PathArgument, target: PathArgument, *, follow_symlinks: bool = True) -> None:
        self._link(source, target, follow_symlinks=follow_symlinks)
        if (place := self._disk.find(target, None)) and (origin := self._disk.find(source, None)):
            place[0].change(place[1], origin[0].names[origin[1]])
            self._after()

    def mkdir(self, path: PathArgument, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        self._mkdir(path, mode, dir_fd=dir_fd)
        if place := self._disk.find(path, dir_fd):
            place[0].change(place[1], Folder())
            self._after()

    def rename(self, source: PathArgument, target: PathArgument) -> None:
        self._rename(source, target)
        if (place := self._disk.find(target, None)) and (origin := self._disk.find(source, None)):
            node = origin[0].names[origin[1]]
            origin[0].change(origin[1], None)
            place[0].change(place[1], node)
            self._after()

    def unlink(self, path: PathArgument, *, dir_fd: int | None = None) -> None:
        self._unlink(path, dir_fd=dir_fd)
        self._removed(path, dir_fd)

    def rmdir(self, path: PathArgument, *, dir_fd: int | None = None) -> None:
        self._rmdir(path, dir_fd=dir_fd)
        self._removed(path, dir_fd)

    def _removed(self, path: PathArgument, dir_fd: int | None) -> None:
        if place := self._disk.find(path, dir_fd):
            place[0].change(place[1], None)
            self._after()


@contextmanager
def recorded(disk: Disk, after: Callable[[], None]) -> Iterator[None]:
    """Follow the calls that change the disk's folder; `after` is called after each of them."""
    recorder = _Recorder(disk, after)
    with mock.patch.multiple(
        os,
        open=recorder.open,
        close=recorder.close,
        write=recorder.write,
        fsync=recorder.fsync,
        link=recorder.link,
        mkdir=recorder.mkdir,
        rename=recorder.rename,
        unlink=recorder.unlink,
        rmdir=recorder.rmdir,
    ):
        yield
