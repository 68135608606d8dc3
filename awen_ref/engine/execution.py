"""From a compiled experiment to its outputs and decisions: device, coherence, control, detectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from awen_ref.engine.coherence import arrival_spread_ps, check_window, violation
from awen_ref.engine.compiled import Compiled, Documents
from awen_ref.engine.control import Rule, event_times, read_rules, run_rules
from awen_ref.engine.protocol import Output
from awen_ref.engine.session import Session, StoppedError
from awen_ref.engine.telemetry import Recorder
from awen_ref.engine.twin import check_device, start_ps
from awen_ref.errors import Finding, InvalidInputError

__all__ = ["Execution", "execute", "prepare"]


@dataclass(slots=True, eq=False)
class Execution:
    """An experiment that is ready to run, and what it has left so far.

    Attributes:
        session: The state.
        rules: Control rules, valid.
        decisions: Lines of `control.jsonl`.
    """

    session: Session
    rules: tuple[Rule, ...]
    decisions: list[Mapping[str, Any]]


def prepare(compiled: Compiled, documents: Documents, recorder: Recorder) -> Execution:
    """Check everything beyond the circuit that can be wrong before anything runs.

    Raises:
        InvalidInputError: Calibration, device, control rules or coherence window do not fit the experiment.
    """
    check_device(documents, compiled, now_ps=start_ps(documents))
    findings: list[Finding] = []
    check_window(documents.experiment, findings)
    rules = read_rules(documents, compiled, findings)
    if findings:
        raise InvalidInputError("control or coherence window do not fit the experiment", findings=findings)
    return Execution(Session(compiled, documents, recorder), rules, [])


def execute(execution: Execution, recorder: Recorder) -> Mapping[str, Output]:
    """Run it.

    Returns:
        The outputs, ascending by name.

    Raises:
        StoppedError: The coherence window is left, a limit would be, or a calibration has become stale.
        SingularResonanceError: A loop has no finite solution.
        CountRangeError: A photon counter expects more than its range.
    """
    session = execution.session
    _coherent(execution, recorder)
    if execution.rules:
        with recorder.span("awen.control", awen__control__rules=len(execution.rules)):
            run_rules(session, execution.rules, execution.decisions, recorder)
    session.waves()
    with recorder.span("awen.readout"):
        return session.outputs()


def _coherent(execution: Execution, recorder: Recorder) -> None:
    """Judge the coherence window, if there is one."""
    documents = execution.session.documents
    window, origin = documents.experiment.get("coherence_window"), start_ps(documents)
    if window is None or origin is None:
        return
    spread = arrival_spread_ps(execution.session.compiled)
    text = "Largest difference of arrival times between two ways to a reading."
    recorder.gauge("awen.coherence.arrival_spread", spread, unit="ps", description=text)
    found = violation(window, event_times(execution.rules, origin), spread)
    if found:
        recorder.event("awen.coherence.violated", awen__finding=found.code)
        raise StoppedError("coherence_violated", found.code, found.message)
