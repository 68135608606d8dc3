"""Circuits of the field, to any size: rings on a bus, coupled resonators, meshes, filters.

The numbers are plausible silicon ones and deterministic; examples, tests and benchmarks share them.
"""

import random
from collections.abc import Callable, Mapping
from itertools import pairwise

from awen_ref.engine.netlist import Netlist

__all__ = [
    "CENTRE_UM",
    "WIRE",
    "add_drop_ring",
    "clements",
    "crow",
    "feed_forward",
    "interferometer",
    "monitored",
    "noisy",
    "ring_bus",
    "wdm_filter",
]

CENTRE_UM = 1.55

WIRE: Mapping[str, float] = {
    "n_eff": 2.34,
    "n_g": 3.4,
    "dispersion_ps_nm_km": 0.0,
    "loss_db_cm": 3.0,
    "reference_wavelength_um": CENTRE_UM,
}
"""A waveguide's parameters but its length."""


def _laser(net: Netlist, power_w: float = 1e-3) -> str:
    return net.add("laser", "source", power_w=power_w, phase_rad=0.0)


def add_drop_ring() -> Netlist:
    """One ring between two buses; outputs `through` and `drop`."""
    net = Netlist()
    _laser(net)
    net.add("ring", "ring_add_drop", kappa_in=0.05, kappa_drop=0.05, length_um=62.8, **WIRE)
    for name, port in (("through", 4), ("drop", 2)):
        net.add(name, "monitor")
        net.join(f"ring.o{port}", f"{name}.o1")
    net.join("laser.o1", "ring.o1")
    return net


def ring_bus(rings: int = 64) -> Netlist:
    """All-pass rings side by side on one bus, each a little longer than the one before."""
    rng = random.Random(1)  # noqa: S311 - a recipe for a circuit, not a secret
    net = Netlist()
    _laser(net)
    net.add("through", "monitor")
    previous = "laser.o1"
    for index in range(rings):
        kappa = round(0.04 + 0.02 * rng.random(), 6)
        name = net.add(
            f"ring_{index:03d}", "ring_all_pass", kappa=kappa, length_um=62.8 + 0.01 * index, **WIRE
        )
        net.join(previous, f"{name}.o1")
        previous = f"{name}.o2"
    net.join(previous, "through.o1")
    return net


def crow(rings: int = 64) -> Netlist:
    """A coupled-resonator optical waveguide: rings in a row, one loop of all of them."""
    rng = random.Random(2)  # noqa: S311 - a recipe for a circuit, not a secret
    net = Netlist()
    _laser(net)
    couplers = [
        net.add(f"coupler_{index:03d}", "coupler", kappa=round(0.10 + 0.02 * rng.random(), 6))
        for index in range(rings + 1)
    ]
    for index, (left, right) in enumerate(pairwise(couplers)):
        length = 31.4 + 0.001 * index
        lower = net.add(f"lower_{index:03d}", "waveguide", length_um=length, **WIRE)
        upper = net.add(f"upper_{index:03d}", "waveguide", length_um=length, **WIRE)
        net.join(f"{left}.o3", f"{lower}.o1")
        net.join(f"{lower}.o2", f"{right}.o1")
        net.join(f"{right}.o4", f"{upper}.o1")
        net.join(f"{upper}.o2", f"{left}.o2")
    net.join("laser.o1", f"{couplers[0]}.o1")
    for name, end in (("through", f"{couplers[0]}.o4"), ("drop", f"{couplers[-1]}.o3")):
        net.add(name, "monitor")
        net.join(end, f"{name}.o1")
    return net


def monitored(net: Netlist, mode: int, tip: str) -> None:
    """End a mode in the monitor `out_…`."""
    net.add(f"out_{mode:02d}", "monitor")
    net.join(tip, f"out_{mode:02d}.o1")


def clements(modes: int, *, seed: int = 3, end: Callable[[Netlist, int, str], None] = monitored) -> Netlist:
    """A rectangular mesh (Clements et al., Optica 3 (2016) 1460) with named random phases; light in mode 0.

    Args:
        modes: How many.
        seed: Of the phases.
        end: Adds what a mode ends in: the net, the mode and the endpoint it leaves from.
    """
    rng = random.Random(seed)  # noqa: S311 - a recipe for a circuit, not a secret
    net = Netlist()
    _laser(net)
    tips: list[str] = ["laser.o1"] + [""] * (modes - 1)
    for column in range(modes):
        for mode in range(column % 2, modes - 1, 2):
            place = f"{column:02d}_{mode:02d}"
            theta = net.named(f"theta_{place}", round(rng.uniform(0.0, 6.283), 6))
            phi = net.named(f"phi_{place}", round(rng.uniform(0.0, 6.283), 6))
            name = net.add(f"mzi_{place}", "mzi", theta_rad=theta, phi_rad=phi)
            for offset, port in ((0, 2), (1, 1)):
                if tips[mode + offset]:
                    net.join(tips[mode + offset], f"{name}.o{port}")
            tips[mode], tips[mode + 1] = f"{name}.o3", f"{name}.o4"
    for mode, tip in enumerate(tips):
        end(net, mode, tip)
    return net


def noisy(net: Netlist, mode: int, tip: str) -> None:
    """End a mode in a photodiode, or, every second one, 60 dB lower in a photon counter."""
    name = f"out_{mode:02d}"
    if mode % 2 == 0:
        net.add(name, "photodetector", **DIODE)
        net.join(tip, f"{name}.o1")
        return
    net.add(f"dim_{mode:02d}", "attenuator", loss_db=60.0)
    net.add(name, "photon_counter", efficiency=0.85, dark_rate_hz=100.0, window_ps=1e5)
    net.join(tip, f"dim_{mode:02d}.o1")
    net.join(f"dim_{mode:02d}.o2", f"{name}.o1")


def wdm_filter() -> Netlist:
    """A four-channel demultiplexer: a tree of unbalanced interferometers, 400 GHz between channels."""
    net = Netlist()
    _laser(net)
    long_um = net.named("delta_um", 110.22, "um")
    short_um = net.named("half_delta_um", 55.11, "um")
    root = _unbalanced(net, "root", long_um, net.named("root_phase", 0.0))
    net.join("laser.o1", f"{root[0]}")
    for branch, phase in (("east", 1.570796), ("west", 0.0)):
        name = net.named(f"{branch}_phase", phase)
        entry, bar, cross = _unbalanced(net, branch, short_um, name)
        net.join(root[1] if branch == "east" else root[2], entry)
        for side, end in (("a", bar), ("b", cross)):
            net.add(f"{branch}_{side}", "photodetector", **DIODE)
            net.join(end, f"{branch}_{side}.o1")
    return net


DIODE: Mapping[str, float] = {
    "responsivity_a_w": 0.9,
    "dark_current_a": 1e-8,
    "bandwidth_hz": 1e9,
    "temperature_k": 300.0,
    "load_ohm": 50.0,
    "rin_per_hz": 1e-15,
}
"""A photodetector's parameters."""


def _unbalanced(net: Netlist, name: str, longer_um: str, phase: str) -> tuple[str, str, str]:
    """An interferometer with a longer upper arm: its entry, its bar and its cross output."""
    first = net.add(f"{name}_in", "coupler", kappa=0.5)
    last = net.add(f"{name}_out", "coupler", kappa=0.5)
    guide = net.add(f"{name}_arm", "waveguide", length_um=longer_um, **{**WIRE, "loss_db_cm": 2.0})
    heater = net.add(f"{name}_heater", "phase_shifter", phase_rad=phase)
    net.join(f"{first}.o4", f"{last}.o1")
    net.join(f"{first}.o3", f"{guide}.o1")
    net.join(f"{guide}.o2", f"{heater}.o1")
    net.join(f"{heater}.o2", f"{last}.o2")
    return f"{first}.o1", f"{last}.o4", f"{last}.o3"


_FIBRE_PS = 38_682_834 * CENTRE_UM / 299.792458
"""200 ns of fibre, cut to a whole number of periods of the light."""


def feed_forward() -> Netlist:
    """A homodyne link: a tenth of the light is measured, the rest, 200 ns later, turned by what was found."""
    values = {"efficiency": 1.0, "lo_phase_rad": 1.5707963267948966, "electronic_variance": 0.01}
    net = Netlist()
    net.add("laser", "source", power_w=4e-7, phase_rad=net.named("signal_phase", 0.35))
    net.add("tap", "splitter", ratio=0.1)
    net.add("probe", "homodyne", **values, window_ps=100.0)
    net.add("turn", "phase_shifter", phase_rad=net.named("turn_phase", 0.0))
    net.add("receiver", "homodyne", **values, window_ps=100.0)
    net.join("laser.o1", "tap.o1")
    net.join("tap.o2", "probe.o1")
    net.join("tap.o3", "turn.o1", delay_ps=_FIBRE_PS)
    net.join("turn.o2", "receiver.o1")
    latencies = {"measure_ps": "100000", "decide_ps": "50000", "actuate_ps": "50000"}
    rule = {"at_ps": "0", "detector": "probe", "target": "turn.phase_rad", "gain": -0.127, "offset": 0.0}
    net.rules.append({**rule, **latencies})
    return net


def interferometer() -> Netlist:
    """A Mach-Zehnder interferometer with unequal arms and a heater in each."""
    net = Netlist()
    _laser(net)
    first, last = net.add("split", "coupler", kappa=0.5), net.add("join", "coupler", kappa=0.5)
    for arm, ports, length in (("lower", ("o4", "o1"), 100.0), ("upper", ("o3", "o2"), 180.0)):
        guide = net.add(f"{arm}_arm", "waveguide", length_um=length, **WIRE)
        heater = net.add(f"{arm}_heater", "phase_shifter", phase_rad=net.named(f"{arm}_phase", 0.0))
        net.join(f"{first}.{ports[0]}", f"{guide}.o1")
        net.join(f"{guide}.o2", f"{heater}.o1")
        net.join(f"{heater}.o2", f"{last}.{ports[1]}")
    net.join("laser.o1", f"{first}.o1")
    for name, port in (("cross", 3), ("bar", 4)):
        net.add(name, "photodetector", **DIODE)
        net.join(f"{last}.o{port}", f"{name}.o1")
    return net
