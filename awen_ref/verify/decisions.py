"""The order of control decisions, seen line by line (AWB-R-094, 208)."""

from typing import Any, cast

from awen_ref.verify.state import State

__all__ = ["Order"]


class Order:
    """Watches one `control.jsonl` go by."""

    def __init__(self, state: State, path: str) -> None:
        """Begin before the first line."""
        self._state = state
        self._path = path
        self._last: tuple[int, str] | None = None

    def take(self, number: int, line: object) -> None:
        """AWB-R-208: a decision stands behind the one before it by time, then by node.

        Args:
            number: Number of the line, from 0.
            line: The decision, valid by its schema.
        """
        decision = cast("dict[str, Any]", line)
        key = int(decision["at_ps"]), decision["node"]
        if self._last is not None and key < self._last:
            text = f"the decision at {key[0]} ps of {key[1]!r} stands behind the one at {self._last[0]} ps"
            self._state.report("AWB-SEM-018", text, self._path, f"/{number}")
        self._last = key

    def end(self, size: int) -> None:
        """AWB-R-094: the file is there because of a decision.

        Args:
            size: Size of the file in bytes.
        """
        if size == 0:
            self._state.report("AWB-SEM-019", "the file holds no decision", self._path)
