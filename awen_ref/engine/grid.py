"""The grid: at which vacuum wavelengths the circuit is solved (AWB-R-420 to 423)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from awen_ref.engine.numerics.double_double import Array
from awen_ref.errors import Finding

__all__ = ["EXPERIMENT", "SPEED_OF_LIGHT_UM_THZ", "Grid", "read_grid"]

EXPERIMENT = "data/inputs/experiment.json"
SPEED_OF_LIGHT_UM_THZ = 299.792458
"""Speed of light in um·THz, that is um/ps."""

_BOUNDS = {"wavelength": ("start_um", "stop_um"), "frequency": ("start_thz", "stop_thz")}


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The points at which the circuit is solved.

    Attributes:
        wavelengths_um: Vacuum wavelengths in um, shape (W,), in the order of the grid.
        kind: `wavelength`, `frequency` or `wavelength_list`.
    """

    wavelengths_um: Array
    kind: str

    @property
    def points(self) -> int:
        """Number of wavelengths."""
        return self.wavelengths_um.size


def read_grid(document: Mapping[str, Any], findings: list[Finding]) -> Grid:
    """The grid of an experiment; what is wrong with it goes to `findings`, one arbitrary point comes back.

    Args:
        document: The member `grid` of `experiment.json`.
        findings: Receives AWB-SEM-117.
    """
    kind = document["kind"]
    points, problem = _listed(document) if kind == "wavelength_list" else _spaced(document, *_BOUNDS[kind])
    if problem:
        findings.append(Finding("AWB-SEM-117", problem, EXPERIMENT, "/grid"))
        return Grid(np.ones(1), kind)
    return Grid(SPEED_OF_LIGHT_UM_THZ / points if kind == "frequency" else points, kind)


def _spaced(document: Mapping[str, Any], first: str, last: str) -> tuple[Array, str]:
    """Equidistant points `start + (stop - start) * i / (points - 1)`, in that order of operations."""
    start, stop, points = float(document[first]), float(document[last]), document["points"]
    if not (np.isfinite(start) and np.isfinite(stop)) or start <= 0.0:
        return np.ones(1), f"{first} {start!r} and {last} {stop!r} must be finite and positive"
    if points < 1:
        return np.ones(1), f"the grid has {points} points"
    if points == 1:
        return np.array(
            [start]
        ), "" if start == stop else f"one point, but {first} {start!r} is not {last} {stop!r}"
    if start >= stop:
        return np.ones(1), f"{first} {start!r} is not below {last} {stop!r}"
    return start + (stop - start) * np.arange(points, dtype=np.float64) / float(points - 1), ""


def _listed(document: Mapping[str, Any]) -> tuple[Array, str]:
    """The wavelengths as they are listed."""
    values = np.array(document["values_um"], dtype=np.float64)
    if values.size == 0:
        return values, "the grid lists no wavelength"
    if not np.isfinite(values).all() or values[0] <= 0.0 or (values[1:] <= values[:-1]).any():
        return values, "values_um must be positive, finite and strictly ascending"
    return values, ""
