"""Flat phases: phase shifter and Mach-Zehnder interferometer (AWB-R-442, 446)."""

from awen_ref.engine.components.model import Coefficients, Derivatives, Params, flat_model
from awen_ref.engine.numerics.trig import sincos

__all__ = ["MODELS"]


def _shifter(params: Params) -> Coefficients:
    """`e^(i phase)`."""
    sine, cosine = sincos(params["phase_rad"])
    return [(cosine, sine)]


def _shifter_derivatives(params: Params) -> Derivatives:
    sine, cosine = sincos(params["phase_rad"])
    return {"phase_rad": ((0, -sine, cosine),)}


def _mzi(params: Params) -> Coefficients:
    """The interferometer's own 2x2, with e = e^(i theta), p = e^(i phi).

    o2-o3 `p (e - 1) / 2`, o1-o3 `i (e + 1) / 2`, o2-o4 `i p (e + 1) / 2`, o1-o4 `(1 - e) / 2`, in exactly
    the operations below: expanding the device into its parts would round otherwise.
    """
    e_im, e_re = sincos(params["theta_rad"])
    p_im, p_re = sincos(params["phi_rad"])
    less, more = e_re - 1.0, e_re + 1.0
    return [
        (0.5 * (p_re * less - p_im * e_im), 0.5 * (p_re * e_im + p_im * less)),
        (-0.5 * e_im, 0.5 * more),
        (-0.5 * (p_re * e_im + p_im * more), 0.5 * (p_re * more - p_im * e_im)),
        (0.5 * (1.0 - e_re), -0.5 * e_im),
    ]


def _mzi_derivatives(params: Params) -> Derivatives:
    e_im, e_re = sincos(params["theta_rad"])
    p_im, p_re = sincos(params["phi_rad"])
    both_re, both_im = p_re * e_re - p_im * e_im, p_re * e_im + p_im * e_re
    (a_re, a_im), _, (c_re, c_im), _ = _mzi(params)
    return {
        "theta_rad": (
            (0, -0.5 * both_im, 0.5 * both_re),
            (1, -0.5 * e_re, -0.5 * e_im),
            (2, -0.5 * both_re, -0.5 * both_im),
            (3, 0.5 * e_im, -0.5 * e_re),
        ),
        "phi_rad": ((0, -a_im, a_re), (2, -c_im, c_re)),
    }


MODELS = {
    "phase_shifter": flat_model(_shifter, _shifter_derivatives),
    "mzi": flat_model(_mzi, _mzi_derivatives),
}
