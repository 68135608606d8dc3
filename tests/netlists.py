"""Circuits written in Python, as documents and as compiled circuits."""

from collections.abc import Mapping
from typing import Any

from awen_ref.engine.compiled import Compiled, Documents, compile_experiment
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_schema.kinds import KINDS

__all__ = ["ONE_POINT", "compiled", "documents", "one_device", "plain"]

ONE_POINT = wavelengths(1.55, 1.55, 1)


def documents(net: Netlist, grid: Mapping[str, Any] = ONE_POINT, **members: object) -> dict[str, Any]:
    """All documents of an experiment on an ideal device; `members` go into `experiment.json`."""
    return {
        "experiment": net.experiment(grid) | members,
        "ir": net.ir(),
        "parameters": dict(net.parameters),
        "calibration": {
            "phases": {},
            "crosstalk": {"order": [], "matrix": []},
            "dark_rates": {},
            "temperature_k": 300.0,
            "calibrated_at_ps": "0",
        },
        "device": {"type": "simulator", "capabilities": sorted(KINDS), "limits": {}},
    }


def plain(given: Mapping[str, Any]) -> Documents:
    """The documents as the engine keeps them."""
    return Documents(**given)


def compiled(net: Netlist, grid: Mapping[str, Any] = ONE_POINT, **members: object) -> Compiled:
    """The circuit, checked and planned."""
    return compile_experiment(plain(documents(net, grid, **members)))


def one_device(
    kind: str, params: Mapping[str, float | str], *, into: int = 1, power_w: float = 1.0
) -> Netlist:
    """A device with light at one port and a monitor `out_N` at every other."""
    net = Netlist()
    net.add("laser", "source", power_w=power_w, phase_rad=0.0)
    net.add("device", kind, **params)
    for port in range(1, KINDS[kind].ports + 1):
        if port == into:
            net.join("laser.o1", f"device.o{port}")
        else:
            net.add(f"out_{port}", "monitor")
            net.join(f"device.o{port}", f"out_{port}.o1")
    return net
