"""A member whose digest is known, so that naming and sealing read it once between them."""

from collections.abc import Iterator
from dataclasses import dataclass

from awen_ref.bundle.model import Member
from awen_ref.digest import sha256_of

__all__ = ["HashedMember", "hashed"]


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
    return member if isinstance(member, HashedMember) else HashedMember(member, sha256_of(member))
