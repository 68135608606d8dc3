"""A solved block, and complex arithmetic on pairs of float64 arrays (AWB-R-480)."""

from dataclasses import dataclass

from awen_ref.engine.numerics.double_double import Array

__all__ = ["Factors", "Pair", "State", "multiply", "plus"]

Pair = tuple[Array, Array]
"""Real and imaginary parts."""


def multiply(a: Pair, b: Pair) -> Pair:
    """The complex product, four products and two sums, each rounded."""
    return a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]


def plus(a: Pair, b: Pair) -> Pair:
    """The complex sum."""
    return a[0] + b[0], a[1] + b[1]


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """An eliminated loop, for its adjoint.

    Attributes:
        matrix: (to, from) to the entry as elimination left it.
        gains: Pivot to 1 / (1 - g), where it fed itself.
        margin: Smallest |1 - g|**2.
    """

    matrix: dict[tuple[int, int], Pair]
    gains: dict[int, Pair]
    margin: float


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A solved block of columns.

    Attributes:
        re: Real part of every wave, shape (variables, columns).
        im: Imaginary part.
        coefficients: Real and imaginary part of every coefficient.
        factors: The loops, in the order of the plan.
    """

    re: Array
    im: Array
    coefficients: Pair
    factors: tuple[Factors, ...]
