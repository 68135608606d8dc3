"""Correctly rounded sine and cosine, of radians and of turns, for every finite argument.

`a = n * quarter + j * turn/1024 + y`, |y| <= pi/1024, then `sin(A + y) = A + A * (cos y - 1) + B * sin y`
with the table entries A = sin, B = cos of `j * turn/1024` in double-double, then the quadrant by exact
selection.

Errors, relative to the result unless stated:
- quick: double corrections to exact leading products. Seven roundings at |A| y**2 / 2 < 2**-17.7 give
  2**-68, the truncated series 2**-72; the test allows 2**-66. Radians add an absolute 2**-100 from the
  reduction: arguments within 2**-30 of a multiple of a quarter are left undecided, elsewhere that is under
  2**-70.
- accurate: double-double throughout, 2**-98; the test allows 2**-88 and, in radians, 2**-125 absolute (after
  subtracting four parts of pi/2, 152 bits, the error is below 2**-137).
- exact: big integers; also for |radians| > 2**19, |turns| > 2**32, and turns so small that a product would
  underflow.

Signed zeros: sin(-0.0) is -0.0; a sine that is exactly zero has the argument's sign, a cosine that is exactly
zero is +0 (IEEE 754-2019, 9.2, sinPi and cosPi). Subnormal arguments and results are ordinary ones.
"""

from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt

from awen_ref.engine.numerics import exact
from awen_ref.engine.numerics.double_double import (
    Array,
    DoubleDouble,
    add,
    add_double,
    multiply,
    quick_two_sum,
    split,
    two_prod,
    two_sum,
)
from awen_ref.engine.numerics.ziv import Mask, Stages, evaluate, undecided

__all__ = ["sincos", "sincos_turns"]

_CELLS = 1024
_HALF_TABLE = _CELLS // 8
_TABLE_BITS = 200
_QUICK_ERROR = 2.0**-66
_ACCURATE_ERROR = 2.0**-88
_ACCURATE_ABSOLUTE = 2.0**-125
_RADIANS_LIMIT = 2.0**19
_RADIANS_NEAR_QUARTER = 2.0**-30
_RADIANS_TINY = 2.0**-27  # sin x rounds to x and cos x to 1
_TURNS_LIMIT = 2.0**32
_TURNS_TINY = 2.0**-400

_TWO_OVER_PI = float.fromhex("0x1.45f306dc9c883p-1")
_CELLS_PER_RADIAN = float.fromhex("0x1.45f306dc9c883p+7")
# pi/2 in three parts of 33 bits, whose products with a 19-bit integer are exact, and a last one of 53
_P1, _P2, _P3, _P4 = (
    float.fromhex(h)
    for h in (
        "0x1.921fb54400000p+0",
        "0x1.0b4611a600000p-34",
        "0x1.3198a2e000000p-69",
        "0x1.b839a252049c1p-104",
    )
)
_P3_ROUNDED = float.fromhex("0x1.3198a2e037073p-69")
_CELL = 1.0 / 256  # of a quarter
_TWO_PI_HI = float.fromhex("0x1.921fb54442d18p+2")
_TWO_PI = np.array(_TWO_PI_HI)
_TWO_PI_LO = float.fromhex("0x1.1a62633145c07p-52")
_INVERSE_FACTORIAL = {
    k: (np.array(1 / n), np.array(float(Fraction(1, n) - Fraction(1 / n))))
    for k, n in {3: 6, 4: 24, 5: 120, 6: 720, 7: 5040, 8: 40320, 9: 362880, 10: 3628800}.items()
}
_EVEN = np.array([1.0, 0.0, -1.0, 0.0])
_ODD = np.array([0.0, 1.0, 0.0, -1.0])


@cache
def _table(high_bits: int) -> tuple[Array, Array, Array, Array]:
    """Sine and cosine of `j * turn/1024`, j = -128 ... 128: sine hi, lo, cosine hi, lo.

    Args:
        high_bits: 53 for double-doubles; 26 for high parts whose products with halves of a float are exact,
            79 bits in all.
    """
    columns = np.empty((4, 2 * _HALF_TABLE + 1))
    one = 1 << _TABLE_BITS
    for j in range(_HALF_TABLE + 1):
        values = exact.scaled_sincos(2 * exact.pi_scaled(_TABLE_BITS) * j // _CELLS, _TABLE_BITS)
        for row, value in zip((0, 2), values, strict=True):
            dropped = max(0, value.bit_length() - high_bits)
            hi = (value >> dropped << dropped) / one if high_bits < 53 else value / one
            columns[row : row + 2, _HALF_TABLE + j] = hi, float(Fraction(value, one) - Fraction(hi))
    for row, sign in ((0, -1.0), (1, -1.0), (2, 1.0), (3, 1.0)):
        columns[row, :_HALF_TABLE] = sign * columns[row, :_HALF_TABLE:-1]
    return columns[0], columns[1], columns[2], columns[3]


def _rotate(quarters: Array, s: Array, c: Array) -> tuple[Array, Array]:
    """Sine and cosine turned by whole quarters: of the factors one is +-1, the other 0; exact."""
    index = quarters.astype(np.int64) & np.int64(3)
    even, odd = _EVEN.take(index), _ODD.take(index)
    return even * s + odd * c, (even * c - odd * s) + 0.0


def _entries(j: Array, high_bits: int) -> tuple[DoubleDouble, DoubleDouble]:
    """Table entries of sine and cosine."""
    index = j.astype(np.intp) + _HALF_TABLE
    s_hi, s_lo, c_hi, c_lo = _table(high_bits)
    return (s_hi.take(index), s_lo.take(index)), (c_hi.take(index), c_lo.take(index))


def _quick(j: Array, y: DoubleDouble) -> tuple[Array, Array, Mask]:
    """Sine and cosine of `j * turn/1024 + y`, and where they are undecided."""
    hi, lo = y
    head, tail = split(hi)
    square = hi * hi
    sine_rest = lo + hi * (square * (square * (1 / 120 - square * (1 / 5040)) - 1 / 6))
    cosine_less_one = square * (square * (1 / 24 - square * (1 / 720)) - 0.5)
    s, c = _entries(j, 26)

    def combined(a: DoubleDouble, b: DoubleDouble, sign: float) -> tuple[Array, Mask]:
        """`a + a * (cos y - 1) + sign * b * sin y`."""
        total, rounding = two_sum(a[0], b[0] * (sign * head))  # the product is exact
        of_sine = (b[0] * tail + b[1] * hi) + (b[0] + b[1]) * sine_rest
        low = rounding + (sign * of_sine + (a[1] + (a[0] + a[1]) * cosine_less_one))
        return total + low, undecided(total, low, total * _QUICK_ERROR)

    sine, open_sine = combined(s, c, 1.0)
    cosine, open_cosine = combined(c, s, -1.0)
    return sine, cosine, open_sine | open_cosine


def _series(square: DoubleDouble, last: int) -> DoubleDouble:
    """`1/k! - z/(k+2)! + ...` up to `1/last!`, from k = 3 (`last` odd) or 4."""
    total = _INVERSE_FACTORIAL[last]
    for k in range(last - 2, 2, -2):
        hi, lo = multiply(total, square)
        total = add(_INVERSE_FACTORIAL[k], (-hi, -lo))
    return total


def _accurate(j: Array, y: DoubleDouble, absolute: float) -> tuple[Array, Array, Mask]:
    """As `_quick`, in double-double."""
    square = multiply(y, y)
    cubic = multiply(multiply(_series(square, 9), square), y)
    sine = add(y, (-cubic[0], -cubic[1]))
    quartic = multiply(multiply(_series(square, 10), square), square)
    cosine = add((-0.5 * square[0], -0.5 * square[1]), quartic)
    s, c = _entries(j, 53)

    def combined(a: DoubleDouble, b: DoubleDouble, sign: float) -> tuple[Array, Mask]:
        """`a + a * (cos y - 1) + sign * b * sin y`."""
        p, q = multiply(a, cosine), multiply(b, sine)
        hi, lo = add(a, add(p, (sign * q[0], sign * q[1])))
        return hi, undecided(hi, lo, np.abs(hi) * _ACCURATE_ERROR + absolute)

    sin_value, open_sine = combined(s, c, 1.0)
    cos_value, open_cosine = combined(c, s, -1.0)
    return sin_value, cos_value, open_sine | open_cosine


def _in_range(x: Array, limit: float) -> tuple[Array, Mask]:
    """The arguments with those beyond the limit replaced by zero, and where that was done."""
    beyond = np.abs(x) > limit
    return (np.where(beyond, 0.0, x) if beyond.any() else x), beyond


def _radians_quick(x: Array) -> tuple[tuple[Array, Array], Mask]:
    kept, beyond = _in_range(x, _RADIANS_LIMIT)
    n = np.rint(kept * _TWO_OVER_PI)
    r = kept - n * _P1  # exact
    j = np.rint(r * _CELLS_PER_RADIAN)
    hi, e = two_sum(r - j * (_P1 * _CELL), -(n * _P2))  # both products and the difference exact
    y = quick_two_sum(hi, e - (n * _P3_ROUNDED + j * ((_P2 + _P3) * _CELL)))
    s, c, open_mask = _quick(j, y)
    near = (n != 0.0) & (j == 0.0) & (np.abs(y[0]) < _RADIANS_NEAR_QUARTER)
    s, c = _rotate(n, s, c)
    tiny = np.abs(x) < _RADIANS_TINY
    return (np.where(tiny, x, s), np.where(tiny, 1.0, c)), (open_mask | near | beyond) & ~tiny


def _radians_accurate(x: Array) -> tuple[tuple[Array, Array], Mask]:
    kept, beyond = _in_range(x, _RADIANS_LIMIT)
    n = np.rint(kept * _TWO_OVER_PI)
    y = two_sum(kept, -(n * _P1))
    for part in (_P2, _P3, _P4):
        y = add_double(y, -(n * part))
    j = np.rint(y[0] * _CELLS_PER_RADIAN)
    for part in (_P1, _P2, _P3, _P4):
        y = add_double(y, -(j * (part * _CELL)))
    s, c, open_mask = _accurate(j, y, _ACCURATE_ABSOLUTE)
    return _rotate(n, s, c), open_mask | beyond


def _reduce_turns(t: Array, low: Array) -> tuple[Array, Array, DoubleDouble, Mask]:
    """Quarters, table index and the rest in radians; and where only big integers will do."""
    kept, beyond = _in_range(t, _TURNS_LIMIT)
    n = np.rint(4.0 * kept)
    f = kept - 0.25 * n  # exact
    j = np.rint(f * _CELLS)
    g = two_sum(f - j * (1.0 / _CELLS), np.where(beyond, 0.0, low) if beyond.any() else low)
    tiny = (np.abs(g[0]) < _TURNS_TINY) & (g[0] != 0.0)
    p, e = two_prod(g[0], _TWO_PI)
    return n, j, quick_two_sum(p, e + (g[0] * _TWO_PI_LO + g[1] * _TWO_PI_HI)), beyond | tiny


def _signed(t: Array, s: Array) -> Array:
    """Give an exactly zero sine the sign of the argument."""
    return np.where(s == 0.0, np.copysign(0.0, t), s)


def _turns_quick(t: Array, low: Array) -> tuple[tuple[Array, Array], Mask]:
    n, j, y, left = _reduce_turns(t, low)
    s, c, open_mask = _quick(j, y)
    s, c = _rotate(n, s, c)
    return (_signed(t, s), c), open_mask | left


def _turns_accurate(t: Array, low: Array) -> tuple[tuple[Array, Array], Mask]:
    n, j, y, left = _reduce_turns(t, low)
    s, c, open_mask = _accurate(j, y, 0.0)
    s, c = _rotate(n, s, c)
    return (_signed(t, s), c), open_mask | left


def _turns_exact(t: float, low: float) -> tuple[float, float]:
    return exact.sincos_turns(Fraction(t) + Fraction(low), t)


_RADIANS = Stages(_radians_quick, _radians_accurate, exact.sincos, 2)
_TURNS = Stages(_turns_quick, _turns_accurate, _turns_exact, 2)


def _finite(name: str, value: npt.ArrayLike) -> Array:
    array = np.asarray(value, dtype=np.float64)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")
    return array


def sincos(x: npt.ArrayLike) -> tuple[Array, Array]:
    """Correctly rounded sine and cosine of radians.

    Args:
        x: Angles in radians, any shape, finite.

    Returns:
        Sine and cosine, each of the shape of `x`.

    Raises:
        ValueError: An argument is not finite.
    """
    array = _finite("x", x)
    s, c = evaluate(_RADIANS, array.ravel())
    return s.reshape(array.shape), c.reshape(array.shape)


def sincos_turns(turns: npt.ArrayLike, low: npt.ArrayLike | None = None) -> tuple[Array, Array]:
    """Correctly rounded sine and cosine of `2 pi (turns + low)`.

    Args:
        turns: Angles in turns, any shape, finite.
        low: The low parts where the angles are double-doubles; broadcast against `turns`.

    Returns:
        Sine and cosine, each of the common shape.

    Raises:
        ValueError: An argument, or the sum, is not finite.
    """
    high = _finite("turns", turns)
    if low is None:
        s, c = evaluate(_TURNS, high.ravel(), np.zeros(high.size))
        return s.reshape(high.shape), c.reshape(high.shape)
    high, rest = np.broadcast_arrays(high, _finite("low", low))
    with np.errstate(over="ignore", invalid="ignore"):
        t, t_low = two_sum(high.ravel(), rest.ravel())
    s, c = evaluate(_TURNS, _finite("turns + low", t), t_low)
    return s.reshape(high.shape), c.reshape(high.shape)
