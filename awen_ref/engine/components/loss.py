"""Flat, real or imaginary coefficients: attenuator, crossing, isolator, coupler, splitter (AWB-R-443 ff.)."""

from collections.abc import Callable

import numpy as np

from awen_ref.engine.components.model import Coefficients, Derivatives, Model, Params, flat_model
from awen_ref.engine.numerics.decimal_scale import db_amplitude
from awen_ref.engine.numerics.double_double import Array

__all__ = ["LN10_OVER_20", "MODELS", "each"]

LN10_OVER_20 = 0.11512925464970229
"""Derivative of -ln(amplitude) with respect to a loss in dB."""


def each(function: Callable[..., float], *arrays: Array) -> Array:
    """A scalar function of floats on broadcast arrays; it may keep its own cache."""
    rows = np.broadcast_arrays(*arrays)
    values = [function(*row) for row in zip(*(row.ravel().tolist() for row in rows), strict=True)]
    return np.array(values, dtype=np.float64).reshape(rows[0].shape)


def _real(value: Array) -> tuple[Array, Array]:
    return value, np.zeros_like(value)


def _loss(*names: str) -> Model:
    """One coefficient `10**(-loss/20)` for each of the named losses."""

    def coefficients(params: Params) -> Coefficients:
        return [_real(each(db_amplitude, params[name])) for name in names]

    def derivatives(params: Params) -> Derivatives:
        return {
            name: ((index, *_real(-LN10_OVER_20 * each(db_amplitude, params[name]))),)
            for index, name in enumerate(names)
        }

    return flat_model(coefficients, derivatives)


def _coupler(params: Params) -> Coefficients:
    """Bar `sqrt(1 - kappa)`, cross `i sqrt(kappa)`."""
    kappa = params["kappa"]
    cross = np.sqrt(kappa)
    return [_real(np.sqrt(1.0 - kappa)), (np.zeros_like(cross), cross)]


def _coupler_derivatives(params: Params) -> Derivatives:
    kappa = params["kappa"]
    cross = 0.5 / np.sqrt(kappa)
    return {"kappa": ((0, *_real(-0.5 / np.sqrt(1.0 - kappa))), (1, np.zeros_like(cross), cross))}


def _splitter(params: Params) -> Coefficients:
    """To o2 `sqrt(ratio)`, to o3 `sqrt(1 - ratio)`."""
    ratio = params["ratio"]
    return [_real(np.sqrt(ratio)), _real(np.sqrt(1.0 - ratio))]


def _splitter_derivatives(params: Params) -> Derivatives:
    ratio = params["ratio"]
    return {"ratio": ((0, *_real(0.5 / np.sqrt(ratio))), (1, *_real(-0.5 / np.sqrt(1.0 - ratio))))}


MODELS = {
    "attenuator": _loss("loss_db"),
    "crossing": _loss("loss_db"),
    "isolator": _loss("loss_db", "isolation_db"),
    "coupler": flat_model(_coupler, _coupler_derivatives),
    "splitter": flat_model(_splitter, _splitter_derivatives),
}
