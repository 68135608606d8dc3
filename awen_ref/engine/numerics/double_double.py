"""Error-free transforms and double-double arithmetic on float64 arrays.

A double-double is an unevaluated sum `hi + lo` with `|lo| <= ulp(hi) / 2`: about 106 bits. Each function
is a fixed sequence of correctly rounded operations without a fused multiply-add.

Sources: Dekker, Numer. Math. 18 (1971) 224 (split, product); Knuth, TAOCP 2, 4.2.2 (sum); Joldes, Muller,
Popescu, ACM TOMS 44 (2017) 15 (error bounds; u = 2**-53).

Range: the transforms are exact while no operation overflows and no product falls below 2**-969; `split` needs
`|a| < 2**996`. Callers keep to that range and send everything else to `exact`.
"""

import numpy as np
import numpy.typing as npt

__all__ = [
    "Array",
    "DoubleDouble",
    "add",
    "add_double",
    "divide",
    "multiply",
    "quick_two_sum",
    "split",
    "two_prod",
    "two_sum",
]

Array = npt.NDArray[np.float64]
DoubleDouble = tuple[Array, Array]

_SPLITTER = 134217729.0  # 2**27 + 1: cuts 53 bits into 26 and 26 and a sign


def two_sum(a: Array, b: Array) -> DoubleDouble:
    """`a + b` exactly, as rounded sum and error; any order of magnitude."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def quick_two_sum(a: Array, b: Array) -> DoubleDouble:
    """`a + b` exactly where `|a| >= |b|` or `a == 0`, as rounded sum and error."""
    s = a + b
    return s, b - (s - a)


def split(a: Array) -> DoubleDouble:
    """`a` exactly as two numbers of at most 26 bits, whose products are exact."""
    t = _SPLITTER * a
    hi = t - (t - a)
    return hi, a - hi


def two_prod(a: Array, b: Array) -> DoubleDouble:
    """`a * b` exactly, as rounded product and error."""
    p = a * b
    a_hi, a_lo = split(a)
    b_hi, b_lo = split(b)
    return p, ((a_hi * b_hi - p) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo


def add(x: DoubleDouble, y: DoubleDouble) -> DoubleDouble:
    """Sum with relative error at most 3 u**2 + 13 u**3, cancellation included."""
    s, e = two_sum(x[0], y[0])
    t, f = two_sum(x[1], y[1])
    s, e = quick_two_sum(s, e + t)
    return quick_two_sum(s, e + f)


def add_double(x: DoubleDouble, y: Array) -> DoubleDouble:
    """Sum of a double-double and a double with relative error at most 2 u**2."""
    s, e = two_sum(x[0], y)
    return quick_two_sum(s, e + x[1])


def multiply(x: DoubleDouble, y: DoubleDouble) -> DoubleDouble:
    """Product with relative error at most 7 u**2."""
    p, e = two_prod(x[0], y[0])
    return quick_two_sum(p, e + (x[0] * y[1] + x[1] * y[0]))


def divide(x: DoubleDouble, y: DoubleDouble) -> DoubleDouble:
    """Quotient with relative error at most 16 u**2: a division, then its exact remainder divided."""
    q = x[0] / y[0]
    p, e = two_prod(q, y[0])
    remainder = (((x[0] - p) - e) + x[1]) - q * y[1]
    return quick_two_sum(q, remainder / y[0])
