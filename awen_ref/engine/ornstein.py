"""The Ornstein-Uhlenbeck drift of a phase at any picosecond, always of one and the same path (AWB-R-547).

The path is drawn as a tree, from coarse to fine: first at 0 and at 2**64 ps, then the middle of each interval
given its ends. Both steps are exact for the process (no time step, no discretisation): with relaxation
`r = exp(-h / tau)` over a distance h,

- `x(t + h) = r x(t) + sigma sqrt(1 - r**2) z`, and
- between two ends at distance 2 h, `x = r / (1 + r**2) (a + b) + sigma sqrt((1 - r**2) / (1 + r**2)) z`.

So a time costs at most 66 normal numbers, whatever was asked before, and two runs at different times see
the same drifting device. Source: Doob, Ann. Math. 43 (1942) 351 (the process is Gaussian and Markov; both
rules follow).

Number 0 of shot 0 is z at time 0, number 1 that at 2**64 ps; the middle of interval i of length 2**(64 - k)
ps has number k + 2 of shot i.
"""

from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.philox import Stream

__all__ = ["drift"]

_SPAN_BITS = 64
_PS_PER_S = Decimal(10) ** 12
_DIGITS = 60


@lru_cache(maxsize=1024)
def _factors(distance_bits: int, tau_s: float) -> tuple[float, float, float, float]:
    """For a distance of `2**distance_bits` ps: the factors of a step, and those of a middle.

    Returns:
        `r`, `sqrt(1 - r**2)`, `r / (1 + r**2)` and `sqrt((1 - r**2) / (1 + r**2))`, from 60 decimal digits.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        r = (-(Decimal(2) ** distance_bits / _PS_PER_S) / Decimal(tau_s)).exp()
        lost, both = 1 - r * r, 1 + r * r
        return float(r), float(lost.sqrt()), float(r / both), float((lost / both).sqrt())


def drift(stream: Stream, at_ps: int, *, sigma: float, tau_s: float) -> float:
    """The drift at one time.

    Args:
        stream: The randomness of the path.
        at_ps: Picoseconds on the experiment clock, from 0 to 2**64 - 1.
        sigma: Standard deviation at any time.
        tau_s: Correlation time in s, positive unless `sigma` is 0.

    Returns:
        The deviation, in the unit of `sigma`.
    """
    if sigma == 0.0:
        return 0.0
    z = _normals(stream, at_ps)
    left = sigma * z[0]
    step = _factors(_SPAN_BITS, tau_s)
    right = step[0] * left + sigma * step[1] * z[1]
    start = 0
    for level in range(_SPAN_BITS):
        if at_ps == start:
            break
        bits = _SPAN_BITS - 1 - level
        factors = _factors(bits, tau_s)
        middle = factors[2] * (left + right) + sigma * factors[3] * z[level + 2]
        if at_ps < start + (1 << bits):
            right = middle
        else:
            start, left = start + (1 << bits), middle
    return left


def _normals(stream: Stream, at_ps: int) -> list[float]:
    """The normal numbers on the way from the whole span to one time."""
    intervals = [0, 0, *(at_ps >> (_SPAN_BITS - level) for level in range(_SPAN_BITS))]
    numbers = np.arange(len(intervals), dtype=np.uint64)
    found: list[float] = normal_quantile(
        stream.scattered(np.array(intervals, dtype=np.uint64), numbers)
    ).tolist()
    return found
