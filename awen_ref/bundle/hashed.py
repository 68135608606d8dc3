"""A member whose digest is known, so that naming and sealing read it once between them."""

from collections.abc import Iterator
from dataclasses import dataclass

from awen_ref.bundle.model import CHUNK_BYTES, Member
from awen_ref.digest import sha256_hex, sha256_of

__all__ = ["HashedMember", "hashed", "member_sha256"]


@dataclass(frozen=True, slots=True)
class HashedMember:
    """A member of the producer's own, and the SHA-256 of its content.

    Attributes:
        member: The member.
        sha256: 64 lower-case hexadecimal digits.
    """

    member: Member
    sha256: str

    @property
    def size(self) -> int:
        """Size in bytes."""
        return self.member.size

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in pieces, as the member gives them."""
        return self.member.chunks()

    def read(self) -> bytes:
        """The whole content."""
        return self.member.read()


def hashed(member: Member) -> HashedMember:
    """The member with its digest, computed now unless it is known.

    Args:
        member: A member of the producer's own.

    Raises:
        ContainerError: The member cannot be read.
    """
    return member if isinstance(member, HashedMember) else HashedMember(member, member_sha256(member))


def member_sha256(member: Member) -> str:
    """SHA-256 of a member's content: a small one at once, a large one in pieces.

    Args:
        member: Any member.

    Raises:
        ContainerError: The member cannot be read.
    """
    return sha256_hex(member.read()) if member.size <= CHUNK_BYTES else sha256_of(member)
