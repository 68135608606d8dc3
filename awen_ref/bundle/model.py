"""Bundle and its members: immutable values that say how to get at bytes, wherever they lie."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from awen_ref.digest import MANIFEST, TAG_MANIFEST, Ids, ids_of
from awen_ref.errors import ContainerError, Finding, VerificationError
from awen_ref.limits import DEFAULT

__all__ = ["CHUNK_BYTES", "Bundle", "BytesMember", "FileMember", "Member"]

CHUNK_BYTES = 1 << 18
"""Size of the pieces in which members are streamed: large enough that hashing dominates."""


class Member(Protocol):
    """One file of a bundle; may be read any number of times."""

    @property
    def size(self) -> int:
        """Size in bytes, known without reading."""
        ...

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in order, in pieces; a piece is valid until the next one is asked for.

        Raises:
            ContainerError: The bytes cannot be had, or are not `size` bytes.
        """
        ...

    def read(self) -> bytes:
        """The whole content. The caller checks `size` against its limit first.

        Raises:
            ContainerError: As for `chunks`.
        """
        ...


class BytesMember(NamedTuple):
    """A member held in memory."""

    data: bytes

    @property
    def size(self) -> int:
        """Size in bytes."""
        return len(self.data)

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in pieces of `CHUNK_BYTES`."""
        view = memoryview(self.data)
        for start in range(0, len(view), CHUNK_BYTES):
            yield view[start : start + CHUNK_BYTES]

    def read(self) -> bytes:
        """The whole content."""
        return self.data


class FileMember(NamedTuple):
    """A member that lies in a local file of the producer's own; strangers' files go through `archive`."""

    path: Path
    size: int

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in pieces of `CHUNK_BYTES`.

        Raises:
            ContainerError: The file is gone or its size has changed.
        """
        if self.size <= CHUNK_BYTES:
            yield self.read()
            return
        seen = 0
        try:
            with self.path.open("rb", buffering=0) as stream:
                while piece := stream.read(CHUNK_BYTES):
                    seen += len(piece)
                    yield piece
        except OSError as error:
            raise ContainerError(f"cannot read {self.path}: {error.strerror}") from error
        if seen != self.size:
            raise ContainerError(f"{self.path} changed from {self.size} to {seen} bytes while it was read")

    def read(self) -> bytes:
        """The whole content.

        Raises:
            ContainerError: As for `chunks`.
        """
        if self.size > CHUNK_BYTES:
            return b"".join(map(bytes, self.chunks()))
        # Two system calls fewer than `open` makes, which shows where there are thousands of small files.
        try:
            descriptor = os.open(self.path, os.O_RDONLY)
            try:
                data = os.read(descriptor, self.size + 1)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise ContainerError(f"cannot read {self.path}: {error.strerror}") from error
        if len(data) != self.size:
            raise ContainerError(f"{self.path} is not {self.size} bytes any more")
        return data


class Bundle(NamedTuple):
    """A bundle, checked or not: what files it has and how to read them.

    Attributes:
        members: Path to member, ascending by the bytes of the path. Not to be changed.
        findings: What the container's reader noticed and could read past (an empty folder, a
            symbolic link left unread); `verify.check` reports them with its own. A directory's reader
            adds to them what it sees only when a file is opened.
    """

    members: Mapping[str, Member]
    findings: Sequence[Finding] = ()

    @property
    def ids(self) -> Ids:
        """The four names, from the bytes of the two manifests.

        Whether the files are those that the manifests list is what `verify` says.

        Raises:
            VerificationError: A manifest is missing or breaks its grammar (AWB-R-055).
            ContainerError: A manifest cannot be read.
        """
        missing = [path for path in (MANIFEST, TAG_MANIFEST) if path not in self.members]
        if missing:
            findings = [Finding("AWB-INV-014", "the file is missing", path) for path in missing]
            raise VerificationError(f"there is no id: {missing[0]} is missing", findings=findings)
        for path in (MANIFEST, TAG_MANIFEST):
            if self.members[path].size > DEFAULT.tag_file_bytes:
                text = f"{self.members[path].size} bytes, where {DEFAULT.tag_file_bytes} are allowed"
                raise VerificationError(
                    f"there is no id: {path}: {text}", findings=[Finding("AWB-LIM-007", text, path)]
                )
        return ids_of(self.members[MANIFEST].read(), self.members[TAG_MANIFEST].read())
