"""The table of sorted lists."""

from awen_schema.ordering import SORTED, SortedList
from schemagen.documents import SORTED as KEYWORD
from tests.unit.schema.corpus import published


def test_lists_are_found_wherever_they_stand() -> None:
    assert SortedList(("record",), ()) in SORTED["Experiment"]
    assert SortedList(("edges",), ("ends",)) in SORTED["Graph"]
    assert SortedList(("edges", "*", "ends"), ()) in SORTED["Graph"]
    assert SortedList(("nodes", "*", "table", "wavelengths_um"), ()) in SORTED["Graph"]
    assert SortedList(("parents",), ("artifact_id", "relation")) in SORTED["Claim"]


def test_a_dispatching_document_has_the_lists_of_its_leaves() -> None:
    assert {found.place for found in SORTED["Task"]} == {("parameters",), ("subjects",), ("targets",)}
    assert ("grid", "values_um") in {found.place for found in SORTED["Experiment"]}


def test_a_document_without_sorted_lists_is_left_out() -> None:
    with_keyword = {name for name, schema in published().items() if KEYWORD in str(schema)}
    assert set(SORTED) == with_keyword
