"""Made-up records for tests of stores, with sources that break off, call back, or are too large to hold."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from awen_ref.storage import Blob, Entry

__all__ = ["CONTENT", "Bytes", "Interrupted", "blob", "entry", "interrupt", "zeros"]

CONTENT = {
    "CITATION.cff": b"\x00\xff\r\n",
    "bagit.txt": b"BagIt-Version: 1.0\n",
    "data/inputs/experiment.json": b"{}",
    "data/results/arrays/pd1.power.npy": bytes(range(256)) * 2048 + b"odd",
    "data/results/empty": b"",
}
"""Members of a record: empty, binary, larger than one piece, in folders; ascending by path."""


class Interrupted(Exception):  # noqa: N818 (it stands for any exception of the caller's, and is no error of ours)
    """What a source raises that breaks off."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """A source in memory.

    Attributes:
        data: The bytes.
        during: Called when half of them are handed out; may raise.
    """

    data: bytes
    during: Callable[[], object] | None = None

    @property
    def size(self) -> int:
        """Size in bytes."""
        return len(self.data)

    def chunks(self) -> Iterator[bytes]:
        """The bytes in two halves."""
        half = len(self.data) // 2
        yield self.data[:half]
        if self.during:
            self.during()
        yield self.data[half:]


@dataclass(frozen=True, slots=True)
class _Zeros:
    """Zero bytes that nobody holds in memory."""

    size: int

    def chunks(self) -> Iterator[bytes]:
        """As many pieces of 64 KiB, and the rest."""
        piece = bytes(1 << 16)
        for _ in range(self.size // len(piece)):
            yield piece
        yield piece[: self.size % len(piece)]


def zeros(size: int) -> Blob:
    """So many zero bytes, as a source that costs no memory."""
    source = _Zeros(size)
    digest = hashlib.sha256()
    for piece in source.chunks():
        digest.update(piece)
    return Blob(digest.hexdigest(), source)


def blob(data: bytes, during: Callable[[], object] | None = None) -> Blob:
    """Bytes with their digest; `during` is called in the middle of every reading."""
    return Blob(hashlib.sha256(data).hexdigest(), Bytes(data, during))


def interrupt() -> None:
    """Break off, as `during`.

    Raises:
        Interrupted: Always.
    """
    raise Interrupted


def entry(name: str, *, artifact: str | None = None) -> Entry:
    """An entry whose ids are made from a name.

    Args:
        name: What the key is made from.
        artifact: What the other ids are made from, where several records share them.
    """
    key = hashlib.sha256(name.encode()).hexdigest()
    shared = hashlib.sha256((artifact or name).encode()).hexdigest()
    return Entry(
        seal=f"seal_{key}",
        artifact_id=f"awen_{shared}",
        inputs_id=f"inp_{shared}",
        results_id=f"res_{shared}",
        artifact_type="run",
        created="2024-02-29T12:00:00+00:00",
        title=f'{name}: "√(μ)" \\ \n\t\u2028 🜁',
        size_bytes=2**53 - 1,
    )
