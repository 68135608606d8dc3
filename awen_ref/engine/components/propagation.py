"""Waveguide and delay: phases of thousands of turns, in double-double (AWB-R-440, 441).

Effective index `n = n_eff - (n_g - n_eff) (l - l0) / l0 - (c D / 2 l0) (l - l0)**2` gives, for the phase in
turns, `n L / l = (a / l + b + d l) L` with `h = c D`, `a = n_g - h l0 / 2`, `b = (n_eff - n_g) / l0 + h`,
`d = -h / (2 l0)`. The constants come from exact rational arithmetic, so that a resonator's detuning, the
small difference of large phases, keeps all its digits.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from awen_ref.engine.components.loss import LN10_OVER_20, each
from awen_ref.engine.components.model import Coefficients, Constants, Derivatives, Model, Params
from awen_ref.engine.grid import SPEED_OF_LIGHT_UM_THZ
from awen_ref.engine.numerics.decimal_scale import waveguide_amplitude
from awen_ref.engine.numerics.double_double import Array, add, divide, multiply
from awen_ref.engine.numerics.trig import sincos_turns

__all__ = ["MODELS", "index_constants"]

_SPEED = Fraction(299792458, 1_000_000)
_DISPERSION_UNIT = Fraction(1, 1_000_000)  # ps/(nm km) in ps/um**2
_TWO_PI = 6.283185307179586
_INDEX = ("n_eff", "n_g", "dispersion_ps_nm_km", "reference_wavelength_um")


def _nearest(value: Fraction) -> tuple[float, float]:
    """A rational as a double-double, both parts rounded to nearest."""
    high = float(value)
    return high, float(value - Fraction(high))


_SPEED_PARTS = np.array(_nearest(_SPEED)[0]), np.array(_nearest(_SPEED)[1])


@lru_cache(maxsize=4096)
def index_constants(
    n_eff: float, n_g: float, dispersion: float, reference: float
) -> tuple[tuple[float, float], ...]:
    """`a`, `b` and `d` of the module's docstring, each as a double-double."""
    origin = Fraction(reference)
    h = _SPEED * Fraction(dispersion) * _DISPERSION_UNIT
    slope = (Fraction(n_eff) - Fraction(n_g)) / origin
    return _nearest(Fraction(n_g) - h * origin / 2), _nearest(slope + h), _nearest(-h / (2 * origin))


def _prepare_waveguide(params: Params) -> Constants:
    """`a`, `b`, `d` as double-doubles, the length and the amplitude, for every node and column."""
    rows = np.broadcast_arrays(*(params[name] for name in _INDEX))
    listed = zip(*(row.ravel().tolist() for row in rows), strict=True)
    table = np.array([index_constants(*row) for row in listed], dtype=np.float64)
    parts = np.moveaxis(table.reshape(*rows[0].shape, 6), -1, 0)
    amplitude = each(waveguide_amplitude, params["loss_db_cm"], params["length_um"])
    return [*parts, params["length_um"], amplitude]


def _waveguide(constants: Constants, wavelengths: Array) -> Coefficients:
    """`10**(-loss L / 20) e^(2 pi i turns)`, turns `(a / l + b + d l) L` in double-double, in that order.

    There is no third term where the dispersion is zero.
    """
    a_high, a_low, b_high, b_low, d_high, d_low, length, amplitude = constants
    grid = (wavelengths, np.zeros_like(wavelengths))
    turns = add(divide((a_high, a_low), grid), (b_high, b_low))
    if d_high.any():
        curved = add(turns, multiply((d_high, d_low), grid))
        flat = d_high == 0.0
        turns = np.where(flat, turns[0], curved[0]), np.where(flat, turns[1], curved[1])
    sine, cosine = sincos_turns(*multiply(turns, (length, np.zeros_like(length))))
    return [(amplitude * cosine, amplitude * sine)]


def _waveguide_derivatives(params: Params, wavelengths: Array) -> Derivatives:
    ((re, im),) = _waveguide(_prepare_waveguide(params), wavelengths)
    n_eff, n_g, dispersion, origin = (params[name] for name in _INDEX)
    length, loss = params["length_um"], params["loss_db_cm"]
    scale = SPEED_OF_LIGHT_UM_THZ * 1e-6
    h = scale * dispersion
    detuning = wavelengths - origin
    index = n_eff - (n_g - n_eff) * detuning / origin - 0.5 * h * detuning * detuning / origin
    per_length = _TWO_PI / wavelengths
    phase = {
        "n_eff": per_length * length * (1.0 + detuning / origin),
        "n_g": -per_length * length * detuning / origin,
        "dispersion_ps_nm_km": -0.5 * per_length * length * scale * detuning * detuning / origin,
        "reference_wavelength_um": per_length
        * length
        * ((n_g - n_eff) * wavelengths + 0.5 * h * (wavelengths * wavelengths - origin * origin))
        / (origin * origin),
    }
    found: dict[str, tuple[tuple[int, Array, Array], ...]] = {
        name: ((0, -rate * im, rate * re),) for name, rate in phase.items()
    }
    rate, decay = per_length * index, -LN10_OVER_20 * 1e-4
    found["length_um"] = ((0, decay * loss * re - rate * im, decay * loss * im + rate * re),)
    found["loss_db_cm"] = ((0, decay * length * re, decay * length * im),)
    return found


def _prepare_delay(params: Params) -> Constants:
    return [params["delay_ps"]]


def _delay(constants: Constants, wavelengths: Array) -> Coefficients:
    """`e^(2 pi i c tau / l)`, the turns `(c / l) tau` in double-double, in that order."""
    (delay,) = constants
    frequency = divide(_SPEED_PARTS, (wavelengths, np.zeros_like(wavelengths)))
    sine, cosine = sincos_turns(*multiply(frequency, (delay, np.zeros_like(delay))))
    return [(cosine, sine)]


def _delay_derivatives(params: Params, wavelengths: Array) -> Derivatives:
    ((re, im),) = _delay(_prepare_delay(params), wavelengths)
    rate = _TWO_PI * SPEED_OF_LIGHT_UM_THZ / wavelengths
    return {"delay_ps": ((0, -rate * im, rate * re),)}


MODELS = {
    "waveguide": Model(_prepare_waveguide, _waveguide, _waveguide_derivatives, flat=False),
    "delay": Model(_prepare_delay, _delay, _delay_derivatives, flat=False),
}
