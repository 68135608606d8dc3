"""Phase 5: every JSON document against the schema of its class (AWB-R-091, 095, 180)."""

from collections.abc import Iterator

from awen_ref.bundle.schema import pointer, violations
from awen_ref.errors import Finding
from awen_ref.verify import head
from awen_ref.verify.state import State
from awen_schema.layout import FILES

__all__ = ["validate"]

_OF_THE_TYPE = frozenset({"Task", "Body"})


def validate(state: State) -> None:
    """Validate what was parsed; documents without a violation become the sound ones.

    `manifest.json` was validated when it was read. Task and body of a type that is not known here have no
    class here either (AWB-R-013). The JSON files of the description have a form of their own and no class;
    every class forbids `null` by itself.
    """
    for path, value in state.parsed.items():
        name = FILES[path].schema
        if not name and path in state.nulls:
            state.extend(Finding("AWB-SCH-003", "null stands for nothing", path, at) for at in _nulls(value))
        if not name or path == head.PATH or (name in _OF_THE_TYPE and not state.known):
            continue
        found = violations(name, value, path, newer=state.newer)
        state.extend(found)
        if not found and isinstance(value, dict):
            state.sound[path] = value


def _nulls(value: object, at: str = "") -> Iterator[str]:
    """AWB-R-091: where `null` stands outside `extensions`. Strictly parsed JSON nests only so deep."""
    if value is None:
        yield at
    elif isinstance(value, dict):
        for name, item in value.items():
            if name != "extensions":
                yield from _nulls(item, at + pointer(name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nulls(item, f"{at}/{index}")
