import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy import special, stats

from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.philox import Stream

ASSETS = Path(__file__).parents[3] / "assets" / "numerics"
FALSE_ALARM = 1e-3  # of each statistical test here, had its seed not been fixed


def test_quantiles_of_mpmath_are_met_to_2e_15() -> None:
    rows = json.loads((ASSETS / "normal.json").read_text(encoding="utf-8"))
    assert len(rows) >= 150
    for row in rows:
        ours = Fraction(float(normal_quantile(float.fromhex(row["u"]))))
        assert abs(ours - Fraction(row["quantile"])) <= Fraction(2e-15) * abs(ours), row


def test_quantiles_agree_with_scipy_over_the_uniform_numbers() -> None:
    u = Stream.of("3", "node", "normal").uniforms(200_000, 1)
    expected = special.ndtri(u)
    assert float(np.max(np.abs(normal_quantile(u) - expected) / np.maximum(np.abs(expected), 1e-3))) < 3e-15


def test_the_median_is_zero_and_the_sides_mirror_each_other() -> None:
    u = np.array([0.5, 2.0**-53, 0.01, 0.25])
    assert float(normal_quantile(u)[0]) == 0.0
    assert np.array_equal(normal_quantile(1.0 - u[1:3])[:1], -normal_quantile(u[1:2]))
    assert np.array_equal(normal_quantile(0.75), -normal_quantile(0.25))


def test_shapes_pass_through() -> None:
    u = np.random.Generator(np.random.PCG64(1)).uniform(0.001, 0.999, (3, 2, 4))
    assert normal_quantile(u).shape == u.shape
    assert float(normal_quantile(u[2, 1, 3])) == float(normal_quantile(u)[2, 1, 3])


@pytest.mark.parametrize("bad", [0.0, 1.0, -0.1, np.nan])
def test_what_is_no_probability_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="strictly between"):
        normal_quantile([0.5, bad])


def test_numbers_of_a_stream_are_normal() -> None:
    z = normal_quantile(Stream.of("4", "node", "normal").uniforms(500, 400)).ravel()
    assert stats.kstest(z, "norm").pvalue > FALSE_ALARM
    edges = stats.norm.ppf(np.arange(1, 200) / 200)
    assert stats.chisquare(np.bincount(np.searchsorted(edges, z), minlength=200)).pvalue > FALSE_ALARM
    limit = stats.norm.isf(FALSE_ALARM / 2)
    for power, moment, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)):
        assert abs(float((z**power).mean()) - moment) < limit * np.sqrt(variance / z.size)
