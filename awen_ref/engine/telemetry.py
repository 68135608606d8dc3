"""What a run observed of itself: spans, events and metrics from one injected clock (AWB-R-560 to 563).

Nothing here is made up afterwards: a span is opened and closed around the work it names. The renderings are
OTLP/JSON `TracesData` (OpenTelemetry protocol 1.x, JSON mapping) and the Chrome trace format.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

__all__ = ["SILENT", "Clock", "Recorder", "Scalar", "Span", "Telemetry", "Tracer"]

Scalar = str | int | float | bool

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SCOPE = "awen_ref.engine"


class Clock(Protocol):
    """Where telemetry takes its times from; results never do."""

    def now(self) -> datetime:
        """The time of day in UTC."""
        ...

    def monotonic_ns(self) -> int:
        """Nanoseconds from an arbitrary origin, never going back."""
        ...


class Tracer(Protocol):
    """Something that spans can be opened on."""

    def span(self, name: str, **attributes: Scalar) -> AbstractContextManager[None]:
        """Time what happens inside, under a dotted name; an attribute's `__` stands for a dot."""
        ...


class _Silent:
    """A tracer that observes nothing, for work outside a run."""

    def span(self, name: str, **attributes: Scalar) -> AbstractContextManager[None]:
        """Do nothing."""
        del name, attributes
        return nullcontext()


SILENT: Tracer = _Silent()


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of work.

    Attributes:
        name: What was done.
        number: Its number in the order of beginning, from 0.
        parent: Number of the span it happened in, or `None` for the root.
        begin_ns: Nanoseconds from the beginning of the run.
        end_ns: The same for its end.
        attributes: More by name.
        failed: Whether it ended with an exception.
    """

    name: str
    number: int
    parent: int | None
    begin_ns: int
    end_ns: int
    attributes: Mapping[str, Scalar]
    failed: bool


@dataclass(frozen=True, slots=True)
class Telemetry:
    """What a run observed.

    Attributes:
        engine: Name of the engine.
        version: Its version.
        began: Time of day at the beginning.
        spans: In the order in which they began.
        events: Lines of `events.jsonl`.
        gauges: Name to a document of `metrics.json`.
    """

    engine: str
    version: str
    began: datetime
    spans: tuple[Span, ...]
    events: tuple[Mapping[str, Any], ...]
    gauges: Mapping[str, Mapping[str, Any]]

    def traces(self) -> list[dict[str, Any]]:
        """The lines of `traces.jsonl`: one OTLP/JSON `TracesData` with every span."""
        origin = (self.began - _EPOCH) // timedelta(microseconds=1) * 1000
        trace = hashlib.sha256(f"{self.engine} {self.version} {origin}".encode()).hexdigest()[:32]
        scope = {"name": _SCOPE, "version": self.version}
        resource = {"service.name": self.engine, "service.version": self.version}
        spans = [_otlp(span, trace, origin) for span in self.spans]
        scoped = {
            "resource": {"attributes": _key_values(resource)},
            "scopeSpans": [{"scope": scope, "spans": spans}],
        }
        return [{"resourceSpans": [scoped]}]

    def metrics(self) -> dict[str, Any]:
        """`metrics.json`."""
        return {name: dict(document) for name, document in sorted(self.gauges.items())}

    def timeline(self) -> dict[str, Any]:
        """`timeline.json`: spans as complete events, events as instants; opens in Perfetto."""
        rows: list[dict[str, Any]] = [
            {"name": "process_name", "ph": "M", "pid": 1, "tid": 1, "args": {"name": self.engine}}
        ]
        rows += [
            {
                "name": span.name,
                "ph": "X",
                "pid": 1,
                "tid": 1,
                "ts": span.begin_ns / 1000,
                "dur": (span.end_ns - span.begin_ns) / 1000,
                **_arguments(span.attributes),
            }
            for span in self.spans
        ]
        rows += [
            {
                "name": event["name"],
                "ph": "i",
                "pid": 1,
                "tid": 1,
                "ts": event["elapsed_ns"] / 1000,
                "s": "p",
                **_arguments(event["attributes"]),
            }
            for event in self.events
        ]
        return {"traceEvents": rows, "displayTimeUnit": "ns"}


def _arguments(attributes: Mapping[str, Scalar]) -> dict[str, Any]:
    """The member `args` of a row, left out where it would be empty."""
    return {"args": dict(attributes)} if attributes else {}


def _span_id(trace: str, number: int) -> str:
    return hashlib.sha256(f"{trace} {number}".encode()).hexdigest()[:16]


def _otlp(span: Span, trace: str, origin: int) -> dict[str, Any]:
    """One span in OTLP/JSON: 64-bit integers as strings, kind 1 = internal, status 1 = ok, 2 = error."""
    row: dict[str, Any] = {
        "traceId": trace,
        "spanId": _span_id(trace, span.number),
        "name": span.name,
        "kind": 1,
        "startTimeUnixNano": str(origin + span.begin_ns),
        "endTimeUnixNano": str(origin + span.end_ns),
        "status": {"code": 2 if span.failed else 1},
    }
    if span.attributes:
        row["attributes"] = _key_values(span.attributes)
    if span.parent is not None:
        row["parentSpanId"] = _span_id(trace, span.parent)
    return row


def _key_values(attributes: Mapping[str, Scalar]) -> list[dict[str, Any]]:
    return [{"key": key, "value": _any_value(value)} for key, value in sorted(attributes.items())]


def _any_value(value: Scalar) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    return {"doubleValue": value} if isinstance(value, float) else {"stringValue": value}


@dataclass(slots=True)
class _Open:
    """A span that has not ended."""

    number: int
    begin_ns: int


@dataclass(slots=True)
class Recorder:
    """Collects telemetry while a run goes on; `finish` gives the immutable whole."""

    engine: str
    version: str
    clock: Clock
    _began: datetime = field(init=False)
    _origin: int = field(init=False)
    _spans: list[Span] = field(init=False, default_factory=list)
    _events: list[dict[str, Any]] = field(init=False, default_factory=list)
    _gauges: dict[str, dict[str, Any]] = field(init=False, default_factory=dict)
    _stack: list[_Open] = field(init=False, default_factory=list)
    _count: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Take the beginning."""
        self._began = self.clock.now().astimezone(UTC)
        self._origin = self.clock.monotonic_ns()

    def _elapsed(self) -> int:
        return self.clock.monotonic_ns() - self._origin

    @contextmanager
    def span(self, name: str, **attributes: Scalar) -> Iterator[None]:
        """Time what happens inside.

        Args:
            name: A dotted name (`awen.solve`).
            attributes: More by name; `__` stands for a dot.
        """
        parent = self._stack[-1].number if self._stack else None
        opened = _Open(self._count, self._elapsed())
        self._count += 1
        self._stack.append(opened)
        failed = True
        try:
            yield
            failed = False
        finally:
            self._stack.pop()
            dotted = {key.replace("__", "."): value for key, value in attributes.items()}
            end = self._elapsed()
            self._spans.append(Span(name, opened.number, parent, opened.begin_ns, end, dotted, failed))

    def event(self, name: str, *, node: str = "", clock_ps: int | None = None, **attributes: Scalar) -> None:
        """Note that something happened.

        Args:
            name: A dotted name.
            node: The node it concerns.
            clock_ps: When on the experiment's clock, where it has a place there.
            attributes: More by name; `__` stands for a dot.
        """
        line: dict[str, Any] = {
            "sequence": len(self._events),
            "elapsed_ns": self._elapsed(),
            "name": name,
            "attributes": {key.replace("__", "."): value for key, value in attributes.items()},
        }
        if node:
            line["node"] = node
        if clock_ps is not None:
            line["clock_ps"] = str(clock_ps)
        self._events.append(line)

    def gauge(self, name: str, value: float, *, unit: str, description: str, **attributes: Scalar) -> None:
        """Set a metric.

        Args:
            name: A dotted name.
            value: What it is.
            unit: In UCUM; `{thing}` for counts.
            description: What it measures.
            attributes: Which point of the metric; `__` stands for a dot.
        """
        metric = self._gauges.setdefault(
            name, {"kind": "gauge", "unit": unit, "description": description, "points": []}
        )
        dotted = {key.replace("__", "."): item for key, item in attributes.items()}
        metric["points"].append({"value": value, "attributes": dotted})

    def finish(self) -> Telemetry:
        """Everything observed so far."""
        spans = tuple(sorted(self._spans, key=lambda span: span.number))
        return Telemetry(
            self.engine, self.version, self._began, spans, tuple(self._events), dict(self._gauges)
        )
