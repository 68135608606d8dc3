"""Central headers, and those among them that the canonical archive would not have.

Refused is whatever gives software a second reading, or says that an entry is more than a file (AWB-R-140,
AWB-R-147). Harmless are the fields that say nothing about the content: who wrote the entry, when, and with
which permissions.
"""

import stat
from typing import NamedTuple

from awen_ref.archive.records import (
    CENTRAL,
    DEFLATED,
    LIMIT32,
    LOCAL,
    LOCAL_SIGNATURE,
    STORED,
    Entry,
    central_header,
    local_header,
)
from awen_ref.archive.source import refuse
from awen_ref.errors import ContainerError
from awen_ref.paths import shown_path

__all__ = ["Central"]

SEVERAL_DISKS, ENCRYPTED, DESCRIPTOR, UNKNOWN_FLAG = (
    "AWB-PKG-012",
    "AWB-PKG-017",
    "AWB-PKG-018",
    "AWB-PKG-019",
)
UNKNOWN_METHOD, UNKNOWN_VERSION, EXTRA_FIELD = "AWB-PKG-020", "AWB-PKG-021", "AWB-PKG-022"
ENTRY_COMMENT, WRONG_ZIP64, FOLDER = "AWB-PKG-023", "AWB-PKG-024", "AWB-PKG-025"
SPECIAL_ENTRY, SPECIAL_BITS = "AWB-PKG-026", "AWB-PKG-027"

_ENCRYPTION_FLAGS = 0x0001 | 0x0040 | 0x2000
_DESCRIPTOR_FLAG = 0x0008
_HARMLESS_FLAGS = {
    STORED: 0x0800,
    DEFLATED: 0x0806,
}  # UTF-8 names, which are ASCII here; level of compression
_VERSIONS = frozenset({10, 20, 45})
_DOS_VOLUME, _DOS_FOLDER, _DOS_LINK = 0x08, 0x10, 0x400
_UNIX_SPECIAL_BITS = stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX
_ZIP64 = b"\x01\x00"

_SHARED = slice(6, 30)  # from the version needed to the length of the name: the local header has the same
_HARMLESS = {
    "version made by": slice(4, 6),
    "version needed": slice(6, 8),
    "flags": slice(8, 10),
    "time": slice(12, 16),
    "internal attributes": slice(36, 38),
    "external attributes": slice(38, 42),
}


class _Fields(NamedTuple):
    """The fixed part of a central directory header (APPNOTE.TXT 4.3.12)."""

    signature: bytes
    made: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    compressed: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    internal: int
    external: int
    offset: int


class Central:
    """A central directory header as it stands in an archive.

    Attributes:
        raw: Its octets, with name, extra field and comment.
        entry: The entry that it tells of.
    """

    __slots__ = ("_extra", "_fields", "entry", "raw")

    def __init__(self, data: bytes, position: int) -> None:
        """Read the header at a position of the central directory; the fixed part is there."""
        fields = _Fields._make(CENTRAL.unpack_from(data, position))
        name = position + CENTRAL.size
        extra = name + fields.name_length
        comment = extra + fields.extra_length
        self._fields = fields
        self._extra = data[extra:comment]
        self.raw = data[position : comment + fields.comment_length]
        self.entry = self._read_entry(data[name:extra])

    def _read_entry(self, name: bytes) -> Entry:
        fields = self._fields
        size, compressed, offset = fields.size, fields.compressed, fields.offset
        if self._extra[:2] == _ZIP64:
            values = [int.from_bytes(self._extra[at : at + 8], "little") for at in (4, 12, 20)]
            size = values.pop(0) if size == LIMIT32 else size
            compressed = values.pop(0) if compressed == LIMIT32 else compressed
            offset = values.pop(0) if offset == LIMIT32 else offset
        return Entry(name, fields.method, fields.crc, compressed, size, offset)

    @property
    def whole(self) -> bool:
        """Whether the directory held all that the lengths in the header promise."""
        fields = self._fields
        return (
            len(self.raw) == CENTRAL.size + fields.name_length + fields.extra_length + fields.comment_length
        )

    def local_headers(self) -> set[bytes]:
        """The local headers that agree with this one in every field that the two share."""
        entry = self.entry
        canonical = local_header(entry)
        extra = canonical[LOCAL.size + len(entry.name) :]
        rest = len(extra).to_bytes(2, "little") + entry.name + extra
        agreeing = {LOCAL_SIGNATURE + self.raw[_SHARED] + rest}
        if entry.offset >= LIMIT32 and not entry.sizes_need_zip64:
            # Only the central header has a ZIP64 field, and needs the version for it.
            agreeing.add(LOCAL_SIGNATURE + canonical[4:6] + self.raw[8:30] + rest)
        return agreeing

    def harmless_differences(self) -> list[str]:
        """The names of the fields that differ from the canonical header without meaning anything.

        Raises:
            ContainerError: Something else differs.
        """
        self._check_flags()
        self._check_kind()
        self._check_attributes()
        canonical = central_header(self.entry)
        if self._extra != canonical[CENTRAL.size + len(self.entry.name) :]:
            if self._extra[:2] == _ZIP64 or not self._extra:
                raise self._refuse(WRONG_ZIP64, "a ZIP64 field is not needed, missing or malformed")
            raise self._refuse(EXTRA_FIELD, f"an extra field of type 0x{self._extra[1::-1].hex()}")
        if self.raw[16:30] != canonical[16:30] or self.raw[42:46] != canonical[42:46]:
            raise self._refuse(WRONG_ZIP64, "the sizes are not both in the ZIP64 field")
        return [name for name, place in _HARMLESS.items() if self.raw[place] != canonical[place]]

    def _check_flags(self) -> None:
        flags = self._fields.flags
        if flags & _ENCRYPTION_FLAGS:
            raise self._refuse(ENCRYPTED, "the entry is encrypted")
        if flags & _DESCRIPTOR_FLAG:
            raise self._refuse(DESCRIPTOR, "the sizes stand after the data, in a data descriptor")
        if flags & ~_HARMLESS_FLAGS.get(self._fields.method, 0xFFFF):
            raise self._refuse(UNKNOWN_FLAG, f"the flags 0x{flags:04x} have no place here")

    def _check_kind(self) -> None:
        fields = self._fields
        if fields.needed not in _VERSIONS:
            raise self._refuse(UNKNOWN_VERSION, f"version {fields.needed} is needed to extract the entry")
        if fields.disk:
            raise self._refuse(SEVERAL_DISKS, f"the entry lies on disk {fields.disk}")
        if fields.comment_length:
            raise self._refuse(ENTRY_COMMENT, "the entry has a comment")

    def _check_attributes(self) -> None:
        external, mode = self._fields.external, self._fields.external >> 16
        if external & _DOS_FOLDER or stat.S_ISDIR(mode):
            raise self._refuse(FOLDER, "the entry says that it is a folder")
        if external & (_DOS_VOLUME | _DOS_LINK) or stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            raise self._refuse(SPECIAL_ENTRY, f"the entry says that it is no regular file (mode {mode:06o})")
        if mode & _UNIX_SPECIAL_BITS:
            raise self._refuse(SPECIAL_BITS, f"the entry has the permission bits {mode & 0o7777:04o}")

    def _refuse(self, code: str, message: str) -> ContainerError:
        return refuse(code, message, shown_path(self.entry.name.decode("utf-8", "surrogateescape")))
