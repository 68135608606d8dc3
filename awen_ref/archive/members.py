"""Files inside an archive: their content, with everything the archive says of it checked on the way."""

import zlib
from collections.abc import Iterator

from awen_ref.archive.records import DEFLATED, STORED, Entry
from awen_ref.archive.source import Source, refuse
from awen_ref.bundle.model import CHUNK_BYTES

__all__ = ["ZipMember"]

WRONG_CRC, WRONG_STREAM = "AWB-PKG-030", "AWB-PKG-031"

_RAW_DEFLATE = -15


class ZipMember:
    """One file of an archive; a `Member`."""

    __slots__ = ("_entry", "_source", "size")

    def __init__(self, source: Source, entry: Entry) -> None:
        """Remember where the data lies; nothing is read yet."""
        self._source = source
        self._entry = entry
        self.size = entry.size

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in pieces of at most `CHUNK_BYTES`; a piece is valid until the next one is asked for.

        Raises:
            ContainerError: The CRC-32 or the size is wrong, or the deflate stream does not end with the data.
        """
        entry = self._entry
        if entry.method == STORED and entry.size <= CHUNK_BYTES:
            yield self.read()
            return
        data: Iterator[bytes | memoryview] = self._source.chunks_at(entry.data_offset, entry.compressed)
        crc = 0
        for chunk in self._inflated(data) if entry.method == DEFLATED else data:
            crc = zlib.crc32(chunk, crc)
            yield chunk
        self._check_crc(crc)

    def read(self) -> bytes:
        """The whole content.

        Raises:
            ContainerError: As for `chunks`.
        """
        entry = self._entry
        if entry.method == DEFLATED:
            return b"".join(map(bytes, self.chunks()))
        data = self._source.read_at(entry.data_offset, entry.size)
        self._check_crc(zlib.crc32(data))
        return data

    def _check_crc(self, crc: int) -> None:
        if crc != self._entry.crc:
            stated = self._entry.crc
            raise refuse(WRONG_CRC, f"the CRC-32 is {crc:08x}, the archive says {stated:08x}", self._path)

    def _inflated(self, data: Iterator[bytes | memoryview]) -> Iterator[bytes]:
        """One raw deflate stream that ends with the last octet of `data` (AWB-R-150)."""
        inflate = zlib.decompressobj(_RAW_DEFLATE)
        left = self.size
        for chunk in data:
            pending: bytes | memoryview = chunk
            full = True
            while (pending or full) and not inflate.eof:
                # One octet more than may come, so that a longer stream shows before it costs anything.
                room = min(CHUNK_BYTES, left + 1)
                try:
                    piece = inflate.decompress(pending, room)
                except zlib.error as error:
                    raise refuse(WRONG_STREAM, f"not a deflate stream: {error}", self._path) from None
                left -= len(piece)
                if left < 0:
                    raise refuse(WRONG_STREAM, f"inflates to more than {self.size} octets", self._path)
                if piece:
                    yield piece
                pending = inflate.unconsumed_tail
                full = len(piece) == room
            if inflate.unused_data or (pending and inflate.eof):
                raise refuse(WRONG_STREAM, "octets follow the end of the deflate stream", self._path)
        if not inflate.eof or left:
            raise refuse(WRONG_STREAM, f"the deflate stream ends {left} octets early", self._path)

    @property
    def _path(self) -> str:
        return self._entry.name.decode()
