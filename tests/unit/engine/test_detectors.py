import math

import mpmath  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pytest
from scipy import stats

from awen_ref.engine.constants import PHOTON_ENERGY_J_UM
from awen_ref.engine.detectors import CountRangeError, Draws, Light, measure, measured_values
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.state import Pair
from awen_schema.kinds import KINDS

FALSE_ALARM = 1e-3  # of each statistical test here, had its seed not been fixed
LIMIT = float(stats.norm.isf(FALSE_ALARM / 2))
SHOTS = 100_000
WAVELENGTHS = np.array([1.3, 1.55, 1.6])
PARAMS = {
    "monitor": {},
    "delay_monitor": {},
    "photodetector": {
        "responsivity_a_w": 0.9,
        "dark_current_a": 1e-9,
        "bandwidth_hz": 1e9,
        "temperature_k": 300.0,
        "load_ohm": 50.0,
        "rin_per_hz": 1e-15,
    },
    "photon_counter": {"efficiency": 0.8, "dark_rate_hz": 1e6, "window_ps": 1000.0},
    "homodyne": {"efficiency": 0.9, "lo_phase_rad": 0.3, "electronic_variance": 0.05, "window_ps": 100.0},
    "heterodyne": {"efficiency": 0.9, "lo_phase_rad": 0.3, "electronic_variance": 0.05, "window_ps": 100.0},
}
DETECTORS = sorted(PARAMS)


def light(amplitude: float = 1e-4) -> Light:
    re, im = amplitude * np.array([1.0, 0.6, -0.2]), amplitude * np.array([0.0, 0.8, 0.1])
    step = 1e-6
    return Light(re, im, WAVELENGTHS, ((re + step * im, im - step * re), (re - step * im, im + step * re)))


def scaled(one: Light, factor: float) -> Light:
    longer, shorter = ((re * factor, im * factor) for re, im in one.sides or ())
    return Light(one.re * factor, one.im * factor, one.wavelengths_um, (longer, shorter))


def stacked(rows: list[Light]) -> Light:
    def both(pairs: list[Pair]) -> Pair:
        return np.stack([re for re, _ in pairs]), np.stack([im for _, im in pairs])

    longer, shorter = ([row.sides[k] for row in rows if row.sides] for k in (0, 1))
    return Light(*both([(row.re, row.im) for row in rows]), WAVELENGTHS, (both(longer), both(shorter)))


def draws(shots: int, *, seed: str = "42", node: str = "d", event: int = 0) -> Draws:
    return Draws(seed, node, shots, event)


def samples(kind: str, field: Light, **changes: float) -> Array:
    outputs = measure(kind, {**PARAMS[kind], **changes}, field, draws=draws(SHOTS))
    return outputs["counts" if kind == "photon_counter" else "samples"].array.astype(np.float64)


def test_the_kinds_are_the_detectors_of_the_table_and_leave_its_outputs() -> None:
    assert sorted(name for name, kind in KINDS.items() if kind.role == "detector") == DETECTORS
    for name in DETECTORS:
        assert set(PARAMS[name]) == set(KINDS[name].params)
        assert set(measure(name, PARAMS[name], light(), draws=draws(0))) == set(KINDS[name].outputs)
        sampled = measure(name, PARAMS[name], light(), draws=draws(5))
        assert {suffix for suffix, output in sampled.items() if output.sampled} == set(KINDS[name].sampled)


@pytest.mark.parametrize("kind", DETECTORS)
def test_outputs_are_described_as_the_table_says(kind: str) -> None:
    table = {**KINDS[kind].outputs, **KINDS[kind].sampled}
    for name, output in measure(kind, PARAMS[kind], light(), draws=draws(4)).items():
        stated = (output.array.dtype.str, output.unit, output.quantity, output.axes)
        row = table[name]
        assert stated == (row.dtype, row.unit, row.quantity, row.axes)


@pytest.mark.parametrize("kind", DETECTORS)
def test_axes_name_every_dimension(kind: str) -> None:
    """AWB-R-506."""
    length = {"shot": 4, "wavelength": 3, "complex": 2}
    for output in measure(kind, PARAMS[kind], light(), draws=draws(4)).values():
        assert output.array.shape == tuple(length[axis] for axis in output.axes)
        assert np.isfinite(output.array).all()


def test_a_monitor_reads_field_and_power_without_noise() -> None:
    outputs = measure("monitor", {}, light(), draws=draws(3))
    assert np.array_equal(outputs["field"].array[:, 0], light().re)
    assert np.array_equal(outputs["field"].array[:, 1], light().im)
    assert np.array_equal(outputs["power"].array, light().power)


def test_a_delay_monitor_needs_the_field_beside_each_wavelength() -> None:
    alone = Light(light().re, light().im, WAVELENGTHS)
    with pytest.raises(ValueError, match="beside each wavelength"):
        measure("delay_monitor", {}, alone, draws=draws(0))


def test_the_expected_current_is_responsivity_times_power_plus_dark_current() -> None:
    outputs = measure("photodetector", PARAMS["photodetector"], light(), draws=draws(0))
    assert np.allclose(outputs["current"].array, 0.9 * light().power + 1e-9, rtol=1e-15, atol=0)
    assert (outputs["current"].unit, outputs["power"].unit) == ("A", "W")


def test_expected_counts_agree_with_forty_digits() -> None:
    mean = measure("photon_counter", PARAMS["photon_counter"], light(), draws=draws(0))["mean"].array
    with mpmath.workdps(40):
        energy = mpmath.mpf("6.62607015e-34") * 299792458
        for power, wavelength, value in zip(
            light().power.tolist(), WAVELENGTHS.tolist(), mean.tolist(), strict=True
        ):
            photons = mpmath.mpf(power) * mpmath.mpf(wavelength) * mpmath.mpf("1e-6") / energy
            expected = (mpmath.mpf("0.8") * photons + 10**6) * mpmath.mpf("1e-9")
            assert abs(value / expected - 1) < 1e-15


def test_homodyne_means_turn_with_the_local_oscillator() -> None:
    field = light()
    photons = PHOTON_ENERGY_J_UM / (100e-12 * WAVELENGTHS)
    alpha = (field.re + 1j * field.im) / np.sqrt(photons)
    for phase in (0.0, 0.3, math.pi / 2, -2.0):
        mean = measure("homodyne", {**PARAMS["homodyne"], "lo_phase_rad": phase}, field, draws=draws(0))[
            "mean"
        ]
        assert np.allclose(mean.array, math.sqrt(1.8) * (alpha * np.exp(-1j * phase)).real, rtol=1e-13)
        both = measure("heterodyne", {**PARAMS["heterodyne"], "lo_phase_rad": phase}, field, draws=draws(0))[
            "mean"
        ]
        turned = math.sqrt(0.9) * alpha * np.exp(-1j * phase)
        assert np.allclose(both.array[:, 0] + 1j * both.array[:, 1], turned, rtol=1e-13)


@pytest.mark.parametrize("power_w", [1e-9, 1e-5, 1e-2])
def test_direct_detection_has_shot_thermal_and_intensity_noise(power_w: float) -> None:
    values = samples("photodetector", light(math.sqrt(power_w)))[:, 0]
    current = 0.9 * power_w + 1e-9
    variance = (
        2 * 1.602176634e-19 * current * 1e9
        + 4 * 1.380649e-23 * 300 * 1e9 / 50
        + 1e-15 * (0.9 * power_w) ** 2 * 1e9
    )
    assert stats.kstest((values - current) / math.sqrt(variance), "norm").pvalue > FALSE_ALARM
    assert abs(values.var() / variance - 1) < LIMIT * math.sqrt(2 / SHOTS)


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ({"temperature_k": 0.0, "rin_per_hz": 0.0}, 2 * 1.602176634e-19 * (0.9e-8 + 1e-9) * 1e9),
        ({"responsivity_a_w": 0.0, "dark_current_a": 0.0}, 4 * 1.380649e-23 * 300 * 1e9 / 50),
    ],
)
def test_each_noise_of_direct_detection_can_stand_alone(off: dict[str, float], expected: float) -> None:
    values = samples("photodetector", light(), **off)[:, 0]
    assert abs(values.var() / expected - 1) < LIMIT * math.sqrt(2 / SHOTS)


@pytest.mark.parametrize("amplitude", [1e-7, 3e-5, 1e-3])
def test_the_variance_of_a_counter_is_its_mean_as_poisson_statistics_demand(amplitude: float) -> None:
    field = light(amplitude)
    mean = measure("photon_counter", PARAMS["photon_counter"], field, draws=draws(0))["mean"].array
    counts = samples("photon_counter", field)
    assert (np.abs(counts.mean(axis=0) - mean) < LIMIT * np.sqrt(mean / SHOTS)).all()
    assert (np.abs(counts.var(axis=0) - mean) < LIMIT * np.sqrt((mean + 2 * mean**2) / SHOTS)).all()


def test_counts_follow_the_poisson_distribution() -> None:
    field = light(3e-5)
    mean = float(measure("photon_counter", PARAMS["photon_counter"], field, draws=draws(0))["mean"].array[1])
    counts = samples("photon_counter", field)[:, 1].astype(int)
    numbers = np.arange(int(stats.poisson.ppf(1e-3, mean)), int(stats.poisson.ppf(1 - 1e-3, mean)))
    inside = [(counts == k).sum() for k in numbers]
    expected = SHOTS * stats.poisson.pmf(numbers, mean)
    observed = [*inside, SHOTS - sum(inside)]
    assert stats.chisquare(observed, [*expected, SHOTS - expected.sum()]).pvalue > FALSE_ALARM


def test_the_vacuum_has_half_a_unit_of_noise_in_each_quadrature() -> None:
    dark = Light(np.zeros(3), np.zeros(3), WAVELENGTHS)
    for kind in ("homodyne", "heterodyne"):
        values = samples(kind, dark, electronic_variance=0.0, efficiency=1.0)
        columns = values.reshape(SHOTS, -1)
        assert (np.abs(columns.var(axis=0) / 0.5 - 1) < LIMIT * math.sqrt(2 / SHOTS)).all()
        for column in columns.T:
            assert stats.kstest(column / math.sqrt(0.5), "norm").pvalue > FALSE_ALARM


@pytest.mark.parametrize("kind", ["homodyne", "heterodyne"])
def test_electronic_noise_adds_to_the_vacuum_and_light_adds_none(kind: str) -> None:
    values = samples(kind, light(1e-3)).reshape(SHOTS, -1)
    mean = measure(kind, PARAMS[kind], light(1e-3), draws=draws(0))["mean"].array.ravel()
    assert (np.abs(values.mean(axis=0) - mean) < LIMIT * math.sqrt(0.55 / SHOTS)).all()
    assert (np.abs(values.var(axis=0) / 0.55 - 1) < LIMIT * math.sqrt(2 / SHOTS)).all()


def test_the_two_values_of_a_heterodyne_detector_and_neighbouring_wavelengths_are_independent() -> None:
    values = samples("heterodyne", light()).reshape(SHOTS, 6)
    correlation = np.corrcoef(values.T) - np.eye(6)
    assert np.abs(correlation).max() < float(stats.norm.isf(FALSE_ALARM / 30)) / math.sqrt(SHOTS)


@pytest.mark.parametrize("kind", ["photodetector", "photon_counter", "homodyne", "heterodyne"])
def test_a_sample_depends_on_seed_node_shot_wavelength_and_event_alone(kind: str) -> None:
    suffix = "counts" if kind == "photon_counter" else "samples"

    def drawn(where: Draws, field: Light) -> Array:
        return measure(kind, PARAMS[kind], field, draws=where)[suffix].array.astype(np.float64)

    first = drawn(draws(200), light(1e-3))
    assert np.array_equal(first[:50], drawn(draws(50), light(1e-3)))
    shorter = Light(light(1e-3).re[:1], light(1e-3).im[:1], WAVELENGTHS[:1])
    assert np.array_equal(first[:, :1], drawn(draws(200), shorter))
    for other in (draws(200, seed="43"), draws(200, node="e"), draws(200, event=1)):
        assert not np.array_equal(first, drawn(other, light(1e-3)))


@pytest.mark.parametrize("kind", DETECTORS)
def test_a_field_that_differs_by_shot_gives_the_bits_of_each_shot(kind: str) -> None:
    """AWB-R-506."""
    one = light(1e-4)
    rows = [scaled(one, k) for k in (1.0, 0.5, 2.0)]
    together = stacked(rows)
    outputs = measure(kind, PARAMS[kind], together, draws=draws(3))
    for shot, row in enumerate(rows):
        alone = measure(kind, PARAMS[kind], row, draws=draws(3))
        for suffix, output in outputs.items():
            assert output.sampled
            assert output.axes[:2] == ("shot", "wavelength")
            expected = alone[suffix].array
            assert np.array_equal(
                output.array[shot], expected[shot] if "shot" in alone[suffix].axes else expected
            )


def test_more_photons_than_a_count_can_hold_are_refused() -> None:
    bright = {**PARAMS["photon_counter"], "window_ps": 1e14}
    with pytest.raises(CountRangeError, match=r"'d' expects .* counts"):
        measure("photon_counter", bright, light(1.0), draws=draws(1))
    assert float(measure("photon_counter", bright, light(1.0), draws=draws(0))["mean"].array[0]) > 2.0**62


@pytest.mark.parametrize("kind", DETECTORS)
def test_control_conditions_on_samples_or_without_shots_on_expectations(kind: str) -> None:
    """AWB-R-532."""
    for shots, rows in ((0, 1), (6, 1 if kind.endswith("monitor") else 6)):
        outputs = measure(kind, PARAMS[kind], light(), draws=draws(shots))
        values = measured_values(kind, outputs, shots=shots)
        assert values.shape == (rows, 3)
        assert values.dtype == np.float64
    if kind == "photon_counter":
        assert np.array_equal(values, outputs["counts"].array)
