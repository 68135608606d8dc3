"""Elementary functions of exact numbers in big integers, rounded once: the last resort of a rounding test.

A value is computed in fixed point with `bits` fractional bits and an error of less than 2**12 units in the
last place; where both ends of that interval round to the same float, that float is the correctly rounded
result. Otherwise `bits` doubles. That ends for every argument taken here, since the results are irrational
(Niven for turns, Lindemann for radians, exp and log) but for the exact cases, which are answered first.

Python's `int / int` is correctly rounded, subnormal results included. No float arithmetic takes part.
Sources: Machin's formula for pi; the three-term artanh formula for ln 2; Taylor series; Ziv, ACM TOMS 17
(1991) 410 (the strategy).
"""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

__all__ = [
    "exp",
    "ln2_scaled",
    "log",
    "pi_scaled",
    "scaled_exp",
    "scaled_log",
    "scaled_sincos",
    "sincos",
    "sincos_turns",
]

_FIRST_BITS = 192
_SLACK = 1 << 12  # units in the last place: at most 1000 terms of at most 4 units each
_GUARD = 32
_EXP_OVERFLOW = 710
_EXP_UNDERFLOW = -746
_QUARTERS = ((0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0))


def _arctan_inverse(n: int, one: int) -> int:
    """`one * arctan(1/n)` by its series."""
    term = one // n
    total, k, sign = term, 1, -1
    while term:
        term //= n * n
        k += 2
        total += sign * (term // k)
        sign = -sign
    return total


def _artanh(numerator: int, denominator: int, bits: int) -> int:
    """`2**bits * artanh(numerator / denominator)` by its series, for ratios below 1/5."""
    term = (numerator << bits) // denominator
    square = (term * term) >> bits
    total, k = term, 1
    while term not in (0, -1):
        term = (term * square) >> bits
        k += 2
        total += term // k
    return total


@lru_cache(maxsize=16)
def pi_scaled(bits: int) -> int:
    """`pi * 2**bits` within one unit."""
    one = 1 << (bits + _GUARD)
    return (16 * _arctan_inverse(5, one) - 4 * _arctan_inverse(239, one)) >> _GUARD


@lru_cache(maxsize=16)
def ln2_scaled(bits: int) -> int:
    """`ln(2) * 2**bits` within one unit."""
    wide = bits + _GUARD
    return (18 * _artanh(1, 26, wide) - 2 * _artanh(1, 4801, wide) + 8 * _artanh(1, 8749, wide)) >> _GUARD


def _trigonometric(y: int, bits: int, first: int) -> int:
    """Sine (`first` = 1) or cosine (`first` = 0) of the fixed-point `y`, `|y| < 1`, by Taylor's series."""
    square = (y * y) >> bits
    term = y if first else 1 << bits
    total, k = term, first
    while term not in (0, -1):
        term = -((term * square) >> bits) // ((k + 1) * (k + 2))
        total += term
        k += 2
    return total


def scaled_sincos(y: int, bits: int) -> tuple[int, int]:
    """Sine and cosine of `y / 2**bits` in the same fixed point, `|y| < 2**bits`."""
    return _trigonometric(y, bits, 1), _trigonometric(y, bits, 0)


def scaled_exp(y: int, bits: int) -> int:
    """Exponential of `y / 2**bits` in the same fixed point, `|y| < 2**bits`, by Taylor's series."""
    term = total = 1 << bits
    k = 0
    while term not in (0, -1):
        k += 1
        term = ((term * y) >> bits) // k
        total += term
    return total


def scaled_log(value: Fraction, bits: int) -> int:
    """Natural logarithm of a rational between 0.7 and 1.42 in fixed point."""
    ratio = (value - 1) / (value + 1)
    return 2 * _artanh(ratio.numerator, ratio.denominator, bits)


def _rounded(value: int, scale: Fraction) -> float | None:
    """The float nearest to `value * scale`, or None where the error of `value` leaves it open."""
    below = _nearest((value - _SLACK) * scale)
    above = _nearest((value + _SLACK) * scale)
    return below if below == above else None


def _nearest(value: Fraction) -> float:
    """The float nearest to a rational, infinite beyond the largest."""
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _until_decided(compute: Callable[[int], tuple[int, Fraction]]) -> float:
    """Double the precision until the rounding is certain."""
    bits = _FIRST_BITS
    while True:
        value, scale = compute(bits)
        if (result := _rounded(value, scale)) is not None:
            return result
        bits *= 2


def _quadrant(index: int, y: int, bits: int) -> tuple[int, int]:
    """Sine and cosine of `index * pi/2 + y`."""
    s, c = scaled_sincos(y, bits)
    return ((s, c), (c, -s), (-s, -c), (-c, s))[index % 4]


def sincos(x: float) -> tuple[float, float]:
    """Correctly rounded sine and cosine of a finite number of radians; the sine of -0.0 is -0.0."""
    if x == 0:
        return x, 1.0
    value = Fraction(x)
    extra = max(0, math.frexp(x)[1]) + _GUARD

    def reduced(bits: int) -> tuple[int, int]:
        half_pi = pi_scaled(bits + extra - 1)
        wide = (value.numerator << (bits + extra)) // value.denominator
        turns = (2 * wide + half_pi) // (2 * half_pi)
        return _quadrant(turns, (wide - turns * half_pi) >> extra, bits)

    return _pair(reduced)


def sincos_turns(turns: Fraction, sign: float) -> tuple[float, float]:
    """Correctly rounded sine and cosine of a rational number of turns.

    Args:
        turns: The angle; the turn is the unit.
        sign: Its sign is the sign of a sine that is exactly zero (IEEE 754-2019, sinPi). A zero cosine is +0.
    """
    quarters = round(4 * turns)
    rest = turns - Fraction(quarters, 4)
    if rest == 0:
        s, c = _QUARTERS[quarters % 4]
        return (s or math.copysign(0.0, sign)), c

    def reduced(bits: int) -> tuple[int, int]:
        y = (2 * pi_scaled(bits + _GUARD) * rest.numerator // rest.denominator) >> _GUARD
        return _quadrant(quarters, y, bits)

    return _pair(reduced)


def _pair(reduced: Callable[[int], tuple[int, int]]) -> tuple[float, float]:
    """Sine and cosine, each with the precision it needs."""
    s = _until_decided(lambda bits: (reduced(bits)[0], Fraction(1, 1 << bits)))
    c = _until_decided(lambda bits: (reduced(bits)[1], Fraction(1, 1 << bits)))
    return s, c


def exp(x: float) -> float:
    """Correctly rounded exponential of a finite number: infinity or zero where no float is nearer."""
    if x == 0:
        return 1.0
    if x > _EXP_OVERFLOW:
        return math.inf
    if x < _EXP_UNDERFLOW:
        return 0.0
    value = Fraction(x)

    def scaled(bits: int) -> tuple[int, Fraction]:
        wide = (value.numerator << (bits + _GUARD)) // value.denominator
        ln2 = ln2_scaled(bits + _GUARD)
        power = (2 * wide + ln2) // (2 * ln2)
        return scaled_exp((wide - power * ln2) >> _GUARD, bits), Fraction(2) ** power / (1 << bits)

    return _until_decided(scaled)


def log(x: float) -> float:
    """Correctly rounded natural logarithm of a positive finite number."""
    if x == 1:
        return 0.0
    mantissa, exponent = math.frexp(x)
    if mantissa < math.sqrt(0.5):
        mantissa, exponent = 2 * mantissa, exponent - 1
    m = Fraction(mantissa)

    def scaled(bits: int) -> tuple[int, Fraction]:
        return exponent * ln2_scaled(bits) + scaled_log(m, bits), Fraction(1, 1 << bits)

    return _until_decided(scaled)
