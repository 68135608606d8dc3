from collections.abc import Callable

import numpy as np
import pytest

from awen_ref.engine.fit import Fit, Problem, descend, gauss_newton, rms
from awen_ref.engine.numerics.double_double import Array

AT = np.linspace(0.0, 3.0, 30)
TRUE = np.array([1.5, -0.4])


def residuals(x: Array) -> Array:
    return np.asarray(np.cos(x[0] * AT + x[1]) - np.cos(TRUE[0] * AT + TRUE[1]))


def gradient(x: Array) -> Array:
    slope = -2.0 * residuals(x) * np.sin(x[0] * AT + x[1])
    return np.array([(slope * AT).sum(), slope.sum()])


def problem(iterations: int = 200, tolerance: float = 0.0, guard: float = np.inf) -> Problem:
    def watch(step: Array) -> None:
        if np.abs(step).max() > guard:
            raise ArithmeticError("too far")

    return Problem(residuals, gradient, watch, iterations, tolerance)


def test_gauss_newton_finds_the_minimum_to_rounding() -> None:
    fit = gauss_newton(problem(), np.array([1.3, -0.2]))
    assert fit.converged
    assert np.allclose(fit.unknowns, TRUE, atol=1e-12)
    assert fit.iterations < 12


def test_descent_finds_the_minimum_slowly() -> None:
    fit = descend(problem(iterations=2_000, tolerance=1e-8), np.array([1.3, -0.2]))
    assert fit.converged
    assert np.allclose(fit.unknowns, TRUE, atol=1e-6)


@pytest.mark.parametrize("method", [gauss_newton, descend])
def test_a_tolerance_that_is_met_at_once_takes_no_step(method: Callable[[Problem, Array], Fit]) -> None:
    fit = method(problem(tolerance=1.0), np.array([1.3, -0.2]))
    assert (fit.iterations, fit.converged) == (0, True)


def test_too_few_steps_do_not_converge() -> None:
    fit = gauss_newton(problem(iterations=1), np.array([1.0, 0.4]))
    assert (fit.iterations, fit.converged) == (1, False)


def test_a_direction_that_nothing_depends_on_stays_where_it_was() -> None:
    flat = Problem(lambda x: residuals(x[:2]), gradient, lambda _: None, 100, 0.0)
    fit = gauss_newton(flat, np.array([1.3, -0.2, 7.0]))
    assert np.allclose(fit.unknowns, [*TRUE, 7.0], atol=1e-10)


def test_the_guard_sees_every_step_before_it_is_taken() -> None:
    with pytest.raises(ArithmeticError):
        gauss_newton(problem(guard=1e-3), np.array([1.3, -0.2]))


def test_the_root_mean_square_of_nothing_is_zero() -> None:
    assert rms(np.array([3.0, 4.0])) == np.sqrt(12.5)
    assert rms(np.empty(0)) == 0.0
