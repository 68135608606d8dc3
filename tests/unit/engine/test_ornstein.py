import math

import numpy as np
import pytest
from scipy import stats

from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.ornstein import drift

FALSE_ALARM = 1e-3  # of each statistical test here, had its seed not been fixed
SECOND = 10**12
SIGMA, TAU = 2.0, 10.0
PATHS = 600
EXPECTED = [
    "0x1.3e5da4c66afbap-10",
    "0x1.3e5da4f4d7564p-10",
    "-0x1.174fcb8543d0fp-11",
    "-0x1.8a9e8d32db3eep-11",
]


def paths(*times_s: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    streams = [Stream.of("1", f"phase_{i}", "phase_drift") for i in range(PATHS)]
    return np.array([[drift(s, int(t * SECOND), sigma=SIGMA, tau_s=TAU) for t in times_s] for s in streams])


def test_the_drift_is_stationary_normal_with_the_stated_deviation() -> None:
    for column in paths(0.0, 3.0, 1e6).T:
        assert stats.kstest(column / SIGMA, "norm").pvalue > FALSE_ALARM


def test_the_correlation_decays_exponentially_with_the_correlation_time() -> None:
    x = paths(1000.0, 1001.0, 1010.0, 1040.0)
    limit = float(stats.norm.isf(FALSE_ALARM / 2)) / math.sqrt(PATHS - 3)
    for later, elapsed in ((1, 1.0), (2, 10.0), (3, 40.0)):
        found = float(np.corrcoef(x[:, 0], x[:, later])[0, 1])
        assert abs(math.atanh(found) - math.atanh(math.exp(-elapsed / TAU))) < limit


def test_increments_after_a_time_do_not_depend_on_the_past_beyond_it() -> None:
    x = paths(1000.0, 1005.0, 1010.0)
    r = math.exp(-0.5)
    before, after = x[:, 1] - r * x[:, 0], x[:, 2] - r * x[:, 1]
    assert abs(float(np.corrcoef(before, after)[0, 1])) < float(stats.norm.isf(FALSE_ALARM / 2)) / math.sqrt(
        PATHS
    )


def test_one_path_is_seen_whatever_was_asked_before() -> None:
    stream = Stream.of("5", "phi", "phase_drift")
    near = [drift(stream, 1000 * SECOND + offset, sigma=SIGMA, tau_s=TAU) for offset in (0, 1, 10**6)]
    assert abs(near[1] - near[0]) < 1e-5
    assert abs(near[2] - near[0]) < 1e-1
    assert drift(stream, 1000 * SECOND, sigma=SIGMA, tau_s=TAU) == near[0]


def test_the_bits_of_a_path_are_fixed() -> None:
    """AWB-R-547."""
    stream = Stream.of("7", "phi", "phase_drift")
    found = [drift(stream, at, sigma=1e-3, tau_s=3600.0).hex() for at in (0, 1, 86_400 * SECOND, 2**64 - 1)]
    assert found == EXPECTED


@pytest.mark.parametrize("at_ps", [0, 5, 2**64 - 1])
def test_a_phase_that_does_not_wander_needs_no_correlation_time(at_ps: int) -> None:
    assert drift(Stream.of("1", "phi", "phase_drift"), at_ps, sigma=0.0, tau_s=0.0) == 0.0
