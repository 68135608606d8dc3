"""Ziv's strategy: answer cheaply, know when the answer is not yet certain, and only then pay for more.

Each stage gives its results and says which of them its error bound leaves undecided. The quick stage sees
every element, in blocks that stay in cache; the accurate one the undecided; big integers the few that are
left. Which stage answered never shows: each gives the correctly rounded value or none.

Source: Ziv, ACM TOMS 17 (1991) 410.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from awen_ref.engine.numerics.double_double import Array

__all__ = ["Mask", "Stage", "Stages", "evaluate", "undecided"]

Mask = npt.NDArray[np.bool_]
_Values = tuple[Array, ...]
Stage = Callable[..., tuple[tuple[Array, ...], Mask]]

_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Stages:
    """One function in three precisions.

    Attributes:
        quick: Flat arguments to results and the mask of undecided elements; blocked.
        accurate: The same with a tighter bound, for the undecided.
        exact: One element's arguments, as floats, to its correctly rounded results.
        results: How many results the function has.
    """

    quick: Stage
    accurate: Stage
    exact: Callable[..., tuple[float, ...]]
    results: int


def undecided(hi: Array, lo: Array, error: Array) -> Mask:
    """Where `hi + (lo +- error)` does not round to one float only."""
    return np.asarray(hi + (lo + error) != hi + (lo - error))


def evaluate(stages: Stages, *arguments: Array) -> tuple[Array, ...]:
    """Apply a function to flat arrays of one length."""
    size = arguments[0].size
    results = tuple(np.empty(size) for _ in range(stages.results))
    open_mask = np.empty(size, dtype=np.bool_)
    for start in range(0, size, _BLOCK):
        block = slice(start, start + _BLOCK)
        values, open_mask[block] = stages.quick(*(a[block] for a in arguments))
        _store(results, block, values)
    rest = np.flatnonzero(open_mask)
    if rest.size:
        values, still = stages.accurate(*(a[rest] for a in arguments))
        _store(results, rest, values)
        for index in rest[still].tolist():
            exact = stages.exact(*(float(a[index]) for a in arguments))
            for result, value in zip(results, exact, strict=True):
                result[index] = value
    return results


def _store(
    results: tuple[Array, ...], where: slice | npt.NDArray[np.intp], values: tuple[Array, ...]
) -> None:
    for result, value in zip(results, values, strict=True):
        result[where] = value
