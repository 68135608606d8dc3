"""A tabulated scattering matrix, linear between its wavelengths (AWB-R-454)."""

import numpy as np

from awen_ref.engine.circuit import Table
from awen_ref.engine.components.model import Coefficients, Constants, Derivatives, Model, Params
from awen_ref.engine.numerics.double_double import Array

__all__ = ["tabulated"]


def tabulated(table: Table) -> Model:
    """The model of one `s_matrix` node: one coefficient for each entry of its table.

    Between two wavelengths of the table, `v = v0 + t (v1 - v0)` with `t = (l - l0) / (l1 - l0)`, for the real
    and the imaginary part; at the table's last wavelength, the last interval with its t.
    """

    def prepare(_params: Params) -> Constants:
        return []

    def coefficients(_constants: Constants, wavelengths: Array) -> Coefficients:
        knots = table.wavelengths_um
        left = np.minimum(np.searchsorted(knots, wavelengths, side="right") - 1, knots.size - 2)
        part = (wavelengths - knots[left]) / (knots[left + 1] - knots[left])
        rows = (
            part_of[:, left] + part * (part_of[:, left + 1] - part_of[:, left])
            for part_of in (table.re, table.im)
        )
        re, im = rows
        return [(re[index : index + 1], im[index : index + 1]) for index in range(len(table.entries))]

    def derivatives(_params: Params, _wavelengths: Array) -> Derivatives:
        return {}

    return Model(prepare, coefficients, derivatives, flat=False)
