"""Device, drift, coherence and calibration read a second time from the text, in plain Python and MPFR.

What the text fixes to the bit is compared to the bit; what it leaves to a search, with closed forms.
"""

import math
from collections.abc import Sequence
from typing import Any

import gmpy2  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pytest

from awen_ref.engine.calibration import calibrate
from awen_ref.engine.coherence import visibility
from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.ornstein import drift
from awen_ref.engine.phases import Crosstalk, commands, device_phases, solve_linear
from awen_schema.kinds import KINDS
from tests.engine_documents import StillClock, experiment, inputs, interferometer, phase_calibration, run

SECOND = 10**12


def nearest(value: Any) -> float:  # noqa: ANN401 - a number of gmpy2, which has no types
    """A number of many digits, rounded once."""
    return float(gmpy2.mpfr(value, 53))


def pairwise(terms: Sequence[float]) -> float:
    """Neighbours added two by two, an odd last one carried over, until one is left."""
    rest = list(terms)
    while len(rest) > 1:
        added = [a + b for a, b in zip(rest[::2], rest[1::2], strict=False)]
        rest = added + rest[2 * len(added) :]
    return rest[0] if rest else 0.0


def solution(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Elimination with the largest pivot of the column, the first of equal ones, as the text has it."""
    a, b, n = [list(row) for row in matrix], list(right), len(right)
    for k in range(n):
        pivot = max(range(k, n), key=lambda row: (abs(a[row][k]), -row))
        a[k], a[pivot], b[k], b[pivot] = a[pivot], a[k], b[pivot], b[k]
        for row in range(k + 1, n):
            factor = a[row][k] / a[k][k]
            a[row][k:] = [x - factor * y for x, y in zip(a[row][k:], a[k][k:], strict=True)]
            b[row] -= factor * b[k]
    for k in reversed(range(n)):
        b[k] = (b[k] - pairwise([x * y for x, y in zip(a[k][k + 1 :], b[k + 1 :], strict=True)])) / a[k][k]
    return b


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_drives_are_found_by_the_elimination_of_the_text(size: int) -> None:
    """AWB-R-546."""
    draw = np.random.Generator(np.random.PCG64(size))
    for _ in range(20):
        matrix, right = draw.normal(size=(size, size)), draw.normal(size=size)
        matrix[:, 0] = np.sign(matrix[:, 0])  # every pivot of the first column is as large as any other
        found = solve_linear(matrix, right.reshape(-1, 1))[:, 0].tolist()
        assert found == solution(matrix.tolist(), right.tolist())


def test_commands_drives_and_phases_are_those_of_the_text() -> None:
    """AWB-R-545: every sum in the order in which it is written."""
    names, draw = ("a", "b", "c"), np.random.Generator(np.random.PCG64(5))
    value, offset, correction, true, slope, rate = (draw.normal(size=3).tolist() for _ in range(6))
    known = {
        name: phase_calibration(offset_rad=offset[i], correction_rad=correction[i])
        for i, name in enumerate(names)
    }
    asked = {name: np.array([value[i]]) for i, name in enumerate(names)}
    command = commands(asked, {"phases": known})
    assert [command[name][0] for name in names] == [(value[i] - offset[i]) + correction[i] for i in range(3)]
    undone, done = draw.normal(size=(3, 3)) + 3 * np.eye(3), draw.normal(size=(3, 3))
    drives = Crosstalk(names, undone).drives(command)
    assert [drives[name][0] for name in names] == solution(
        undone.tolist(), [float(command[name][0]) for name in names]
    )
    twin = {
        "seed": "11",
        "at_ps": str(123 * SECOND),
        "temperature_k": 305.5,
        "reference_temperature_k": 300.2,
        "crosstalk": {"order": list(names), "matrix": done.tolist()},
        "phases": {
            name: phase_calibration(
                offset_rad=true[i],
                temperature_coefficient_rad_k=slope[i],
                drift_rate_rad_s=rate[i],
                ou_sigma_rad=0.1,
                ou_tau_s=50.0,
            )
            for i, name in enumerate(names)
        },
    }
    shown = device_phases(drives, twin)
    for i, name in enumerate(names):
        reached = pairwise([done[i][j] * float(drives[one][0]) for j, one in enumerate(names)])
        x = path(name, 123 * SECOND, 0.1, 50.0)
        phase = (((true[i] + reached) + slope[i] * (305.5 - 300.2)) + rate[i] * (123 * SECOND / 10**12)) + x
        assert shown[name][0] == phase
    assert device_phases({"z": np.array([0.3])}, twin)["z"][0] == 0.3  # outside the matrix: its own drive


def path(name: str, at_ps: int, sigma: float, tau_s: float) -> float:
    """The path of a phase at a time, by halving the span of 2⁶⁴ ps, from 300 bits."""
    stream = Stream.of("11", name, "phase_drift")

    def z(interval: int, number: int) -> float:
        (drawn,) = stream.uniforms(1, number + 1, first_shot=interval)
        return float(normal_quantile(drawn[number]))

    def r(bits: int) -> Any:  # noqa: ANN401 - a number of gmpy2, which has no types
        return gmpy2.exp(-(gmpy2.mpfr(2) ** bits / SECOND) / gmpy2.mpfr(tau_s))

    with gmpy2.context(precision=300):
        first = r(64)
        left = sigma * z(0, 0)
        right = nearest(first) * left + sigma * nearest(gmpy2.sqrt(1 - first * first)) * z(0, 1)
        start = 0
        for k in range(64):
            if start == at_ps:
                break
            half = r(63 - k)
            lost, both = 1 - half * half, 1 + half * half
            number = z(start >> (64 - k), k + 2)
            middle = nearest(half / both) * (left + right) + sigma * nearest(gmpy2.sqrt(lost / both)) * number
            if at_ps < start + 2 ** (63 - k):
                right = middle
            else:
                start, left = start + 2 ** (63 - k), middle
    return left


@pytest.mark.parametrize("at_ps", [0, 1, 77, SECOND, 86_400 * SECOND + 3, 2**63, 2**64 - 1])
@pytest.mark.parametrize("tau_s", [1e-9, 3600.0, 1e7])
def test_the_path_of_a_drift_is_that_of_the_text(at_ps: int, tau_s: float) -> None:
    """AWB-R-547."""
    found = drift(Stream.of("11", "phi", "phase_drift"), at_ps, sigma=0.3, tau_s=tau_s)
    assert found == path("phi", at_ps, 0.3, tau_s)


@pytest.mark.parametrize("spread_ps", [0.0, 0.1, 3.7, 1e4, 3.3e5])
def test_visibility_has_the_bits_of_the_text(spread_ps: float) -> None:
    """AWB-R-542: each factor correctly rounded."""
    window = {"linewidth_hz": 1.3e6, "decoherence_time_ps": "1000000007"}
    with gmpy2.context(precision=300):
        line = nearest(gmpy2.exp(-gmpy2.const_pi() * gmpy2.mpfr(1.3e6) * gmpy2.mpfr(spread_ps / 10**12)))
        rest = nearest(gmpy2.exp(-gmpy2.mpfr(spread_ps / 1000000007)))
    assert visibility(window, spread_ps) == line * rest


# Calibration: a Mach-Zehnder's bright end, in closed form

POWER, OTHER = 1e-3, 1.1
PHOTODIODE = {
    "responsivity_a_w": 0.9,
    "dark_current_a": 1e-9,
    "bandwidth_hz": 1e6,
    "temperature_k": 300.0,
    "load_ohm": 50.0,
    "rin_per_hz": 0.0,
}


def device(value: float, offset: float, *, shots: int = 0) -> dict[str, Any]:
    """An interferometer whose lower arm asks for `value` and has an offset."""
    counter = {"efficiency": 0.5, "dark_rate_hz": 0.0, "window_ps": 1e6}
    ends = ("photodetector", PHOTODIODE), ("photon_counter", counter)
    documents = interferometer(("phi", OTHER), ends, power_w=POWER, shots=shots)
    documents["parameters"] = {"phi": {"value": value, "unit": "rad"}}
    truth = {
        "seed": "11",
        "at_ps": "0",
        "temperature_k": 300.0,
        "reference_temperature_k": 300.0,
        "phases": {"phi": phase_calibration(offset_rad=offset)},
        "crosstalk": {"order": [], "matrix": []},
        "dark_rates": {"dark": {"rate_hz": 5e6}},
    }
    documents["device"] = {"type": "twin", "capabilities": sorted(KINDS), "limits": {}, "twin": truth}
    return documents


def asked(procedure: str, target: str) -> dict[str, Any]:
    """A task of one target."""
    direct = procedure == "dark_counts"
    optimiser = {
        "method": "direct" if direct else "gauss_newton",
        "maximum_iterations": 0 if direct else 50,
        "tolerance": 0.0 if direct else 1e-12,
    }
    return {
        "artifact_type": "calibration",
        "procedure": procedure,
        "targets": [target],
        "optimiser": optimiser,
        "soft_limits": {},
        "hard_limits": {},
        "as_of_ps": "0",
    }


def expected(phase: float) -> tuple[float, float]:
    """Current of the bright end, and photons that the other one counts, of a phase of the lower arm."""
    bright, energy = POWER * math.cos((phase - OTHER) / 2) ** 2, 6.62607015e-34 * 299792458.0 / 1.55e-6
    current = PHOTODIODE["responsivity_a_w"] * bright + PHOTODIODE["dark_current_a"]
    return current, (0.5 * (POWER - bright) / energy + 5e6) * 1e-6


def test_a_sweep_measures_below_at_and_above_the_value_of_a_parameter() -> None:
    """AWB-R-552: entry k of the list is measurement k, of every detector."""
    result = calibrate(inputs(device(0.3, 0.7)), asked("phase_response", "phi"), clock=StillClock())
    shown = [expected(0.3 + 0.7 + step) for step in (-math.pi / 2, 0.0, math.pi / 2)]
    for place, name in enumerate(("bright", "dark")):
        found = result.outputs[f"{name}.measured"].array.ravel()
        assert np.allclose(found, [one[place] for one in shown], rtol=1e-9)


def test_with_shots_a_sweep_takes_the_mean_of_the_samples() -> None:
    """AWB-R-552."""
    plain, drawn = (
        calibrate(inputs(device(0.3, 0.7, shots=n)), asked("phase_response", "phi"), clock=StillClock())
        for n in (0, 400)
    )
    expectation, mean = (one.outputs["dark.measured"].array.ravel() for one in (plain, drawn))
    assert mean.shape == expectation.shape
    assert not np.array_equal(mean, expectation)
    assert (np.abs(mean - expectation) < 5 * np.sqrt(expectation / 400)).all()
    assert np.allclose(np.round(mean * 400), mean * 400, rtol=0, atol=1e-3)  # 400 counts were added up


def test_a_residual_is_relative_to_the_largest_value_of_its_detector() -> None:
    """AWB-R-553: and that of a state is the root mean square of all."""
    result = calibrate(inputs(device(0.3, 0.7)), asked("phase_response", "phi"), clock=StillClock())
    steps = (-math.pi / 2, 0.0, math.pi / 2)
    shown, modelled = ([expected(0.3 + more + step) for step in steps] for more in (0.7, 0.0))
    misses = []
    for place in (0, 1):
        dark = (0.0, 5e6 * 1e-6)[place]  # the state before does not know the dark rate of the twin
        largest = max(one[place] for one in shown)
        misses += [(m[place] - dark - s[place]) / largest for m, s in zip(modelled, shown, strict=True)]
    size = math.sqrt(sum(miss * miss for miss in misses) / len(misses))
    assert math.isclose(result.body["residual_before"], size, rel_tol=1e-6)
    assert result.body["residual_after"] < size / 1e3


@pytest.mark.parametrize("offset", [4.0, -5.5, 9.0])
def test_an_offset_is_given_within_half_a_turn_and_nothing_is_left_to_correct(offset: float) -> None:
    """AWB-R-556."""
    documents = device(0.3, offset)
    documents["calibration"]["phases"] = {"phi": phase_calibration(correction_rad=0.2)}
    body = calibrate(inputs(documents), asked("phase_response", "phi"), clock=StillClock()).body
    after = body["after"]["phases"]["phi"]
    assert math.isclose(after["offset_rad"], math.remainder(offset, math.tau), abs_tol=1e-5)
    assert after["correction_rad"] == 0.0
    assert body["after"]["calibrated_at_ps"] == "0"


def test_two_rules_that_measure_one_detector_at_one_time_share_the_measurement() -> None:
    """AWB-R-532."""
    homodyne = {"efficiency": 1.0, "lo_phase_rad": 0.0, "electronic_variance": 0.0, "window_ps": 100.0}
    nodes: dict[str, tuple[str, dict[str, Any]]] = {
        "laser": ("source", {"power_w": 1e-8, "phase_rad": 0.0}),
        "tap": ("splitter", {"ratio": 0.5}),
        "a": ("homodyne", homodyne),
        "b": ("homodyne", homodyne),
    }
    documents = experiment(nodes, [("a.o1", "tap.o2"), ("laser.o1", "tap.o1"), ("b.o1", "tap.o3")], shots=20)
    plain = {"at_ps": "10", "detector": "a", "gain": 0.0, "offset": 0.0, "measure_ps": "1", "decide_ps": "1"}
    documents["ir"]["control"] = [
        plain | {"target": "b.efficiency", "offset": 1.0, "actuate_ps": "1"},
        plain | {"target": "b.lo_phase_rad", "actuate_ps": "1"},
    ]
    result = run(documents)
    first, second = ([line["measured"] for line in result.control if line["rule"] == n] for n in (0, 1))
    assert first == second
    assert first == result.outputs["a.samples"].array[:, 0].tolist()
