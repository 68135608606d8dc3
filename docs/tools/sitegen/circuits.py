"""Test vectors of small circuits: the graph as sealed, and the fields that come out, bit for bit."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from awen_ref import canonical, npy
from awen_ref.bundle import Bundle
from awen_ref.digest import sha256_hex
from sitegen.example import sealed

_COUPLER: Mapping[str, Any] = {
    "nodes": {
        "coupler": {"kind": "coupler", "params": {"kappa": 0.3}},
        "dark": {"kind": "terminator", "params": {}},
        "end": {"kind": "terminator", "params": {}},
        "laser": {"kind": "source", "params": {"power_w": 0.002, "phase_rad": 1}},
    },
    "edges": [
        {"ends": ["coupler.o1", "laser.o1"]},
        {"ends": ["coupler.o2", "dark.o1"]},
        {"ends": ["coupler.o3", "end.o1"]},
        {"ends": ["coupler.o4", "through.o1"]},
    ],
}
_RING: Mapping[str, Any] = {
    "kappa": 0.1,
    "length_um": 62.83,
    "n_eff": 2.4,
    "n_g": 4.2,
    "dispersion_ps_nm_km": 500,
    "loss_db_cm": 3,
    "reference_wavelength_um": 1.55,
}
CIRCUITS: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "Coupler": (
        {
            "nodes": {**_COUPLER["nodes"], "through": {"kind": "monitor", "params": {}}},
            "edges": _COUPLER["edges"],
        },
        {"kind": "wavelength", "start_um": 1.55, "stop_um": 1.55, "points": 1},
    ),
    "All-pass ring": (
        {
            "nodes": {
                "laser": {"kind": "source", "params": {"power_w": 0.001, "phase_rad": 0}},
                "ring": {"kind": "ring_all_pass", "params": _RING},
                "through": {"kind": "monitor", "params": {}},
            },
            "edges": [{"ends": ["laser.o1", "ring.o1"]}, {"ends": ["ring.o2", "through.o1"]}],
        },
        {"kind": "wavelength", "start_um": 1.549, "stop_um": 1.551, "points": 5},
    ),
}


def block() -> Iterator[str]:
    """A section for each circuit."""
    for title, (graph, grid) in CIRCUITS.items():
        bundle = _run(graph, grid)
        yield from (f"## {title}", "", "`ir.json` and `grid`:", "", "```json")
        yield from (canonical.dumps(graph).decode(), json.dumps(grid), "```", "")
        yield from ("| Wavelength in µm | Re of `through.field` | Im |", "|---|---|---|")
        yield from _rows(bundle, grid)
        digest = sha256_hex(bundle.members["data/results/arrays/through.field.npy"].read())
        yield from ("", f"SHA-256 of `through.field.npy`: `{digest}`", "")


def _run(graph: Mapping[str, Any], grid: Mapping[str, Any]) -> Bundle:
    """The circuit, run and sealed."""
    experiment = {
        "artifact_type": "run",
        "semantics": "awen-ir/1.0",
        "seed": "0",
        "shots": 0,
        "grid": grid,
        "record": [],
    }
    return sealed(experiment, graph, {})


def _rows(bundle: Bundle, grid: Mapping[str, Any]) -> Iterator[str]:
    """Wavelength and field at each point, exact."""
    field = npy.read(bundle.members["data/results/arrays/through.field.npy"].read())
    start, stop, points = grid["start_um"], grid["stop_um"], grid["points"]
    for index, (real, imaginary) in enumerate(field.tolist()):
        wavelength = start + (stop - start) * index / (points - 1) if points > 1 else start
        yield f"| `{wavelength.hex()}` | `{real.hex()}` | `{imaginary.hex()}` |"
