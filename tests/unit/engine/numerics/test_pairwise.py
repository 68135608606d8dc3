from fractions import Fraction

import numpy as np
import pytest

from awen_ref.engine.numerics.pairwise import pairwise_sum


def reference(values: list[float]) -> float:
    while len(values) > 1:
        pairs = [values[i] + values[i + 1] for i in range(0, len(values) - 1, 2)]
        values = pairs + values[len(values) - len(values) % 2 :]
    return values[0]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 63, 64, 65, 1001])
def test_neighbours_are_added_two_by_two(count: int) -> None:
    # AWB-R-484
    values = np.random.Generator(np.random.PCG64(count)).normal(size=(count, 3))
    expected = [reference(values[:, column].tolist()) for column in range(3)]
    assert np.array_equal(pairwise_sum(values), expected)


def test_the_error_grows_with_the_logarithm_of_the_count() -> None:
    values = np.random.Generator(np.random.PCG64(1)).uniform(0, 1, 100_000)
    exact = sum(map(Fraction, values.tolist()))
    assert abs(Fraction(float(pairwise_sum(values))) - exact) <= 17 * Fraction(1, 1 << 53) * exact


def test_another_axis_gives_the_same_bits() -> None:
    values = np.random.Generator(np.random.PCG64(2)).normal(size=(7, 11, 5))
    assert np.array_equal(pairwise_sum(values, axis=1), pairwise_sum(np.moveaxis(values, 1, 0)))


def test_the_sum_of_nothing_is_zero() -> None:
    assert np.array_equal(pairwise_sum(np.empty((0, 2))), [0.0, 0.0])


def test_one_number_is_its_own_sum_and_not_a_view() -> None:
    values = np.array([[1.5, -0.0]])
    total = pairwise_sum(values)
    total[0] = 9.0
    assert values[0, 0] == 1.5
