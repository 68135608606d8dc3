"""Experiments whose result bits every implementation of `awen-ir/1.0` reaches, as digests."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from awen_ref.engine.gallery import WIRE, add_drop_ring, clements, crow, noisy, ring_bus, wdm_filter
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.protocol import RunInputs, RunResult
from awen_schema.documents import parse

__all__ = ["CASES", "Case", "digest", "documents", "inputs"]

_NARROW = wavelengths(1.549, 1.551, 51)
_ONE_POINT = wavelengths(1.55, 1.55, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """One experiment and the digest of its outputs.

    Attributes:
        circuit: Makes the graph.
        grid: Where it is solved.
        sha256: What `digest` has to give.
        shots: Samples of each sampled output.
        record: Recorded endpoints.
    """

    circuit: Callable[[], Netlist]
    grid: Mapping[str, Any]
    sha256: str
    shots: int = 0
    record: tuple[str, ...] = ()


def _delays() -> Netlist:
    """Two ways of different length, one with dispersion, behind an isolator; a delay on an edge."""
    net = Netlist()
    net.add("laser", "source", power_w=2e-3, phase_rad=0.7)
    net.add("guard", "isolator", loss_db=0.3, isolation_db=30.0)
    net.add("split", "splitter", ratio=0.3)
    net.add("long", "waveguide", length_um=1234.5, **{**WIRE, "dispersion_ps_nm_km": -1500.0})
    net.add("line", "delay", delay_ps=11.25)
    net.add("cross", "crossing", loss_db=0.1)
    net.add("join", "coupler", kappa=0.45)
    net.add("dim", "attenuator", loss_db=3.0)
    net.add("eye", "monitor")
    for ends in (("laser.o1", "guard.o1"), ("guard.o2", "split.o1"), ("split.o2", "long.o1")):
        net.join(*ends)
    net.join("split.o3", "line.o1", delay_ps=0.75)
    for ends in (("long.o2", "cross.o2"), ("line.o2", "cross.o1"), ("cross.o3", "join.o1")):
        net.join(*ends)
    for ends in (("cross.o4", "join.o2"), ("join.o3", "dim.o1"), ("dim.o2", "eye.o1")):
        net.join(*ends)
    return net


def _reflections() -> Netlist:
    """A tabulated two-port that reflects, in front of a loop mirror: waves both ways, and a loop."""
    through, back = {"re": [0.6, 0.5], "im": [0.0, 0.3]}, {"re": [0.0, 0.0], "im": [0.5, 0.4]}
    rows = (("o1", "o1", back), ("o1", "o2", through), ("o2", "o1", through), ("o2", "o2", back))
    entries = [{"output": out, "input": into, **values} for out, into, values in rows]
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    net.table("facet", {"ports": 2, "wavelengths_um": [1.54, 1.56], "entries": entries})
    net.add("shift", "phase_shifter", phase_rad=2.5)
    net.add("mirror", "coupler", kappa=0.2)
    net.add("eye", "monitor")
    for ends in (("laser.o1", "facet.o1"), ("facet.o2", "shift.o1"), ("shift.o2", "mirror.o1")):
        net.join(*ends)
    net.join("mirror.o3", "mirror.o4")
    net.join("mirror.o2", "eye.o1")
    return net


def _quadratures() -> Netlist:
    """A homodyne and a heterodyne detector on the two outputs of an interferometer."""
    values = {"efficiency": 0.8, "lo_phase_rad": 0.4, "electronic_variance": 0.05, "window_ps": 500.0}
    net = Netlist()
    net.add("laser", "source", power_w=1e-9, phase_rad=0.0)
    net.add("mzi", "mzi", theta_rad=1.1, phi_rad=-0.6)
    net.add("homo", "homodyne", **values)
    net.add("hetero", "heterodyne", **values)
    net.join("laser.o1", "mzi.o2")
    net.join("mzi.o3", "homo.o1")
    net.join("mzi.o4", "hetero.o1")
    return net


def _group_delays() -> Netlist:
    """Delay monitors behind an add-drop ring with dispersion, behind a delay on an edge, and in the dark."""
    values = {**WIRE, "dispersion_ps_nm_km": -1500.0}
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.2)
    net.add("ring", "ring_add_drop", kappa_in=0.05, kappa_drop=0.04, length_um=62.8, **values)
    net.add("split", "mzi", theta_rad=1.1, phi_rad=-0.6)
    net.add("wire", "waveguide", length_um=321.0, **values)
    net.join("laser.o1", "ring.o1")
    net.join("ring.o2", "split.o1")
    net.join("split.o4", "wire.o1", delay_ps=0.75)
    for name, port in (
        ("dark", "ring.o3"),
        ("drop", "wire.o2"),
        ("side", "split.o3"),
        ("through", "ring.o4"),
    ):
        net.add(name, "delay_monitor")
        net.join(port, f"{name}.o1")
    return net


CASES: Mapping[str, Case] = {
    "add_drop_ring": Case(
        add_drop_ring,
        _NARROW,
        "4ff9b28e37b9a55a7c06be27a54adb5a910a08ffbfe1b1c21a8bd63a499a7cf3",
        record=("ring.o1",),
    ),
    "ring_bus": Case(
        lambda: ring_bus(5), _NARROW, "06ebb7101be45f68d5137d160f5110976d93effe61de050893794ba58c7812b3"
    ),
    "crow": Case(
        lambda: crow(4),
        _NARROW,
        "fbfc88315f13e63d646fd84ad2260063155fbd302e5f427c0249e8b80b892cd1",
        record=("lower_001.o2",),
    ),
    "clements": Case(
        lambda: clements(7), _ONE_POINT, "f9e33c81ffa716519d7ea90a40e9bc3b49126d0b8c03df6c0a88dfdd67b8eb70"
    ),
    "wdm_filter": Case(
        wdm_filter,
        wavelengths(1.545, 1.556, 23),
        "2b284b81eb2f3050470c941a010e1ea10af07f245ca904335a8567d4169899f0",
    ),
    "delays": Case(
        _delays,
        {"kind": "frequency", "start_thz": 191.0, "stop_thz": 196.0, "points": 9},
        "c78ec74f4a5673e9d974742d51633cc79f85dd8933f1ec6d63977c2a63034517",
    ),
    "reflections": Case(
        _reflections,
        _NARROW,
        "1732e1fc4adc2d6f811012d2eaf8625726c5ce7eed03483c5cd4786586c390ae",
        record=("facet.o1", "facet.o2"),
    ),
    "group_delays": Case(
        _group_delays,
        _NARROW,
        "44a44c1b1dcc3e93de4112dbae24083db2ca6e7be540a681c09b9d63bf10c38f",
        record=("split.o1",),
    ),
    "noisy_mesh": Case(
        lambda: clements(4, end=noisy),
        _ONE_POINT,
        "7890fe1d1155dd23be6a58d4b32b834f5d9a87f43b1d4d8a293d542d994c1acf",
        shots=64,
    ),
    "quadratures": Case(
        _quadratures,
        {"kind": "wavelength_list", "values_um": [1.3, 1.55]},
        "68625b37cb19549e3fdde216420f9a17ecb809c0285d46bbeb1866162c8b1d0b",
        shots=64,
    ),
}
"""Experiments by name."""


def documents(case: Case, *, seed: int = 7) -> dict[str, Any]:
    """The documents of a case, on an ideal device."""
    net = case.circuit()
    ir = net.ir()
    return {
        "experiment": net.experiment(case.grid, shots=case.shots, seed=seed, record=case.record),
        "ir": ir,
        "parameters": dict(net.parameters),
        "calibration": {
            "phases": {},
            "crosstalk": {"order": [], "matrix": []},
            "dark_rates": {},
            "temperature_k": 298.15,
            "calibrated_at_ps": "0",
        },
        "device": {
            "type": "simulator",
            "capabilities": sorted({node["kind"] for node in ir["nodes"].values()}),
            "limits": {},
        },
    }


def inputs(given: Mapping[str, Any]) -> RunInputs:
    """Documents as models."""
    classes = {
        "experiment": "Experiment",
        "ir": "Graph",
        "parameters": "Parameters",
        "calibration": "Calibration",
        "device": "Device",
    }
    return RunInputs(**{name: parse(model, json.dumps(given[name])) for name, model in classes.items()})


def digest(result: RunResult) -> str:
    """SHA-256 over every output: name, type, shape and bits, ascending by name."""
    total = hashlib.sha256()
    for name, output in sorted(result.outputs.items()):
        array = np.ascontiguousarray(output.array)
        total.update(f"{name} {array.dtype.str} {list(array.shape)}\n".encode())
        total.update(array.tobytes())
    return total.hexdigest()
