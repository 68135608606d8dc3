"""Start-up self-test: does this process, with everything loaded into it, compute the bits that it should?

A library built with -ffast-math can switch the processor to flush subnormals for the whole process, and a
numpy built with contraction would fuse what must be rounded twice. A probe of every function of the package
is compared with a stored digest; a run of which the probe fails is labelled `numeric`, not `bit_exact`.
"""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from awen_ref.engine.numerics.decimal_scale import db_amplitude, relaxation
from awen_ref.engine.numerics.double_double import Array, divide, multiply
from awen_ref.engine.numerics.explog import exp, log
from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.pairwise import pairwise_sum
from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.numerics.poisson import poisson_quantile
from awen_ref.engine.numerics.trig import sincos, sincos_turns

__all__ = ["BIT_EXACT", "EXPECTED", "NUMERIC", "determinism", "probe_digest", "subnormals_kept"]

BIT_EXACT = "bit_exact"
NUMERIC = "numeric"
EXPECTED = "34395a67c8ac06cd159b5a5067c9a2d43ba8abc8b18c9251ec19c2059d7222c2"
"""SHA-256 of the probe's results, little-endian."""

_COUNT = 256
_LEAST = 5e-324


def subnormals_kept() -> bool:
    """Whether subnormal operands and results survive, in numpy's loops (vector and tail) and in Python."""
    tiny = np.full(19, np.finfo(np.float64).tiny)
    least = np.full(19, _LEAST)
    halves, doubles = tiny * 0.5, least + least
    scalar = float(tiny[0]) / 2.0
    kept = (halves > 0.0) & (doubles == 2.0 * _LEAST) & (doubles > least)
    return bool(kept.all()) and scalar > 0.0


def _basic(u: Array) -> Iterator[npt.NDArray[np.generic]]:
    """The operations themselves: what a fused multiply-add or flushed subnormals would change."""
    a, b, c, d = (x.copy() for x in u.T)
    yield a * b - c * d
    yield np.sqrt(a) / (b + c)
    yield np.rint((a - b) * 1e9)
    yield from divide(multiply((a, a * 2.0**-54), (b, b * 2.0**-55)), (c, c * 2.0**-56))
    yield (a - b) * 2.0**-1040
    yield pairwise_sum(u[:-1])


def _results() -> Iterator[npt.NDArray[np.generic]]:
    """Results of the probe, in a fixed order."""
    u = Stream.of("0", "self_test", "probe").uniforms(_COUNT, 4)
    yield u
    yield from _basic(u)
    angles = np.concatenate([(u[:, 0] - 0.5) * 600.0, np.ldexp(1.0, np.arange(-40, 40)), [-0.0]])
    yield from sincos(angles)
    yield from sincos_turns(angles, angles * 2.0**-60)
    yield exp((u[:, 1] - 0.5) * 1490.0)
    yield log(u[:, 2])
    yield normal_quantile(u[:, 3])
    yield poisson_quantile(np.array([0.0, 0.3, 255.0, 1e9]), u).astype("<u8")
    yield np.array([db_amplitude(0.1 * k) for k in range(1, 9)])
    yield np.array([relaxation(0.25, float(k)) for k in range(1, 9)])


def probe_digest() -> str:
    """SHA-256 of the results of the probe, lower-case hex."""
    digest = hashlib.sha256()
    for result in _results():
        digest.update(np.ascontiguousarray(result.astype(result.dtype.newbyteorder("<"))).tobytes())
    return digest.hexdigest()


def determinism() -> str:
    """`bit_exact` where the self-test passes, `numeric` where it does not."""
    return BIT_EXACT if subnormals_kept() and probe_digest() == EXPECTED else NUMERIC
