"""A directory of a stranger's as a bundle: nothing in it is followed, and only regular files are opened.

Every name is opened relative to the open folder it lies in, one segment at a time, so that nobody can swing a
path elsewhere while it is read (AWB-R-001, AWB-R-009, AWB-R-156). Once a file has been looked at, it has to
stay the same one.
"""

import errno
import os
import stat
import sys
import weakref
from collections import deque
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from pathlib import Path

from awen_ref.bundle.model import CHUNK_BYTES, Bundle, Member
from awen_ref.errors import ContainerError, Finding
from awen_ref.limits import Limits
from awen_ref.paths import all_sound, path_problem, shown_path

__all__ = ["read_directory"]

SYMBOLIC_LINK, SPECIAL_FILE, SPECIAL_BITS = "AWB-PKG-002", "AWB-PKG-003", "AWB-PKG-004"
EMPTY_FOLDER, CHANGED, UNREADABLE = "AWB-PKG-005", "AWB-PKG-006", "AWB-PKG-007"
TOO_MANY, TOO_DEEP = "AWB-LIM-001", "AWB-LIM-004"

_OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: were the file replaced by a FIFO, opening it would otherwise wait for a writer.
_OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
_MOST_OPEN_FOLDERS = 64
_FILE_TYPE = 0o170000
_SPECIAL_BITS = stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX


def read_directory(path: Path, *, below: tuple[str, ...] = (), limits: Limits) -> Bundle:
    """The regular files below a directory; what is left out stands in the bundle's findings.

    The findings grow when a file with special permission bits is looked at. The members keep folders open and
    belong to one thread.

    Args:
        path: The directory; it may itself be reached through a symbolic link, which is the caller's choice.
        below: Folders in it that lead to the one that is read; they are the stranger's.
        limits: Bounds on the number of files and the length and depth of their paths.

    Raises:
        ContainerError: The directory or a folder in it cannot be read, or holds too many files.
    """
    walk = _Walk(limits)
    folders = [_root(path, below, walk.findings)]
    while folders:
        folders += walk.visit(folders.pop())
    walk.members.sort(key=itemgetter(0))
    return Bundle(dict(walk.members), walk.findings)


class _Folder:
    """A folder as it was seen in its parent; open while it is in use, and closed when nothing refers to it.

    A tree may have more folders than a process may hold open: of those, the ones opened last stay open.
    """

    __slots__ = (
        "__weakref__",
        "_info",
        "depth",
        "descriptor",
        "findings",
        "name",
        "parent",
        "prefix",
        "recent",
    )

    def __init__(self, parent: "_Folder | None", name: str, info: os.stat_result | None) -> None:
        self.parent = parent
        self.name = name
        self.depth: int = parent.depth + 1 if parent else 0
        self.prefix: str = f"{parent.prefix}{name}/" if parent else ""
        self.descriptor = -1
        self._info = info
        self.findings: list[Finding] = parent.findings if parent else []
        self.recent: deque[weakref.ref[_Folder]] = parent.recent if parent else deque()

    def __del__(self) -> None:
        """Give the descriptor back."""
        self.close()

    def open(self) -> int:
        """The descriptor of the folder, opened anew where it had to be given up.

        Raises:
            ContainerError: It is gone, or another one has its name.
        """
        if self.descriptor >= 0 or self.parent is None:
            return self.descriptor
        try:
            self.descriptor = os.open(self.name, _OPEN_FOLDER, dir_fd=self.parent.open())
        except OSError as error:
            raise _failure(self.prefix, error) from error
        self.recent.append(weakref.ref(self))
        if len(self.recent) > _MOST_OPEN_FOLDERS and (oldest := self.recent.popleft()()):
            oldest.close()
        if self._info is None or not os.path.samestat(os.fstat(self.descriptor), self._info):
            self.close()
            raise _changed(self.prefix)
        return self.descriptor

    def close(self) -> None:
        """Give the descriptor back."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def _root(path: Path, below: tuple[str, ...], findings: list[Finding]) -> _Folder:
    folder = _Folder(None, "", None)
    folder.findings = findings
    try:
        folder.descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for name in below:
            outer = folder.descriptor
            folder.descriptor = os.open(name, _OPEN_FOLDER, dir_fd=outer)
            os.close(outer)
    except OSError as error:
        raise _failure(str(path.joinpath(*below)), error) from error
    return folder


class _File:
    """A file that its folder lists as a regular one; a `Member`.

    What it is, is settled when it is first looked at, not when it is listed, which halves the cost of a small
    file. From then on it has to be the same one with the same size and time of writing.
    """

    __slots__ = ("_folder", "_info", "_name")

    def __init__(self, folder: _Folder, name: str) -> None:
        self._folder = folder
        self._name = name
        self._info: os.stat_result | None = None

    @property
    def size(self) -> int:
        """Size in bytes; 0 of what cannot be looked at, which `read` then tells."""
        if self._info is None:
            try:
                info = os.stat(self._name, dir_fd=self._folder.open(), follow_symlinks=False)
            except (OSError, ContainerError):
                return 0
            if not stat.S_ISREG(info.st_mode):
                return 0
            self._settle(info)
            return info.st_size
        return self._info.st_size

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in pieces of `CHUNK_BYTES`; a piece is valid until the next one is asked for."""
        data = self._whole(CHUNK_BYTES)
        return self._pieces() if data is None else iter((data,))

    def read(self) -> bytes:
        """The whole content."""
        data = self._whole(sys.maxsize)
        return b"".join(map(bytes, self._pieces())) if data is None else data

    def _whole(self, most: int) -> bytes | None:
        """The content in one call; `None` if there is more of it than `most`, or it comes in parts."""
        descriptor, size = self._open()
        try:
            data = os.read(descriptor, size + 1) if size <= most else b""
        except OSError as error:
            raise _failure(self._path, error) from error
        finally:
            os.close(descriptor)
        return data if len(data) == size else None

    def _pieces(self) -> Iterator[memoryview]:
        descriptor, left = self._open()
        try:
            view = memoryview(bytearray(CHUNK_BYTES))
            while left > 0 and (count := os.readv(descriptor, [view])):
                left -= count
                yield view[:count]
            if left or os.read(descriptor, 1):
                raise _changed(self._path)
        except OSError as error:
            raise _failure(self._path, error) from error
        finally:
            os.close(descriptor)

    @property
    def _path(self) -> str:
        return self._folder.prefix + self._name

    def _settle(self, info: os.stat_result) -> None:
        self._info = info
        # Not asked of folders: those of a group's share get the set-group-id bit from the one above.
        if info.st_mode & _SPECIAL_BITS:
            message = f"{self._path} has the permission bits {info.st_mode & 0o7777:04o}"
            self._folder.findings.append(Finding(SPECIAL_BITS, message, self._path))

    def _open(self) -> tuple[int, int]:
        """A descriptor, and the size of the file."""
        try:
            descriptor = os.open(self._name, _OPEN_FILE, dir_fd=self._folder.open())
        except OSError as error:
            raise _failure(self._path, error) from error
        info, seen = os.fstat(descriptor), self._info
        if seen is None and info.st_mode & _FILE_TYPE == stat.S_IFREG:
            self._settle(info)
        elif seen is None or not _is_same(info, seen):
            os.close(descriptor)
            raise _changed(self._path)
        return descriptor, info.st_size


def _is_same(info: os.stat_result, seen: os.stat_result) -> bool:
    return (
        info.st_ino == seen.st_ino
        and info.st_dev == seen.st_dev
        and info.st_mode == seen.st_mode
        and info.st_size == seen.st_size
        and info.st_mtime_ns == seen.st_mtime_ns
    )


class _Walk:
    """What has been found so far in a tree."""

    def __init__(self, limits: Limits) -> None:
        self.members: list[tuple[str, Member]] = []
        self.findings: list[Finding] = []
        self._limits = limits
        self._folders = 0

    def visit(self, folder: _Folder) -> list[_Folder]:
        """Take what lies in a folder; returns the folders in it that may be entered.

        Raises:
            ContainerError: The folder cannot be read, or there are too many files or folders.
        """
        files: list[str] = []
        folders: list[_Folder] = []
        others: list[tuple[str, int]] = []
        try:
            with os.scandir(folder.open()) as entries:
                for entry in islice(entries, self._limits.entries + 1):
                    if entry.is_file(follow_symlinks=False):
                        files.append(entry.name)
                        continue
                    info = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(info.st_mode):
                        folders.append(_Folder(folder, entry.name, info))
                    else:
                        others.append((entry.name, info.st_mode))
        except OSError as error:
            raise _failure(folder.prefix, error) from error
        self._count(len(files) + len(others), len(folders))
        if not files and not folders and not others:
            self._report(EMPTY_FOLDER, "is an empty folder", folder.prefix)
        self._refuse_special(folder, others)
        self._take(folder, files)
        return [inner for inner in folders if self._may_enter(inner)]

    def _count(self, files: int, folders: int) -> None:
        self._folders += folders
        if max(len(self.members) + len(self.findings) + files, self._folders) > self._limits.entries:
            finding = Finding(TOO_MANY, f"more than {self._limits.entries} files or folders")
            raise ContainerError(f"the directory holds {finding.message}", findings=[finding])

    def _refuse_special(self, folder: _Folder, others: list[tuple[str, int]]) -> None:
        for name, mode in others:
            if stat.S_ISLNK(mode):
                self._report(SYMBOLIC_LINK, "is a symbolic link; it was not followed", folder.prefix + name)
            else:
                self._report(SPECIAL_FILE, "is no regular file; it was not opened", folder.prefix + name)

    def _take(self, folder: _Folder, names: list[str]) -> None:
        paths = [folder.prefix + name for name in names]
        if not all_sound(paths, limits=self._limits):
            problems = {name: path_problem(folder.prefix + name, limits=self._limits) for name in names}
            self.findings += filter(None, problems.values())
            names = [name for name, problem in problems.items() if problem is None]
            paths = [folder.prefix + name for name in names]
        self.members += zip(paths, [_File(folder, name) for name in names], strict=True)

    def _may_enter(self, folder: _Folder) -> bool:
        if folder.depth < self._limits.path_depth:
            return True
        self._report(TOO_DEEP, f"lies {folder.depth} folders deep and was not entered", folder.prefix)
        return False

    def _report(self, code: str, what: str, path: str) -> None:
        shown = shown_path(path.rstrip("/")) or "."
        self.findings.append(Finding(code, f"{shown} {what}", shown))


def _failure(path: str, error: OSError) -> ContainerError:
    """The error for what the operating system refuses; a name that is gone has changed since it was seen."""
    if error.errno in {errno.ENOENT, errno.ELOOP, errno.ENOTDIR}:
        return _changed(path)
    shown = shown_path(path.rstrip("/"))
    finding = Finding(UNREADABLE, f"{shown} cannot be read: {error.strerror}", shown)
    return ContainerError(finding.message, findings=[finding])


def _changed(path: str) -> ContainerError:
    shown = shown_path(path.rstrip("/"))
    finding = Finding(CHANGED, f"{shown} was replaced or changed while it was read", shown)
    return ContainerError(finding.message, findings=[finding], advice="Read the bundle again at rest.")
