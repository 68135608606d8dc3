"""The reference engine: one pass from documents to results, observed as it goes."""

from typing import Any

from awen_ref import __version__
from awen_ref.engine.circuit import port_name
from awen_ref.engine.compiled import Compiled, Documents, compile_experiment, documents_of
from awen_ref.engine.detectors import CountRangeError
from awen_ref.engine.execution import execute, prepare
from awen_ref.engine.graph import SEMANTICS
from awen_ref.engine.lowered import lowered
from awen_ref.engine.numerics.selftest import determinism
from awen_ref.engine.protocol import Clock, RunInputs, RunResult
from awen_ref.engine.session import StoppedError
from awen_ref.engine.solver import SingularResonanceError, Waves
from awen_ref.engine.telemetry import Recorder
from awen_schema.codes import CODES
from awen_schema.kinds import KINDS

__all__ = ["ReferenceEngine"]


class ReferenceEngine:
    """`awen-ir/1.0`, bit for bit as the specification states it."""

    name = "awen-ref"
    version = __version__
    semantics = frozenset({SEMANTICS})
    capabilities = frozenset(KINDS)

    def run(self, inputs: RunInputs, *, clock: Clock) -> RunResult:
        """Execute one experiment; see `Engine.run`.

        Raises:
            InvalidInputError: The documents are no experiment.
        """
        recorder = Recorder(self.name, self.version, clock)
        with recorder.span("awen.run"):
            documents = documents_of(inputs)
            recorder.event("awen.run.started", awen__determinism=determinism())
            compiled = compile_experiment(documents, tracer=recorder)
            _measure_graph(compiled, documents, recorder)
            execution = prepare(compiled, documents, recorder)
            try:
                outputs = execute(execution, recorder)
                _measure_waves(execution.session.waves(), recorder)
                body = _body(documents, compiled)
                recorder.event("awen.run.completed", awen__outputs=len(outputs))
            except (StoppedError, SingularResonanceError, CountRangeError) as error:
                outputs, body = {}, _stopped(compiled, error, recorder)
        decisions = tuple(execution.decisions)
        return RunResult(outputs, body, decisions, lowered(compiled), recorder.finish())


def _body(documents: Documents, compiled: Compiled) -> dict[str, Any]:
    """`body.json` of a run that completed."""
    return {
        "artifact_type": "run",
        "status": "completed",
        "shots": documents.experiment["shots"],
        "recorded_states": [port_name(port) for port in compiled.given.record],
    }


def _stopped(
    compiled: Compiled, error: StoppedError | SingularResonanceError | CountRangeError, recorder: Recorder
) -> dict[str, Any]:
    """`body.json` of a run that could not be completed: no outputs, but why (AWB-R-564, 565).

    Results are the same bits whoever computes them, so that the registry's sentence stands there; what this
    engine knows of the place is told by the event.
    """
    where = ""
    if isinstance(error, StoppedError):
        status, code, node = error.status, error.code, error.node
    elif isinstance(error, SingularResonanceError):
        # which of several loops shows it first depends on the walk: evidence, and no result
        status, code, node = "failed", "AWB-SEM-122", ""
        where = compiled.circuit.nodes[error.port[0]].origin
    else:
        status, code, node = "failed", "AWB-SEM-123", error.node
    recorder.event(
        "awen.run.stopped",
        node=node or where,
        awen__status=status,
        awen__finding=code,
        awen__message=str(error),
    )
    return {
        "artifact_type": "run",
        "status": status,
        "reason": {"code": code, "message": CODES[code].message} | ({"node": node} if node else {}),
        "shots": 0,
        "recorded_states": [],
    }


def _measure_graph(compiled: Compiled, documents: Documents, recorder: Recorder) -> None:
    """Sizes of the problem."""
    counts = {
        "awen.graph.nodes": (len(documents.ir["nodes"]), "{node}", "Nodes of the graph."),
        "awen.graph.edges": (len(documents.ir["edges"]), "{edge}", "Edges of the graph."),
        "awen.grid.points": (compiled.circuit.grid.points, "{point}", "Points of the grid."),
        "awen.plan.waves": (len(compiled.plan.variables), "{wave}", "Waves that are computed."),
        "awen.plan.levels": (len(compiled.plan.levels), "{level}", "Levels of the plan."),
        "awen.plan.loops": (compiled.plan.loops, "{loop}", "Loops that are solved in closed form."),
        "awen.shots": (documents.experiment["shots"], "{shot}", "Samples of each sampled output."),
    }
    for name, (value, unit, description) in counts.items():
        recorder.gauge(name, value, unit=unit, description=description)
    for group in compiled.plan.groups:
        recorder.gauge(
            "awen.component.nodes",
            len(group.nodes),
            unit="{node}",
            description="Nodes of a kind that light passes.",
            awen__component__kind=group.nodes[0].kind.name,
        )


def _measure_waves(waves: Waves, recorder: Recorder) -> None:
    """How far the loops are from having no solution."""
    if waves.margin < float("inf"):
        text = "Smallest |1 - g|**2 of all loops, where 2**-80 is refused."
        recorder.gauge("awen.resonance.margin", waves.margin, unit="1", description=text)
