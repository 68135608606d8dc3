"""Experiments drawn from a seed: circuits wired at random, with all that an experiment may have.

Values that are special to somebody (0, 1, half a turn, a delay of nothing) are drawn often.
"""

import math
import random
from collections.abc import Callable, Mapping
from typing import Any, Literal

from awen_schema.kinds import KINDS

__all__ = ["Mode", "drawn"]

Document = dict[str, Any]
Mode = Literal["plain", "device", "control"]

_COMPOSITE = ("ring_all_pass", "ring_add_drop")
_PHASES = ("phase_rad", "theta_rad", "phi_rad", "lo_phase_rad")
_FRACTIONS = ("kappa", "kappa_in", "kappa_drop", "ratio", "efficiency")
_RANGES: Mapping[str, tuple[tuple[float, ...], tuple[float, float]]] = {
    **dict.fromkeys(_PHASES, ((0.0, math.pi, math.pi / 2, 1e9, -1e-20, 3.0), (-7.0, 7.0))),
    **dict.fromkeys(_FRACTIONS, ((0.0, 1.0, 0.5), (0.0, 1.0))),
    "power_w": ((0.0, 1.0, 1e-3), (0.0, 0.01)),
    "length_um": ((0.5, 0.25, 1.0, 2.5, 100.0), (1e-3, 1000.0)),
    "n_eff": ((1.0, 2.0, 1.5), (1.0, 4.0)),
    "n_g": ((1.0, 2.0, 1.5), (1.0, 4.0)),
    "dispersion_ps_nm_km": ((0.0,), (-2000.0, 2000.0)),
    "loss_db_cm": ((0.0,), (0.0, 500.0)),
    "reference_wavelength_um": ((1.0, 1.55), (0.8, 2.0)),
    "loss_db": ((0.0, 20.0, 3.0), (0.0, 20.0)),
    "isolation_db": ((0.0, 20.0), (0.0, 60.0)),
    "delay_ps": ((0.0, 1.0, 1e-3), (0.0, 50.0)),
    "responsivity_a_w": ((1.0,), (0.0, 1.0)),
    "dark_current_a": ((0.0,), (0.0, 1e-8)),
    "bandwidth_hz": ((0.0, 1e9), (0.0, 1e10)),
    "temperature_k": ((300.0,), (0.0, 400.0)),
    "load_ohm": ((50.0,), (1.0, 1e6)),
    "rin_per_hz": ((0.0,), (0.0, 1e-14)),
    "dark_rate_hz": ((0.0, 1e3, 1e9), (0.0, 1e6)),
    "window_ps": ((0.1, 1.0, 100.0, 1e4, 1e6), (0.1, 1e5)),
    "electronic_variance": ((0.0, 0.1), (0.0, 1.0)),
}


def drawn(seed: int, mode: Mode) -> dict[str, Document]:
    """The documents of an experiment: a circuit, on a drifting device, or under control, too.

    Args:
        seed: The same gives the same.
        mode: `plain`, `device` or `control`.
    """
    return _Draw(random.Random(seed), mode).documents()


def _value(draw: random.Random, name: str) -> float:
    special, between = _RANGES[name]
    return draw.choice(special) if draw.random() < 0.35 else draw.uniform(*between)


def _phase(draw: random.Random) -> Document:
    return {
        "offset_rad": draw.uniform(-1, 1),
        "correction_rad": draw.choice([0, 0.1]),
        "drift_rate_rad_s": draw.choice([0, 1e-6, -1e-7]),
        "temperature_coefficient_rad_k": draw.choice([0, 0.01]),
        "ou_sigma_rad": draw.choice([0, 0.01, 0.2]),
        "ou_tau_s": draw.choice([1e-6, 1, 3600, 1e8]),
    }


def _crosstalk(draw: random.Random, names: list[str]) -> Document:
    size = range(len(names))
    matrix = [[1.0 if i == j else draw.uniform(-0.3, 0.3) for j in size] for i in size]
    return {"order": sorted(names), "matrix": matrix}


def _table(draw: random.Random) -> Document:
    ports = draw.choice([1, 2, 3])
    grid = [0.9, draw.uniform(1, 1.3), 2.2]

    def part() -> list[float]:
        return [0.0 if draw.random() < 0.1 else draw.uniform(-0.25, 0.25) for _ in grid]

    names = [f"o{port}" for port in range(1, ports + 1)]
    entries = [
        {"output": out, "input": into, "re": part(), "im": part()}
        for out in names
        for into in names
        if draw.random() < 0.7
    ]
    return {"ports": ports, "wavelengths_um": grid, "entries": entries}


class _Draw:
    """One experiment while it is drawn."""

    def __init__(self, draw: random.Random, mode: Mode) -> None:
        self.draw = draw
        self.mode = mode
        self.nodes: Document = {}
        self.parameters: Document = {}

    def documents(self) -> dict[str, Document]:
        ports = self._wire()
        timed = self.mode != "plain" or self.draw.random() < 0.6
        edges = [self._edge(pair, timed=timed) for pair in zip(ports[::2], ports[1::2], strict=True)]
        edges.sort(key=lambda edge: edge["ends"])
        experiment = self._experiment(ports, timed=timed)
        ir: Document = {"nodes": self.nodes, "edges": edges}
        if self.mode == "control":
            ir["control"] = self._rules(int(experiment["clock"]["origin_ps"]))
        if self.mode != "plain" and self.draw.random() < 0.5:
            experiment["coherence_window"] = self._window(int(experiment["clock"]["origin_ps"]))
        calibration, device = self._states()
        return {
            "experiment": experiment,
            "ir": ir,
            "parameters": self.parameters,
            "calibration": calibration,
            "device": device,
        }

    def _some(self, names: list[str]) -> list[str]:
        return [name for name in names if self.draw.random() < 0.6]

    def _of_role(self, *roles: str) -> list[str]:
        return [name for name, kind in KINDS.items() if kind.role in roles]

    def _node(self, kind: str) -> str:
        """A node of a kind; a third of its parameters have a name, which others may share."""
        name = f"{self.draw.choice('abcdefghijkl')}{self.draw.choice(['', '', '_'])}{len(self.nodes)}"
        params: Document = {}
        for param in KINDS[kind].params.values():
            params[param.name] = _value(self.draw, param.name)
            if self.draw.random() < 0.3:
                known = [key for key in self.parameters if key.startswith(f"{param.name}_")]
                key = f"{param.name}_{len(self.parameters)}"
                if known and self.draw.random() < 0.6:
                    key = self.draw.choice(known)
                self.parameters.setdefault(key, {"value": params[param.name], "unit": param.unit})
                params[param.name] = key
        self.nodes[name] = {"kind": kind, "params": params}
        if KINDS[kind].table:
            self.nodes[name]["table"] = _table(self.draw)
        return name

    def _wire(self) -> list[str]:
        """Nodes, and all their ports in a random order, of which each two neighbours are joined."""
        for roles, count in (
            (("source",), self.draw.choice([1, 1, 2])),
            (("detector",), self.draw.randint(1, 4)),
            (("passive", "composite"), self.draw.randint(0, 9)),
        ):
            for _ in range(count):
                self._node(self.draw.choice(self._of_role(*roles)))
        ports = [
            f"{name}.o{port}"
            for name, node in self.nodes.items()
            for port in range(1, node.get("table", {}).get("ports", KINDS[node["kind"]].ports) + 1)
        ]
        self.draw.shuffle(ports)
        return [*ports, f"{self._node('terminator')}.o1"] if len(ports) % 2 else ports

    def _edge(self, ends: tuple[str, str], *, timed: bool) -> Document:
        delay = {"delay_ps": _value(self.draw, "delay_ps")} if timed and self.draw.random() < 0.25 else {}
        return {"ends": sorted(ends), **delay}

    def _experiment(self, ports: list[str], *, timed: bool) -> Document:
        points = 1 if self.mode == "control" else self.draw.choice([1, 3])
        grids: list[Document] = [
            {"kind": "wavelength", "start_um": 1.0, "stop_um": 1.0 if points == 1 else 1.6, "points": points},
            {"kind": "wavelength_list", "values_um": [1.0, 1.3, 1.55][:points]},
            {
                "kind": "frequency",
                "start_thz": 193.1,
                "stop_thz": 193.1 if points == 1 else 200.0,
                "points": points,
            },
        ]
        clock = {"clock": {"origin_ps": str(self.draw.choice([0, 1000, 2**60]))}} if timed else {}
        return {
            "artifact_type": "run",
            "semantics": "awen-ir/1.0",
            "seed": str(self.draw.getrandbits(64)),
            "shots": self.draw.choice([0, 0, 1, 5]),
            "grid": self.draw.choice(grids),
            "record": sorted(port for port in ports if self.draw.random() < 0.2),
            **clock,
        }

    def _window(self, origin: int) -> Document:
        pick = self.draw.choice
        return {
            "start_ps": str(pick([0, origin, origin + 50])),
            "end_ps": str(origin + pick([50, 1200, 10**6, 10**6])),
            "idle_budget_ps": str(pick([100, 1000, 10**6])),
            "decoherence_time_ps": str(pick([10, 1000, 10**6])),
            "linewidth_hz": pick([0, 1e6, 1e10]),
            "minimum_visibility": pick([0, 0.5, 0.9, 0.99]),
        }

    def _rules(self, origin: int) -> list[Document]:
        pick = self.draw.choice
        detectors = [name for name, node in self.nodes.items() if KINDS[node["kind"]].role == "detector"]
        targets = [
            f"{name}.{param}"
            for name, node in self.nodes.items()
            if node["kind"] not in _COMPOSITE
            for param in node["params"]
        ]
        rules = {}
        for _ in range(self.draw.randint(1, 4)):
            target = pick(targets)
            rule: Document = {"at_ps": str(origin + pick([0, 100, 200, 1000])), "detector": pick(detectors)}
            rule |= {"target": target, "gain": pick([0, 0.01, 1])}
            rule |= {"offset": _value(self.draw, target.partition(".")[2]), "measure_ps": str(pick([0, 100]))}
            rule |= {"decide_ps": str(pick([0, 50, 100])), "actuate_ps": str(pick([0, 50]))}
            if self.draw.random() < 0.4:
                rule["threshold"] = pick([0, 1e-3, 1, 5])
            rules[int(rule["at_ps"]), rule["detector"], target] = rule
        return [rules[key] for key in sorted(rules)]

    def _states(self) -> tuple[Document, Document]:
        """Calibration and device: ideal ones, or with all that may be wrong with them."""
        pick, chance = self.draw.choice, self._chance
        plain: Document = {"phases": {}, "crosstalk": {"order": [], "matrix": []}, "dark_rates": {}}
        calibration: Document = {**plain, "temperature_k": 300.0, "calibrated_at_ps": "0"}
        device: Document = {"type": "simulator", "capabilities": sorted(KINDS), "limits": {}}
        if self.mode == "plain" or self.draw.random() < 0.2:
            return calibration, device
        calibration |= self._state()
        calibration |= chance(0.3, lambda: {"stale_limit_rad": pick([0.3, 1, 10])})
        calibration |= chance(0.3, lambda: {"expires_at_ps": str(pick([2**61, 2**63, 2 * 10**11]))})
        if self.draw.random() < 0.6:
            time = pick([0, 1, 2**63, 2**64 - 1, self.draw.getrandbits(64), 3600 * 10**12])
            heat = {"temperature_k": 301.5, "reference_temperature_k": 300}
            twin = {"seed": str(self.draw.getrandbits(64)), "at_ps": str(time), **heat, **self._state()}
            device |= {"type": "twin", "twin": twin}
        device["limits"] |= chance(0.3, lambda: {"maximum_phase_rad": pick([3, 10, 1e8])})
        return calibration, device

    def _chance(self, probability: float, make: Callable[[], Document]) -> Document:
        return make() if self.draw.random() < probability else {}

    def _state(self) -> Document:
        phases = [name for name, parameter in self.parameters.items() if parameter["unit"] == "rad"]
        counters = [name for name, node in self.nodes.items() if node["kind"] == "photon_counter"]
        return {
            "phases": {name: _phase(self.draw) for name in self._some(phases)},
            "crosstalk": _crosstalk(self.draw, self._some(phases)),
            "dark_rates": {name: {"rate_hz": self.draw.choice([0, 1e9])} for name in self._some(counters)},
        }
