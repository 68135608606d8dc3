"""Group delay: how the phase of a field changes with frequency (AWB-R-487 to 489).

The circuit is solved beside every point of the grid, `2**-30` of the wavelength to either side, and the
logarithmic derivative of the field taken from the three fields by Simpson's rule: for a wave that is delayed
by t alone, with x = pi t dnu, the estimate is t (1 - x**4 / 180 + ...), where a plain difference would give
t (1 - x**2 / 6). The step balances that against rounding, which leaves some 1e-10 ps.
"""

from collections.abc import Iterable

import numpy as np

from awen_ref.engine.grid import SPEED_OF_LIGHT_UM_THZ, Grid
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.state import Pair

__all__ = ["DELAY_MONITOR", "Sides", "beside", "group_delay_ps", "widened"]

DELAY_MONITOR = "delay_monitor"
"""The kind that reads a group delay."""

Sides = tuple[Pair, Pair]
"""A field at the longer and at the shorter wavelength beside each point of the grid."""

_STEP = 2.0**-30
_PI = 3.141592653589793


def beside(wavelengths_um: Array) -> tuple[Array, Array]:
    """The longer and the shorter wavelength beside each one, in um; one rounded product each."""
    return wavelengths_um * (1.0 + _STEP), wavelengths_um * (1.0 - _STEP)


def widened(grid: Grid, kinds: Iterable[str]) -> Grid:
    """Every wavelength at which a graph of these kinds is solved on a grid."""
    if DELAY_MONITOR not in kinds:
        return grid
    return Grid(np.concatenate([grid.wavelengths_um, *beside(grid.wavelengths_um)]), grid.kind)


def group_delay_ps(field: Pair, sides: Sides, wavelengths_um: Array) -> Array:
    """The group delay of a field in ps, 0 where there is no light (AWB-R-487).

    Args:
        field: At the wavelengths of the grid, shape (..., W).
        sides: Beside them, likewise.
        wavelengths_um: The grid, shape (W,).
    """
    (re, im), ((re_long, im_long), (re_short, im_short)) = field, sides
    longer, shorter = beside(wavelengths_um)
    span = SPEED_OF_LIGHT_UM_THZ * (longer - shorter) / longer / shorter
    change_re, change_im = re_short - re_long, im_short - im_long
    six_re, six_im = (re_short + re_long) + 4.0 * re, (im_short + im_long) + 4.0 * im
    square = six_re * six_re + six_im * six_im
    lit = (square > 0.0) & (span > 0.0)
    turned = (six_re * change_im - six_im * change_re) / np.where(lit, square, 1.0)
    return np.where(lit, 3.0 * turned / (_PI * np.where(lit, span, 1.0)), 0.0)
