"""The bundle as one immutable value: paths to members, and how one is sealed."""

from typing import TYPE_CHECKING

from awen_ref.bundle.model import Bundle, BytesMember, FileMember, Member

if TYPE_CHECKING:
    from awen_ref.bundle.assemble import Content, Evidence, Inputs, Results, content_of
    from awen_ref.bundle.sealing import describe, name, seal

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


def __getattr__(attribute: str) -> object:
    """Load what seals when it is asked for: whoever reads bundles has no need of it."""
    if attribute not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {attribute!r}")
    from awen_ref.bundle import assemble, sealing

    return getattr(sealing if attribute in sealing.__all__ else assemble, attribute)
