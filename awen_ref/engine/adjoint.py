"""Derivatives by one pass backwards through the plan: their cost does not grow with the parameters.

For a real cost J and a wave x, `l = dJ/d re(x) - i dJ/d im(x)`, so that `dJ = Re(sum of l dx)`. Since the
waves are linear in each other, l obeys the transposed equations: every arrow is followed from its end to its
beginning with the same coefficient, and a loop is solved with the transposed factors of its elimination.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from awen_ref.engine.bindings import Bindings, coefficients, injections, only
from awen_ref.engine.circuit import Port
from awen_ref.engine.components import Params
from awen_ref.engine.components.source import amplitude_derivatives
from awen_ref.engine.flow import Group
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.pairwise import pairwise_sum
from awen_ref.engine.plan import Index, Level, Loop, Plan
from awen_ref.engine.solver import blocks, walk
from awen_ref.engine.state import Factors, Pair, State, multiply, plus

__all__ = ["Differentiable", "Slopes"]

Slopes = dict[tuple[str, str], float]
"""(node id, parameter) to the derivative of the cost."""
Keys = list[tuple[str, str]]

_KEPT_BYTES = 1 << 30


@dataclass(frozen=True, slots=True, eq=False)
class _Arrows:
    """Arrows of which no two share the variable that they are summed into.

    Attributes:
        into: The variable or coefficient that the products are added to.
        ends: Where the arrows end, in the sense of the light.
        starts: Where they start.
        coefficients: Their coefficients.
    """

    into: Index
    ends: Index
    starts: Index
    coefficients: Index


@dataclass(frozen=True, slots=True, eq=False)
class _Transposed:
    """A plan read backwards.

    Attributes:
        levels: For each level of the plan, the arrows that leave its variables for later levels.
        uses: All arrows, by the coefficient that they use.
    """

    levels: tuple[tuple[_Arrows, ...], ...]
    uses: tuple[_Arrows, ...]


@lru_cache(maxsize=16)
def _transpose(plan: Plan) -> _Transposed:
    """The arrows of a plan by where they start, each start's in ascending order of its ends."""
    between = _table([row for level in plan.levels for row in _outside(level)])
    inside = _table([row for level in plan.levels for loop in level.loops for row in _within(loop)])
    rank = np.empty(len(plan.variables), dtype=np.intp)
    order = sorted(range(len(plan.variables)), key=plan.variables.__getitem__)
    rank[order] = np.arange(len(order))
    leaving = between[np.lexsort((rank[between[:, 0]], between[:, 1]))]
    bounds = np.searchsorted(leaving[:, 1], [level.start for level in plan.levels] + [len(rank)])
    pieces = [leaving[a:b] for a, b in pairwise(bounds)]
    every = np.concatenate([between, inside])
    every = every[np.lexsort((rank[every[:, 1]], rank[every[:, 0]], every[:, 2]))]
    return _Transposed(tuple(_apart(piece, 1) for piece in pieces), _apart(every, 2))


def _table(rows: Sequence[Index]) -> Index:
    """Arrows as rows (end, start, coefficient)."""
    return np.concatenate([np.zeros((0, 3), dtype=np.intp), *rows])


def _outside(level: Level) -> Iterator[Index]:
    """The arrows into a level from earlier ones."""
    for slot in level.slots:
        ends = level.start + np.arange(slot.sources.size)
        yield np.stack([ends, slot.sources, slot.coefficients], axis=1)


def _within(loop: Loop) -> Iterator[Index]:
    """The arrows of a loop."""
    rows = [(loop.members[to], loop.members[start], c) for (to, start), c in loop.matrix.items()]
    yield np.array(rows, dtype=np.intp).reshape(-1, 3)


def _apart(rows: Index, column: int) -> tuple[_Arrows, ...]:
    """Arrows sorted by one column, dealt out so that no value of it comes twice in a hand."""
    keys = rows[:, column]
    first = np.searchsorted(keys, keys, side="left")
    turn = np.arange(len(keys)) - first
    hands = (rows[turn == k] for k in range(int(turn.max(initial=-1)) + 1))
    return tuple(_Arrows(hand[:, column], hand[:, 0], hand[:, 1], hand[:, 2]) for hand in hands)


class Differentiable:
    """A solution that remembers what its derivatives need.

    Attributes:
        plan: The plan.
        bindings: The parameter values.
        wavelengths: Of the columns, in um.
        re: Real part of the readings, shape (readings, columns); +0 where no light arrives.
        im: Imaginary part.
    """

    def __init__(self, plan: Plan, bindings: Bindings, wavelengths: Array, readings: Sequence[Port]) -> None:
        """Solve every column.

        Raises:
            SingularResonanceError: A loop has no finite solution.
        """
        self.plan = plan
        self.bindings = bindings
        self.wavelengths = wavelengths
        cells = (2 * len(plan.variables) + 2 * plan.coefficients) * wavelengths.size
        self._keep = cells * 8 <= _KEPT_BYTES
        self._kept: dict[int, State] = {}
        self.re = np.zeros((len(readings), wavelengths.size))
        self.im = np.zeros_like(self.re)
        rows = [row for row, port in enumerate(readings) if port in plan.index]
        numbers = [plan.index[readings[row]] for row in rows]
        for block in blocks(plan, wavelengths.size):
            state = self._state(block)
            self.re[rows, block], self.im[rows, block] = state.re[numbers], state.im[numbers]
            if self._keep:
                self._kept[block.start] = state

    def _state(self, block: slice) -> State:
        """The solution of a block, kept or computed anew to the same bits."""
        if block.start in self._kept:
            return self._kept[block.start]
        values = coefficients(self.plan, self.bindings, self.wavelengths[block], block)
        return walk(self.plan, values, injections(self.bindings, block), block.start)

    def slopes(self, seeds: Mapping[Port, Pair]) -> Slopes:
        """The derivative of a cost with respect to every parameter of every live node.

        Args:
            seeds: Wave to dJ/d re and -dJ/d im of it, shape (columns,) each; one without light has no part.
        """
        index = self.plan.index
        lit = {index[port]: pair for port, pair in seeds.items() if port in index}
        names: list[Keys] = []
        tables: list[list[Array]] = []
        for block in blocks(self.plan, self.wavelengths.size):
            state = self._state(block)
            adjoint = _walk_back(self.plan, state, {n: (r[block], i[block]) for n, (r, i) in lit.items()})
            found = list(self._tables(block, state, adjoint))
            names = [keys for keys, _ in found]
            tables.append([table for _, table in found])
        slopes: Slopes = {}
        for keys, *pieces in zip(names, *tables, strict=True):
            sums = pairwise_sum(np.concatenate(pieces, axis=1), axis=1)
            slopes |= dict(zip(keys, sums.tolist(), strict=True))
        return slopes

    def _tables(self, block: slice, state: State, adjoint: Pair) -> Iterator[tuple[Keys, Array]]:
        """For each group and parameter, (node id, parameter) of its rows and the derivative by column."""
        by_coefficient = _by_coefficient(self.plan, state, adjoint)
        grid = self.wavelengths[block]
        for group, params in zip(self.plan.groups, self.bindings.params, strict=True):
            yield from _group_slopes(group, only(params, block), grid, by_coefficient)
        numbers = [number for number, _ in self.plan.injected]
        for name, (real, imaginary) in amplitude_derivatives(only(self.bindings.sources, block)).items():
            keys = [(node.id, name) for _, node in self.plan.injected]
            yield keys, adjoint[0][numbers] * real - adjoint[1][numbers] * imaginary


def _group_slopes(
    group: Group, params: Params, grid: Array, by_coefficient: Pair
) -> Iterator[tuple[Keys, Array]]:
    """Chain rule from the coefficients of a group to its parameters."""
    size = len(group.nodes)
    for name, terms in group.model.derivatives(params, grid).items():
        total = np.zeros((size, grid.size))
        for k, real, imaginary in terms:
            rows = slice(group.base + k * size, group.base + (k + 1) * size)
            total = total + (by_coefficient[0][rows] * real - by_coefficient[1][rows] * imaginary)
        yield [(node.id, name) for node in group.nodes], total


def _by_coefficient(plan: Plan, state: State, adjoint: Pair) -> Pair:
    """The derivative with respect to every coefficient, in the sense of the module's l."""
    found = np.zeros_like(state.coefficients[0]), np.zeros_like(state.coefficients[0])
    for arrows in _transpose(plan).uses:
        light = state.re[arrows.starts], state.im[arrows.starts]
        product = multiply((adjoint[0][arrows.ends], adjoint[1][arrows.ends]), light)
        found[0][arrows.into] += product[0]
        found[1][arrows.into] += product[1]
    return found


def _walk_back(plan: Plan, state: State, seeds: dict[int, Pair]) -> Pair:
    """The module's l of every wave."""
    back = np.zeros_like(state.re), np.zeros_like(state.im)
    for number, (real, imaginary) in seeds.items():
        back[0][number], back[1][number] = real, imaginary
    factors = list(state.factors)
    for level, hands in zip(reversed(plan.levels), reversed(_transpose(plan).levels), strict=True):
        for arrows in hands:
            values = state.coefficients[0][arrows.coefficients], state.coefficients[1][arrows.coefficients]
            product = multiply(values, (back[0][arrows.ends], back[1][arrows.ends]))
            back[0][arrows.into] += product[0]
            back[1][arrows.into] += product[1]
        for loop in reversed(level.loops):
            _solve_transposed(loop, factors.pop(), back)
    return back


def _solve_transposed(loop: Loop, factors: Factors, back: Pair) -> None:
    """Solve l (1 - A) = l on a loop: its elimination, transposed and in reverse."""
    members = loop.members.tolist()
    x = [(back[0][number], back[1][number]) for number in members]
    for step in loop.steps:
        for start in step.inputs:
            x[start] = plus(x[start], multiply(factors.matrix[step.pivot, start], x[step.pivot]))
    for step in reversed(loop.steps):
        for to in step.outputs:
            x[step.pivot] = plus(x[step.pivot], multiply(factors.matrix[to, step.pivot], x[to]))
        if step.own:
            x[step.pivot] = multiply(factors.gains[step.pivot], x[step.pivot])
    for number, (real, imaginary) in zip(members, x, strict=True):
        back[0][number], back[1][number] = real, imaginary
