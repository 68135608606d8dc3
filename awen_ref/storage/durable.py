"""The few system calls by which bytes get onto a disk for good, and what their errors mean.

A file's bytes are durable when `fsync` of the file has returned, its *name* when `fsync` of the folder has. A
failed `fsync` is final: the kernel may drop the unwritten pages and report success the next time (Rebello et
al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020), so nothing here calls it twice.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from awen_ref.errors import AwenError, MissingError, StorageError

__all__ = [
    "FlushError",
    "faults",
    "open_file",
    "read_whole",
    "sync_folder",
    "sync_folders_below",
    "write_new",
]

_PERMISSION = "You lack the permission; ask its owner, or choose another store with --store or AWEN_STORE."
_ADVICE = {
    errno.ENOSPC: "Free some space; nothing was stored.",
    errno.EDQUOT: "Your quota is used up; nothing was stored.",
    errno.EFBIG: "The file system or a limit of this process (ulimit -f) allows no file of this size.",
    errno.EROFS: "The file system is mounted read-only; choose another store with --store or AWEN_STORE.",
    errno.EIO: "The medium has an error: look at the kernel's log and check the store before you rely on it.",
    errno.EMFILE: "Raise the limit of open files (ulimit -n).",
    errno.ENOLCK: "This file system has no locks, without which writers would not notice each other.",
    errno.EOPNOTSUPP: "This file system lacks what a store needs; choose another with --store or AWEN_STORE.",
}
_AS_IT_LIES = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_MISSING = {
    errno.ENOENT: "Something removed it, or its disk is not mounted.",
    errno.ENOTDIR: "A part of that path is a file.",
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
}


class FlushError(StorageError):
    """`fsync` failed: what the medium holds is unknown from here on."""


@contextmanager
def faults(action: str, place: Path) -> Iterator[None]:
    """Turn what the operating system refuses into an error of ours.

    Args:
        action: What was being done, to follow "cannot".
        place: Where; used where the system's error names no file.

    Raises:
        MissingError: A path or a permission is not there.
        StorageError: Everything else.
    """
    try:
        yield
    except OSError as error:
        raise _fault(error, action, place) from error


def _fault(error: OSError, action: str, place: Path) -> AwenError:
    """The error of ours for one of the system's."""
    message = f"cannot {action}: {error.filename or place}: {error.strerror or error}"
    code = error.errno or 0
    if code in _MISSING:
        return MissingError(message, advice=_MISSING[code])
    return StorageError(message, advice=_ADVICE.get(code, "Nothing was acknowledged."))


def write_new(path: Path, chunks: Iterable[bytes | memoryview]) -> None:
    """Write a file that must not exist yet, read-only for everybody, and make its bytes durable.

    Its name becomes durable with `sync_folder`.

    Raises:
        FlushError: The bytes could not be made durable.
        OSError: Creating or writing it failed.
        AwenError: Whatever the chunks raise.
    """
    # The mode binds later openers only: this descriptor may write all the same.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o444)
    try:
        for piece in chunks:
            view = memoryview(piece)
            while view:
                view = view[os.write(descriptor, view) :]
        _sync(descriptor, path)
    finally:
        os.close(descriptor)


def open_file(path: Path | str, flags: int = os.O_RDONLY, mode: int = 0o644) -> int:
    """A descriptor of a regular file that lies under this very name.

    No link is followed, and no FIFO or device waited for: a store that was copied from elsewhere, or that
    others can write to, may have anything under the names of its files.

    Raises:
        StorageError: Something else lies there.
        OSError: It cannot be opened.
    """
    descriptor = os.open(path, flags | _AS_IT_LIES, mode)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise StorageError(f"{path} is no file", advice="Whatever lies there, no call of awen made it.")


def read_whole(path: Path | str, most: int) -> bytes:
    """The bytes of a small file, with as few calls as there can be: a listing reads thousands of them.

    Args:
        path: The file.
        most: Its size at the most.

    Raises:
        ValueError: It is larger, or no file.
        OSError: It cannot be read.
    """
    descriptor = os.open(path, os.O_RDONLY | _AS_IT_LIES)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            raise ValueError(f"{path} is no file of at most {most} bytes")
        return os.read(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable.

    Raises:
        FlushError: They could not be.
        OSError: The folder cannot be opened.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _sync(descriptor, path)
    finally:
        os.close(descriptor)


def sync_folders_below(path: Path) -> None:
    """Make the names in a folder and in all folders below it durable, the innermost first.

    Raises:
        FlushError: They could not be.
        OSError: A folder cannot be opened.
    """
    for folder, _, _ in os.walk(path, topdown=False, onerror=_raise):
        sync_folder(Path(folder))


def _raise(error: OSError) -> None:
    """Let no folder be left out: `os.walk` passes over errors by default."""
    raise error


def _sync(descriptor: int, path: Path) -> None:
    """Flush one descriptor, once."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise FlushError(
            f"flushing {path} failed: {error.strerror}; it is unknown what the medium holds",
            advice="Nothing was acknowledged. Look at the kernel's log, mend the medium, check the store.",
        ) from error
