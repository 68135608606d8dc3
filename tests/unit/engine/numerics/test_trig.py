import json
import math
from pathlib import Path

import gmpy2  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pytest

from awen_ref.engine.numerics import exact, trig
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.trig import sincos, sincos_turns
from awen_ref.engine.numerics.ziv import Mask

ASSETS = Path(__file__).parents[3] / "assets" / "numerics"
DOUBLE = gmpy2.context(precision=53, subnormalize=True, emin=-1073, emax=1024)
WIDE = gmpy2.context(precision=200)


def generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def by_mpfr(x: Array) -> tuple[Array, Array]:
    with DOUBLE:
        pairs = [gmpy2.sin_cos(gmpy2.mpfr(value)) for value in x.tolist()]
    return np.array([float(s) for s, _ in pairs]), np.array([float(c) for _, c in pairs])


def turns_by_mpfr(t: Array, low: Array) -> tuple[Array, Array]:
    with WIDE:
        turn = 2 * gmpy2.const_pi()
        pairs = [
            gmpy2.sin_cos(turn * gmpy2.fmod(gmpy2.mpfr(a) + gmpy2.mpfr(b), 1))
            for a, b in zip(t.tolist(), low.tolist(), strict=True)
        ]
    return np.array([float(s) for s, _ in pairs]), np.array([float(c) for _, c in pairs])


def same_bits(ours: Array, expected: Array) -> bool:
    return bool(np.array_equal(ours.view(np.int64), expected.view(np.int64)))


@pytest.mark.parametrize(
    ("seed", "bound", "count"),
    [(1, 300.0, 120_000), (2, 8.0, 60_000), (3, 2.0**19, 60_000), (4, 1e-3, 20_000)],
)
def test_radians_are_correctly_rounded(seed: int, bound: float, count: int) -> None:
    # AWB-R-481
    x = generator(seed).uniform(-bound, bound, count)
    for ours, expected in zip(sincos(x), by_mpfr(x), strict=True):
        assert same_bits(ours, expected)


def test_radians_next_to_multiples_of_a_quarter_turn_are_correctly_rounded() -> None:
    quarters = np.arange(-15_000, 15_000) * (math.pi / 2)
    x = np.concatenate([quarters, np.nextafter(quarters, np.inf)])
    for ours, expected in zip(sincos(x), by_mpfr(x), strict=True):
        assert np.array_equal(ours, expected)


def test_radians_of_every_binade_are_correctly_rounded() -> None:
    draw = generator(5)
    x = np.ldexp(draw.uniform(-2, 2, 3_000), draw.integers(-1074, 1023, 3_000))
    for ours, expected in zip(sincos(x), by_mpfr(x), strict=True):
        assert same_bits(ours, expected)


@pytest.mark.parametrize(("seed", "bound"), [(6, 2000.0), (7, 1.0), (8, 2.0**31)])
def test_turns_are_correctly_rounded(seed: int, bound: float) -> None:
    t = generator(seed).uniform(-bound, bound, 60_000)
    for ours, expected in zip(sincos_turns(t), turns_by_mpfr(t, np.zeros(t.size)), strict=True):
        assert same_bits(ours, expected)


def test_turns_as_double_doubles_are_correctly_rounded() -> None:
    draw = generator(9)
    t = draw.uniform(-4e5, 4e5, 60_000)
    low = np.spacing(t) * draw.uniform(-0.5, 0.5, t.size)
    for ours, expected in zip(sincos_turns(t, low), turns_by_mpfr(t, low), strict=True):
        assert same_bits(ours, expected)


@pytest.mark.parametrize("name", ["sincos", "sincos_turns"])
def test_vectors_of_mpmath_are_met(name: str) -> None:
    rows = json.loads((ASSETS / f"{name}.json").read_text(encoding="utf-8"))
    assert len(rows) >= 100
    for row in rows:
        value = {key: float.fromhex(text) for key, text in row.items()}
        s, c = sincos(value["x"]) if name == "sincos" else sincos_turns(value["turns"], value["low"])
        assert (float(s), float(c)) == (value["sin"], value["cos"]), row


def test_zero_sines_have_the_sign_of_the_argument_and_zero_cosines_are_positive() -> None:
    t = np.array([0.0, -0.0, 0.5, -0.5, 1.0, -3.0, 2.0**40, -(2.0**1000)])
    s, c = sincos_turns(t)
    assert same_bits(s, np.copysign(0.0, t))
    assert np.array_equal(c, [1.0, 1.0, -1.0, -1.0, 1.0, 1.0, 1.0, 1.0])
    s, c = sincos_turns(np.array([0.25, -0.25, 0.75, -1.75]))
    assert same_bits(c, np.zeros(4))
    assert np.array_equal(s, [1.0, -1.0, -1.0, 1.0])
    s, c = sincos(np.array([0.0, -0.0]))
    assert same_bits(s, np.array([0.0, -0.0]))
    assert np.array_equal(c, [1.0, 1.0])


def test_shapes_and_scalars_pass_through() -> None:
    x = generator(10).uniform(-9, 9, (3, 1, 5))
    s, c = sincos(x)
    assert s.shape == c.shape == x.shape
    assert np.array_equal(s[2, 0, 3], sincos(x[2, 0, 3])[0])
    s, c = sincos_turns(x, np.zeros((1, 2, 1)))
    assert s.shape == (3, 2, 5)
    assert sincos(np.empty(0))[0].shape == (0,)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_arguments_that_are_not_finite_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        sincos([0.0, bad])
    with pytest.raises(ValueError, match="finite"):
        sincos_turns(bad)
    with pytest.raises(ValueError, match="finite"):
        sincos_turns(0.0, bad)


def test_a_sum_of_turns_beyond_the_largest_float_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        sincos_turns(1.7e308, 1.7e308)


@pytest.mark.parametrize(
    ("stage", "allowed"), [("quick", trig._QUICK_ERROR), ("accurate", trig._ACCURATE_ERROR)]
)
def test_each_stage_keeps_its_error_bound_with_a_factor_of_four_to_spare(
    stage: str, allowed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Array, Array]] = []

    def record(hi: Array, lo: Array, _error: Array) -> Mask:
        seen.append((hi, lo))
        return np.zeros(hi.shape, dtype=np.bool_)

    monkeypatch.setattr(trig, "undecided", record)
    x = generator(11).uniform(-2000, 2000, 20_000)
    getattr(trig._RADIANS, stage)(x)
    quarters = np.rint(x * trig._TWO_OVER_PI)
    worst = 0.0
    for (hi, lo), odd_first in zip(seen, (False, True), strict=True):
        with WIDE:
            for value, high, rest, quarter in zip(
                x.tolist(), hi.tolist(), lo.tolist(), quarters.tolist(), strict=True
            ):
                s, c = gmpy2.sin_cos(gmpy2.mpfr(value))
                expected = c if (quarter % 2 == 1) != odd_first else s
                given = abs(gmpy2.mpfr(high) + gmpy2.mpfr(rest))
                worst = max(worst, float(abs(given / abs(expected) - 1)))
    assert worst < allowed / 4


def test_constants_are_cut_from_pi() -> None:
    parts = [trig._P1, trig._P2, trig._P3, trig._P4]
    total = sum(int(math.ldexp(p, 250)) for p in parts)
    assert abs(total - (exact.pi_scaled(260) >> 11)) < 1 << (250 - 155)
    for index, part in enumerate(parts[:3]):
        assert int(math.ldexp(part, 34 * index + 34)) == math.ldexp(part, 34 * index + 34)
