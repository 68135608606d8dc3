"""Correctly rounded exponential and natural logarithm of finite arguments.

exp: `x = (256 m + j) ln 2 / 256 + r`, |r| <= ln 2 / 512; `2**m * T * exp(r)` with the table `T =
2**(j/256)` in double-double. log: `x = 2**m * z`, z in [0.705, 1.41); a nine-bit `c` near `1/z` makes `c z
= 1 + r` exact as a double-double, |r| < 2**-7.4; `m ln 2 - ln c + log1p(r)`. Around 1, c is 1: nothing
cancels.

Errors, relative to the result:
- quick: exp 2**-71 (roundings at r**2 / 2 < 2**-20), log 2**-68 (roundings at r**3 / 3 < 2**-23.8 of terms
  that are at least half as large as the result); the tests allow 2**-68 and 2**-65.
- accurate: double-double throughout, 2**-96; the tests allow 2**-88.
- exact: big integers; also for every exp whose result is subnormal, zero or within a factor two of overflow.

Sources: Tang, ACM TOMS 15 (1989) 144 and 16 (1990) 378 (table-driven reduction).
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
    two_prod,
    two_sum,
)
from awen_ref.engine.numerics.ziv import Mask, Stages, evaluate, undecided

__all__ = ["exp", "log"]

_CELLS = 256
_TABLE_BITS = 200
_TABLE_ONE = 1 << _TABLE_BITS
_ACCURATE_ERROR = 2.0**-88
_EXP_QUICK_ERROR = 2.0**-68
_LOG_QUICK_ERROR = 2.0**-65
_EXP_UPPER, _EXP_LOWER = 709.0, -707.0
_CELLS_PER_UNIT = float.fromhex("0x1.71547652b82fep+8")
_LOG_TERMS = 13
_HALVED_FROM = 106  # cells of [1, 2) from 1.414 on are halved
_NORMAL = 2.0**-1022
_MANTISSA = np.int64((1 << 52) - 1)
_ONE = np.int64(1023 << 52)
_BIAS = np.int64(1023)


def _parts(scaled: int, bits: int, widths: tuple[int, ...]) -> tuple[float, ...]:
    """A constant `scaled / 2**bits` below 1 as floats truncated to the given widths, and a rounded rest."""
    value, parts, place = Fraction(scaled, 1 << bits), [], 0
    for width in widths:
        place += width
        part = Fraction((value.numerator << place) // value.denominator, 1 << place)
        parts.append(float(part))
        value -= part
    return (*parts, float(value))


def _pair(value: Fraction) -> tuple[Array, Array]:
    """The double-double nearest to a rational, to be broadcast."""
    hi = float(value)
    return np.array(hi), np.array(float(value - Fraction(hi)))


_LN2 = exact.ln2_scaled(_TABLE_BITS)
# ln 2 and ln 2 / 256, cut so that a product of an early part and an exponent (cell number) is exact
_L1, _L2, _L3 = _parts(_LN2, _TABLE_BITS, (40, 40))
_E1, _E2, _E3 = _parts(_LN2, _TABLE_BITS + 8, (40, 40))
_INVERSE_FACTORIALS = [_pair(Fraction(1, n)) for n in (1, 2, 6, 24, 120, 720, 5040, 40320, 362880)]
_RECIPROCALS = [_pair(Fraction(1, n)) for n in range(1, _LOG_TERMS + 1)]


@cache
def _exp_table() -> tuple[Array, Array]:
    """`2**(j/256)`, j = 0 ... 255, as double-doubles."""
    table = np.empty((2, _CELLS))
    for j in range(_CELLS):
        table[:, j] = _pair(Fraction(exact.scaled_exp((_LN2 * j) >> 8, _TABLE_BITS), _TABLE_ONE))
    return table[0], table[1]


@cache
def _log_table() -> tuple[Array, Array, Array]:
    """For each cell the factor c and `-ln c` as a double-double."""
    table = np.empty((3, _CELLS))
    for cell in range(_CELLS):
        middle = Fraction(2 * (_CELLS + cell) + 1, 2 * _CELLS * (2 if cell >= _HALVED_FROM else 1))
        factor = Fraction(1) if cell in (0, _CELLS - 1) else Fraction(round(512 / middle), 512)
        table[:, cell] = float(factor), *_pair(Fraction(-exact.scaled_log(factor, _TABLE_BITS), _TABLE_ONE))
    return table[0], table[1], table[2]


def _exp_reduced(x: Array) -> tuple[Array, Array, Array, DoubleDouble, Mask]:
    """Arguments in range, number of cells, power of two, table entry; and where only big integers will do."""
    outside = (x > _EXP_UPPER) | (x < _EXP_LOWER)
    kept = np.where(outside, 0.0, x) if outside.any() else x
    k = np.rint(kept * _CELLS_PER_UNIT)
    cells = k.astype(np.int64)
    hi, lo = _exp_table()
    cell = cells & np.int64(_CELLS - 1)
    power = (((cells >> np.int64(8)) + _BIAS) << np.int64(52)).view(np.float64)
    return kept, k, power, (hi.take(cell), lo.take(cell)), outside


def _exp_quick(x: Array) -> tuple[tuple[Array], Mask]:
    kept, k, power, (t_hi, t_lo), outside = _exp_reduced(x)
    r, low = two_sum(kept - k * _E1, -(k * (_E2 + _E3)))  # the first product and difference are exact
    tail = low + (r * r) * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))
    p, p_error = two_prod(t_hi, r)
    total, rounding = two_sum(t_hi, p)
    value, rest = quick_two_sum(total, rounding + (p_error + (t_lo + (t_hi * tail + t_lo * r))))
    return (value * power,), undecided(value, rest, value * _EXP_QUICK_ERROR) | outside


def _exp_accurate(x: Array) -> tuple[tuple[Array], Mask]:
    kept, k, power, table, outside = _exp_reduced(x)
    r = two_sum(kept, -(k * _E1))
    for part in (_E2, _E3):
        r = add_double(r, -(k * part))
    total = _INVERSE_FACTORIALS[-1]
    for coefficient in reversed(_INVERSE_FACTORIALS[:-1]):
        total = add(coefficient, multiply(total, r))
    value, rest = add(table, multiply(table, multiply(total, r)))
    return (value * power,), undecided(value, rest, value * _ACCURATE_ERROR) | outside


def _log_reduced(x: Array) -> tuple[Array, DoubleDouble, DoubleDouble]:
    """Exponent, `-ln c` and `c z - 1`, the last exact."""
    small = x < _NORMAL
    scaled = x * np.where(small, 2.0**54, 1.0) if small.any() else x
    bits = scaled.view(np.int64)
    cell = (bits >> np.int64(44)) & np.int64(_CELLS - 1)
    halved = cell >= _HALVED_FROM
    z = ((bits & _MANTISSA) | _ONE).view(np.float64) * np.where(halved, 0.5, 1.0)
    exponent = ((bits >> np.int64(52)) - _BIAS).astype(np.float64) + np.where(halved, 1.0, 0.0)
    factor, t_hi, t_lo = _log_table()
    p, e = two_prod(factor.take(cell), z)
    return exponent - np.where(small, 54.0, 0.0), (t_hi.take(cell), t_lo.take(cell)), two_sum(p - 1.0, e)


def _log_quick(x: Array) -> tuple[tuple[Array], Mask]:
    m, (t_hi, t_lo), (r, r_low) = _log_reduced(x)
    square, square_error = two_prod(r, r)
    series = 1 / 5 - r * (1 / 6 - r * (1 / 7 - r * (1 / 8 - r * (1 / 9))))
    tail = (r_low - r * r_low) - 0.5 * square_error + (r * square) * (1 / 3 - r * (1 / 4 - r * series))
    a, a_low = two_sum(m * _L1, t_hi)  # the product is exact
    b, b_low = two_sum(a, r)
    d, d_low = two_sum(b, -0.5 * square)
    value, rest = quick_two_sum(d, ((a_low + b_low) + d_low) + ((m * (_L2 + _L3) + t_lo) + tail))
    return (value,), undecided(value, rest, np.abs(value) * _LOG_QUICK_ERROR)


def _log_accurate(x: Array) -> tuple[tuple[Array], Mask]:
    m, table, r = _log_reduced(x)
    total = _RECIPROCALS[-1]
    for coefficient in reversed(_RECIPROCALS[:-1]):
        hi, lo = multiply(total, r)
        total = add(coefficient, (-hi, -lo))
    logarithm = add(table, multiply(total, r))
    ln2 = add_double(two_sum(m * _L1, m * _L2), m * _L3)
    value, rest = add(ln2, logarithm)
    return (value,), undecided(value, rest, np.abs(value) * _ACCURATE_ERROR)


_EXP = Stages(_exp_quick, _exp_accurate, lambda x: (exact.exp(x),), 1)
_LOG = Stages(_log_quick, _log_accurate, lambda x: (exact.log(x),), 1)


def exp(x: npt.ArrayLike) -> Array:
    """Correctly rounded exponential.

    Args:
        x: Any shape, finite.

    Returns:
        The exponentials, of the shape of `x`; infinity or zero where no finite or non-zero float is nearer.

    Raises:
        ValueError: An argument is not finite.
    """
    array = np.asarray(x, dtype=np.float64)
    if not np.isfinite(array).all():
        raise ValueError("x must be finite")
    (result,) = evaluate(_EXP, array.ravel())
    return result.reshape(array.shape)


def log(x: npt.ArrayLike) -> Array:
    """Correctly rounded natural logarithm.

    Args:
        x: Any shape, positive and finite.

    Returns:
        The logarithms, of the shape of `x`; that of 1 is +0.

    Raises:
        ValueError: An argument is not positive and finite.
    """
    array = np.asarray(x, dtype=np.float64)
    if not ((array > 0.0) & np.isfinite(array)).all():
        raise ValueError("x must be positive and finite")
    (result,) = evaluate(_LOG, array.ravel())
    return result.reshape(array.shape)
