"""The records of a canonical ZIP archive, octet for octet (AWB-R-130 to AWB-R-139; APPNOTE.TXT 6.3.10).

Every field is pinned, so that an archive is a function of its bundle. The writer puts these octets down; the
reader makes them again from what it has read, and knows an archive as canonical by their being equal.
"""

import struct
from typing import NamedTuple

__all__ = [
    "CENTRAL",
    "CENTRAL_SIGNATURE",
    "DEFLATED",
    "END",
    "END64",
    "END64_SIGNATURE",
    "END_SIGNATURE",
    "LIMIT16",
    "LIMIT32",
    "LOCAL",
    "LOCAL_SIGNATURE",
    "LOCATOR64",
    "LOCATOR64_SIGNATURE",
    "STORED",
    "Entry",
    "central_header",
    "end_records",
    "local_header",
]

STORED, DEFLATED = 0, 8
LIMIT16, LIMIT32 = 0xFFFF, 0xFFFFFFFF

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
END64 = struct.Struct("<4sQ2H2I4Q")
LOCATOR64 = struct.Struct("<4sIQI")

LOCAL_SIGNATURE, CENTRAL_SIGNATURE, END_SIGNATURE = b"PK\3\4", b"PK\1\2", b"PK\5\6"
END64_SIGNATURE, LOCATOR64_SIGNATURE = b"PK\6\6", b"PK\6\7"

_PLAIN, _ZIP64 = 20, 45
_UNIX = 3 << 8
_DATE = 33  # 1980-01-01, the earliest there is
_ATTRIBUTES = 0o100644 << 16  # a regular file, 0644


class Entry(NamedTuple):
    """One file in an archive.

    Attributes:
        name: Path of the file, as octets.
        method: `STORED` or `DEFLATED`.
        crc: CRC-32 of the content.
        compressed: Size of the data in the archive, in bytes.
        size: Size of the content, in bytes.
        offset: Where the local header begins.
    """

    name: bytes
    method: int
    crc: int
    compressed: int
    size: int
    offset: int

    @property
    def sizes_need_zip64(self) -> bool:
        """Whether one of the sizes does not fit into 32 bits; both are then written with 64."""
        return self.size >= LIMIT32 or self.compressed >= LIMIT32

    @property
    def data_offset(self) -> int:
        """Where the data begins."""
        return self.offset + LOCAL.size + len(self.name) + (20 if self.sizes_need_zip64 else 0)

    @property
    def end(self) -> int:
        """Where the data ends."""
        return self.data_offset + self.compressed


def local_header(entry: Entry) -> bytes:
    """The local file header with name and extra field."""
    size, compressed, needed, extra = entry.size, entry.compressed, _PLAIN, b""
    if entry.sizes_need_zip64:
        extra = struct.pack("<2H2Q", 1, 16, size, compressed)
        size, compressed, needed = LIMIT32, LIMIT32, _ZIP64
    fixed = LOCAL.pack(
        LOCAL_SIGNATURE,
        needed,
        0,
        entry.method,
        0,
        _DATE,
        entry.crc,
        compressed,
        size,
        len(entry.name),
        len(extra),
    )
    return fixed + entry.name + extra


def central_header(entry: Entry) -> bytes:
    """The central directory header with name and extra field."""
    size, compressed, offset, needed = entry.size, entry.compressed, entry.offset, _PLAIN
    values = []
    if entry.sizes_need_zip64:
        values += [size, compressed]
        size = compressed = LIMIT32
    if offset >= LIMIT32:
        values += [offset]
        offset = LIMIT32
    extra = b""
    if values:
        extra = struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values)
        needed = _ZIP64
    fixed = CENTRAL.pack(
        CENTRAL_SIGNATURE,
        _UNIX | needed,
        needed,
        0,
        entry.method,
        0,
        _DATE,
        entry.crc,
        compressed,
        size,
        len(entry.name),
        len(extra),
        0,
        0,
        0,
        _ATTRIBUTES,
        offset,
    )
    return fixed + entry.name + extra


def end_records(count: int, size: int, offset: int) -> bytes:
    """What follows the central directory.

    Args:
        count: Number of entries.
        size: Size of the central directory, in bytes.
        offset: Where it begins.
    """
    zip64 = b""
    if count >= LIMIT16 or size >= LIMIT32 or offset >= LIMIT32:
        record = (END64_SIGNATURE, 44, _UNIX | _ZIP64, _ZIP64, 0, 0, count, count, size, offset)
        zip64 = END64.pack(*record) + LOCATOR64.pack(LOCATOR64_SIGNATURE, 0, offset + size, 1)
    short = min(count, LIMIT16)
    return zip64 + END.pack(END_SIGNATURE, 0, 0, short, short, min(size, LIMIT32), min(offset, LIMIT32), 0)
