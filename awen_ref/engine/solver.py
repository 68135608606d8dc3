"""The generic walk: level by level, loops in closed form (AWB-R-471 to 476).

Wavelengths (and shots) are columns: the same operations on every column, so that cutting them into blocks
changes no bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from awen_ref.engine.bindings import Bindings, coefficients, injections
from awen_ref.engine.circuit import Port, port_name
from awen_ref.engine.layered import layered, walk_layered
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.plan import Level, Loop, Plan
from awen_ref.engine.state import Factors, Pair, State, multiply, plus
from awen_ref.engine.telemetry import SILENT, Tracer

__all__ = ["SINGULAR", "SingularResonanceError", "Waves", "blocks", "solve", "walk"]

SINGULAR = 2.0**-80
"""Smallest |1 - g|**2 of a pivot that is divided by (AWB-R-475)."""

_BLOCK = 512
_CELLS = 1 << 21


class SingularResonanceError(Exception):
    """A loop's gain is 1 to within rounding: the wave in it has no finite value.

    Attributes:
        port: The wave at whose elimination it showed.
        column: The first column where it did.
    """

    def __init__(self, port: Port, column: int) -> None:
        """Keep the place."""
        super().__init__(f"the loop through {port_name(port)} has a gain of 1 at grid point {column}")
        self.port = port
        self.column = column


@dataclass(frozen=True, slots=True, eq=False)
class Waves:
    """The waves that were asked for.

    Attributes:
        re: Real part, shape (readings, columns); a wave that no light reaches is +0.
        im: Imaginary part.
        margin: Smallest |1 - g|**2 of all pivots; infinite without loops.
    """

    re: Array
    im: Array
    margin: float


def blocks(plan: Plan, columns: int) -> list[slice]:
    """The columns in pieces that keep the coefficients in the cache."""
    width = min(_BLOCK, max(16, _CELLS // max(1, plan.coefficients)))
    return [slice(start, min(columns, start + width)) for start in range(0, columns, width)]


def solve(
    plan: Plan, bindings: Bindings, wavelengths: Array, readings: Sequence[Port], tracer: Tracer = SILENT
) -> Waves:
    """Solve the circuit on every column and keep the waves that are read.

    Args:
        plan: The plan.
        bindings: Parameter values.
        wavelengths: Vacuum wavelength of each column in um, shape (columns,).
        readings: The waves to keep, in the order of the result's rows.
        tracer: Sees the blocks and the kinds.

    Raises:
        SingularResonanceError: A loop has no finite solution.
    """
    re = np.zeros((len(readings), wavelengths.size))
    im = np.zeros_like(re)
    rows = [row for row, port in enumerate(readings) if port in plan.index]
    numbers = [plan.index[readings[row]] for row in rows]
    margin = float("inf")
    regular = layered(plan, wavelengths.size)
    for block in blocks(plan, wavelengths.size):
        values = coefficients(plan, bindings, wavelengths[block], block, tracer)
        light = injections(bindings, block)
        with tracer.span(
            "awen.walk", awen__walk__first=block.start, awen__walk__columns=block.stop - block.start
        ):
            state = (
                walk_layered(regular, values, light) if regular else walk(plan, values, light, block.start)
            )
        re[rows, block] = state.re[numbers]
        im[rows, block] = state.im[numbers]
        margin = min([margin, *(factor.margin for factor in state.factors)])
    return Waves(re, im, margin)


def walk(plan: Plan, values: Pair, light: Pair, first: int = 0) -> State:
    """Compute every wave of the plan for one block of columns.

    Args:
        plan: The plan.
        values: Coefficients, shape (coefficients, columns).
        light: Amplitudes of the sources, shape (sources, 1) or (sources, columns).
        first: Number of the block's first column, for the error.

    Raises:
        SingularResonanceError: A loop has no finite solution.
    """
    shape = len(plan.variables), values[0].shape[1]
    waves = np.zeros(shape), np.zeros(shape)
    for row, (number, _) in enumerate(plan.injected):
        waves[0][number] = light[0][row]
        waves[1][number] = light[1][row]
    factors: list[Factors] = []
    for level in plan.levels:
        _gather(level, values, waves)
        for loop in level.loops:
            found = _eliminate(plan, loop, values, waves, first)
            factors.append(found)
    return State(waves[0], waves[1], values, tuple(factors))


def _gather(level: Level, values: Pair, waves: Pair) -> None:
    """Sum the terms from earlier levels: the first product as it is, the others added in order."""
    re, im = waves
    for k, slot in enumerate(level.slots):
        rows = slice(level.start, level.start + slot.sources.size)
        c = values[0][slot.coefficients], values[1][slot.coefficients]
        real, imaginary = multiply(c, (re[slot.sources], im[slot.sources]))
        if k:
            re[rows] += real
            im[rows] += imaginary
        else:
            re[rows] = real
            im[rows] = imaginary


def _eliminate(plan: Plan, loop: Loop, values: Pair, waves: Pair, first: int) -> Factors:
    """Solve x = A x + b on the loop, b standing in `waves` and x left there."""
    matrix = {key: (values[0][c], values[1][c]) for key, c in loop.matrix.items()}
    x = [(waves[0][number], waves[1][number]) for number in loop.members.tolist()]
    gains: dict[int, Pair] = {}
    margin = float("inf")
    for step in loop.steps:
        pivot = step.pivot
        if step.own:
            gain, smallest = _gain(matrix[pivot, pivot])
            if not smallest[0] >= SINGULAR:
                raise SingularResonanceError(plan.variables[int(loop.members[pivot])], first + smallest[1])
            margin = min(margin, smallest[0])
            gains[pivot] = gain
            for start in step.inputs:
                matrix[pivot, start] = multiply(gain, matrix[pivot, start])
            x[pivot] = multiply(gain, x[pivot])
        for to in step.outputs:
            factor = matrix[to, pivot]
            for start in step.inputs:
                product = multiply(factor, matrix[pivot, start])
                before = matrix.get((to, start))
                matrix[to, start] = product if before is None else plus(before, product)
            x[to] = plus(x[to], multiply(factor, x[pivot]))
    for step in reversed(loop.steps):
        for start in step.inputs:
            x[step.pivot] = plus(x[step.pivot], multiply(matrix[step.pivot, start], x[start]))
    for number, (real, imaginary) in zip(loop.members.tolist(), x, strict=True):
        waves[0][number], waves[1][number] = real, imaginary
    return Factors(matrix, gains, margin)


def _gain(own: Pair) -> tuple[Pair, tuple[float, int]]:
    """1 / (1 - g), with the smallest |1 - g|**2 and its column."""
    real, imaginary = 1.0 - own[0], -own[1]
    square = real * real + imaginary * imaginary
    column = int(np.argmin(square))
    smallest = float(square[column])
    if not smallest >= SINGULAR:
        return own, (smallest, column)
    return (real / square, -imaginary / square), (smallest, column)
