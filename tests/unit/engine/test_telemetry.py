import json
from datetime import UTC, datetime, timedelta

import pytest

from awen_ref.bundle.schema import violations
from awen_ref.engine.gallery import WIRE, add_drop_ring
from awen_ref.engine.netlist import wavelengths
from awen_ref.engine.protocol import RunResult
from awen_ref.engine.telemetry import SILENT, Recorder, Telemetry
from tests.engine_documents import run
from tests.netlists import documents


class TickingClock:
    """One microsecond later each time it is asked."""

    def __init__(self) -> None:
        self.ticks = 0

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.ticks)

    def monotonic_ns(self) -> int:
        self.ticks += 1
        return 1000 * self.ticks


def observed() -> Telemetry:
    recorder = Recorder("tester", "1.2.3", TickingClock())
    with recorder.span("awen.outer", awen__size=3):
        with recorder.span("awen.inner", awen__name="x", awen__share=0.5, awen__good=True):
            recorder.event("awen.thing", node="laser", clock_ps=17, awen__count=2)
        with pytest.raises(ValueError, match="boom"), recorder.span("awen.broken"):
            raise ValueError("boom")
    recorder.gauge("awen.size", 3, unit="{node}", description="How many.", awen__kind="a")
    recorder.gauge("awen.size", 4, unit="{node}", description="How many.", awen__kind="b")
    return recorder.finish()


def test_spans_nest_and_stand_in_the_order_of_their_beginning() -> None:
    outer, inner, broken = observed().spans
    assert (outer.name, inner.name, broken.name) == ("awen.outer", "awen.inner", "awen.broken")
    assert (outer.parent, inner.parent, broken.parent) == (None, 0, 0)
    assert outer.begin_ns < inner.begin_ns < inner.end_ns < broken.begin_ns < broken.end_ns < outer.end_ns
    assert (inner.failed, broken.failed) == (False, True)


def test_traces_are_otlp_json() -> None:
    (line,) = observed().traces()
    assert violations("TracesData", line, "traces.jsonl") == []
    spans = line["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert "parentSpanId" not in spans[0]
    assert spans[1]["parentSpanId"] == spans[0]["spanId"]
    assert [span["status"]["code"] for span in spans] == [1, 1, 2]
    assert spans[1]["attributes"] == [
        {"key": "awen.good", "value": {"boolValue": True}},
        {"key": "awen.name", "value": {"stringValue": "x"}},
        {"key": "awen.share", "value": {"doubleValue": 0.5}},
    ]
    assert spans[0]["attributes"] == [{"key": "awen.size", "value": {"intValue": "3"}}]
    began = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    assert int(spans[0]["startTimeUnixNano"]) // 10**9 == int(began)
    assert json.loads(json.dumps(line)) == line


def test_metrics_and_events_satisfy_their_schemas() -> None:
    telemetry = observed()
    assert violations("Metrics", telemetry.metrics(), "metrics.json") == []
    assert [point["value"] for point in telemetry.metrics()["awen.size"]["points"]] == [3, 4]
    (event,) = telemetry.events
    assert violations("Event", dict(event), "events.jsonl") == []
    assert (event["node"], event["clock_ps"], event["attributes"]) == ("laser", "17", {"awen.count": 2})


def test_the_timeline_is_a_chrome_trace() -> None:
    timeline = observed().timeline()
    assert violations("Timeline", timeline, "timeline.json") == []
    assert [row["ph"] for row in timeline["traceEvents"]] == ["M", "X", "X", "X", "i"]
    assert timeline["traceEvents"][1]["dur"] == max(row.get("dur", 0) for row in timeline["traceEvents"])


def test_nothing_is_observed_in_silence() -> None:
    with SILENT.span("awen.anything", awen__size=1):
        pass


@pytest.fixture(scope="module")
def ring() -> RunResult:
    return run(documents(add_drop_ring(), wavelengths(1.549, 1.551, 600)))


def test_a_run_has_a_span_for_every_phase_and_kind(ring: RunResult) -> None:
    names = {span.name for span in ring.telemetry.spans}
    assert {"awen.run", "awen.graph.read", "awen.plan", "awen.solve", "awen.walk", "awen.readout"} <= names
    kinds = {span.attributes.get("awen.component.kind") for span in ring.telemetry.spans}
    assert {"coupler", "waveguide", "monitor"} <= kinds


def test_a_run_measures_its_plan_and_how_near_it_is_to_a_resonance(ring: RunResult) -> None:
    metrics = ring.telemetry.metrics()
    assert metrics["awen.plan.loops"]["points"] == [{"value": 1, "attributes": {}}]
    assert 0.0 < metrics["awen.resonance.margin"]["points"][0]["value"] < 1.0
    assert WIRE["loss_db_cm"] > 0


def test_what_a_run_leaves_satisfies_its_schemas(ring: RunResult) -> None:
    assert violations("LoweredGraph", dict(ring.lowered), "ir.lowered.json") == []
    assert violations("Body", dict(ring.body), "body.json") == []
    assert ring.lowered["method"] == "generic"
    assert ring.lowered["nodes"]["ring/left"] == {"kind": "waveguide", "expanded_from": "ring"}
    assert len(ring.lowered["components"]) == 1
    assert violations("TracesData", ring.telemetry.traces()[0], "traces.jsonl") == []
