"""The bundle as one immutable value: paths to members, and how one is sealed."""

from awen_ref.bundle.model import Bundle, BytesMember, FileMember, Member

__all__ = ["Bundle", "BytesMember", "FileMember", "Member"]
