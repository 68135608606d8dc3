"""Where an archive's octets lie: one open file, read at offsets."""

import os
import stat
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from awen_ref.bundle.model import CHUNK_BYTES
from awen_ref.errors import ContainerError, Finding
from awen_ref.limits import Limits

__all__ = ["Source", "refuse"]

NOT_A_CONTAINER, CHANGED, UNREADABLE = "AWB-PKG-001", "AWB-PKG-006", "AWB-PKG-007"
STREAM_TOO_LONG = "AWB-LIM-016"


def refuse(code: str, message: str, path: str = "") -> ContainerError:
    """The error that refuses an archive for one finding."""
    return ContainerError(f"{path}: {message}" if path else message, findings=[Finding(code, message, path)])


class Source:
    """An open regular file; closed when nothing refers to it.

    Attributes:
        size: Its size when it was opened, in bytes.
    """

    def __init__(self, descriptor: int) -> None:
        """Take over an open descriptor."""
        self._descriptor = descriptor
        weakref.finalize(self, os.close, descriptor)
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise refuse(NOT_A_CONTAINER, "neither a directory nor a regular file")
        self.size = info.st_size

    @classmethod
    def of_path(cls, path: Path) -> "Source":
        """The file at a path of the caller's choice.

        Raises:
            ContainerError: It cannot be opened or is no regular file.
        """
        try:
            return cls(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY))
        except OSError as error:
            raise refuse(UNREADABLE, f"{path} cannot be opened: {error.strerror}") from error

    @classmethod
    def of_stream(cls, stream: IO[bytes], limits: Limits) -> "Source":
        """What a stream holds from its position on, kept in a temporary file without a name.

        Raises:
            ContainerError: There is more than `limits.spool_bytes`.
        """
        import tempfile

        with tempfile.TemporaryFile() as spool:
            left = limits.spool_bytes
            while chunk := stream.read(CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise refuse(STREAM_TOO_LONG, f"the stream is longer than {limits.spool_bytes} octets")
                spool.write(chunk)
            spool.flush()
            return cls(os.dup(spool.fileno()))

    def read_at(self, offset: int, size: int) -> bytes:
        """Exactly `size` octets.

        Raises:
            ContainerError: The file has become shorter, or cannot be read.
        """
        try:
            data = os.pread(self._descriptor, size, offset)
        except OSError as error:
            raise refuse(UNREADABLE, f"the archive cannot be read: {error.strerror}") from error
        if len(data) != size:
            if size > CHUNK_BYTES:  # one call does not give all of a very large member
                return b"".join(map(bytes, self.chunks_at(offset, size)))
            raise refuse(CHANGED, "the archive was changed while it was read")
        return data

    def chunks_at(self, offset: int, size: int) -> Iterator[memoryview]:
        """`size` octets in pieces of `CHUNK_BYTES`; a piece is valid until the next one is asked for.

        Raises:
            ContainerError: As for `read_at`.
        """
        view = memoryview(bytearray(min(CHUNK_BYTES, size)))
        end = offset + size
        while offset < end:
            try:
                count = os.preadv(self._descriptor, [view[: end - offset]], offset)
            except OSError as error:
                raise refuse(UNREADABLE, f"the archive cannot be read: {error.strerror}") from error
            if not count:
                raise refuse(CHANGED, "the archive was changed while it was read")
            yield view[:count]
            offset += count
