"""Normal numbers from uniform ones: the quantile function by algorithm AS 241, routine PPND16 (AWB-R-512).

Source: Wichura, Applied Statistics 37 (1988) 477; relative error of the approximation about 1e-16, of this
evaluation below 2e-15. The coefficients, Horner's scheme from the highest power, and the order of the other
operations are part of the definition. The logarithm of the tails is correctly rounded, so that the whole is
the same on every machine.
"""

import numpy as np
import numpy.typing as npt

from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.explog import log

__all__ = ["normal_quantile"]

_CENTRE = 0.425
_CENTRE_SQUARED = 0.180625
_FAR = 5.0
_CENTRE_NUMERATOR = (
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3,
)
_CENTRE_DENOMINATOR = (
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3,
)
_NEAR_NUMERATOR = (
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
)
_NEAR_DENOMINATOR = (
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
)
_FAR_NUMERATOR = (
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
)
_FAR_DENOMINATOR = (
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
)


def _polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    """Horner's scheme, constant term first in the list."""
    value = x * coefficients[-1] + coefficients[-2]
    for coefficient in coefficients[-3::-1]:
        value = value * x + coefficient
    return value


def _tail(u: Array, q: Array) -> Array:
    r = np.sqrt(-log(np.where(q < 0.0, u, 1.0 - u)))
    near, far = r - 1.6, r - _FAR
    value = np.where(
        r <= _FAR,
        _polynomial(_NEAR_NUMERATOR, near) / _polynomial(_NEAR_DENOMINATOR, near),
        _polynomial(_FAR_NUMERATOR, far) / _polynomial(_FAR_DENOMINATOR, far),
    )
    return np.where(q < 0.0, -value, value)


def normal_quantile(u: npt.ArrayLike) -> Array:
    """Standard normal quantiles.

    Args:
        u: Probabilities strictly between 0 and 1, any shape.

    Returns:
        The numbers below which a standard normal variable falls with these probabilities.

    Raises:
        ValueError: A probability is not strictly between 0 and 1.
    """
    probability = np.asarray(u, dtype=np.float64)
    if not ((probability > 0.0) & (probability < 1.0)).all():
        raise ValueError("probabilities must lie strictly between 0 and 1")
    flat = probability.ravel()
    q = flat - 0.5
    r = _CENTRE_SQUARED - q * q
    value = q * _polynomial(_CENTRE_NUMERATOR, r) / _polynomial(_CENTRE_DENOMINATOR, r)
    tail = np.flatnonzero(np.abs(q) > _CENTRE)
    if tail.size:
        value[tail] = _tail(flat[tail], q[tail])
    return value.reshape(probability.shape)
