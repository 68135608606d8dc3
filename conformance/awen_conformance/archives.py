"""ZIP archives field by field: the suite's own canonical writer, whose every field can be made wrong."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

__all__ = ["Archive", "Entry", "canonical", "deflated"]

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_SHARED = ("needed", "flags", "method", "time", "date", "crc", "compressed", "size")
_LONGEST = 258
REGULAR_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an archive; a field that is `None` has the value that its data give.

    Attributes:
        name: Its name in octets.
        content: What it holds.
        data: The octets that stand for the content; the content itself where stored.
        method: 0 stored, 8 deflated.
        made: Version made by.
        needed: Version needed to extract.
        flags: General purpose bit flag.
        time: Last mod file time.
        date: Last mod file date; 33 is 1980-01-01.
        crc: CRC-32.
        compressed: Compressed size.
        size: Uncompressed size.
        extra: Extra field of the central header.
        comment: Entry comment.
        disk: Disk number start.
        internal: Internal file attributes.
        external: External file attributes.
        offset: Relative offset of the local header.
        after: Octets between this entry's data and whatever follows.
        local: Fields of the local header that differ from the central ones (`name` and `extra` are octets).
        local_signature: First octets of the local header.
        central_signature: First octets of the central header.
        in_directory: Whether the central directory has it.
        in_body: Whether it has a local header and data.
    """

    name: bytes
    content: bytes = b""
    data: bytes | None = None
    method: int = 0
    made: int = 0x0314
    needed: int = 20
    flags: int = 0
    time: int = 0
    date: int = 33
    crc: int | None = None
    compressed: int | None = None
    size: int | None = None
    extra: bytes = b""
    comment: bytes = b""
    disk: int = 0
    internal: int = 0
    external: int = REGULAR_FILE
    offset: int | None = None
    after: bytes = b""
    local: Mapping[str, int | bytes] = field(default_factory=dict)
    local_signature: bytes = b"PK\3\4"
    central_signature: bytes = b"PK\1\2"
    in_directory: bool = True
    in_body: bool = True

    def _shared(self) -> dict[str, int]:
        data = self.content if self.data is None else self.data
        return {
            "needed": self.needed,
            "flags": self.flags,
            "method": self.method,
            "time": self.time,
            "date": self.date,
            "crc": zlib.crc32(self.content) if self.crc is None else self.crc,
            "compressed": len(data) if self.compressed is None else self.compressed,
            "size": len(self.content) if self.size is None else self.size,
        }

    def body(self) -> bytes:
        """Local header, name, extra field and data, with what stands after them."""
        changed = dict(self.local)
        name, extra = bytes(changed.pop("name", self.name)), bytes(changed.pop("extra", b""))
        values = {**self._shared(), **changed}
        header = _LOCAL.pack(self.local_signature, *(values[key] for key in _SHARED), len(name), len(extra))
        return header + name + extra + (self.content if self.data is None else self.data) + self.after

    def header(self, offset: int) -> bytes:
        """Central header, name, extra field and comment.

        Args:
            offset: Where the local header really stands.
        """
        values = self._shared()
        fixed = _CENTRAL.pack(
            self.central_signature,
            self.made,
            *(values[key] for key in _SHARED),
            len(self.name),
            len(self.extra),
            len(self.comment),
            self.disk,
            self.internal,
            self.external,
            offset if self.offset is None else self.offset,
        )
        return fixed + self.name + self.extra + self.comment


@dataclass(frozen=True, slots=True)
class Archive:
    """A whole archive.

    Attributes:
        entries: In the order of the central directory and, unless `bodies` says otherwise, of the data.
        bodies: Order of the data, as indices into `entries`; empty for the same order.
        prefix: Octets before everything.
        before_directory: Octets before the central directory.
        after_directory: Octets that the stated size of the central directory covers.
        before_end: Octets before the end record.
        suffix: Octets after everything.
        comment: The archive's comment.
        end: Fields of the end record that are not what they should be.
    """

    entries: tuple[Entry, ...]
    bodies: tuple[int, ...] = ()
    prefix: bytes = b""
    before_directory: bytes = b""
    after_directory: bytes = b""
    before_end: bytes = b""
    suffix: bytes = b""
    comment: bytes = b""
    end: Mapping[str, int] = field(default_factory=dict)

    def placed(self) -> tuple[bytes, dict[int, int]]:
        """Everything before the central directory, and where each entry's local header stands."""
        pieces, offsets, length = [self.prefix], {}, len(self.prefix)
        for index in self.bodies or range(len(self.entries)):
            offsets[index] = length
            if self.entries[index].in_body:
                pieces.append(self.entries[index].body())
                length += len(pieces[-1])
        return b"".join([*pieces, self.before_directory]), offsets

    def build(self) -> bytes:
        """The octets."""
        body, offsets = self.placed()
        listed = [entry.header(offsets[i]) for i, entry in enumerate(self.entries) if entry.in_directory]
        directory = b"".join(listed) + self.after_directory
        values = {
            "disk": 0,
            "first_disk": 0,
            "here": len(listed),
            "count": len(listed),
            "size": len(directory),
            "offset": len(body),
            "comment": len(self.comment),
            **self.end,
        }
        end = _END.pack(b"PK\5\6", *values.values())
        return body + directory + self.before_end + end + self.comment + self.suffix


def canonical(tree: Mapping[str, bytes]) -> Archive:
    """The one canonical archive of a bundle (AWB-R-130 to AWB-R-134)."""
    return Archive(tuple(Entry(path.encode(), tree[path]) for path in sorted(tree, key=str.encode)))


def deflated(entry: Entry) -> Entry:
    """The entry with its content as one raw DEFLATE stream that is the same whatever zlib is installed."""
    return replace(entry, method=8, data=_deflate(entry.content))


def _deflate(content: bytes) -> bytes:
    """One block of fixed Huffman codes (RFC 1951 section 3.2.6) whose only matches are runs of one octet."""
    bits = ["1" + "10"]  # the last block; of type 1, its low bit first
    place = 0
    while place < len(content):
        octet = content[place]
        bits.append(_literal(octet))
        place += 1
        while content[place : place + _LONGEST] == bytes([octet]) * _LONGEST:
            bits.append("11000101" + "00000")  # symbol 285: length 258; distance 1
            place += _LONGEST
    bits.append("0000000")  # symbol 256: end of the block
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text[::-1], 2).to_bytes(len(text) // 8, "little")


def _literal(octet: int) -> str:
    return f"{octet + 48:08b}" if octet < 144 else f"{octet + 256:09b}"
