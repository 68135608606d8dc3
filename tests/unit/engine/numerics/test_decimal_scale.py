import json
import math
from collections.abc import Callable
from pathlib import Path

import mpmath  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pytest

from awen_ref.engine.numerics.decimal_scale import db_amplitude, decay, relaxation, waveguide_amplitude

ASSETS = Path(__file__).parents[3] / "assets" / "numerics"


def generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def test_vectors_of_mpmath_are_met() -> None:
    rows = json.loads((ASSETS / "decibels.json").read_text(encoding="utf-8"))
    assert len(rows) >= 60
    for row in rows:
        assert db_amplitude(float.fromhex(row["loss_db"])) == float.fromhex(row["amplitude"]), row


def test_powers_of_ten_are_the_nearest_floats() -> None:
    for exponent in range(-300, 300, 7):
        assert db_amplitude(-20.0 * exponent) == float(f"1e{exponent}")


def test_the_loss_of_a_length_is_multiplied_in_decimal() -> None:
    draw = generator(1)
    with mpmath.workdps(60):
        for loss, length in zip(
            draw.uniform(0, 5, 500).tolist(), draw.uniform(0, 1e5, 500).tolist(), strict=True
        ):
            expected = mpmath.power(10, -mpmath.mpf(loss) * mpmath.mpf(length) / 200000)
            assert waveguide_amplitude(loss, length) == float(expected)


def test_decays_and_relaxations_are_correctly_rounded() -> None:
    draw = generator(2)
    with mpmath.workdps(80):
        for _ in range(500):
            time, tau = 10 ** draw.uniform(-15, 3), 10 ** draw.uniform(-3, 4)
            ratio = mpmath.mpf(time) / mpmath.mpf(tau)
            expected = float(mpmath.exp(-ratio)), float(mpmath.sqrt(-mpmath.expm1(-2 * ratio)))
            assert relaxation(time, tau) == expected
            assert decay(time, tau, pi=True) == float(
                mpmath.exp(-mpmath.pi * mpmath.mpf(time) * mpmath.mpf(tau))
            )
            assert decay(time) == float(mpmath.exp(-mpmath.mpf(time)))


def test_limits_are_reached_without_an_error() -> None:
    assert relaxation(0.0, 1.0) == (1.0, 0.0)
    assert relaxation(1e6, 1.0) == (0.0, 1.0)
    assert db_amplitude(1e300) == 0.0
    assert decay(1e300, 1e300) == 0.0


@pytest.mark.parametrize("call", [lambda: db_amplitude(math.nan), lambda: waveguide_amplitude(1.0, math.inf)])
def test_losses_that_are_not_finite_are_refused(call: Callable[[], float]) -> None:
    with pytest.raises(ValueError, match="must be finite"):
        call()


def test_a_gain_beyond_the_largest_float_is_refused() -> None:
    with pytest.raises(ValueError, match="no finite amplitude"):
        db_amplitude(-7000.0)


@pytest.mark.parametrize(("elapsed", "tau"), [(-1.0, 1.0), (1.0, 0.0), (1.0, -2.0)])
def test_impossible_relaxations_are_refused(elapsed: float, tau: float) -> None:
    with pytest.raises(ValueError, match="no relaxation"):
        relaxation(elapsed, tau)
