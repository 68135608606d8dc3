"""Lists that have to be strictly ascending (AWB-R-103, 198, 408)."""

from collections.abc import Iterator, Mapping, Sequence

from awen_ref.bundle.schema import pointer
from awen_ref.errors import Finding
from awen_ref.verify.state import State
from awen_schema.layout import FILES
from awen_schema.ordering import SORTED, SortedList

__all__ = ["compare"]

_CODES = {("Claim", "parents"): "AWB-SEM-006", ("Graph", "edges"): "AWB-SEM-113"}
"""Lists whose order has a requirement of its own."""


def compare(state: State) -> None:
    """Check every sorted list of every sound document."""
    for path, document in state.sound.items():
        name = FILES[path].schema
        for rule in SORTED.get(name, ()):
            code = _CODES.get((name, rule.place[0]), "AWB-SEM-003")
            for place, items in _lists(document, rule.place, ()):
                state.extend(_unsorted(items, rule, code, (path, pointer(*place))))


def _lists(
    value: object, place: tuple[str, ...], walked: tuple[object, ...]
) -> Iterator[tuple[tuple[object, ...], Sequence[object]]]:
    """Every list that stands at a place, which `*` makes many."""
    if not place:
        if isinstance(value, list):
            yield walked, value
        return
    head, *rest = place
    if head != "*":
        if isinstance(value, Mapping) and head in value:
            yield from _lists(value[head], tuple(rest), (*walked, head))
        return
    items = (
        value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, item in items:
        yield from _lists(item, tuple(rest), (*walked, key))


def _unsorted(
    items: Sequence[object], rule: SortedList, code: str, place: tuple[str, str]
) -> Iterator[Finding]:
    """One finding for each item that does not stand above the one before it.

    Strings are compared by code points, which is the order of their UTF-8 octets.
    """
    path, where = place
    keys = [_key(item, rule.by) for item in items]
    for index in range(1, len(keys)):
        if not keys[index - 1] < keys[index]:
            text = f"item {index} does not stand above item {index - 1}"
            yield Finding(code, text, path, f"{where}/{index}")


def _key(item: object, by: tuple[str, ...]) -> list[object]:
    """What an item is ordered by."""
    if not by or not isinstance(item, Mapping):
        return [item]
    return [item[member] for member in by]
