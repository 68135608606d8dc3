"""The end of an archive: where its directory lies, and that nothing follows (AWB-R-136, AWB-R-146)."""

from typing import NamedTuple

from awen_ref.archive.records import (
    END,
    END64,
    END64_SIGNATURE,
    END_SIGNATURE,
    LIMIT16,
    LIMIT32,
    LOCAL_SIGNATURE,
    LOCATOR64,
    LOCATOR64_SIGNATURE,
    end_records,
)
from awen_ref.archive.source import Source, refuse
from awen_ref.errors import ContainerError

__all__ = ["Directory", "read_end"]

NOT_A_CONTAINER, NO_END, OCTETS_AFTER = "AWB-PKG-001", "AWB-PKG-010", "AWB-PKG-011"
SEVERAL_DISKS, BROKEN_DIRECTORY, GAP = "AWB-PKG-012", "AWB-PKG-013", "AWB-PKG-014"
WRONG_ZIP64 = "AWB-PKG-024"

_LONGEST_COMMENT = 0xFFFF
_MADE_AND_NEEDED = slice(12, 16)  # of the ZIP64 end record: which software wrote it


class Directory(NamedTuple):
    """Where the central directory lies.

    Attributes:
        files: Number of entries.
        size: Size in bytes.
        offset: Where it begins.
        canonical: Whether the records that say so are the canonical ones.
    """

    files: int
    size: int
    offset: int
    canonical: bool


def read_end(source: Source) -> Directory:
    """Find the central directory from the last octets of the file.

    Raises:
        ContainerError: The file does not end with an end record, or the record is inconsistent.
    """
    start = source.size - END.size
    tail = source.read_at(start, END.size) if start >= 0 else b""
    if tail[:4] != END_SIGNATURE or tail[-2:] != b"\0\0":
        raise _no_end(source)
    _, disk, first_disk, here, count, size, offset, _ = END.unpack(tail)
    if disk or first_disk:
        raise refuse(SEVERAL_DISKS, f"the archive is disk {disk}, its directory lies on disk {first_disk}")
    if LIMIT16 in {here, count} or LIMIT32 in {size, offset}:
        return _read_end64(source, start, tail)
    if here != count:
        raise refuse(BROKEN_DIRECTORY, f"the end record counts {here} entries, and {count}")
    _check_bounds(source, offset + size, start)
    return Directory(count, size, offset, canonical=True)


def _read_end64(source: Source, start: int, tail: bytes) -> Directory:
    """The ZIP64 end record and locator, which have to be there and needed."""
    start -= LOCATOR64.size + END64.size
    records = source.read_at(start, LOCATOR64.size + END64.size) if start >= 0 else b""
    if records[:4] != END64_SIGNATURE or records[END64.size : END64.size + 4] != LOCATOR64_SIGNATURE:
        raise refuse(WRONG_ZIP64, "the end record points to a ZIP64 end record that is not right before it")
    *_, count, size, offset = END64.unpack_from(records)
    canonical = end_records(count, size, offset)
    found = bytearray(records + tail)
    if bytes(found) != canonical:
        found[_MADE_AND_NEEDED] = canonical[_MADE_AND_NEEDED]
        if bytes(found) != canonical:
            raise refuse(WRONG_ZIP64, "the ZIP64 end record, its locator and the end record do not agree")
    _check_bounds(source, offset + size, start)
    return Directory(count, size, offset, canonical=records + tail == canonical)


def _check_bounds(source: Source, end: int, start: int) -> None:
    """The directory has to end where the end records begin."""
    if end > start:
        raise refuse(
            BROKEN_DIRECTORY, f"the central directory ends at {end}, the end records begin at {start}"
        )
    if end < start:
        locator = start - LOCATOR64.size
        if locator >= end and source.read_at(locator, 4) == LOCATOR64_SIGNATURE:
            raise refuse(WRONG_ZIP64, "a ZIP64 end record that no value needs")
        raise refuse(GAP, f"{start - end} octets before the archive or before its end record")


def _no_end(source: Source) -> ContainerError:
    """Why the file does not end as an archive has to."""
    searched = min(source.size, END.size + _LONGEST_COMMENT)
    found = source.read_at(source.size - searched, searched).rfind(END_SIGNATURE)
    if found >= 0 and searched - found > END.size:
        return refuse(OCTETS_AFTER, f"{searched - found - END.size} octets follow the end record")
    if source.read_at(0, min(4, source.size)) in {LOCAL_SIGNATURE, END_SIGNATURE}:
        return refuse(NO_END, "the file does not end with an end of central directory record")
    return refuse(NOT_A_CONTAINER, "the file is not a ZIP archive")
