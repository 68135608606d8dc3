"""The source: amplitude of the wave it sends into the circuit (AWB-R-445)."""

import numpy as np

from awen_ref.engine.components.model import Params
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.trig import sincos

__all__ = ["amplitude", "amplitude_derivatives"]


def amplitude(params: Params) -> tuple[Array, Array]:
    """`sqrt(power) e^(i phase)` in sqrt(W), real and imaginary part."""
    root = np.sqrt(params["power_w"])
    sine, cosine = sincos(params["phase_rad"])
    return root * cosine, root * sine


def amplitude_derivatives(params: Params) -> dict[str, tuple[Array, Array]]:
    """Derivatives of the amplitude with respect to power and phase."""
    root = np.sqrt(params["power_w"])
    sine, cosine = sincos(params["phase_rad"])
    return {
        "power_w": (0.5 / root * cosine, 0.5 / root * sine),
        "phase_rad": (-root * sine, root * cosine),
    }
