"""The order in which the waves of a loop are eliminated: one for all wavelengths (AWB-R-473, 474)."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Step", "markowitz"]


@dataclass(frozen=True, slots=True)
class Step:
    """One elimination.

    Attributes:
        pivot: The variable that is expressed by others.
        own: Whether it feeds itself at this point.
        inputs: Variables not yet eliminated that feed it, ascending.
        outputs: Variables not yet eliminated that it feeds, ascending.
    """

    pivot: int
    own: bool
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def markowitz(size: int, arrows: Iterable[tuple[int, int]]) -> tuple[Step, ...]:
    """The order of least fill-in, found greedily, with diagonal pivots.

    At each step the variable with the smallest (inputs x outputs, feeds itself, index) is eliminated, all
    three counted among what is left, itself excluded from inputs and outputs
    (Markowitz, Management Science 3 (1957) 255).

    Args:
        size: Number of variables.
        arrows: (to, from) of each non-zero entry.
    """
    left = _Left([set() for _ in range(size)], [set() for _ in range(size)], [False] * size)
    for to, start in arrows:
        left.connect(to, start)
    heap = [left.cost(k) for k in range(size)]
    heapq.heapify(heap)
    gone = [False] * size
    steps: list[Step] = []
    while heap:
        entry = heapq.heappop(heap)
        pivot = entry[2]
        if gone[pivot] or entry != left.cost(pivot):
            continue
        gone[pivot] = True
        step = left.eliminate(pivot)
        steps.append(step)
        for k in {*step.inputs, *step.outputs}:
            heapq.heappush(heap, left.cost(k))
    return tuple(steps)


@dataclass(slots=True)
class _Left:
    """What is not yet eliminated.

    Attributes:
        inputs: For each variable the others that feed it.
        outputs: For each variable the others that it feeds.
        own: Whether each feeds itself.
    """

    inputs: list[set[int]]
    outputs: list[set[int]]
    own: list[bool]

    def connect(self, to: int, start: int) -> None:
        """Add an arrow."""
        if to == start:
            self.own[to] = True
        else:
            self.inputs[to].add(start)
            self.outputs[start].add(to)

    def cost(self, k: int) -> tuple[int, bool, int]:
        """By what the next variable is chosen."""
        return len(self.inputs[k]) * len(self.outputs[k]), self.own[k], k

    def eliminate(self, pivot: int) -> Step:
        """Take a variable out and join what it stood between."""
        before, after = tuple(sorted(self.inputs[pivot])), tuple(sorted(self.outputs[pivot]))
        for k in before:
            self.outputs[k].discard(pivot)
        for k in after:
            self.inputs[k].discard(pivot)
        for to in after:
            for start in before:
                self.connect(to, start)
        return Step(pivot, self.own[pivot], before, after)
