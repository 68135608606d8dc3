"""The one way to add many numbers: a pairwise tree whose shape depends on their count alone.

Neighbours are added two by two, a last odd one is carried over, and the shorter list is added the same way
until one number is left. The rounding error is at most `ceil(log2 n) * u * sum(|a|)` (Higham, Accuracy and
Stability of Numerical Algorithms, 4.2); what matters more here is that `np.sum` blocks and vectorises by
platform and this does not.
"""

import numpy as np
import numpy.typing as npt

from awen_ref.engine.numerics.double_double import Array

__all__ = ["pairwise_sum"]


def pairwise_sum(values: npt.ArrayLike, *, axis: int = 0) -> Array:
    """Sum along one axis by the fixed tree.

    Args:
        values: Numbers, any shape with at least one dimension.
        axis: The axis to add along.

    Returns:
        The sums, that axis removed. The sum of nothing is +0.
    """
    rest = np.moveaxis(np.asarray(values, dtype=np.float64), axis, 0)
    if rest.shape[0] == 0:
        return np.zeros(rest.shape[1:])
    while (count := rest.shape[0]) > 1:
        even = count - count % 2
        pairs = rest[0:even:2] + rest[1:even:2]
        rest = np.concatenate([pairs, rest[even:]]) if count % 2 else pairs
    return np.array(rest[0])
