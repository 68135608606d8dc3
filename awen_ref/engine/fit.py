"""Least squares: the smallest sum of squared residuals, by Gauss-Newton or along a gradient (AWB-R-553).

Gauss-Newton is damped by the rule of Levenberg and Marquardt (J. SIAM 11 (1963) 431):
`(J^T J + l D) s = -J^T r` with D the diagonal of `J^T J`, or 1 where that is 0; l falls to a tenth where the
sum falls, and rises tenfold where it does not. Steepest descent doubles its last step length and halves it
until the sum falls.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.pairwise import pairwise_sum
from awen_ref.engine.phases import solve_linear

__all__ = ["Fit", "Guard", "Problem", "descend", "gauss_newton", "rms"]

Guard = Callable[[Array], None]
"""Sees each step before it is taken; raises to refuse it."""

_STEP = 2.0**-17  # about the cube root of the unit roundoff: best for central differences
_STILL = 1e-13
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What is minimised, and when to stop.

    Attributes:
        residuals: Unknowns, shape (n,), to residuals, shape (m,).
        gradient: Unknowns to the gradient of the sum of squares; steepest descent only.
        guard: Sees each step.
        iterations: Most steps.
        tolerance: Root mean square of the residuals below which it stops.
    """

    residuals: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    guard: Guard
    iterations: int
    tolerance: float


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What was found.

    Attributes:
        unknowns: Shape (n,).
        residuals: Of them.
        iterations: Steps taken.
        converged: Whether it stopped because no step lowers the sum, or the tolerance was met.
    """

    unknowns: Array
    residuals: Array
    iterations: int
    converged: bool


def rms(residuals: Array) -> float:
    """Root mean square."""
    return float(np.sqrt(pairwise_sum(residuals * residuals) / float(max(1, residuals.size))))


def _jacobian(problem: Problem, x: Array) -> Array:
    """Central differences, shape (m, n)."""
    columns = []
    for k in range(x.size):
        up, down = x.copy(), x.copy()
        up[k], down[k] = x[k] + _STEP, x[k] - _STEP
        columns.append((problem.residuals(up) - problem.residuals(down)) / (up[k] - down[k]))
    return np.stack(columns, axis=1)


def _square(r: Array) -> float:
    return float(pairwise_sum(r * r))


def gauss_newton(problem: Problem, start: Array) -> Fit:
    """Minimise with damped Gauss-Newton steps."""
    x, r, damping = start.copy(), problem.residuals(start), 1e-3
    for iteration in range(problem.iterations):
        if rms(r) <= problem.tolerance:
            return Fit(x, r, iteration, converged=True)
        j = _jacobian(problem, x)
        normal = pairwise_sum(j[:, :, np.newaxis] * j[:, np.newaxis, :])
        slope = pairwise_sum(j * r[:, np.newaxis])
        diagonal = np.where(np.diag(normal) > 0.0, np.diag(normal), 1.0)
        for _ in range(_TRIES):
            step = solve_linear(normal + np.diag(damping * diagonal), -slope.reshape(-1, 1))[:, 0]
            found = problem.residuals(x + step)
            if _square(found) < _square(r):
                break
            damping *= 10.0
        else:
            return Fit(x, r, iteration, converged=True)
        problem.guard(step)
        x, r, damping = x + step, found, damping * 0.1
        if float(np.abs(step).max()) <= _STILL:
            return Fit(x, r, iteration + 1, converged=True)
    return Fit(x, r, problem.iterations, converged=rms(r) <= problem.tolerance)


def descend(problem: Problem, start: Array) -> Fit:
    """Minimise along the gradient."""
    x, r, length = start.copy(), problem.residuals(start), 1.0
    for iteration in range(problem.iterations):
        if rms(r) <= problem.tolerance:
            return Fit(x, r, iteration, converged=True)
        slope = problem.gradient(x)
        length *= 2.0
        for _ in range(_TRIES):
            step = -length * slope
            found = problem.residuals(x + step)
            if _square(found) < _square(r):
                break
            length *= 0.5
        else:
            return Fit(x, r, iteration, converged=True)
        problem.guard(step)
        x, r = x + step, found
        if float(np.abs(step).max()) <= _STILL:
            return Fit(x, r, iteration + 1, converged=True)
    return Fit(x, r, problem.iterations, converged=rms(r) <= problem.tolerance)
