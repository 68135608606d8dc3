"""Which lists of a document are sorted (AWB-R-103). Generated from the LinkML modules: do not edit."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["SORTED", "SortedList"]


class SortedList(NamedTuple):
    """A list that is strictly ascending wherever it occurs.

    Attributes:
        place: Where it stands in its document: names of members, and `*` for any member of a map or any item
            of a list.
        by: The members that its items are ordered by, the first one first; empty where the items themselves
            are ordered.
    """

    place: tuple[str, ...]
    by: tuple[str, ...]


SORTED: Mapping[str, tuple[SortedList, ...]] = MappingProxyType(
    {
        # rows
    }
)
"""The sorted lists of each document class that has any."""
