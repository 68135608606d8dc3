"""Experiments with a clock, a calibration or a device of their own, as documents: parents of engine cases."""

from collections.abc import Callable, Mapping
from typing import Any

from awen_ref.engine import cases
from awen_ref.engine.netlist import Netlist, wavelengths

Document = dict[str, Any]

_HOMODYNE = {"efficiency": 0.9, "lo_phase_rad": 0.0, "electronic_variance": 0.02, "window_ps": 200.0}
_PHOTODIODE = {
    "responsivity_a_w": 0.9,
    "dark_current_a": 1e-9,
    "bandwidth_hz": 1e9,
    "temperature_k": 300.0,
    "load_ohm": 50.0,
    "rin_per_hz": 1e-15,
}
_COUNTER = {"efficiency": 0.1, "dark_rate_hz": 10.0, "window_ps": 1e6}
_AT_ONCE = {"measure_ps": "0", "decide_ps": "0", "actuate_ps": "0"}


def _documents(net: Netlist, *, shots: int = 0, **members: object) -> Document:
    given = cases.documents(cases.Case(lambda: net, wavelengths(1.55, 1.55, 1), "", shots=shots))
    given["experiment"] |= {"clock": {"origin_ps": "1000"}} | members
    return given


def _window(**members: object) -> Document:
    return {
        "start_ps": "0",
        "end_ps": "2000000",
        "idle_budget_ps": "500000",
        "decoherence_time_ps": "100000",
        "linewidth_hz": 1e6,
        "minimum_visibility": 0.9,
    } | members


def _rule(at_ps: int, detector: str, target: str, **members: object) -> Document:
    plain = {"measure_ps": "100000", "decide_ps": "50000", "actuate_ps": "50000"}
    return {"at_ps": str(at_ps), "detector": detector, "target": target} | plain | members


def feed_forward() -> Document:
    """Two measurements steer what comes after them, one of them at once, shot by shot."""
    net = Netlist()
    net.add("laser", "source", power_w=4e-8, phase_rad=net.named("signal", 0.3))
    net.add("tap", "splitter", ratio=0.1)
    net.add("probe", "homodyne", **_HOMODYNE)
    net.add("line", "delay", delay_ps=200000.0)
    net.add("attenuate", "attenuator", loss_db=1.0)
    net.add("turn", "phase_shifter", phase_rad=net.named("turn", 0.2))
    net.add("split", "coupler", kappa=0.4)
    net.add("receiver", "homodyne", **_HOMODYNE)
    net.add("diode", "photodetector", **_PHOTODIODE)
    for ends in (("laser.o1", "tap.o1"), ("tap.o2", "probe.o1"), ("tap.o3", "line.o1")):
        net.join(*ends)
    for ends in (("line.o2", "attenuate.o1"), ("attenuate.o2", "turn.o1"), ("turn.o2", "split.o1")):
        net.join(*ends)
    net.join("split.o3", "receiver.o1")
    net.join("split.o4", "diode.o1")
    given = _documents(net, shots=5, coherence_window=_window(), record=["turn.o2"])
    given["ir"]["control"] = [
        _rule(1000, "probe", "turn.phase_rad", gain=-0.127, offset=0.1),
        _rule(400000, "diode", "attenuate.loss_db", gain=1e6, offset=0.5, threshold=1e-8, **_AT_ONCE),
        _rule(500000, "probe", "turn.phase_rad", gain=0.05, offset=0.0, threshold=1e9),
    ]
    return given


def _interferometer() -> Netlist:
    """Two phases that know of each other, a counter and a local oscillator behind them."""
    net = Netlist()
    net.add("laser", "source", power_w=1e-9, phase_rad=0.0)
    net.add("split", "coupler", kappa=0.5)
    net.add("lower", "phase_shifter", phase_rad=net.named("phi_a", 0.4))
    net.add("upper", "phase_shifter", phase_rad=net.named("phi_b", 1.3))
    net.add("join", "coupler", kappa=0.5)
    net.add("counter", "photon_counter", **_COUNTER)
    oscillator: dict[str, float | str] = {**_HOMODYNE, "lo_phase_rad": net.named("lo", 0.7)}
    net.add("homodyne", "homodyne", **oscillator)
    for ends in (("laser.o1", "split.o1"), ("split.o4", "lower.o1"), ("split.o3", "upper.o1")):
        net.join(*ends)
    for ends in (("lower.o2", "join.o1"), ("upper.o2", "join.o2"), ("join.o3", "counter.o1")):
        net.join(*ends)
    net.join("join.o4", "homodyne.o1")
    return net


def _phase(offset: float, **members: float) -> Mapping[str, float]:
    return {
        "offset_rad": offset,
        "correction_rad": 0.0,
        "drift_rate_rad_s": 0.0,
        "temperature_coefficient_rad_k": 0.0,
        "ou_sigma_rad": 0.0,
        "ou_tau_s": 0.0,
    } | members


def drifting_twin() -> Document:
    """A twin with offsets, crosstalk, warmth, age and a wandering phase, under a calibration that is old."""
    given = _documents(_interferometer(), shots=3)
    known = {"drift_rate_rad_s": 1e-7, "ou_sigma_rad": 0.01, "ou_tau_s": 3600.0}
    given["calibration"] |= {
        "phases": {"lo": _phase(-0.2), "phi_a": _phase(0.11, correction_rad=0.02, **known)},
        "crosstalk": {"order": ["phi_a", "phi_b"], "matrix": [[1.0, 0.04], [-0.03, 1.0]]},
        "stale_limit_rad": 5.0,
    }
    given["device"] |= {
        "type": "twin",
        "limits": {"maximum_phase_rad": 20.0},
        "twin": {
            "seed": "18446744073709551615",
            "at_ps": "9007199254740993000",
            "temperature_k": 299.4,
            "reference_temperature_k": 298.15,
            "phases": {
                "phi_a": _phase(0.12, temperature_coefficient_rad_k=0.01, **known),
                "phi_b": _phase(-0.3, **known),
            },
            "crosstalk": {"order": ["lo", "phi_a", "phi_b"], "matrix": _CROSSTALK},
            "dark_rates": {"counter": {"rate_hz": 250.0}},
        },
    }
    given["experiment"]["clock"] = {"origin_ps": "9007199254740993000"}
    return given


_CROSSTALK = [[1.0, 0.0, 0.01], [0.0, 1.0, 0.05], [0.002, -0.02, 1.0]]


def interference_lost() -> Document:
    """Two ways that differ by more than the light stays coherent for."""
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    net.add("split", "coupler", kappa=0.5)
    net.add("short", "waveguide", length_um=100.0, n_eff=2.4, n_g=4.2, **_PLAIN)
    net.add("long", "waveguide", length_um=30000.0, n_eff=2.4, n_g=4.2, **_PLAIN)
    net.add("ring", "ring_all_pass", kappa=0.2, length_um=500.0, n_eff=2.4, n_g=4.2, **_PLAIN)
    net.add("join", "coupler", kappa=0.5)
    net.add("eye", "monitor")
    for ends in (("laser.o1", "split.o1"), ("split.o4", "short.o1"), ("split.o3", "long.o1")):
        net.join(*ends)
    for ends in (("short.o2", "join.o1"), ("long.o2", "ring.o1"), ("ring.o2", "join.o2")):
        net.join(*ends)
    net.join("join.o3", "eye.o1", delay_ps=3.0)
    window = _window(linewidth_hz=1e7, decoherence_time_ps="4300")
    return _documents(net, coherence_window=window)


_PLAIN = {"dispersion_ps_nm_km": 0.0, "loss_db_cm": 2.0, "reference_wavelength_um": 1.55}


def beyond_its_limits() -> Document:
    """A setting that one shot in five drives beyond what the device bears."""
    given = feed_forward()
    given["ir"]["control"] = [_rule(1000, "probe", "turn.phase_rad", gain=2.0, offset=0.0)]
    given["device"]["limits"] = {"maximum_phase_rad": 3.0}
    return given


def half_turns() -> Document:
    """Waveguides whose phases are whole numbers of half turns to the bit, forwards and backwards."""
    net = Netlist()
    for name, length_um in (("one", 1.0), ("three", 3.0), ("two", 2.0)):
        net.add(f"laser_{name}", "source", power_w=1e-3, phase_rad=0.0)
        net.add(f"way_{name}", "waveguide", length_um=length_um, **_BACKWARDS)
        net.add(f"eye_{name}", "monitor")
        net.join(f"laser_{name}.o1", f"way_{name}.o1")
        net.join(f"way_{name}.o2", f"eye_{name}.o1")
    grid = {"kind": "wavelength_list", "values_um": [0.8, 1.0, 2.0]}
    return _documents(net) | {"experiment": _documents(net)["experiment"] | {"grid": grid}}


_BACKWARDS = {
    "n_eff": 0.5,
    "n_g": 2.0,
    "dispersion_ps_nm_km": 0.0,
    "loss_db_cm": 0.0,
    "reference_wavelength_um": 1.0,
}
"""Of a waveguide that makes 1, 1/2 and -1/2 turns in a micrometre at 0.8, 1 and 2 um: 2/λ - 3/2."""

EXPERIMENTS: Mapping[str, Callable[[], Document]] = {
    "beyond-its-limits": beyond_its_limits,
    "drifting-twin": drifting_twin,
    "feed-forward": feed_forward,
    "half-turns": half_turns,
    "interference-lost": interference_lost,
}
"""Experiments by name."""
