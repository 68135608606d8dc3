"""Phase 5: every JSON document against the schema of its class (AWB-R-095, 180)."""

from awen_ref.bundle.schema import violations
from awen_ref.verify import head
from awen_ref.verify.state import State
from awen_schema.layout import FILES

__all__ = ["validate"]

_OF_THE_TYPE = frozenset({"Task", "Body"})


def validate(state: State) -> None:
    """Validate what was parsed; documents without a violation become the sound ones.

    `manifest.json` was validated when it was read. Task and body of a type that is not known here have no
    class here either (AWB-R-013).
    """
    for path, value in state.parsed.items():
        name = FILES[path].schema
        if not name or path == head.PATH or (name in _OF_THE_TYPE and not state.known):
            continue
        found = violations(name, value, path, newer=state.newer)
        state.extend(found)
        if not found and isinstance(value, dict):
            state.sound[path] = value
