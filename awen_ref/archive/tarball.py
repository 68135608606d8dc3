"""Tarballs (`.tar`, `.tar.gz`), as the ancestor wrote them: files and folders, and nothing else (AWB-R-249).

Read by a parser of our own, since the library's follows what a stranger's header says: it allocates what an
extended header claims, and knows links, devices and sparse files. Here a header is looked through before its
data, names are judged by the grammar before anything has them, and nothing is ever written below a name.
Format: POSIX.1-2017 `pax`, with GNU's long names.
"""

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import IO

from awen_ref.archive.source import Source, refuse
from awen_ref.bundle.model import Bundle
from awen_ref.errors import ContainerError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.paths import path_problem, prefix_problems, shown_path

__all__ = ["is_tar", "read_tar"]

_BLOCK = 512
_GZIP = b"\x1f\x8b"
_MAGIC = slice(257, 262)
_CHECKSUM = slice(148, 156)
_LONGEST_EXTENSION = 1 << 16
_HEADERS_A_FILE = 4
"""Its own, two extended ones and a folder: more are a stranger's game with our time."""

_FILES, _FOLDER, _EXTENDED, _GLOBAL = {b"0", b"\0"}, b"5", {b"x", b"L"}, b"g"
_MANIFEST = "manifest.json"

NOT_A_TARBALL, CUT_SHORT, WRONG_STREAM = "AWB-PKG-001", "AWB-PKG-013", "AWB-PKG-031"
AFTER_THE_END, SPECIAL, REPEATED = "AWB-PKG-011", "AWB-PKG-026", "AWB-PKG-028"
TOO_MANY, RATIO = "AWB-LIM-001", "AWB-LIM-005"


class _TarMember:
    """One file of a tarball; a `Member`."""

    __slots__ = ("_offset", "_source", "size")

    def __init__(self, source: Source, offset: int, size: int) -> None:
        self._source = source
        self._offset = offset
        self.size = size

    def chunks(self) -> Iterator[memoryview]:
        return self._source.chunks_at(self._offset, self.size)

    def read(self) -> bytes:
        return self._source.read_at(self._offset, self.size)


class _Inflating:
    """A gzip stream as a file to read from, which ends in a refusal where it gives too much."""

    def __init__(self, packed: IO[bytes], most: int) -> None:
        self._stream = gzip.GzipFile(fileobj=packed)
        self._left = most
        self._most = most

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise refuse(WRONG_STREAM, f"not a whole gzip stream: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            raise refuse(RATIO, f"the stream inflates to more than {self._most} octets")
        return data


def is_tar(path: Path) -> bool:
    """Whether a path is a regular file that begins as a tarball does, or as a gzip stream."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    return head.startswith(_GZIP) or head[_MAGIC] == b"ustar"


def read_tar(path: Path, *, limits: Limits = DEFAULT) -> Bundle:
    """The files of a tarball, gzip or not, with or without one folder around them all.

    Args:
        path: The file.
        limits: Bounds on numbers, names and sizes.

    Raises:
        ContainerError: It is no tarball, holds anything but files and folders, or exceeds a limit.
    """
    source = Source.of_path(path)
    if source.size >= len(_GZIP) and source.read_at(0, len(_GZIP)) == _GZIP:
        most = max(limits.deflate_ratio_floor_bytes, limits.deflate_ratio * source.size)
        with path.open("rb") as packed:
            stream: IO[bytes] = _Inflating(packed, min(most, limits.inflated_bytes))  # type: ignore[assignment]  # read() is all that is asked of it
            source = Source.of_stream(stream, limits)
    found = _unwrapped(list(_entries(source, limits)))
    problems = [problem for name, _ in found if (problem := path_problem(name, limits=limits))]
    members = dict(sorted(found, key=itemgetter(0)))
    problems += prefix_problems(members)
    if problems:
        raise ContainerError("a name cannot stand in a bundle", findings=problems)
    if len(members) != len(found):
        twice = Counter(name for name, _ in found).most_common(1)[0][0]
        raise refuse(REPEATED, "two entries have this name", twice)
    return Bundle(members)


def _entries(source: Source, limits: Limits) -> Iterator[tuple[str, _TarMember]]:
    """Name and content of every file, in the order of the tarball."""
    files = 0
    for name, kind, offset, size in _headers(source, limits):
        if kind in _FILES:
            files += 1
            if files > limits.entries:
                raise refuse(TOO_MANY, f"the tarball holds more than {limits.entries} files")
            yield name.removeprefix("./"), _TarMember(source, offset, size)
        elif kind != _FOLDER or size:
            raise refuse(SPECIAL, f"an entry of kind {kind!r} is neither file nor folder", shown_path(name))


def _headers(source: Source, limits: Limits) -> Iterator[tuple[str, bytes, int, int]]:
    """Name, kind, and offset and size of the data of every entry; extended headers are taken in."""
    offset = headers = 0
    extended: dict[str, str] = {}
    while any(header := _header(source, offset)):
        headers += 1
        if headers > _HEADERS_A_FILE * limits.entries:
            raise refuse(TOO_MANY, "the tarball has too many headers")
        name = extended.get("path", _name(header))
        size = _number(extended["size"].encode(), 10) if "size" in extended else _number(header[124:136])
        kind, offset = header[156:157], offset + _BLOCK
        if offset + size > source.size:
            raise refuse(CUT_SHORT, "the tarball ends within a file", shown_path(name))
        if kind in _EXTENDED:
            extended |= _extension(source, offset, size, long_name=kind == b"L")
        elif kind != _GLOBAL:
            extended = {}
            yield name, kind, offset, size
        offset += -(-size // _BLOCK) * _BLOCK
    for chunk in source.chunks_at(offset, source.size - offset):
        if any(chunk):
            raise refuse(AFTER_THE_END, "octets follow the end of the tarball")


def _header(source: Source, offset: int) -> bytes:
    """The block at an offset: a header whose checksum is right, or zeros, which end the tarball."""
    if offset + _BLOCK > source.size:
        raise refuse(CUT_SHORT if offset else NOT_A_TARBALL, "the tarball ends without its end mark")
    block = source.read_at(offset, _BLOCK)
    if any(block):
        plain = block[: _CHECKSUM.start] + b" " * 8 + block[_CHECKSUM.stop :]
        if block[_MAGIC] != b"ustar" or _number(block[_CHECKSUM]) != sum(plain):
            raise refuse(CUT_SHORT if offset else NOT_A_TARBALL, "this is no header of a tarball")
    elif not offset:
        raise refuse(NOT_A_TARBALL, "the tarball is empty")
    return block


def _name(header: bytes) -> str:
    """The name in a header; POSIX puts the front part of a long one into a field of its own."""
    name, prefix = _text(header[:100]), _text(header[345:500])
    return f"{prefix}/{name}" if prefix and header[257:263] == b"ustar\0" else name


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _number(field: bytes, base: int = 8) -> int:
    """A number in digits, as headers have it.

    Raises:
        ContainerError: It is none, or larger than digits can say: no bundle is.
    """
    digits = field.strip(b" \0")
    if not digits.isdigit() or len(digits) > 12:
        raise refuse(CUT_SHORT, "a header has a field that is no number")
    try:
        return int(digits, base)
    except ValueError:
        raise refuse(CUT_SHORT, "a header has a field that is no octal number") from None


def _extension(source: Source, offset: int, size: int, *, long_name: bool) -> dict[str, str]:
    """What an extended header says of the next entry: `path` and `size`; times and owners mean nothing.

    Raises:
        ContainerError: It is too long or malformed, or speaks of links or sparse files.
    """
    if size > _LONGEST_EXTENSION:
        raise refuse(CUT_SHORT, f"an extended header has {size} octets")
    data = source.read_at(offset, size)
    if long_name:
        return {"path": _text(data)}
    found: dict[str, str] = {}
    while data:
        length, _, _ = data.partition(b" ")
        end = _number(length, 10)
        key, equals, value = data[len(length) + 1 : end - 1].partition(b"=")
        if not equals or data[end - 1 : end] != b"\n":
            raise refuse(CUT_SHORT, "an extended header is malformed")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "surrogateescape")
        data = data[end:]
    if any(key == "linkpath" or key.startswith("GNU.sparse") for key in found):
        raise refuse(SPECIAL, "an extended header speaks of a link or a sparse file")
    return {key: found[key] for key in ("path", "size") if key in found}


def _unwrapped(found: list[tuple[str, _TarMember]]) -> list[tuple[str, _TarMember]]:
    """The files without the one folder that may lie around them all."""
    around = {name.partition("/")[0] for name, _ in found} - {"", ".", ".."}
    names = {name for name, _ in found}
    if _MANIFEST in names or len(around) != 1 or not {f"{folder}/{_MANIFEST}" for folder in around} <= names:
        return found
    return [(name.partition("/")[2], member) for name, member in found]
