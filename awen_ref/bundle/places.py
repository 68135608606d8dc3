"""Which row of the matrix covers a path (AWB-R-006), quickly for many."""

from awen_schema.layout import FAMILIES, Entry, entry_for

__all__ = ["ATTACHMENTS", "place_of"]

ATTACHMENTS = "data/evidence/attachments/"

_ATTACHMENT = next(entry for entry in FAMILIES if entry.pattern.startswith(ATTACHMENTS))


def place_of(path: str) -> Entry | None:
    """The row of the matrix that covers a path, or `None`.

    There may be thousands of attachments; they are told by their prefix. That their names follow the grammar
    is seen to where manifests are parsed and containers are read.

    Args:
        path: A path inside a bundle.
    """
    return _ATTACHMENT if path.startswith(ATTACHMENTS) else entry_for(path)
