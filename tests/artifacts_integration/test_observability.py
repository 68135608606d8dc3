"""What a run tells of itself is its own and whole, and has no influence on it (AWB-R-560 to 563)."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from awen_ref.engine import ReferenceEngine
from awen_ref.engine.protocol import Clock, RunInputs, RunResult
from awen_ref.errors import InvalidInputError
from awen_ref.record import Documents, record
from awen_ref.verify import VerifiedBundle, check
from tests.experiments import ENVIRONMENT, interferometer
from tests.experiments import Clock as Ticking


class Watched(ReferenceEngine):
    """The engine, and what it gave."""

    def run(self, inputs: RunInputs, *, clock: Clock) -> RunResult:
        """Run, and keep the result."""
        self.gave = super().run(inputs, clock=clock)
        return self.gave


class Standing:
    """A clock that shows one instant."""

    def now(self) -> datetime:
        """That instant."""
        return datetime(2031, 5, 4, tzinfo=UTC)

    def monotonic_ns(self) -> int:
        """None has gone by."""
        return 0


@pytest.fixture(scope="module")
def watched() -> tuple[VerifiedBundle, RunResult]:
    """A recorded run, and what the engine gave for it."""
    engine = Watched()
    bundle = record(interferometer(), engine=engine, clock=Ticking(), environment=ENVIRONMENT)
    return bundle, engine.gave


def lines(bundle: VerifiedBundle, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in bundle.read(f"data/evidence/{name}").splitlines()]


def test_evidence_is_what_the_run_itself_told(watched: tuple[VerifiedBundle, RunResult]) -> None:
    """AWB-R-213."""
    bundle, given = watched
    assert lines(bundle, "traces.jsonl") == json.loads(json.dumps(given.telemetry.traces()))
    assert lines(bundle, "events.jsonl") == json.loads(json.dumps(list(given.telemetry.events)))
    assert bundle.document("data/evidence/metrics.json") == json.loads(json.dumps(given.telemetry.metrics()))
    assert bundle.document("data/evidence/timeline.json") == json.loads(
        json.dumps(given.telemetry.timeline())
    )


def test_spans_are_one_tree_whose_root_covers_the_execution(
    watched: tuple[VerifiedBundle, RunResult],
) -> None:
    """AWB-R-560: and events are numbered from 0 in the order of their time."""
    bundle, _ = watched
    (line,) = lines(bundle, "traces.jsonl")
    spans = [span for scope in line["resourceSpans"][0]["scopeSpans"] for span in scope["spans"]]
    (root,) = (span for span in spans if "parentSpanId" not in span)
    ids = {span["spanId"] for span in spans}
    assert len({span["traceId"] for span in spans}) == 1
    assert len(ids) == len(spans)
    assert all(span["parentSpanId"] in ids for span in spans if span is not root)
    begin, end = (int(root[f"{edge}TimeUnixNano"]) for edge in ("start", "end"))
    assert all(
        begin <= int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"]) <= end for span in spans
    )
    events = lines(bundle, "events.jsonl")
    assert [event["sequence"] for event in events] == list(range(len(events)))
    assert events == sorted(events, key=lambda event: int(event["elapsed_ns"]))
    assert max(int(event["elapsed_ns"]) for event in events) <= end - begin


def test_every_step_has_a_span_and_both_ends_an_event(watched: tuple[VerifiedBundle, RunResult]) -> None:
    """AWB-R-561: reading, planning, solving by kind with its number of nodes, each detector."""
    bundle, _ = watched
    (line,) = lines(bundle, "traces.jsonl")
    spans = [span for scope in line["resourceSpans"][0]["scopeSpans"] for span in scope["spans"]]
    names = [span["name"] for span in spans]
    assert {"awen.graph.read", "awen.plan", "awen.solve"} <= set(names)
    told = [
        (span["name"], {one["key"]: next(iter(one["value"].values())) for one in span.get("attributes", ())})
        for span in spans
    ]
    solved = {one["awen.component.kind"]: one for name, one in told if name == "awen.component"}
    assert {kind: one["awen.component.nodes"] for kind, one in solved.items()} == {"mzi": "1"}
    read = {one.get("awen.node") for name, one in told if name == "awen.detector"}
    assert read == {"diode", "field"}
    events = [event["name"] for event in lines(bundle, "events.jsonl")]
    assert (events[0], events[-1]) == ("awen.run.started", "awen.run.completed")


def test_the_timeline_shows_the_same_spans_and_events(watched: tuple[VerifiedBundle, RunResult]) -> None:
    """AWB-R-563."""
    bundle, _ = watched
    (line,) = lines(bundle, "traces.jsonl")
    spans = [span for scope in line["resourceSpans"][0]["scopeSpans"] for span in scope["spans"]]
    start = min(int(span["startTimeUnixNano"]) for span in spans)
    rows = bundle.document("data/evidence/timeline.json")["traceEvents"]
    begin = min(row["ts"] for row in rows if row["ph"] == "X")
    drawn = sorted((row["name"], row["ts"] - begin, row["dur"]) for row in rows if row["ph"] == "X")
    assert drawn == sorted(
        (
            span["name"],
            (int(span["startTimeUnixNano"]) - start) / 1000,
            (int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"])) / 1000,
        )
        for span in spans
    )
    events = lines(bundle, "events.jsonl")
    marked = sorted((row["name"], row["ts"]) for row in rows if row["ph"] == "i")
    assert marked == sorted((event["name"], int(event["elapsed_ns"]) / 1000) for event in events)


def test_results_do_not_depend_on_what_the_clock_of_telemetry_shows() -> None:
    """AWB-R-562: nor does the name."""
    one, two = (
        record(interferometer(), engine=ReferenceEngine(), clock=clock, environment=ENVIRONMENT)
        for clock in (Ticking(), Standing())
    )
    assert one.ids.artifact_id == two.ids.artifact_id
    assert one.ids.seal != two.ids.seal
    assert one.read("data/evidence/events.jsonl") != two.read("data/evidence/events.jsonl")


WINDOW = {
    "start_ps": "0",
    "end_ps": "1000",
    "idle_budget_ps": "1000",
    "decoherence_time_ps": "1000",
    "linewidth_hz": 1e6,
    "minimum_visibility": 0.9,
}


def timed(window: dict[str, Any]) -> Documents:
    """An experiment that starts at 5 ps in a coherence window."""
    given = interferometer(shots=0)
    grid = {"kind": "wavelength", "start_um": 1.55, "stop_um": 1.55, "points": 1}
    members = {"clock": {"origin_ps": "5"}, "coherence_window": window, "grid": grid}
    return replace(given, experiment={**given.experiment, **members})


def test_a_violated_window_is_sealed_and_its_status_says_so() -> None:
    """AWB-R-222."""
    sealed = record(timed(WINDOW), engine=ReferenceEngine(), clock=Ticking(), environment=ENVIRONMENT)
    assert sealed.document("data/results/body.json")["status"] == "completed"
    late = timed({**WINDOW, "start_ps": "6"})
    broken = record(late, engine=ReferenceEngine(), clock=Ticking(), environment=ENVIRONMENT)
    body = broken.document("data/results/body.json")
    assert (body["status"], body["reason"]["code"]) == ("coherence_violated", "AWB-SEM-222")
    assert check(broken.bundle).verdict == "valid"


def test_invalid_input_is_reported_and_leaves_no_bundle() -> None:
    """AWB-R-221: a window without a clock is refused before anything runs."""
    given = timed(WINDOW)
    experiment = {name: value for name, value in given.experiment.items() if name != "clock"}
    engine = Watched()
    with pytest.raises(InvalidInputError) as refused:
        record(replace(given, experiment=experiment), engine=engine, clock=Ticking(), environment=ENVIRONMENT)
    assert {finding.code for finding in refused.value.findings} == {"AWB-SEM-220"}
    assert not hasattr(engine, "gave")
