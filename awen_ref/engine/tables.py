"""Tabulated scattering matrices: shape, passivity and range (AWB-R-410 to 412)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from awen_ref.engine.circuit import Table
from awen_ref.engine.grid import Grid
from awen_ref.engine.numerics.double_double import Array
from awen_ref.errors import Finding
from awen_schema.kinds import Kind

__all__ = ["PASSIVITY_SLACK", "read_table"]

PASSIVITY_SLACK = 1e-9
"""How far the largest power gain of a tabulated matrix may stand above 1 (AWB-R-411)."""

_IR = "data/inputs/ir.json"


def read_table(
    node_id: str, kind: Kind, document: Mapping[str, Any], grid: Grid, findings: list[Finding]
) -> Table | None:
    """The scattering matrix of a node, or `None` where its kind has no table or the table is wrong.

    Args:
        node_id: The node.
        kind: Its kind.
        document: The node as `ir.json` states it.
        grid: Where the circuit is solved; must lie inside the table's wavelengths.
        findings: Receives AWB-SEM-108 and 114 to 116.
    """
    where = f"/nodes/{node_id}"
    given = document.get("table")
    if (given is not None) != kind.table:
        text = f"node {node_id!r} ({kind.name}) {'lacks its' if kind.table else 'must not have a'} table"
        findings.append(Finding("AWB-SEM-114", text, _IR, where))
        return None
    if given is None:
        return None
    table, problem = _arrays(given)
    if table is None:
        findings.append(
            Finding("AWB-SEM-114", f"table of node {node_id!r}: {problem}", _IR, f"{where}/table")
        )
        return None
    findings.extend(_gain(node_id, table))
    findings.extend(_range(node_id, table, grid))
    return table


def _arrays(given: Mapping[str, Any]) -> tuple[Table | None, str]:
    """The table as arrays, or what is wrong with it."""
    wavelengths = np.array(given["wavelengths_um"], dtype=np.float64)
    if wavelengths.size < 2 or wavelengths[0] <= 0.0 or not (wavelengths[1:] > wavelengths[:-1]).all():
        return None, "wavelengths_um must be at least two, positive and strictly ascending"
    ports = given["ports"]
    entries = [(int(row["output"][1:]), int(row["input"][1:])) for row in given["entries"]]
    if entries != sorted(set(entries)):
        return None, "entries must be unique and ascending by output, then input"
    if any(number > ports for entry in entries for number in entry):
        return None, f"an entry names a port beyond o{ports}"
    parts = [[np.array(row[part], dtype=np.float64) for part in ("re", "im")] for row in given["entries"]]
    if any(part.size != wavelengths.size for row in parts for part in row):
        return None, f"every entry must have {wavelengths.size} values in re and in im"
    stacked = np.array(parts, dtype=np.float64).reshape(len(entries), 2, wavelengths.size)
    if not (np.isfinite(stacked).all() and np.isfinite(wavelengths).all()):
        return None, "every value must be finite"
    return Table(ports, wavelengths, tuple(entries), stacked[:, 0].copy(), stacked[:, 1].copy()), ""


def _gain(node_id: str, table: Table) -> list[Finding]:
    """AWB-R-411: the largest power gain over all superpositions of inputs is at most 1.

    Between two wavelengths the matrix is a convex combination of its neighbours, and so is its norm bounded.
    """
    active = np.flatnonzero(~_passive(table))
    if active.size == 0:
        return []
    first = int(active[0])
    text = (
        f"node {node_id!r} gives out more power than it takes in at {active.size} of "
        f"{table.wavelengths_um.size} wavelengths, first at {float(table.wavelengths_um[first])!r} um"
    )
    return [Finding("AWB-SEM-115", text, _IR, f"/nodes/{node_id}/table/entries")]


def _passive(table: Table) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Whether 1 + slack - S^H S is positive definite at each wavelength: Cholesky without its square roots.

    The complex matrix acts on (re, im) as a real one of twice the size.
    """
    size, points = 2 * table.ports, table.wavelengths_um.size
    real = np.zeros((size, size, points))
    for index, (to, start) in enumerate(table.entries):
        row, column = to - 1, start - 1
        real[row, column] = real[row + table.ports, column + table.ports] = table.re[index]
        real[row + table.ports, column] = table.im[index]
        real[row, column + table.ports] = -table.im[index]
    gram = np.zeros((size, size, points))
    for row in range(size):
        for column in range(size):
            for inner in range(size):
                gram[row, column] -= real[inner, row] * real[inner, column]
    diagonal = np.arange(size)
    gram[diagonal, diagonal] += 1.0 + PASSIVITY_SLACK
    return _positive_definite(gram)


def _positive_definite(matrix: Array) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Whether all pivots of symmetric elimination are positive, for each matrix along the last axis."""
    work = matrix.copy()
    good = np.ones(work.shape[-1], dtype=np.bool_)
    for pivot in range(work.shape[0]):
        good &= work[pivot, pivot] > 0.0
        safe = np.where(work[pivot, pivot] > 0.0, work[pivot, pivot], 1.0)
        for row in range(pivot + 1, work.shape[0]):
            factor = work[row, pivot] / safe
            work[row, pivot + 1 :] -= factor * work[pivot, pivot + 1 :]
    return good


def _range(node_id: str, table: Table, grid: Grid) -> list[Finding]:
    """AWB-R-412: nothing is extrapolated."""
    low, high = float(table.wavelengths_um[0]), float(table.wavelengths_um[-1])
    first, last = float(np.min(grid.wavelengths_um)), float(np.max(grid.wavelengths_um))
    if low <= first and last <= high:
        return []
    text = (
        f"the circuit is solved from {first!r} to {last!r} um, "
        f"the table of node {node_id!r} covers only {low!r} to {high!r} um"
    )
    return [Finding("AWB-SEM-116", text, _IR, f"/nodes/{node_id}/table/wavelengths_um")]
