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
        'Body': (SortedList(('after', 'crosstalk', 'order'), ()), SortedList(('before', 'crosstalk', 'order'), ()), SortedList(('comparison', 'only_recorded'), ()), SortedList(('comparison', 'only_replayed'), ()), SortedList(('recorded_states',), ()),),
        'Calibration': (SortedList(('crosstalk', 'order'), ()),),
        'Claim': (SortedList(('parents',), ('artifact_id', 'relation')),),
        'Comparison': (SortedList(('only_recorded',), ()), SortedList(('only_replayed',), ()),),
        'Device': (SortedList(('capabilities',), ()), SortedList(('twin', 'crosstalk', 'order'), ()),),
        'Environment': (SortedList(('cpu', 'features'), ()),),
        'Experiment': (SortedList(('grid', 'values_um'), ()), SortedList(('record',), ()),),
        'Graph': (SortedList(('edges',), ('ends',)), SortedList(('edges', '*', 'ends'), ()), SortedList(('nodes', '*', 'table', 'wavelengths_um'), ()),),
        'LoweredGraph': (SortedList(('pruned',), ()),),
        'Manifest': (SortedList(('critical',), ()),),
        'Metadata': (SortedList(('keywords',), ()),),
        'Task': (SortedList(('parameters',), ()), SortedList(('subjects',), ()), SortedList(('targets',), ()),),
    }
)
"""The sorted lists of each document class that has any."""
