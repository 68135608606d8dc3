"""Odd archives made field by field: a ZIP writer whose every field can be wrong, independent of ours."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

__all__ = ["Archive", "File", "deflated", "patched"]


@dataclass(frozen=True)
class File:
    """One entry; `None` means the right value, a number or octets mean just those.

    Fields beginning with `local_` differ from the central header's only where they are given.
    """

    name: bytes
    data: bytes = b""
    method: int = 0
    content: bytes | None = None
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
    external: int = 0o100644 << 16
    offset: int | None = None
    before: bytes = b""
    after: bytes = b""
    local: Mapping[str, int | bytes] = field(default_factory=dict)
    local_signature: bytes = b"PK\3\4"
    central_signature: bytes = b"PK\1\2"
    in_directory: bool = True
    in_body: bool = True

    def fields(self) -> dict[str, int | bytes]:
        """The fields that both headers have."""
        content = self.data if self.content is None else self.content
        return {
            "needed": self.needed,
            "flags": self.flags,
            "method": self.method,
            "time": self.time,
            "date": self.date,
            "crc": zlib.crc32(content) if self.crc is None else self.crc,
            "compressed": len(self.data) if self.compressed is None else self.compressed,
            "size": len(content) if self.size is None else self.size,
            "name": self.name,
            "extra": b"",
        }

    def body(self) -> bytes:
        """Local header and data, with what stands around them."""
        f = {**self.fields(), **self.local}
        header = struct.pack(
            "<4s5H3I2H",
            self.local_signature,
            *(f[key] for key in ("needed", "flags", "method", "time", "date", "crc", "compressed", "size")),
            len(_octets(f["name"])),
            len(_octets(f["extra"])),
        )
        return self.before + header + _octets(f["name"]) + _octets(f["extra"]) + self.data + self.after

    def header(self, offset: int) -> bytes:
        """The central header."""
        f = self.fields()
        fixed = struct.pack(
            "<4s6H3I5H2I",
            self.central_signature,
            self.made,
            *(f[key] for key in ("needed", "flags", "method", "time", "date", "crc", "compressed", "size")),
            len(self.name),
            len(self.extra),
            len(self.comment),
            self.disk,
            self.internal,
            self.external,
            offset + len(self.before) if self.offset is None else self.offset,
        )
        return fixed + self.name + self.extra + self.comment


@dataclass(frozen=True)
class Archive:
    """A whole archive; `end` overrides fields of the end record."""

    files: tuple[File, ...]
    prefix: bytes = b""
    before_directory: bytes = b""
    after_directory: bytes = b""
    before_end: bytes = b""
    suffix: bytes = b""
    comment: bytes = b""
    end: Mapping[str, int] = field(default_factory=dict)

    def build(self) -> bytes:
        """The octets."""
        body, headers = self.prefix, b""
        offsets = []
        for file in self.files:
            offsets.append(len(body))
            body += file.body() if file.in_body else b""
        body += self.before_directory
        for file, offset in zip(self.files, offsets, strict=True):
            headers += file.header(offset) if file.in_directory else b""
        headers += self.after_directory
        count = sum(file.in_directory for file in self.files)
        values = {
            "disk": 0,
            "first_disk": 0,
            "here": count,
            "count": count,
            "size": len(headers),
            "offset": len(body),
            "comment": len(self.comment),
            **self.end,
        }
        end = struct.pack("<4s4H2IH", b"PK\5\6", *values.values())
        return body + headers + self.before_end + end + self.comment + self.suffix


def deflated(name: bytes, content: bytes, **fields: object) -> File:
    """A file whose data is a raw deflate stream."""
    deflating = zlib.compressobj(6, zlib.DEFLATED, -15)
    data = deflating.compress(content) + deflating.flush()
    return replace(File(name, data, method=8, content=content), **fields)  # type: ignore[arg-type]


def patched(archive: bytes, offset: int, octets: bytes) -> bytes:
    """An archive with some octets replaced."""
    return archive[:offset] + octets + archive[offset + len(octets) :]


def _octets(value: int | bytes) -> bytes:
    assert isinstance(value, bytes)
    return value
