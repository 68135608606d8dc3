import json
import math
from collections.abc import Callable
from pathlib import Path

import gmpy2  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pytest

from awen_ref.engine.numerics import explog
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.explog import exp, log
from awen_ref.engine.numerics.ziv import Mask

ASSETS = Path(__file__).parents[3] / "assets" / "numerics"
DOUBLE = gmpy2.context(precision=53, subnormalize=True, emin=-1073, emax=1024)
WIDE = gmpy2.context(precision=200)


def generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def by_mpfr(function: Callable[[gmpy2.mpfr], gmpy2.mpfr], x: Array) -> Array:
    with DOUBLE:
        return np.array([float(function(gmpy2.mpfr(value))) for value in x.tolist()])


@pytest.mark.parametrize(("seed", "low", "high", "count"), [(1, -750, 712, 120_000), (2, -1, 1, 80_000)])
def test_exp_is_correctly_rounded(seed: int, low: float, high: float, count: int) -> None:
    x = generator(seed).uniform(low, high, count)
    assert np.array_equal(exp(x), by_mpfr(gmpy2.exp, x))


def test_exp_of_small_arguments_is_correctly_rounded() -> None:
    draw = generator(3)
    x = np.ldexp(draw.uniform(-2, 2, 10_000), draw.integers(-90, 0, 10_000))
    assert np.array_equal(exp(x), by_mpfr(gmpy2.exp, x))


@pytest.mark.parametrize(("seed", "low", "high", "count"), [(4, 5e-324, 1, 100_000), (5, 0.9, 1.1, 80_000)])
def test_log_is_correctly_rounded(seed: int, low: float, high: float, count: int) -> None:
    x = generator(seed).uniform(low, high, count)
    assert np.array_equal(log(x), by_mpfr(gmpy2.log, x))


def test_log_of_every_binade_and_next_to_one_is_correctly_rounded() -> None:
    draw = generator(6)
    binades = np.ldexp(draw.uniform(0.5, 1, 20_000), draw.integers(-1072, 1025, 20_000))
    next_to_one = 1 + np.ldexp(draw.uniform(-1, 1, 20_000), draw.integers(-53, -3, 20_000))
    cells = np.concatenate([1 + np.arange(257) / 256, (1 + np.arange(257) / 256) / 2])
    edges = np.concatenate([cells, np.nextafter(cells, 0), np.nextafter(cells, 3)])
    for x in (binades, next_to_one, edges):
        assert np.array_equal(log(x), by_mpfr(gmpy2.log, x))


@pytest.mark.parametrize(("name", "function"), [("exp", exp), ("log", log)])
def test_vectors_of_mpmath_are_met(name: str, function: Callable[[float], Array]) -> None:
    rows = json.loads((ASSETS / f"{name}.json").read_text(encoding="utf-8"))
    assert len(rows) >= 150
    for row in rows:
        assert float(function(float.fromhex(row["x"]))) == float.fromhex(row[name]), row


def test_results_without_a_finite_neighbour_are_infinite_or_zero() -> None:
    assert np.array_equal(
        exp([709.7827128933841, 1e308, -745.1332191019412, -1e308]), [np.inf, np.inf, 0.0, 0.0]
    )
    assert float(exp(-745.1332191019411)) == 5e-324


def test_logarithm_of_one_is_positive_zero() -> None:
    assert math.copysign(1.0, float(log(1.0))) == 1.0
    assert float(log(1.0)) == 0.0


@pytest.mark.parametrize("bad", [0.0, -1.0, math.inf, math.nan])
def test_logarithms_of_what_is_not_positive_and_finite_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="positive and finite"):
        log([1.0, bad])


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
def test_exponentials_of_what_is_not_finite_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        exp([1.0, bad])


def test_shapes_pass_through() -> None:
    x = generator(7).uniform(0.5, 2, (2, 3, 4))
    assert exp(x).shape == log(x).shape == x.shape
    assert float(exp(x)[1, 2, 3]) == float(exp(x[1, 2, 3]))


@pytest.mark.parametrize(
    ("stage", "function", "allowed"),
    [
        ("_exp_quick", gmpy2.exp, explog._EXP_QUICK_ERROR),
        ("_exp_accurate", gmpy2.exp, explog._ACCURATE_ERROR),
        ("_log_quick", gmpy2.log, explog._LOG_QUICK_ERROR),
        ("_log_accurate", gmpy2.log, explog._ACCURATE_ERROR),
    ],
)
def test_each_stage_keeps_its_error_bound_with_a_factor_of_four_to_spare(
    stage: str, function: Callable[[gmpy2.mpfr], gmpy2.mpfr], allowed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Array, Array]] = []

    def record(hi: Array, lo: Array, _error: Array) -> Mask:
        seen.append((hi, lo))
        return np.zeros(hi.shape, dtype=np.bool_)

    monkeypatch.setattr(explog, "undecided", record)
    x = generator(8).uniform(0.3, 3.0, 20_000)
    getattr(explog, stage)(x)
    ((hi, lo),) = seen
    worst = 0.0
    with WIDE:
        for value, high, rest in zip(x.tolist(), hi.tolist(), lo.tolist(), strict=True):
            expected = function(gmpy2.mpfr(value))
            ratio = (gmpy2.mpfr(high) + gmpy2.mpfr(rest)) / expected
            if stage.startswith("_exp"):
                ratio = ratio * gmpy2.exp2(gmpy2.rint(gmpy2.log2(expected) - gmpy2.log2(high)))
            worst = max(worst, float(abs(ratio - 1)))
    assert worst < allowed / 4
