"""The device as the experiment meets it, ideal or a drifting twin (AWB-R-545 to 551).

A twin stands where hardware will: a simulated device with offsets, crosstalk, temperature, ageing, a
wandering phase and dark counts, all a function of its document. It is never cached, and its state does not
change during a run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from awen_ref.engine.compiled import Compiled, Documents
from awen_ref.engine.phases import CALIBRATION, DEVICE, Phases, commands, device_phases, read_crosstalk
from awen_ref.engine.staleness import judge
from awen_ref.errors import Finding, InvalidInputError
from awen_schema.kinds import KINDS

__all__ = ["LARGEST_RAD", "Effective", "check_device", "effective", "start_ps"]

Document = Mapping[str, Any]

LARGEST_RAD = 1e9
"""Phases beyond this are refused: no device has them."""


@dataclass(frozen=True, slots=True, eq=False)
class Effective:
    """What differs between what the documents ask for and what the device does.

    Attributes:
        phases: Entry of `parameters.json` to the phase in rad that the device shows, shape (1,) or
            (columns,).
        drives: The same to the drive that was applied for it.
        dark_rates: Photon counter to its dark counts in Hz.
    """

    phases: Phases
    drives: Phases
    dark_rates: Mapping[str, float]


def start_ps(documents: Documents) -> int | None:
    """When the experiment starts on its clock, or `None` without one."""
    clock = documents.experiment.get("clock")
    return None if clock is None else int(clock["origin_ps"])


def check_device(documents: Documents, compiled: Compiled, *, now_ps: int | None) -> None:
    """Hold calibration and twin against the graph and the clock, before anything runs.

    Args:
        documents: The experiment.
        compiled: Its circuit.
        now_ps: When the calibration has to be fresh; `None` where it does not have to be.

    Raises:
        InvalidInputError: With AWB-SEM-200 to 209.
    """
    findings = [*_names(documents), *_counters(documents, compiled), *_processes(documents)]
    _crosstalk(documents, findings)
    if now_ps is not None:
        findings += judge(documents.calibration, now_ps)
    if not findings:
        with np.errstate(over="ignore", invalid="ignore"):
            findings += [*_drives(documents), *_shown(documents)]
    if findings:
        raise InvalidInputError("calibration and device do not fit the experiment", findings=findings)


def effective(documents: Documents, settings: Phases | None = None) -> Effective:
    """The phases and dark counts of the device; the documents have passed `check_device`.

    Args:
        documents: The experiment.
        settings: Phases that control asks for in place of those of `parameters.json`.
    """
    calibration, twin = documents.calibration, documents.device.get("twin")
    drives = _driven(documents, settings or {})
    rates = twin["dark_rates"] if twin else calibration["dark_rates"]
    rates_hz = {node: document["rate_hz"] for node, document in rates.items()}
    return Effective(device_phases(drives, twin), drives, rates_hz)


def _states(documents: Documents) -> Iterator[tuple[Document, str, str]]:
    """Calibration and twin: the document, its file, and the pointer to it."""
    yield documents.calibration, CALIBRATION, ""
    if "twin" in documents.device:
        yield documents.device["twin"], DEVICE, "/twin"


def _driven(documents: Documents, settings: Phases) -> Phases:
    """The drive of every phase that calibration or twin know of."""
    names = {
        name
        for state, _, _ in _states(documents)
        for name in (*state["phases"], *state["crosstalk"]["order"])
    }
    asked = {
        name: settings[name] if name in settings else np.array([float(documents.parameters[name]["value"])])
        for name in sorted(names)
    }
    known = read_crosstalk(documents.calibration["crosstalk"], (CALIBRATION, "/crosstalk"), [])
    return known.drives(commands(asked, documents.calibration))


def _names(documents: Documents) -> Iterator[Finding]:
    """AWB-SEM-200, 201: a phase is an entry of `parameters.json` in rad."""
    for state, path, base in _states(documents):
        places = {f"{base}/phases/{name}": name for name in state["phases"]}
        places |= {f"{base}/crosstalk/order/{i}": name for i, name in enumerate(state["crosstalk"]["order"])}
        for where, name in places.items():
            parameter = documents.parameters.get(name)
            if parameter is None:
                yield Finding("AWB-SEM-200", f"there is no parameter {name!r}", path, where)
            elif parameter["unit"] != "rad":
                text = f"parameter {name!r} is in {parameter['unit']!r}; a phase is in 'rad'"
                yield Finding("AWB-SEM-201", text, path, where)


def _counters(documents: Documents, compiled: Compiled) -> Iterator[Finding]:
    """AWB-SEM-202: dark counts belong to photon counters."""
    for state, path, base in _states(documents):
        for name in state["dark_rates"]:
            node = compiled.given.nodes.get(name)
            if node is None or node.kind.name != "photon_counter":
                text = f"{name!r} is no photon counter of the graph"
                yield Finding("AWB-SEM-202", text, path, f"{base}/dark_rates/{name}")


def _processes(documents: Documents) -> Iterator[Finding]:
    """AWB-SEM-207: what wanders has a correlation time."""
    for state, path, base in _states(documents):
        for name, phase in state["phases"].items():
            if phase["ou_sigma_rad"] > 0.0 and phase["ou_tau_s"] <= 0.0:
                text = f"phase {name!r} wanders by {phase['ou_sigma_rad']:g} rad, but has no correlation time"
                yield Finding("AWB-SEM-207", text, path, f"{base}/phases/{name}/ou_tau_s")


def _crosstalk(documents: Documents, findings: list[Finding]) -> None:
    for state, path, base in _states(documents):
        read_crosstalk(state["crosstalk"], (path, f"{base}/crosstalk"), findings)


def _drives(documents: Documents) -> Iterator[Finding]:
    """AWB-SEM-208: no drive exceeds what the device bears."""
    limit = documents.device["limits"].get("maximum_phase_rad", LARGEST_RAD)
    for name, drive in _driven(documents, {}).items():
        if not abs(float(drive[0])) <= limit:
            text = f"phase {name!r} would be driven by {drive[0]:g} rad; the device bears {limit:g} rad"
            yield Finding("AWB-SEM-208", text, DEVICE, "/limits/maximum_phase_rad")


def _shown(documents: Documents) -> Iterator[Finding]:
    """AWB-SEM-209: what the device shows can be computed."""
    path = DEVICE if "twin" in documents.device else CALIBRATION
    found = effective(documents)
    for name, phase in found.phases.items():
        if not abs(float(phase[0])) <= LARGEST_RAD:
            yield Finding("AWB-SEM-209", f"phase {name!r} would be {phase[0]:g} rad", path)
    most = KINDS["photon_counter"].params["dark_rate_hz"].maximum or float("inf")
    for node, rate in found.dark_rates.items():
        if not rate <= most:
            yield Finding("AWB-SEM-209", f"counter {node!r} has a dark rate of {rate:g} Hz", path)
