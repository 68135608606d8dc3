import math
from fractions import Fraction

import gmpy2  # type: ignore[import-untyped]  # ships no types
import mpmath  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pytest

from awen_ref.engine.numerics import exact

DOUBLE = gmpy2.context(precision=53, subnormalize=True, emin=-1073, emax=1024)


@pytest.mark.parametrize("bits", [64, 192, 1500, 4000])
def test_constants_are_within_one_unit(bits: int) -> None:
    with mpmath.workprec(bits + 100):
        assert abs(exact.pi_scaled(bits) - mpmath.pi * mpmath.mpf(2) ** bits) < 1
        assert abs(exact.ln2_scaled(bits) - mpmath.log(2) * mpmath.mpf(2) ** bits) < 1


def test_big_integers_agree_with_mpfr_on_random_floats() -> None:
    draw = np.random.Generator(np.random.PCG64(1))
    values = np.ldexp(draw.uniform(-2, 2, 1_500), draw.integers(-40, 12, 1_500)).tolist()
    with DOUBLE:
        for x in values:
            s, c = gmpy2.sin_cos(gmpy2.mpfr(x))
            assert exact.sincos(x) == (float(s), float(c))
            assert exact.log(abs(x)) == float(gmpy2.log(gmpy2.mpfr(abs(x))))
            assert exact.exp(x) == float(gmpy2.exp(gmpy2.mpfr(x)))


def test_the_precision_doubles_until_the_rounding_is_certain() -> None:
    turns = Fraction(1, 4) + Fraction(1, 1 << 1074)
    with mpmath.workprec(1400):
        expected = float(-2 * mpmath.pi * mpmath.mpf(2) ** -1070) / 16
    assert exact.sincos_turns(turns, 1.0) == (1.0, expected)


def test_whole_quarters_are_exact_and_their_zeros_signed() -> None:
    for quarters, expected in enumerate([(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)] * 2):
        s, c = exact.sincos_turns(Fraction(quarters, 4), 1.0)
        assert (s, c) == expected
        assert math.copysign(1.0, c) == (math.copysign(1.0, c) if c else 1.0)
    assert math.copysign(1.0, exact.sincos_turns(Fraction(-1, 2), -0.5)[0]) == -1.0


def test_the_largest_float_is_reduced_with_enough_of_pi() -> None:
    largest = float(np.finfo(np.float64).max)
    with DOUBLE:
        s, c = gmpy2.sin_cos(gmpy2.mpfr(largest))
    assert exact.sincos(largest) == (float(s), float(c))


def test_sine_of_negative_zero_keeps_its_sign() -> None:
    assert math.copysign(1.0, exact.sincos(-0.0)[0]) == -1.0
