"""Random numbers and samples read a second time from the text, in plain Python and with tools of others.

Words are those of numpy's Philox, normal numbers those of the standard library (AS 241, too), logarithms and
exponentials those of MPFR. What comes out has to be the engine's, bit for bit.
"""

import hashlib
import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from statistics import NormalDist

import gmpy2  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pytest

from awen_ref.engine.detectors import Draws, Light, measure
from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.numerics.poisson import poisson_quantile
from tests.engine_documents import experiment, run

SEED, NODE, SHOTS = "42", "d", 40
WAVELENGTHS = (1.3, 1.55, 1.6)
RE, IM = (1.2e-4, 0.7e-4, -0.3e-4), (0.1e-4, -0.9e-4, 0.2e-4)
E, K, H, C = 1.602176634e-19, 1.380649e-23, 6.62607015e-34, 299792458.0
HC_J_UM = float(gmpy2.mpq(gmpy2.mpq("662607015") / 10**42 * 299792458) * 10**6)


def word(stream: tuple[str, str, str], shot: int, event: int, number: int) -> int:
    """The word that a number is made from, by numpy: it counts one up before it draws."""
    text = '["awen-ir/1.0","{}","{}","{}"]'.format(*stream)
    digest = hashlib.sha256(text.encode()).digest()
    key = np.frombuffer(digest[:16], dtype=">u8").astype(np.uint64)
    place = (number // 4) + (shot << 64) + (event << 128)
    counter = ((place - 1) % (1 << 256)).to_bytes(32, "little")
    drawn = np.random.Philox(key=key, counter=np.frombuffer(counter, dtype="<u8")).random_raw(4)
    return int(drawn[number % 4])


def uniform(stream: tuple[str, str, str], shot: int, event: int, number: int) -> float:
    """u = (k + ½)·2⁻⁵² with k the upper 52 bits."""
    return ((word(stream, shot, event, number) >> 12) + 0.5) * 2.0**-52


def normal(u: float) -> float:
    """The quantile of u, by the standard library, in its centre; with a rounded logarithm outside."""
    return NormalDist().inv_cdf(u)


def poisson(mean: float, u: float) -> int:
    """The number of a mean of at most 256, from the recursion of the text."""
    with gmpy2.context(precision=53, round=gmpy2.RoundToNearest):
        p = c = float(gmpy2.exp(gmpy2.mpfr(-mean)))
    k = 0
    while c < u:
        k += 1
        p = (p * mean) / k
        if k > mean and c + p == c:
            break
        c += p
    return k


def test_uniform_numbers_are_those_of_the_text() -> None:
    """AWB-R-510, AWB-R-511."""
    ours = Stream.of(SEED, NODE, "samples").uniforms(6, 9, event=3, first_shot=2)
    theirs = [[uniform((SEED, NODE, "samples"), 2 + shot, 3, i) for i in range(9)] for shot in range(6)]
    assert ours.tolist() == theirs


def test_normal_numbers_are_those_of_the_algorithm() -> None:
    """AWB-R-512: in the centre the same bits; further out to the rounding of the C library's logarithm."""
    numbers = [uniform((SEED, NODE, "samples"), 0, 0, i) for i in range(4000)]
    ours = normal_quantile(np.array(numbers)).tolist()
    theirs = [normal(u) for u in numbers]
    centre = [abs(u - 0.5) <= 0.425 for u in numbers]
    assert 3000 < sum(centre) < 3900
    assert [x for x, inside in zip(ours, centre, strict=True) if inside] == [
        x for x, inside in zip(theirs, centre, strict=True) if inside
    ]
    assert all(math.isclose(x, y, rel_tol=4e-16) for x, y in zip(ours, theirs, strict=True))
    assert sum(x == y for x, y in zip(ours, theirs, strict=True)) > 3900


@pytest.mark.parametrize("mean", [0.0, 1e-3, 0.7, 12.5, 100.0, 255.9, 256.0])
def test_small_poisson_numbers_are_those_of_the_recursion(mean: float) -> None:
    """AWB-R-513."""
    numbers = [uniform((SEED, NODE, "counts"), 0, 0, i) for i in range(300)] + [2.0**-53, 1 - 2.0**-53]
    ours = poisson_quantile([mean], [[u] for u in numbers])[:, 0].tolist()
    assert ours == [poisson(mean, u) for u in numbers]


@pytest.mark.parametrize("mean", [256.0000001, 300.0, 1e4, 1e9, 1e15])
def test_large_poisson_numbers_are_those_of_the_expansion(mean: float) -> None:
    """AWB-R-514."""
    numbers = [uniform((SEED, NODE, "counts"), 0, 0, i) for i in range(300)] + [2.0**-53, 1 - 2.0**-53]
    ours = poisson_quantile([mean], [[u] for u in numbers])[:, 0].tolist()
    theirs = [
        max(0, math.floor(((mean + math.sqrt(mean) * z) + (z * z - 1) / 6) + 0.5))
        for z in normal_quantile(np.array(numbers)).tolist()
    ]
    assert ours == theirs


# Detectors: the arithmetic of the text, to the last bits; the samples from number w of each shot

PARAMS: Mapping[str, Mapping[str, float]] = {
    "photodetector": {
        "responsivity_a_w": 0.9,
        "dark_current_a": 1e-9,
        "bandwidth_hz": 1e9,
        "temperature_k": 290.0,
        "load_ohm": 50.0,
        "rin_per_hz": 1e-15,
    },
    "photon_counter": {"efficiency": 0.8, "dark_rate_hz": 1e6, "window_ps": 3000.0},
    "homodyne": {"efficiency": 0.9, "lo_phase_rad": 0.3, "electronic_variance": 0.05, "window_ps": 100.0},
    "heterodyne": {"efficiency": 0.9, "lo_phase_rad": 0.3, "electronic_variance": 0.05, "window_ps": 100.0},
}
Point = tuple[float, float, float]
Sampled = tuple[str, list[float], Callable[[int, int], list[float]]]
"""Name of the expectation, its values at a wavelength, and the samples of a shot at wavelength number w."""


def _photodetector(p: Mapping[str, float], point: Point) -> Sampled:
    re, im, _ = point
    photo = p["responsivity_a_w"] * (re * re + im * im)
    current = photo + p["dark_current_a"]
    thermal = 4 * K * p["temperature_k"] * p["bandwidth_hz"] / p["load_ohm"]
    variance = (2 * E * current * p["bandwidth_hz"] + thermal) + p["rin_per_hz"] * photo * photo * p[
        "bandwidth_hz"
    ]

    def drawn(shot: int, w: int) -> list[float]:
        return [current + math.sqrt(variance) * _z(shot, w)]

    return "current", [current], drawn


def _photon_counter(p: Mapping[str, float], point: Point) -> Sampled:
    re, im, wavelength = point
    rate = p["efficiency"] * ((re * re + im * im) * wavelength / HC_J_UM) + p["dark_rate_hz"]
    mean = rate * (p["window_ps"] / 1e12)
    assert mean <= 256

    def drawn(shot: int, w: int) -> list[float]:
        return [poisson(mean, uniform((SEED, NODE, "counts"), shot, 0, w))]

    return "mean", [mean], drawn


def _turned(p: Mapping[str, float], point: Point) -> tuple[float, float, float, float]:
    """√(T·λ/hc), both quadratures, and the deviation of the noise."""
    re, im, wavelength = point
    scale = math.sqrt(p["window_ps"] / 1e12 * wavelength / HC_J_UM)
    with gmpy2.context(precision=53):
        s, c = (float(one) for one in gmpy2.sin_cos(gmpy2.mpfr(p["lo_phase_rad"])))
    return scale, re * c + im * s, im * c - re * s, math.sqrt(0.5 + p["electronic_variance"])


def _homodyne(p: Mapping[str, float], point: Point) -> Sampled:
    scale, in_phase, _, deviation = _turned(p, point)
    mean = math.sqrt(2 * p["efficiency"]) * scale * in_phase
    return "mean", [mean], lambda shot, w: [mean + deviation * _z(shot, w)]


def _heterodyne(p: Mapping[str, float], point: Point) -> Sampled:
    scale, in_phase, quadrature, deviation = _turned(p, point)
    factor = math.sqrt(p["efficiency"]) * scale
    means = [factor * in_phase, factor * quadrature]

    def drawn(shot: int, w: int) -> list[float]:
        return [mean + deviation * _z(shot, 2 * w + i) for i, mean in enumerate(means)]

    return "mean", means, drawn


def _z(shot: int, number: int) -> float:
    return float(normal_quantile(uniform((SEED, NODE, "samples"), shot, 0, number)))


READINGS: Mapping[str, Callable[[Mapping[str, float], Point], Sampled]] = {
    "photodetector": _photodetector,
    "photon_counter": _photon_counter,
    "homodyne": _homodyne,
    "heterodyne": _heterodyne,
}


@pytest.mark.parametrize("kind", READINGS)
def test_expectations_and_samples_are_those_of_the_text(kind: str) -> None:
    """AWB-R-501 to AWB-R-505: each by its formula, and which number each sample takes."""
    light = Light(np.array(RE), np.array(IM), np.array(WAVELENGTHS))
    outputs = measure(kind, PARAMS[kind], light, draws=Draws(SEED, NODE, SHOTS, 0))
    samples = outputs["counts" if kind == "photon_counter" else "samples"].array
    for w, point in enumerate(zip(RE, IM, WAVELENGTHS, strict=True)):
        name, means, drawn = READINGS[kind](PARAMS[kind], point)
        assert np.allclose(outputs[name].array[w], means if len(means) > 1 else means[0], rtol=4e-16, atol=0)
        expected = np.array([drawn(shot, w) for shot in range(SHOTS)])
        assert np.allclose(samples[:, w].reshape(SHOTS, -1), expected, rtol=1e-14, atol=0)


def test_a_measurement_by_control_takes_the_numbers_of_its_event() -> None:
    """AWB-R-505: event k for the k-th measurement, from 0."""
    homodyne = dict(PARAMS["homodyne"])
    rules = [
        {"at_ps": at, "detector": NODE, "target": "shift.phase_rad", "gain": 0.0, "offset": 0.0}
        | {"measure_ps": "1", "decide_ps": "1", "actuate_ps": "1"}
        for at in ("1000", "2000", "3000")
    ]
    nodes = {
        "laser": ("source", {"power_w": 1e-8, "phase_rad": 0.0}),
        "tap": ("splitter", {"ratio": 0.5}),
        NODE: ("homodyne", homodyne),
        "shift": ("phase_shifter", {"phase_rad": 0.0}),
        "end": ("monitor", {}),
    }
    ends = [("d.o1", "tap.o2"), ("laser.o1", "tap.o1"), ("shift.o1", "tap.o3"), ("end.o1", "shift.o2")]
    documents = experiment(nodes, ends, shots=5)
    documents["experiment"]["seed"] = SEED
    documents["ir"]["control"] = rules
    result = run(documents)
    mean = float(result.outputs["d.mean"].array.ravel()[0])
    deviation = math.sqrt(0.5 + homodyne["electronic_variance"])
    for event in range(3):
        measured = [line["measured"] for line in result.control if line["rule"] == event]
        z = [float(normal_quantile(uniform((SEED, NODE, "samples"), shot, event, 0))) for shot in range(5)]
        assert np.allclose(measured, [mean + deviation * one for one in z], rtol=1e-13, atol=1e-13)
    assert result.outputs["d.samples"].array[:, 0].tolist() == measured  # AWB-R-535: the last one's


def test_decisions_stand_in_the_order_of_events_then_shots() -> None:
    """AWB-R-536 and AWB-R-560: the log's order, and events numbered without a gap."""
    nodes = {
        "laser": ("source", {"power_w": 1e-8, "phase_rad": 0.0}),
        "tap": ("splitter", {"ratio": 0.5}),
        "a": ("homodyne", dict(PARAMS["homodyne"])),
        "b": ("homodyne", dict(PARAMS["homodyne"])),
    }
    ends = [("a.o1", "tap.o2"), ("laser.o1", "tap.o1"), ("b.o1", "tap.o3")]
    documents = experiment(nodes, ends, shots=3)
    plain = {"gain": 0.0, "offset": 0.0, "measure_ps": "0", "actuate_ps": "1"}
    documents["ir"]["control"] = [
        plain | {"at_ps": "10", "detector": "a", "target": "b.lo_phase_rad", "decide_ps": "100"},
        plain | {"at_ps": "20", "detector": "b", "target": "a.lo_phase_rad", "decide_ps": "5"},
    ]
    result = run(documents)
    assert [(line["rule"], line["shot"]) for line in result.control] == [
        (rule, shot) for rule in (1, 0) for shot in range(3)
    ]
    events = result.telemetry.events
    assert [event["sequence"] for event in events] == list(range(len(events)))
    assert all(int(a["elapsed_ns"]) <= int(b["elapsed_ns"]) for a, b in pairwise(events))
