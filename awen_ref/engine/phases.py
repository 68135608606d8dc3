"""From the phases that an experiment asks for to those that the device has (AWB-R-545 to 551).

What is asked for is corrected by what calibration knows, the crosstalk that it knows is undone, and the
device then adds what it really does:

    command = asked - calibrated offset + run-time correction
    drive   = (calibrated crosstalk)^-1 command
    phase   = offset + crosstalk * drive + (d phase / d T) (T - T_ref) + rate * t + x(t)

An ideal device has no offset, no drift and no crosstalk. Each sum is taken from the left, a matrix product
by the pairwise tree of each row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from awen_ref.engine.constants import PS_PER_S
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.pairwise import pairwise_sum
from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.ornstein import drift
from awen_ref.errors import Finding

__all__ = [
    "CALIBRATION",
    "DEVICE",
    "Crosstalk",
    "Phases",
    "SingularCrosstalkError",
    "commands",
    "device_phases",
    "read_crosstalk",
    "solve_linear",
]

CALIBRATION = "data/inputs/calibration.json"
DEVICE = "data/inputs/device.json"
Document = Mapping[str, Any]
Phases = Mapping[str, Array]
"""Name of the parameter to phases in rad, shape (1,) or (columns,)."""


class SingularCrosstalkError(Exception):
    """A crosstalk matrix cannot be undone."""


@dataclass(frozen=True, slots=True, eq=False)
class Crosstalk:
    """How drives act on phases.

    Attributes:
        order: Names of the drives and phases, ascending.
        matrix: Phase i for a unit of drive j, shape (n, n).
    """

    order: tuple[str, ...]
    matrix: Array

    def drives(self, values: Phases) -> Phases:
        """The drives that give the commanded phases; a phase outside the matrix is its own drive.

        Raises:
            SingularCrosstalkError: There are none.
        """
        if not self.order:
            return dict(values)
        found = solve_linear(self.matrix, self._rows(values))
        return {**values, **{name: found[i] for i, name in enumerate(self.order)}}

    def phases(self, drives: Phases) -> Phases:
        """The phases that drives give, offsets apart."""
        if not self.order:
            return dict(drives)
        rows = self._rows(drives)
        found = [pairwise_sum(line.reshape(-1, 1) * rows) for line in self.matrix]
        return {**drives, **dict(zip(self.order, found, strict=True))}

    def _rows(self, values: Phases) -> Array:
        """The values in the order of the matrix, shape (n, columns); one that is not given is 0."""
        zero = np.zeros(1)
        return np.stack(np.broadcast_arrays(*(values.get(name, zero) for name in self.order)))


def read_crosstalk(document: Document, place: tuple[str, str], findings: list[Finding]) -> Crosstalk:
    """The crosstalk of a calibration or a twin.

    Args:
        document: A member `crosstalk`.
        place: File and pointer of it.
        findings: Receives AWB-SEM-203.
    """
    order = tuple(document["order"])
    rows = document["matrix"]
    square = len(rows) == len(order) and all(len(row) == len(order) for row in rows)
    if not square or list(order) != sorted(set(order)):
        text = f"crosstalk of {len(order)} phases needs ascending names and as many rows and columns"
        findings.append(Finding("AWB-SEM-203", text, *place))
        return Crosstalk((), np.empty((0, 0)))
    matrix = np.array(rows, dtype=np.float64).reshape(len(order), len(order))
    crosstalk = Crosstalk(order, matrix)
    try:
        crosstalk.drives({})
    except SingularCrosstalkError:
        findings.append(Finding("AWB-SEM-203", "the crosstalk matrix is singular", *place))
    return crosstalk


def solve_linear(matrix: Array, right: Array) -> Array:
    """Gaussian elimination with the largest pivot of the column, the first of equal ones (AWB-R-546).

    Args:
        matrix: Shape (n, n).
        right: Shape (n, columns).

    Returns:
        The solutions, of the shape of `right`.

    Raises:
        SingularCrosstalkError: A column has no pivot.
    """
    n = right.shape[0]
    left, work = matrix.copy(), right.copy()
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(left[k:, k])))
        if left[pivot, k] == 0.0:
            raise SingularCrosstalkError(f"column {k} has no pivot")
        left[[k, pivot]], work[[k, pivot]] = left[[pivot, k]], work[[pivot, k]]
        for row in range(k + 1, n):
            factor = left[row, k] / left[k, k]
            left[row, k:] = left[row, k:] - factor * left[k, k:]
            work[row] = work[row] - factor * work[k]
    for k in range(n - 1, -1, -1):
        known = pairwise_sum(left[k, k + 1 :].reshape(-1, 1) * work[k + 1 :])
        work[k] = (work[k] - known) / left[k, k]
    return work


def commands(asked: Phases, calibration: Document) -> Phases:
    """The phases asked for, corrected by what calibration knows of each."""
    known = calibration["phases"]
    return {
        name: (value - known[name]["offset_rad"]) + known[name]["correction_rad"] if name in known else value
        for name, value in asked.items()
    }


def device_phases(drives: Phases, twin: Document | None) -> Phases:
    """The phases that a device shows for its drives.

    Args:
        drives: What is applied.
        twin: The member `twin` of `device.json`; `None` for an ideal device.
    """
    if twin is None:
        return dict(drives)
    crosstalk = read_crosstalk(twin["crosstalk"], (DEVICE, "/twin/crosstalk"), [])
    at_ps = int(twin["at_ps"])
    warmer = twin["temperature_k"] - twin["reference_temperature_k"]
    phases = dict(crosstalk.phases(drives))
    for name, truth in twin["phases"].items():
        if name in phases:
            stream = Stream.of(twin["seed"], name, "phase_drift")
            wander = drift(stream, at_ps, sigma=truth["ou_sigma_rad"], tau_s=truth["ou_tau_s"])
            warmth = truth["temperature_coefficient_rad_k"] * warmer
            age = truth["drift_rate_rad_s"] * (at_ps / PS_PER_S)
            phases[name] = truth["offset_rad"] + phases[name] + warmth + age + wander
    return phases
