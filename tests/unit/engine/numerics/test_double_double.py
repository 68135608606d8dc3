from fractions import Fraction

import numpy as np
import pytest

from awen_ref.engine.numerics import double_double as dd
from awen_ref.engine.numerics.double_double import Array, DoubleDouble

UNIT = Fraction(1, 1 << 53)


def numbers(seed: int, count: int = 2_000) -> Array:
    draw = np.random.Generator(np.random.PCG64(seed))
    return np.ldexp(draw.uniform(-1, 1, count), draw.integers(-60, 60, count))


def pairs(seed: int) -> DoubleDouble:
    hi = numbers(seed)
    return dd.quick_two_sum(
        hi, np.spacing(hi) * np.random.Generator(np.random.PCG64(seed + 99)).uniform(-0.5, 0.5, hi.size)
    )


def value(x: DoubleDouble, index: int) -> Fraction:
    return Fraction(float(x[0][index])) + Fraction(float(x[1][index]))


def test_sums_and_products_of_floats_are_exact() -> None:
    a, b = numbers(1), numbers(2)
    total, product, halves = dd.two_sum(a, b), dd.two_prod(a, b), dd.split(a)
    for i in range(a.size):
        x, y = Fraction(float(a[i])), Fraction(float(b[i]))
        assert value(total, i) == x + y
        assert value(product, i) == x * y
        assert value(halves, i) == x


def test_ordered_sums_are_exact() -> None:
    a, b = numbers(3), numbers(4)
    large = np.where(np.abs(a) >= np.abs(b), a, b)
    small = np.where(np.abs(a) >= np.abs(b), b, a)
    total = dd.quick_two_sum(large, small)
    for i in range(a.size):
        assert value(total, i) == Fraction(float(a[i])) + Fraction(float(b[i]))


@pytest.mark.parametrize(("name", "units"), [("add", 4), ("multiply", 7), ("divide", 16)])
def test_double_double_operations_keep_their_bounds(name: str, units: int) -> None:
    x, y = pairs(5), pairs(6)
    if name == "add":
        y = (np.where(np.arange(y[0].size) % 2, y[0], -x[0] * (1 + 2.0**-40)), y[1] * 0.0)
    result = getattr(dd, name)(x, y)
    for i in range(x[0].size):
        a, b = value(x, i), value(y, i)
        expected = {"add": a + b, "multiply": a * b, "divide": a / b}[name]
        assert abs(value(result, i) - expected) <= units * UNIT**2 * abs(expected)


def test_adding_a_float_keeps_its_bound() -> None:
    x, y = pairs(7), numbers(8)
    result = dd.add_double(x, y)
    for i in range(y.size):
        expected = value(x, i) + Fraction(float(y[i]))
        assert abs(value(result, i) - expected) <= 2 * UNIT**2 * abs(expected)
