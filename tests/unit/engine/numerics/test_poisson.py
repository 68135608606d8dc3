import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.numerics.poisson import EXACT_LIMIT, LARGEST_MEAN, poisson_quantile

ASSETS = Path(__file__).parents[3] / "assets" / "numerics"
FALSE_ALARM = 1e-3  # of each statistical test here, had its seed not been fixed
SHOTS = 200_000


def sample(mean: float) -> npt.NDArray[np.float64]:
    u = Stream.of("5", "counter", "counts").uniforms(SHOTS, 1)
    return poisson_quantile([mean], u)[:, 0].astype(np.float64)


def test_quantiles_of_the_exact_distribution_are_met() -> None:
    rows = json.loads((ASSETS / "poisson.json").read_text(encoding="utf-8"))
    assert len(rows) >= 140
    for row in rows:
        count = poisson_quantile([float.fromhex(row["mean"])], [[float.fromhex(row["u"])]])
        if float.fromhex(row["u"]) < 0.999:
            assert int(count[0, 0]) == int(row["count"]), row
        else:  # 1 - 2**-53 stands on the rounding of the last cumulated probability
            assert abs(int(count[0, 0]) - int(row["count"])) <= 40, row


@pytest.mark.parametrize("mean", [0.01, 0.7, 3.0, 40.0, EXACT_LIMIT, 256.5, 4_000.0])
def test_counts_follow_the_poisson_distribution(mean: float) -> None:
    counts = sample(mean)
    low, high = (int(stats.poisson.ppf(p, mean)) for p in (1e-3, 1 - 1e-3))
    edges = np.unique(np.linspace(low, high, 60).astype(int))
    probabilities = np.diff(np.concatenate([[0.0], stats.poisson.cdf(edges, mean), [1.0]]))
    observed = np.bincount(np.searchsorted(edges, counts), minlength=edges.size + 1)
    keep = probabilities * SHOTS > 5
    observed = np.append(observed[keep], observed[~keep].sum())
    expected = np.append(probabilities[keep], probabilities[~keep].sum()) * SHOTS
    if expected[-1] < 5:
        observed, expected = observed[:-1], expected[:-1] * observed[:-1].sum() / expected[:-1].sum()
    assert stats.chisquare(observed, expected).pvalue > FALSE_ALARM


@pytest.mark.parametrize("mean", [0.3, 12.0, 200.0, 1e3, 1e6, 1e12])
def test_the_variance_of_the_counts_equals_their_mean(mean: float) -> None:
    counts = sample(mean)
    limit = stats.norm.isf(FALSE_ALARM / 2)
    assert abs(counts.mean() - mean) < limit * np.sqrt(mean / SHOTS)
    assert abs(counts.var() - mean) < limit * np.sqrt((mean + 2 * mean**2) / SHOTS)


def test_the_expansion_above_the_limit_moves_no_count_by_more_than_one() -> None:
    u = Stream.of("6", "counter", "counts").uniforms(20_000, 1)
    for mean in (256.0000001, 300.0, 1e5):
        exact = stats.poisson.ppf(u[:, 0], mean)
        ours = poisson_quantile([mean], u)[:, 0].astype(np.float64)
        assert np.max(np.abs(ours - exact)) <= 1
        assert np.mean(ours != exact) < 0.02


def test_a_mean_of_zero_counts_nothing() -> None:
    assert not poisson_quantile([0.0], [[2.0**-53], [0.5], [1 - 2.0**-53]]).any()


def test_columns_do_not_depend_on_each_other() -> None:
    u = Stream.of("7", "counter", "counts").uniforms(30, 600)
    means = np.linspace(0.0, 600.0, 600)
    together = poisson_quantile(means, u)
    for column in (0, 17, 255, 256, 257, 599):
        assert np.array_equal(
            together[:, column], poisson_quantile(means[column : column + 1], u[:, column : column + 1])[:, 0]
        )


def test_counts_stay_in_range_at_the_largest_mean() -> None:
    counts = poisson_quantile([LARGEST_MEAN], [[2.0**-53], [1 - 2.0**-53]])
    assert counts.dtype == np.uint64
    assert 0 < int(counts[0, 0]) < 2**62 < int(counts[1, 0]) < 2**63


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf, 2.0**63])
def test_means_out_of_range_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="means must lie"):
        poisson_quantile([bad], [[0.5]])


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        poisson_quantile([1.0, 2.0], [[0.5]])
