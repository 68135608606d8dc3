"""Poisson numbers from uniform ones: the quantile function, to a mean of 256 and above (AWB-R-513, 514).

Up to 256: the smallest k whose cumulated probability reaches u, with `p(0) = exp(-mean)`,
`p(k) = p(k-1) * mean / k` and `c(k) = c(k-1) + p(k)`, in that order of operations; k stops at the first
number above the mean that adds nothing to c. Devroye, Non-Uniform Random Variate Generation (1986), X.3.3.

Above: `max(0, floor(mean + sqrt(mean) z + (z**2 - 1) / 6 + 1/2))` with z the normal quantile of u, the
Cornish-Fisher expansion to second order (Abramowitz, Stegun 26.2.49; the skewness is `mean**-1/2`) with the
correction for continuity. Its first neglected term, `(z - z**3) / (72 sqrt(mean))`, is below 0.0053 counts
for |z| < 2 at the least mean and 0.06 for |z| < 4.
"""

import numpy as np
import numpy.typing as npt

from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.explog import exp
from awen_ref.engine.numerics.normal import normal_quantile

__all__ = ["EXACT_LIMIT", "LARGEST_MEAN", "poisson_quantile"]

EXACT_LIMIT = 256.0
"""The largest mean whose cumulated probabilities are tabulated."""
LARGEST_MEAN = 2.0**62
"""Means beyond this would leave the range of the counts."""
_ROWS = 256


def _cumulated(means: Array) -> tuple[Array, npt.NDArray[np.intp]]:
    """Cumulated probabilities, one row for each mean, and the number at which each row ends."""
    p = exp(-means)
    columns, last = [p], np.zeros(means.shape, dtype=np.intp)
    open_rows = np.ones(means.shape, dtype=np.bool_)
    while open_rows.any():
        k = len(columns)
        p = p * means / float(k)
        columns.append(columns[-1] + p)
        last[open_rows] = k
        open_rows &= (k <= means) | (columns[-1] != columns[-2])
    return np.stack(columns, axis=1), last


def _tabulated(means: Array, u: Array) -> npt.NDArray[np.uint64]:
    counts = np.empty(u.shape, dtype=np.uint64)
    for start in range(0, means.size, _ROWS):
        table, last = _cumulated(means[start : start + _ROWS])
        for row, end in enumerate(last.tolist()):
            column = start + row
            found = np.searchsorted(table[row, : end + 1], u[:, column], side="left")
            counts[:, column] = np.minimum(found, end)
    return counts


def _expanded(means: Array, u: Array) -> npt.NDArray[np.uint64]:
    z = normal_quantile(u)
    value = ((means + np.sqrt(means) * z) + (z * z - 1.0) / 6.0) + 0.5
    return np.maximum(0.0, np.floor(value)).astype(np.uint64)


def poisson_quantile(means: npt.ArrayLike, u: npt.ArrayLike) -> npt.NDArray[np.uint64]:
    """Poisson quantiles of one mean for each column.

    Args:
        means: Means, shape (n,), from 0 to 2**62.
        u: Probabilities strictly between 0 and 1, shape (shots, n).

    Returns:
        Counts, shape (shots, n).

    Raises:
        ValueError: A mean is outside its range, or the shapes do not fit.
    """
    mean, probability = np.asarray(means, dtype=np.float64), np.asarray(u, dtype=np.float64)
    if not ((mean >= 0.0) & (mean <= LARGEST_MEAN)).all():
        raise ValueError("means must lie between 0 and 2**62")
    if mean.ndim != 1 or probability.ndim != 2 or probability.shape[1] != mean.size:
        raise ValueError(f"means of shape {mean.shape} do not fit probabilities of shape {probability.shape}")
    counts = np.empty(probability.shape, dtype=np.uint64)
    for columns, quantile in ((mean <= EXACT_LIMIT, _tabulated), (mean > EXACT_LIMIT, _expanded)):
        if columns.any():
            counts[:, columns] = quantile(mean[columns], probability[:, columns])
    return counts
