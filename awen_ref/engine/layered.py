"""The fast path for regular circuits: meshes without loops, few columns (AWB-R-477: the same bits).

The generic walk spends a narrow problem's time on calling numpy: two dozen calls a level. Here a run of
variables with equally many terms costs four. Waves stand as one vector of real parts and one of imaginary
parts, one after the other; coefficients are laid out beforehand as `cr, cr, -ci, ci`, so that one product
gives all four partial products, one sum both parts, and one more each further term. `a - b` and `a + (-b)`
are the same operation in IEEE 754, so each number is made by the same operations as in the generic walk.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.plan import Index, Plan
from awen_ref.engine.state import State

__all__ = ["NARROW", "Layered", "Run", "layered", "walk_layered"]

NARROW = 16
"""Up to so many columns the calls cost more than the arithmetic."""


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive variables with the same number of terms.

    Attributes:
        start: First variable.
        stop: One past the last.
        terms: How many terms each has.
        first: Where the run's coefficients start in the common layout.
    """

    start: int
    stop: int
    terms: int
    first: int


@dataclass(frozen=True, slots=True, eq=False)
class Layered:
    """A plan in runs.

    Attributes:
        plan: The plan.
        runs: The runs in the order of computation.
        coefficients: For each place of the layout, the row in (real, imaginary, negated imaginary) parts.
        sources: For each place, the row in the stacked real and imaginary parts of the waves.
    """

    plan: Plan
    runs: tuple[Run, ...]
    coefficients: Index
    sources: Index


def layered(plan: Plan, columns: int) -> Layered | None:
    """The plan in runs, or `None` where the generic walk is the better one: loops, or many columns."""
    if columns > NARROW or plan.loops:
        return None
    return _lay_out(plan)


@lru_cache(maxsize=16)
def _lay_out(plan: Plan) -> Layered:
    """Runs, and where each of their operands comes from."""
    variables, total = len(plan.variables), plan.coefficients
    runs: list[Run] = []
    places: list[Index] = []
    waves: list[Index] = []
    filled = 0
    for level in plan.levels:
        edges = sorted({0, level.stop - level.start, *(slot.sources.size for slot in level.slots)})
        for low, high in pairwise(edges):
            terms = [slot for slot in level.slots if slot.sources.size >= high]
            if not terms:
                continue
            c = np.stack([slot.coefficients[low:high] for slot in terms])
            s = np.stack([slot.sources[low:high] for slot in terms])
            runs.append(Run(level.start + low, level.start + high, len(terms), filled))
            # terms x (first, second product) x (real, imaginary part) x variables
            places.append(np.stack([c, c, c + 2 * total, c + total], axis=1).ravel())
            waves.append(np.stack([s, s + variables, s + variables, s], axis=1).ravel())
            filled += places[-1].size
    empty = np.zeros(0, dtype=np.intp)
    return Layered(plan, tuple(runs), np.concatenate([empty, *places]), np.concatenate([empty, *waves]))


def walk_layered(layout: Layered, values: tuple[Array, Array], light: tuple[Array, Array]) -> State:
    """Compute every wave of the plan; arguments and bits as `solver.walk`."""
    plan = layout.plan
    columns = values[0].shape[1]
    variables = len(plan.variables)
    stacked = np.concatenate([values[0], values[1], -values[1]]).take(layout.coefficients, axis=0)
    waves = np.zeros((2 * variables, columns))
    for row, (number, _) in enumerate(plan.injected):
        waves[number] = light[0][row]
        waves[variables + number] = light[1][row]
    both = waves.reshape(2, variables, columns)
    for run in layout.runs:
        size = run.stop - run.start
        span = slice(run.first, run.first + 4 * run.terms * size)
        products = stacked[span] * waves.take(layout.sources[span], axis=0)
        halves = products.reshape(run.terms, 2, 2, size, columns)
        total = halves[0, 0] + halves[0, 1]
        for k in range(1, run.terms):
            total += halves[k, 0] + halves[k, 1]
        both[:, run.start : run.stop] = total
    return State(both[0], both[1], values, ())
