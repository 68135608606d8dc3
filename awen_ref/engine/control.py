"""Measurement-conditioned control on the experiment's clock (AWB-R-530 to 536).

A rule measures a detector, decides, and sets a parameter: `offset + gain * measured`, each shot for itself.
Times are integer picoseconds; events happen in the order of time, then of the node's id, then actuations
before measurements before decisions, then the rule's number, a decision never before its measurement and an
actuation never before its decision, whatever their nodes' ids where all are at one time. A measurement sees
the settings in force when it starts; a setting is in force from the end of its latency. Shots are repetitions
of the same schedule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np

from awen_ref.engine.compiled import Compiled, Documents
from awen_ref.engine.detectors import measured_values
from awen_ref.engine.graph import IR
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.session import Session, StoppedError
from awen_ref.engine.staleness import judge
from awen_ref.engine.telemetry import Recorder
from awen_ref.engine.twin import LARGEST_RAD
from awen_ref.errors import Finding

__all__ = ["DECISIONS", "Rule", "event_times", "read_rules", "run_rules"]

DECISIONS = 100_000
"""Most decisions of one run: rules times shots."""

_ACTUATE, _MEASURE, _DECIDE = range(3)
_LAST_PS = (1 << 64) - 1
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One control rule, its times made absolute.

    Attributes:
        number: Its place in the graph's list.
        detector: What it measures.
        target: Node and parameter that it sets.
        gain: Set value per unit measured.
        offset: Set value where nothing is measured.
        threshold: It acts only where the measured value is at least this; `None`: always.
        at_ps: When the measurement starts.
        decided_ps: When the decision has been taken.
        effective_ps: From when the setting is in force.
    """

    number: int
    detector: str
    target: tuple[str, str]
    gain: float
    offset: float
    threshold: float | None
    at_ps: int
    decided_ps: int
    effective_ps: int


def read_rules(documents: Documents, compiled: Compiled, findings: list[Finding]) -> tuple[Rule, ...]:
    """The control rules of a graph; what is wrong with them goes to `findings` as AWB-SEM-230 to 236."""
    rows = documents.ir.get("control", [])
    if not rows:
        return ()
    findings += _schedule(documents, compiled, rows)
    for number, row in enumerate(rows):
        findings += _row(documents, compiled, number, row)
    return tuple(_rule(number, row) for number, row in enumerate(rows))


def _rule(number: int, row: Document) -> Rule:
    node, _, parameter = row["target"].partition(".")
    at_ps = int(row["at_ps"])
    decided = at_ps + int(row["measure_ps"]) + int(row["decide_ps"])
    return Rule(
        number=number,
        detector=row["detector"],
        target=(node, parameter),
        gain=float(row["gain"]),
        offset=float(row["offset"]),
        threshold=row.get("threshold"),
        at_ps=at_ps,
        decided_ps=decided,
        effective_ps=decided + int(row["actuate_ps"]),
    )


def _schedule(documents: Documents, compiled: Compiled, rows: list[Document]) -> Iterator[Finding]:
    """What concerns all rules together."""
    if "clock" not in documents.experiment:
        yield Finding("AWB-SEM-230", "control needs the experiment's clock", IR, "/control")
    points = compiled.circuit.grid.points
    if points != 1:
        yield Finding("AWB-SEM-231", f"control needs a grid of one point; this has {points}", IR, "/control")
    keys = [(int(row["at_ps"]), row["detector"], row["target"]) for row in rows]
    if keys != sorted(set(keys)):
        text = "control rules must ascend by at_ps, detector and target, each only once"
        yield Finding("AWB-SEM-235", text, IR, "/control")
    decisions = len(rows) * max(1, documents.experiment["shots"])
    if decisions > DECISIONS:
        text = f"{decisions} decisions, rules times shots, are more than {DECISIONS}"
        yield Finding("AWB-SEM-236", text, IR, "/control")


def _row(documents: Documents, compiled: Compiled, number: int, row: Document) -> Iterator[Finding]:
    """What concerns one rule."""
    nodes, where = compiled.given.nodes, f"/control/{number}"
    detector = nodes.get(row["detector"])
    if detector is None or detector.kind.role != "detector":
        text = f"rule {number} measures {row['detector']!r}, which is no detector of the graph"
        yield Finding("AWB-SEM-232", text, IR, f"{where}/detector")
    node, _, parameter = row["target"].partition(".")
    target = nodes.get(node)
    if target is None or parameter not in target.params or target.kind.role == "composite":
        text = f"rule {number} sets {row['target']!r}, which is no parameter of a node that is not composite"
        yield Finding("AWB-SEM-233", text, IR, f"{where}/target")
    origin = int(documents.experiment.get("clock", {"origin_ps": "0"})["origin_ps"])
    rule = _rule(number, row)
    if rule.at_ps < origin or rule.effective_ps > _LAST_PS:
        lasts = f"lasts from {rule.at_ps} to {rule.effective_ps} ps"
        text = f"rule {number} {lasts}; the clock runs from {origin} to {_LAST_PS} ps"
        yield Finding("AWB-SEM-234", text, IR, f"{where}/at_ps")


def event_times(rules: tuple[Rule, ...], origin_ps: int) -> list[int]:
    """When something happens, ascending: the start, measurements, decisions, settings."""
    times = {origin_ps}
    for rule in rules:
        times |= {rule.at_ps, rule.decided_ps, rule.effective_ps}
    return sorted(times)


def _events(rules: tuple[Rule, ...]) -> Iterator[tuple[int, str, int, int]]:
    """Time, node, stage and rule of every event, in order; a rule's next is due once its last happened."""
    due = [(rule.at_ps, rule.detector, _MEASURE, rule.number) for rule in rules]
    heapify(due)
    while due:
        event = heappop(due)
        yield event
        _, _, stage, number = event
        rule = rules[number]
        if stage == _MEASURE:
            heappush(due, (rule.decided_ps, rule.detector, _DECIDE, number))
        elif stage == _DECIDE:
            heappush(due, (rule.effective_ps, rule.target[0], _ACTUATE, number))


def run_rules(session: Session, rules: tuple[Rule, ...], log: list[Document], recorder: Recorder) -> None:
    """Let every rule act on a session.

    Args:
        session: The execution; its settings and measurements change.
        rules: The rules, valid.
        log: Receives the decisions, in the order in which they are taken: lines of `control.jsonl`.
        recorder: Receives an event for each decision.

    Raises:
        StoppedError: A setting would leave its limits, or the calibration has become stale.
        SingularResonanceError: A loop has no finite solution under a setting.
        CountRangeError: A photon counter expects more than its range.
    """
    values: dict[int, Array] = {}
    taken: dict[tuple[int, str], Array] = {}
    for time_ps, node, stage, number in _events(rules):
        rule = rules[number]
        if stage == _MEASURE:
            if (time_ps, node) not in taken:
                kind = session.compiled.given.nodes[node].kind.name
                found = measured_values(kind, session.measure(node), shots=session.shots)
                taken[time_ps, node] = np.broadcast_to(found[:, 0], (session.columns,))
            values[number] = taken[time_ps, node]
        elif stage == _DECIDE:
            _decide(session, rule, values[number], log, recorder)
        else:
            session.set(rule.target, rule.offset + rule.gain * values[number], _acts(rule, values[number]))
            _bearable(session, rule)


def _acts(rule: Rule, measured: Array) -> Array:
    """Where a rule acts."""
    return np.asarray(measured >= (-np.inf if rule.threshold is None else rule.threshold))


def _decide(session: Session, rule: Rule, measured: Array, log: list[Document], recorder: Recorder) -> None:
    """Log what a rule decides, and refuse what is out of bounds."""
    calibration = session.documents.calibration
    for finding in judge(calibration, rule.decided_ps):
        raise StoppedError("aborted", finding.code, finding.message, rule.detector)
    values, acts = rule.offset + rule.gain * measured, _acts(rule, measured)
    for shot in range(session.columns):
        line = {"at_ps": str(rule.decided_ps), "rule": rule.number}
        line |= {"shot": shot} if session.shots else {}
        line |= {"node": rule.detector, "measured": float(measured[shot])}
        if acts[shot]:
            line["action"] = {
                "target": ".".join(rule.target),
                "value": float(values[shot]),
                "effective_at_ps": str(rule.effective_ps),
            }
        log.append(line | {"calibrated_at_ps": calibration["calibrated_at_ps"]})
        recorder.event(
            "awen.control.decision",
            node=rule.detector,
            clock_ps=rule.decided_ps,
            awen__control__rule=rule.number,
            awen__control__shot=shot,
            awen__control__acted=bool(acts[shot]),
            awen__calibration__calibrated_at_ps=calibration["calibrated_at_ps"],
        )
    _within(session, rule, values[acts])


def _within(session: Session, rule: Rule, values: Array) -> None:
    """AWB-R-534: a setting outside the bounds of its kind or the limits of the device ends the run."""
    node, parameter = rule.target
    param = session.compiled.given.nodes[node].kind.params[parameter]
    low = -np.inf if param.minimum is None else param.minimum
    high = np.inf if param.maximum is None else param.maximum
    limits = session.documents.device["limits"]
    if param.unit == "rad" and "maximum_phase_rad" in limits:
        low, high = max(low, -limits["maximum_phase_rad"]), min(high, limits["maximum_phase_rad"])
    if parameter == "power_w" and "maximum_power_w" in limits:
        high = min(high, limits["maximum_power_w"])
    wrong = ~((values >= low) & (values <= high) & np.isfinite(values))
    if param.above is not None:
        wrong |= values <= param.above
    if wrong.any():
        value = float(values[wrong][0])
        what = f"{'.'.join(rule.target)} to {value:g} {param.unit}"
        text = f"rule {rule.number} would set {what}, beyond its limits"
        raise StoppedError("aborted", "AWB-SEM-240", text, node)


def _bearable(session: Session, rule: Rule) -> None:
    """AWB-R-534, for the drives that undo crosstalk: a setting of one phase changes those of others."""
    limit = session.documents.device["limits"].get("maximum_phase_rad", LARGEST_RAD)
    with np.errstate(over="ignore", invalid="ignore"):
        device = session.device()
    for shown, most in ((device.drives, limit), (device.phases, LARGEST_RAD)):
        for name, values in shown.items():
            if not (np.abs(values) <= most).all():
                text = f"rule {rule.number} would have {name!r} beyond {most:g} rad"
                raise StoppedError("aborted", "AWB-SEM-240", text, rule.target[0])
