"""Calibration: measure the device, fit its state, judge the limits (AWB-R-552 to 556).

`phase_response` fits the offsets of the targets, `crosstalk` their offsets and the matrix between them,
`dark_counts` takes the counts of counters with the sources off. The device is the one of `device.json` at
`as_of_ps`. How states act on phases is in `phases`, how long they last in `staleness`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from awen_ref import __version__
from awen_ref.engine.bench import Bench, dated, others, permit, residual_output, shown_values
from awen_ref.engine.compiled import Compiled, Documents, compile_experiment, documents_of
from awen_ref.engine.constants import PS_PER_S
from awen_ref.engine.detectors import CountRangeError
from awen_ref.engine.fit import rms
from awen_ref.engine.lowered import lowered
from awen_ref.engine.phases import Phases, device_phases
from awen_ref.engine.protocol import Clock, Output, RunInputs, RunResult
from awen_ref.engine.response import fit_phases
from awen_ref.engine.session import StoppedError
from awen_ref.engine.solver import SingularResonanceError
from awen_ref.engine.sweep import drives_of, make_sweep, meters
from awen_ref.engine.telemetry import Recorder
from awen_ref.engine.twin import check_device, effective
from awen_ref.errors import Finding, InvalidInputError

__all__ = ["calibrate"]

TASK = "data/inputs/task.json"
Document = Mapping[str, Any]

_OPTIMISERS = {
    "phase_response": {"gauss_newton", "gradient_descent"},
    "crosstalk": {"gauss_newton"},
    "dark_counts": {"direct"},
}


def calibrate(inputs: RunInputs, task: Document, *, clock: Clock) -> RunResult:
    """Carry out one calibration.

    Args:
        inputs: The experiment; `calibration` is the state before.
        task: `task.json` of a calibration, valid by its schema.
        clock: Stamps telemetry.

    Returns:
        What was measured and the residuals as outputs, and a `CalibrationBody`.

    Raises:
        InvalidInputError: Experiment or task make no sense: AWB-SEM-250 to 253 and those of a run.
    """
    recorder = Recorder("awen-ref", __version__, clock)
    with recorder.span("awen.calibration", awen__calibration__procedure=task["procedure"]):
        documents = _at(documents_of(inputs), task)
        compiled = compile_experiment(documents, tracer=recorder)
        check_device(documents, compiled, now_ps=None)
        _check(documents, compiled, task)
        outputs, body = _carry_out(documents, compiled, task)
        recorder.event("awen.calibration.ended", awen__status=body["status"])
    return RunResult(outputs, body, (), lowered(compiled), recorder.finish())


def _at(documents: Documents, task: Document) -> Documents:
    """The experiment with its twin at the time of the calibration."""
    device = dict(documents.device)
    if "twin" in device:
        device["twin"] = {**device["twin"], "at_ps": task["as_of_ps"]}
    return replace(documents, device=device)


def _check(documents: Documents, compiled: Compiled, task: Document) -> None:
    """Refuse what makes no sense, before anything is measured."""
    findings = list(_findings(documents, compiled, task))
    if findings:
        raise InvalidInputError("the calibration makes no sense", findings=findings)


def _findings(documents: Documents, compiled: Compiled, task: Document) -> Iterator[Finding]:
    """AWB-SEM-250 to 253."""
    procedure, before = task["procedure"], documents.calibration["calibrated_at_ps"]
    if int(task["as_of_ps"]) < int(before):
        text = f"it is {task['as_of_ps']} ps; the state before is of {before} ps"
        yield Finding("AWB-SEM-250", text, TASK, "/as_of_ps")
    for index, target in enumerate(task["targets"]):
        if not _known(documents, compiled, procedure, target):
            text = f"{target!r} is nothing that {procedure} calibrates"
            yield Finding("AWB-SEM-251", text, TASK, f"/targets/{index}")
    if task["optimiser"]["method"] not in _OPTIMISERS[procedure]:
        text = f"{procedure} is not fitted by {task['optimiser']['method']}"
        yield Finding("AWB-SEM-252", text, TASK, "/optimiser/method")
    if not meters(compiled):
        yield Finding("AWB-SEM-253", "the graph has no detector to measure with", TASK)


def _known(documents: Documents, compiled: Compiled, procedure: str, target: str) -> bool:
    if procedure == "dark_counts":
        node = compiled.given.nodes.get(target)
        return node is not None and node.kind.name == "photon_counter"
    places = compiled.places(target)
    return bool(places) and documents.parameters[target]["unit"] == "rad"


def _carry_out(
    documents: Documents, compiled: Compiled, task: Document
) -> tuple[dict[str, Output], dict[str, Any]]:
    """Measure and fit; what a limit stops becomes a body that says so."""
    dark = task["procedure"] == "dark_counts"
    drives: Phases = {} if dark else drives_of(list(task["targets"]), documents.parameters)
    length = 1 if dark else 3 * len(drives)
    sweep = make_sweep(compiled, documents, length, effective(documents).dark_rates)
    bench = Bench(compiled, documents, task, sweep, drives)
    body: dict[str, Any] = {
        "artifact_type": "calibration",
        "status": "completed",
        "before": dict(documents.calibration),
        "drift": {},
        "iterations": 0,
        "residual_before": 0.0,
        "warnings": bench.warnings,
    }
    outputs: dict[str, Output] = {}
    try:
        permit(bench)
        if dark:
            _dark_counts(bench, body, outputs)
        else:
            fit_phases(bench, body, outputs)
    except StoppedError as stop:
        body |= {"status": stop.status, "reason": {"code": stop.code, "message": str(stop)}}
    except SingularResonanceError as error:
        body |= {"status": "failed", "reason": {"code": "AWB-SEM-122", "message": str(error)}}
    except CountRangeError as error:
        reason = {"code": "AWB-SEM-123", "message": str(error), "node": error.node}
        body |= {"status": "failed", "reason": reason}
    return dict(sorted(outputs.items())), body


def _dark_counts(bench: Bench, body: dict[str, Any], outputs: dict[str, Output]) -> None:
    """Counts without light, divided by the window."""
    shown = device_phases(others(bench), bench.documents.device.get("twin"))
    bench.measured = bench.sweep.values(shown, shots=bench.documents.experiment["shots"], dark=True)
    known, rates, misses = bench.documents.calibration["dark_rates"], {}, []
    for name in bench.targets:
        values = bench.measured[name]
        outputs[f"{name}.measured"] = shown_values(values, bench, name)
        params = bench.compiled.given.nodes[name].params
        rate = float(values[0, 0]) / (params["window_ps"].value / PS_PER_S)
        former = known[name]["rate_hz"] if name in known else params["dark_rate_hz"].value
        misses.append((former - rate) / max(rate, former, 1.0))
        rates[name] = {"rate_hz": rate}
    outputs["residual.before"] = residual_output(np.array(misses), bench)
    body["residual_before"] = rms(np.array(misses))
    body["residual_after"] = 0.0
    body["after"] = dated(bench, {**bench.documents.calibration, "dark_rates": {**known, **rates}})
