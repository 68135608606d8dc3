"""The bundle as one immutable value: paths to members, and how one is sealed."""

from awen_ref.bundle.assemble import Content, Evidence, Inputs, Results, content_of
from awen_ref.bundle.model import Bundle, BytesMember, FileMember, Member
from awen_ref.bundle.seal import describe, name, seal

__all__ = [
    "Bundle",
    "BytesMember",
    "Content",
    "Evidence",
    "FileMember",
    "Inputs",
    "Member",
    "Results",
    "content_of",
    "describe",
    "name",
    "seal",
]
