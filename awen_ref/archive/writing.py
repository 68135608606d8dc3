"""The canonical archive of a bundle (AWB-R-130 to AWB-R-140, AWB-R-153, 154), to a file or a stream.

The same bundle gives the same octets, always. A compressed archive differs from it in method, compressed size
and data of its entries only; how small it gets depends on the zlib at hand.
"""

import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol

from awen_ref.archive.placing import new_file, write_all
from awen_ref.archive.records import DEFLATED, STORED, Entry, central_header, end_records, local_header
from awen_ref.bundle.model import CHUNK_BYTES, Bundle, Member
from awen_ref.errors import ContainerError
from awen_ref.limits import DEFAULT
from awen_ref.paths import all_sound, path_problem, prefix_problems

__all__ = ["check_names", "exactly", "write_zip"]

_CRC_PLACE = 14  # of the CRC-32 in a local header
_LEVEL = 6
_RAW_DEFLATE = -15
_SPOOLED_BYTES = 16 << 20


def write_zip(
    bundle: Bundle,
    target: Path | IO[bytes],
    *,
    compress: bool = False,
    overwrite: bool = False,
    wrapper: str = "",
) -> None:
    """Write a bundle as one archive.

    A file gets its name when all of it is on the medium; on any error nothing is left behind.

    Args:
        bundle: Any bundle whose names are in order; it is not verified here.
        target: A new file, or a stream, which is left open.
        compress: Deflate what gets smaller by it.
        overwrite: Whether a file may take the place of another.
        wrapper: A folder to put everything into, for those who want one; the canonical archive has none.

    Raises:
        ContainerError: A name is not in order, or a member cannot be read or is not of its size.
        UsageError: The file exists, and `overwrite` was not asked for.
        MissingError: The folder it is to lie in is missing or closed to us.
        StorageError: The medium refuses a write or a flush.
    """
    check_names(bundle)
    if wrapper:
        bundle = Bundle({f"{wrapper}/{path}": member for path, member in bundle.members.items()})
    if isinstance(target, os.PathLike):
        with new_file(target, overwrite=overwrite) as descriptor:
            sink = _FileSink(descriptor)
            _write(bundle, sink, compress=compress)
            sink.flush()
    else:
        _write(bundle, _StreamSink(target), compress=compress)
        target.flush()


def check_names(bundle: Bundle) -> None:
    """Refuse to write names that a reader would have to refuse.

    Raises:
        ContainerError: With a finding for each of them.
    """
    paths = bundle.members.keys()
    found = [] if all_sound(paths) else [problem for path in paths if (problem := path_problem(path))]
    found += prefix_problems(paths)
    if found:
        raise ContainerError(f"the bundle cannot be written: {found[0].message}", findings=found)


class _Sink(Protocol):
    """Where an archive goes."""

    def write(self, data: bytes | memoryview) -> None:
        """Append octets."""

    def store(self, name: bytes, member: Member, offset: int) -> Entry:
        """Append a stored entry of any size, read piece by piece."""


def _write(bundle: Bundle, sink: _Sink, *, compress: bool) -> None:
    packing = _Packing() if compress else None
    entries: list[Entry] = []
    end = 0
    for path, member in sorted(bundle.members.items()):
        name = path.encode()
        entry = packing.deflate(name, member, end, sink) if packing else None
        if entry is None and member.size <= CHUNK_BYTES:
            data = b"".join(map(bytes, exactly(member)))
            entry = _stored(name, zlib.crc32(data), member.size, end)
            sink.write(local_header(entry) + data)
        elif entry is None:
            entry = sink.store(name, member, end)
        entries.append(entry)
        end = entry.end
    headers = b"".join(map(central_header, entries))
    sink.write(headers + end_records(len(entries), len(headers), end))


def _stored(name: bytes, crc: int, size: int, offset: int) -> Entry:
    return Entry(name, STORED, crc, size, size, offset)


def exactly(member: Member) -> Iterator[bytes | memoryview]:
    """A member's content, which has to be of the size that it said.

    Raises:
        ContainerError: It is not, or cannot be read.
    """
    left = member.size
    for chunk in member.chunks():
        left -= len(chunk)
        if left < 0:
            break
        yield chunk
    if left:
        raise ContainerError(f"a file of {member.size} octets gave {'more' if left < 0 else 'fewer'}")


class _FileSink:
    """An open file: content is read once, and its CRC-32 put into the header afterwards."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._held = bytearray()

    def write(self, data: bytes | memoryview) -> None:
        """Append octets, many small pieces at a time."""
        self._held += data
        if len(self._held) >= CHUNK_BYTES:
            self.flush()

    def flush(self) -> None:
        """Hand what is held to the system."""
        write_all(self._descriptor, memoryview(self._held))
        self._held = bytearray()

    def store(self, name: bytes, member: Member, offset: int) -> Entry:
        """Append a stored entry of any size, read piece by piece."""
        self.write(local_header(_stored(name, 0, member.size, offset)))
        self.flush()
        crc = 0
        for chunk in exactly(member):
            crc = zlib.crc32(chunk, crc)
            write_all(self._descriptor, chunk)
        os.pwrite(self._descriptor, crc.to_bytes(4, "little"), offset + _CRC_PLACE)
        return _stored(name, crc, member.size, offset)


class _StreamSink:
    """A stream that cannot go back: large content is read twice, first for its CRC-32."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, data: bytes | memoryview) -> None:
        """Append octets."""
        self._stream.write(data)

    def store(self, name: bytes, member: Member, offset: int) -> Entry:
        """Append a stored entry of any size, read piece by piece."""
        crc = _crc(exactly(member))
        entry = _stored(name, crc, member.size, offset)
        self.write(local_header(entry))
        if _crc(self._passed(exactly(member))) != crc:
            raise ContainerError(f"{name.decode()} changed between two readings")
        return entry

    def _passed(self, chunks: Iterable[bytes | memoryview]) -> Iterator[bytes | memoryview]:
        for chunk in chunks:
            self._stream.write(chunk)
            yield chunk


def _crc(chunks: Iterable[bytes | memoryview]) -> int:
    crc = 0
    for chunk in chunks:
        crc = zlib.crc32(chunk, crc)
    return crc


class _Packing:
    """Deflates what gets smaller by it, and only as far as a reader with default limits inflates."""

    def __init__(self) -> None:
        self._inflated = 0

    def deflate(self, name: bytes, member: Member, offset: int, sink: _Sink) -> Entry | None:
        """Append a deflated entry; none where it is better stored."""
        with tempfile.SpooledTemporaryFile(_SPOOLED_BYTES) as spool:
            crc = _deflate(member, spool)
            entry = Entry(name, DEFLATED, crc, spool.tell(), member.size, offset)
            if not self._is_worth(entry):
                return None
            self._inflated += entry.size
            sink.write(local_header(entry))
            spool.seek(0)
            while chunk := spool.read(CHUNK_BYTES):
                sink.write(chunk)
            return entry

    def _is_worth(self, entry: Entry) -> bool:
        most = max(DEFAULT.deflate_ratio_floor_bytes, DEFAULT.deflate_ratio * entry.compressed)
        total = self._inflated + entry.size
        return entry.compressed < entry.size <= most and total <= DEFAULT.inflated_bytes


def _deflate(member: Member, spool: IO[bytes]) -> int:
    """Deflate a member into a file; returns its CRC-32."""
    deflating = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_DEFLATE)
    crc = 0
    for chunk in exactly(member):
        crc = zlib.crc32(chunk, crc)
        spool.write(deflating.compress(chunk))
    spool.write(deflating.flush())
    return crc
