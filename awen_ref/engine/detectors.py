"""Detectors: what they expect of the incoming field, and what they draw from it (AWB-R-500 to 506).

Coherent light stays coherent under linear loss, so sampling from the classical field is exact for laser light
(Glauber, Phys. Rev. 131 (1963) 2766). With field a in sqrt(W), power P = re a * re a + im a * im a,
wavelength l, window T and h c / l the energy of a photon, one product or sum rounded at a time, from the
left:

- `monitor`: field a and power P, without noise.
- `delay_monitor`: group delay, from the fields beside each wavelength; see `group_delay`.
- `photodetector`: current I = R P + I_d; samples I + sqrt(V) z with the variance
  V = (2 e I B + 4 k T B / R_L) + RIN (R P) (R P) B: shot, thermal and relative intensity noise (Agrawal,
  Fiber-Optic Communication Systems, 4.4).
- `photon_counter`: counts of the Poisson distribution of mean (eta (P l / (h c)) + dark) T. Its variance is
  its mean.
- `homodyne`: one value, mean sqrt(2 eta) sqrt(T l / (h c)) Re(a exp(-i phi)), variance 1/2 + v_el; hbar =
  1, so that the vacuum has the variance 1/2 (Leonhardt, Measuring the Quantum State of Light, 4.2).
- `heterodyne`: two values, means sqrt(eta) sqrt(T l / (h c)) Re and Im of a exp(-i phi), variance 1/2 +
  v_el each: half the signal, and the vacuum once more.

Here z is the normal and the count the Poisson quantile of uniform number i of the shot in the stream of the
node and the sampled output, with i the index of the wavelength (twice that, and one more, for the two
values of a heterodyne detector). Nothing else of the run has a part in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from awen_ref.engine.constants import BOLTZMANN_J_K, ELEMENTARY_CHARGE_C, PHOTON_ENERGY_J_UM, PS_PER_S
from awen_ref.engine.group_delay import DELAY_MONITOR, Sides, group_delay_ps
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.numerics.poisson import LARGEST_MEAN, poisson_quantile
from awen_ref.engine.numerics.trig import sincos
from awen_ref.engine.protocol import AnyArray, Output
from awen_schema.kinds import KINDS, Kind

__all__ = ["CountRangeError", "Draws", "Light", "Measured", "measure", "measured_values"]

Measured = dict[str, Output]
"""Suffix of the output's name to the output."""
Arrays = dict[str, AnyArray]
"""The same, without what the table of kinds says of it."""
Values = Mapping[str, float | Array]
"""Parameters by name: a number, or where control has set it by shot an array of shape (shots, 1)."""

_VACUUM = 0.5


class CountRangeError(Exception):
    """A counter would see more photons than a count can hold.

    Attributes:
        node: The counter.
        mean: The largest mean.
    """

    def __init__(self, node: str, mean: float) -> None:
        """Keep the place and the number."""
        super().__init__(f"counter {node!r} expects {mean:g} counts in its window; the range ends at 2**62")
        self.node = node
        self.mean = mean


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """The field that arrives.

    Attributes:
        re: Real part in sqrt(W); shape (W,), or (shots, W) where control has set something by shot.
        im: Imaginary part, likewise.
        wavelengths_um: Shape (W,).
        sides: The field beside each wavelength, which a delay monitor needs.
    """

    re: Array
    im: Array
    wavelengths_um: Array
    sides: Sides | None = None

    @property
    def power(self) -> Array:
        """Optical power in W."""
        return self.re * self.re + self.im * self.im


@dataclass(frozen=True, slots=True)
class Draws:
    """Whose random numbers a measurement takes.

    Attributes:
        seed: The experiment's seed as its digit string.
        node: The detector.
        shots: How many samples; 0 for expectations only.
        event: Which measurement of the detector in a shot it is, from 0.
    """

    seed: str
    node: str
    shots: int
    event: int = 0

    def uniforms(self, purpose: str, count: int) -> Array:
        """Shape (shots, count)."""
        return Stream.of(self.seed, self.node, purpose).uniforms(self.shots, count, event=self.event)


def _monitor(_: Values, light: Light, __: Draws) -> Arrays:
    return {"field": np.stack([light.re, light.im], axis=-1), "power": light.power}


def _delay_monitor(_: Values, light: Light, __: Draws) -> Arrays:
    if light.sides is None:
        raise ValueError("a delay monitor needs the field beside each wavelength")
    return {"group_delay": group_delay_ps((light.re, light.im), light.sides, light.wavelengths_um)}


def _photodetector(params: Values, light: Light, draws: Draws) -> Arrays:
    bandwidth = params["bandwidth_hz"]
    photocurrent = params["responsivity_a_w"] * light.power
    current = photocurrent + params["dark_current_a"]
    arrays: Arrays = {"power": light.power, "current": current}
    if draws.shots:
        shot = 2.0 * ELEMENTARY_CHARGE_C * current * bandwidth
        thermal = 4.0 * BOLTZMANN_J_K * params["temperature_k"] * bandwidth / params["load_ohm"]
        intensity = params["rin_per_hz"] * photocurrent * photocurrent * bandwidth
        z = normal_quantile(draws.uniforms("samples", light.wavelengths_um.size))
        arrays["samples"] = current + np.sqrt((shot + thermal) + intensity) * z
    return arrays


def _photon_counter(params: Values, light: Light, draws: Draws) -> Arrays:
    photons = light.power * light.wavelengths_um / PHOTON_ENERGY_J_UM
    mean = (params["efficiency"] * photons + params["dark_rate_hz"]) * (params["window_ps"] / PS_PER_S)
    arrays: Arrays = {"mean": mean}
    if draws.shots:
        largest = float(mean.max(initial=0.0))
        if largest > LARGEST_MEAN:
            raise CountRangeError(draws.node, largest)
        u = draws.uniforms("counts", light.wavelengths_um.size)
        arrays["counts"] = poisson_quantile(mean.ravel(), u.reshape(-1, mean.size)).reshape(u.shape)
    return arrays


def _amplitude(params: Values, light: Light) -> tuple[Array, Array, Array]:
    """`sqrt(T l / (h c))`, and the field turned by the local oscillator's phase."""
    window = params["window_ps"] / PS_PER_S
    s, c = sincos(params["lo_phase_rad"])
    scale = np.sqrt(window * light.wavelengths_um / PHOTON_ENERGY_J_UM)
    return scale, light.re * c + light.im * s, light.im * c - light.re * s


def _homodyne(params: Values, light: Light, draws: Draws) -> Arrays:
    scale, in_phase, _ = _amplitude(params, light)
    mean = np.sqrt(2.0 * params["efficiency"]) * scale * in_phase
    arrays: Arrays = {"mean": mean}
    if draws.shots:
        z = normal_quantile(draws.uniforms("samples", light.wavelengths_um.size))
        arrays["samples"] = mean + np.sqrt(_VACUUM + params["electronic_variance"]) * z
    return arrays


def _heterodyne(params: Values, light: Light, draws: Draws) -> Arrays:
    scale, in_phase, quadrature = _amplitude(params, light)
    factor = np.sqrt(params["efficiency"]) * scale
    mean = np.stack([factor * in_phase, factor * quadrature], axis=-1)
    arrays: Arrays = {"mean": mean}
    if draws.shots:
        points = light.wavelengths_um.size
        z = normal_quantile(draws.uniforms("samples", 2 * points)).reshape(draws.shots, points, 2)
        noise = np.sqrt(_VACUUM + np.asarray(params["electronic_variance"]))[..., np.newaxis]
        arrays["samples"] = mean + noise * z
    return arrays


_KINDS: Mapping[str, Callable[[Values, Light, Draws], Arrays]] = {
    DELAY_MONITOR: _delay_monitor,
    "heterodyne": _heterodyne,
    "homodyne": _homodyne,
    "monitor": _monitor,
    "photodetector": _photodetector,
    "photon_counter": _photon_counter,
}


def _described(kind: Kind, name: str, array: AnyArray) -> Output:
    """An array as the table of kinds describes it (AWB-R-479).

    An expectation is drawn only where control has made field or detector differ by shot: it then has that
    axis, too (AWB-R-506).
    """
    drawn = name in kind.sampled
    reading = kind.sampled[name] if drawn else kind.outputs[name]
    conditioned = array.ndim > len(reading.axes)
    axes = ("shot", *reading.axes) if conditioned else reading.axes
    return Output(array, reading.unit, reading.quantity, axes, sampled=drawn or conditioned)


def measure(kind: str, params: Values, light: Light, *, draws: Draws) -> Measured:
    """What a detector leaves: expectations, and samples where shots are taken.

    Args:
        kind: A detector kind of the table of kinds.
        params: Its parameters, all of them, within their bounds.
        light: The field at its port.
        draws: Where its random numbers come from, and how many samples to take.

    Returns:
        The outputs that the table of kinds names, ascending by suffix.

    Raises:
        CountRangeError: A photon counter expects more than 2**62 counts.
        KeyError: The kind is no detector, or a parameter is missing: a bug of the caller.
        ValueError: A delay monitor lacks the field beside each wavelength: likewise.
    """
    arrays = _KINDS[kind](params, light, draws)
    return {name: _described(KINDS[kind], name, arrays[name]) for name in sorted(arrays)}


def measured_values(kind: str, outputs: Measured, *, shots: int) -> Array:
    """The values that control conditions on: the samples, or the expectation where no shots are taken.

    Args:
        kind: The detector's kind.
        outputs: What `measure` gave.
        shots: Samples taken.

    Returns:
        float64, shape (shots, wavelengths) or (1, wavelengths). A monitor gives its power, a delay
        monitor its delay, a heterodyne detector its in-phase value.
    """
    sampled = "counts" if kind == "photon_counter" else "samples"
    names = {"monitor": "power", DELAY_MONITOR: "group_delay", "photodetector": "current"}
    plain = names.get(kind, "mean")
    array = outputs[sampled if shots and sampled in outputs else plain].array.astype(np.float64)
    if kind == "heterodyne":
        array = array[..., 0]
    return array if array.ndim == 2 else array.reshape(1, -1)
