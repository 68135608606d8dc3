"""Coherence windows: until when, how long idle, and over which difference of arrival interference counts.

A window is violated (AWB-R-540 to 543) when an event comes before its start or after its end, when nothing
happens for longer than the idle budget, or when the visibility `exp(-(pi linewidth D + D / decoherence
time))` falls below the least that is asked for. D is the largest spread of arrival times between two ways
from one source to one reading: each wave's earliest and latest arrival follow the group delays of the flow
graph, and a loop counts once, as the shortest way through it and as all of its delays together.

The first factor of the visibility is that of a Lorentzian line (Mandel, Wolf, Optical Coherence and Quantum
Optics, 4.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from awen_ref.engine.circuit import Circuit, Node, Port
from awen_ref.engine.compiled import Compiled
from awen_ref.engine.constants import PS_PER_S
from awen_ref.engine.flow import Term, strong_components, trace
from awen_ref.engine.grid import EXPERIMENT, SPEED_OF_LIGHT_UM_THZ
from awen_ref.engine.numerics.decimal_scale import decay
from awen_ref.errors import Finding

__all__ = ["Violation", "arrival_spread_ps", "check_window", "violation", "visibility"]

Document = Mapping[str, Any]
_Spread = dict[Port, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Violation:
    """How a window was left.

    Attributes:
        code: AWB-SEM-222 (time), 223 (idle) or 224 (visibility).
        message: With the values that show it.
    """

    code: str
    message: str


def check_window(experiment: Document, findings: list[Finding]) -> None:
    """AWB-SEM-220, 221: a window needs a clock, an end after the start, and a decoherence time."""
    window, clock = experiment.get("coherence_window"), experiment.get("clock")
    if window is None:
        return
    place = (EXPERIMENT, "/coherence_window")
    if clock is None:
        findings.append(Finding("AWB-SEM-220", "a coherence window needs the experiment's clock", *place))
        return
    start, end, origin = int(window["start_ps"]), int(window["end_ps"]), int(clock["origin_ps"])
    if end < start or end < origin:
        text = f"the window ends at {end} ps; it starts at {start} ps and the experiment at {origin} ps"
        findings.append(Finding("AWB-SEM-221", text, *place))
    if int(window["decoherence_time_ps"]) == 0:
        text = "a decoherence time of 0 ps leaves no interference at all"
        findings.append(Finding("AWB-SEM-221", text, *place))


def visibility(window: Document, spread_ps: float) -> float:
    """Visibility of interference over a difference of arrival times, correctly rounded factor by factor."""
    of_line = decay(window["linewidth_hz"], spread_ps / PS_PER_S, pi=True)
    return of_line * decay(spread_ps / int(window["decoherence_time_ps"]))


def violation(window: Document, events_ps: Sequence[int], spread_ps: float) -> Violation | None:
    """The first rule of a window that an experiment breaks, or `None`.

    Args:
        window: The member `coherence_window` of `experiment.json`.
        events_ps: Times at which something happens, ascending; the first is the start of the experiment.
        spread_ps: Largest difference of arrival times.
    """
    start, end = int(window["start_ps"]), int(window["end_ps"])
    for event in events_ps:
        if not start <= event <= end:
            return Violation(
                "AWB-SEM-222", f"an event at {event} ps lies outside the window of {start} to {end} ps"
            )
    budget = int(window["idle_budget_ps"])
    for before, after in pairwise(events_ps):
        if after - before > budget:
            text = f"nothing happens from {before} ps to {after} ps; the idle budget is {budget} ps"
            return Violation("AWB-SEM-223", text)
    seen = visibility(window, spread_ps)
    if seen < window["minimum_visibility"]:
        least = window["minimum_visibility"]
        text = f"ways differ by {spread_ps:g} ps: the visibility is {seen:g}, below {least:g}"
        return Violation("AWB-SEM-224", text)
    return None


def arrival_spread_ps(compiled: Compiled) -> float:
    """The largest difference of arrival times between two ways from one source to one reading (AWB-R-543)."""
    circuit = compiled.circuit
    flow = trace(circuit, compiled.readings)
    components = strong_components(flow.terms)
    worst = 0.0
    for port in flow.injected:
        spreads = _arrivals(circuit, flow.terms, components, port)
        for reading in compiled.readings:
            if reading in spreads:
                earliest, latest = spreads[reading]
                worst = max(worst, latest - earliest)
    return worst


def _arrivals(
    circuit: Circuit, terms: Mapping[Port, Sequence[Term]], components: Sequence[Sequence[Port]], origin: Port
) -> _Spread:
    """Earliest and latest arrival of light from one source at every wave that it reaches."""
    found: _Spread = {origin: (0.0, 0.0)}
    for component in components:
        inside = frozenset(component)
        looped = any(source in inside for port in component for source, _ in terms[port])
        for port in component:
            for source, _ in terms[port]:
                if source in found and source not in inside:
                    _arrive(found, port, found[source], _delay_ps(circuit.nodes[source[0]]))
        if looped:
            _round_trip(circuit, terms, sorted(component), found)
    return found


def _arrive(found: _Spread, port: Port, start: tuple[float, float], delay: float) -> None:
    earliest, latest = start[0] + delay, start[1] + delay
    if port in found:
        earliest, latest = min(earliest, found[port][0]), max(latest, found[port][1])
    found[port] = earliest, latest


def _round_trip(
    circuit: Circuit, terms: Mapping[Port, Sequence[Term]], members: Sequence[Port], found: _Spread
) -> None:
    """Within a loop: the shortest ways; at the latest, all of its delays after the last entry."""
    entered = [port for port in members if port in found]
    if not entered:
        return
    total = max(found[port][1] for port in entered)
    for node in sorted({port[0] for port in members}):
        total = total + _delay_ps(circuit.nodes[node])
    shortest = {port: found[port][0] for port in entered}
    changed = True
    while changed:
        changed = False
        for port in members:
            for source, _ in terms[port]:
                if source in shortest:
                    earliest = shortest[source] + _delay_ps(circuit.nodes[source[0]])
                    if earliest < shortest.get(port, float("inf")):
                        shortest[port] = earliest
                        changed = True
    for port in members:
        found[port] = shortest[port], total


def _delay_ps(node: Node) -> float:
    """Group delay of a node in ps."""
    if node.kind.name == "waveguide":
        return node.params["length_um"].value * node.params["n_g"].value / SPEED_OF_LIGHT_UM_THZ
    return node.params["delay_ps"].value if node.kind.name == "delay" else 0.0
