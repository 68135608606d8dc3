"""Phase response and crosstalk: the state whose model explains what the device showed (AWB-R-553, 554).

The model is `phase = offset + crosstalk * drive`, the circuit as the experiment has it. Residuals are
relative to the largest value of each detector. The search starts in the best of eight places around the
circle.
"""

from typing import Any

import numpy as np

from awen_ref.engine.bench import Bench, dated, limit, others, residual_output, shown_values
from awen_ref.engine.constants import PS_PER_S
from awen_ref.engine.fit import Fit, Problem, descend, gauss_newton, rms
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.phases import Crosstalk, Phases, device_phases
from awen_ref.engine.protocol import Output
from awen_ref.engine.session import StoppedError
from awen_ref.engine.staleness import uncertainty_rad
from awen_ref.engine.sweep import QUARTER_RAD

__all__ = ["fit_phases"]

_TURN = 4.0 * QUARTER_RAD
_SCAN = 8


def fit_phases(bench: Bench, body: dict[str, Any], outputs: dict[str, Output]) -> None:
    """`phase_response` and `crosstalk`."""
    applied = {**others(bench), **bench.drives}
    shown = device_phases(applied, bench.documents.device.get("twin"))
    shots = bench.documents.experiment["shots"]
    bench.measured = bench.sweep.values(shown, shots=shots)
    for node, values in bench.measured.items():
        outputs[f"{node}.measured"] = shown_values(values, bench, node)
    known = bench.documents.calibration["phases"]
    start = np.array([known[n]["offset_rad"] if n in known else 0.0 for n in bench.targets])
    start = np.concatenate([start, _matrix(bench).ravel()]) if bench.crossed else start
    before = _residuals(bench, start)
    outputs["residual.before"] = residual_output(before, bench)
    body["residual_before"] = rms(before)
    fit = _fit(bench, _scan(bench, start))
    body["iterations"] = fit.iterations
    _judge(bench, fit, body, outputs)


def _matrix(bench: Bench) -> Array:
    """The crosstalk between the targets that the state before knows."""
    known = bench.documents.calibration["crosstalk"]
    matrix = np.eye(len(bench.targets))
    for i, row in enumerate(bench.targets):
        for j, column in enumerate(bench.targets):
            if row in known["order"] and column in known["order"]:
                matrix[i, j] = known["matrix"][known["order"].index(row)][known["order"].index(column)]
    return matrix


def _modelled(bench: Bench, unknowns: Array) -> Phases:
    """Phases by the model: `offset + crosstalk * drive`, the crosstalk as it is known or as unknowns say."""
    n = len(bench.targets)
    matrix = unknowns[n:].reshape(n, n) if bench.crossed else _matrix(bench)
    phases = Crosstalk(tuple(bench.targets), matrix).phases(bench.drives)
    offsets = dict(zip(bench.targets, unknowns[:n].tolist(), strict=True))
    known = bench.documents.calibration["phases"]
    rest = {
        name: known[name]["offset_rad"] + drive if name in known else drive
        for name, drive in others(bench).items()
    }
    return {**rest, **{name: offsets[name] + phases[name] for name in bench.targets}}


def _scales(bench: Bench) -> dict[str, float]:
    """For each detector, the largest value it showed: residuals are relative to it."""
    return {node: float(np.abs(values).max()) or 1.0 for node, values in bench.measured.items()}


def _residuals(bench: Bench, unknowns: Array) -> Array:
    """Model less measurement, relative, over all detectors, drives and wavelengths."""
    model, scales = bench.sweep.values(_modelled(bench, unknowns), shots=0), _scales(bench)
    return np.concatenate(
        [((model[n] - bench.measured[n]) / scales[n]).ravel() for n in sorted(bench.measured)]
    )


def _gradient(bench: Bench, unknowns: Array) -> Array:
    """Of the sum of squares by the offsets, by one adjoint pass."""
    phases, scales = _modelled(bench, unknowns), _scales(bench)
    model = bench.sweep.values(phases, shots=0)
    weights = {n: 2.0 * ((model[n] - bench.measured[n]) / scales[n]) / scales[n] for n in bench.measured}
    slopes = bench.sweep.slopes(phases, weights)
    return np.array([slopes[name] for name in bench.targets])


def _scan(bench: Bench, start: Array) -> Array:
    """A start in the right valley: each offset in turn at the best of eight places, twice."""
    best, least = start.copy(), rms(_residuals(bench, start))
    for index in [*range(len(bench.targets))] * 2:
        origin = best.copy()
        for place in range(1, _SCAN):
            tried = origin.copy()
            tried[index] = origin[index] + _TURN * place / _SCAN
            found = rms(_residuals(bench, tried))
            if found < least:
                best, least = tried, found
    return best


def _fit(bench: Bench, start: Array) -> Fit:
    optimiser = bench.task["optimiser"]

    def guard(step: Array) -> None:
        limit(bench, "step_rad", float(np.abs(step).max()), "step")

    problem = Problem(
        residuals=lambda x: _residuals(bench, x),
        gradient=lambda x: _gradient(bench, x),
        guard=guard,
        iterations=optimiser["maximum_iterations"],
        tolerance=optimiser["tolerance"],
    )
    return (gauss_newton if optimiser["method"] == "gauss_newton" else descend)(problem, start)


def _judge(bench: Bench, fit: Fit, body: dict[str, Any], outputs: dict[str, Output]) -> None:
    """Limits on what was reached, and the state after."""
    outputs["residual.after"] = residual_output(fit.residuals, bench)
    body["residual_after"] = rms(fit.residuals)
    limit(bench, "residual", body["residual_after"], "residual")
    if not fit.converged:
        text = f"{fit.iterations} steps leave a residual of {body['residual_after']:g}"
        raise StoppedError("failed", "AWB-SEM-262", text)
    body["after"], body["drift"] = _after(bench, fit.unknowns)


def _after(bench: Bench, unknowns: Array) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fitted state with its expiry, and the drift since the state before."""
    before, n = bench.documents.calibration, len(bench.targets)
    elapsed_s = (int(bench.task["as_of_ps"]) - int(before["calibrated_at_ps"])) / PS_PER_S
    phases, drifts = dict(before["phases"]), {}
    for name, offset in zip(bench.targets, unknowns[:n].tolist(), strict=True):
        former = before["phases"].get(name)
        wrapped = _wrapped(offset)
        phases[name] = {**(former or _unknown()), "offset_rad": wrapped, "correction_rad": 0.0}
        if former and elapsed_s > 0.0:
            rate = _wrapped(wrapped - former["offset_rad"]) / elapsed_s
            wander = uncertainty_rad({**former, "drift_rate_rad_s": 0.0}, elapsed_s) / 3.0
            drifts[name] = {"rate_rad_s": rate, "standard_error_rad_s": wander / elapsed_s}
            phases[name]["drift_rate_rad_s"] = rate
    after = {**before, "phases": phases}
    if bench.crossed:
        after["crosstalk"] = {"order": bench.targets, "matrix": unknowns[n:].reshape(n, n).tolist()}
    return dated(bench, after), drifts


def _unknown() -> dict[str, float]:
    """A phase of which nothing was known."""
    names = ("drift_rate_rad_s", "temperature_coefficient_rad_k", "ou_sigma_rad", "ou_tau_s")
    return dict.fromkeys(names, 0.0)


def _wrapped(phase: float) -> float:
    """Into half a turn around zero."""
    return phase - _TURN * float(np.rint(phase / _TURN))
