import math
from typing import Any

import pytest

from awen_ref.engine.coherence import arrival_spread_ps, violation, visibility
from awen_ref.engine.compiled import Documents, compile_experiment
from tests.engine_documents import experiment, refused, run

WINDOW = {
    "start_ps": "0",
    "end_ps": "1000000",
    "idle_budget_ps": "300000",
    "decoherence_time_ps": "1000000000",
    "linewidth_hz": 1e6,
    "minimum_visibility": 0.9,
}


def guide(length_um: float) -> tuple[str, dict[str, float]]:
    return "waveguide", {
        "length_um": length_um,
        "n_eff": 2.0,
        "n_g": 4.0,
        "dispersion_ps_nm_km": 0.0,
        "loss_db_cm": 0.0,
        "reference_wavelength_um": 1.55,
    }


def interferometer(short_um: float, long_um: float, **members: object) -> dict[str, Any]:
    nodes: dict[str, tuple[str, dict[str, Any]]] = {
        "laser": ("source", {"power_w": 1e-3, "phase_rad": 0.0}),
        "split": ("splitter", {"ratio": 0.5}),
        "short": guide(short_um),
        "long": guide(long_um),
        "join": ("splitter", {"ratio": 0.5}),
        "out": ("monitor", {}),
    }
    edges = [
        ("laser.o1", "split.o1"),
        ("split.o2", "short.o1"),
        ("split.o3", "long.o1"),
        ("short.o2", "join.o2"),
        ("long.o2", "join.o3"),
        ("join.o1", "out.o1"),
    ]
    return experiment(nodes, edges, **members)


def spread(documents: dict[str, Any]) -> float:
    return arrival_spread_ps(compile_experiment(Documents(**documents)))


def test_the_spread_is_the_difference_of_group_delays() -> None:
    """AWB-R-543."""
    assert math.isclose(spread(interferometer(100.0, 1100.0)), 1000 * 4 / 299.792458, rel_tol=1e-12)
    assert spread(interferometer(100.0, 100.0)) == 0.0


def test_a_delay_of_an_edge_counts() -> None:
    """AWB-R-543."""
    documents = interferometer(100.0, 100.0)
    documents["ir"]["edges"][0]["delay_ps"] = 25.0
    assert documents["ir"]["edges"][0]["ends"] == ["join.o1", "out.o1"]
    assert spread(documents) == 0.0
    documents["ir"]["edges"][1]["delay_ps"] = 25.0
    assert math.isclose(spread(documents), 25.0, rel_tol=1e-12)


def test_a_loop_counts_one_round_trip() -> None:
    """AWB-R-543."""
    ring = {"kappa": 0.1, **guide(300.0)[1]}
    nodes: dict[str, tuple[str, dict[str, Any]]] = {
        "laser": ("source", {"power_w": 1e-3, "phase_rad": 0.0}),
        "ring": ("ring_all_pass", ring),
        "out": ("monitor", {}),
    }
    documents = experiment(nodes, [("laser.o1", "ring.o1"), ("out.o1", "ring.o2")])
    assert math.isclose(spread(documents), 300 * 4 / 299.792458, rel_tol=1e-12)


def test_visibility_is_that_of_a_lorentzian_line_and_of_decoherence() -> None:
    """AWB-R-542."""
    for d_ps in (0.0, 1.0, 1e4):
        expected = math.exp(-math.pi * 1e6 * d_ps * 1e-12) * math.exp(-d_ps / 1e9)
        assert math.isclose(visibility(WINDOW, d_ps), expected, rel_tol=1e-15)


@pytest.mark.parametrize(
    ("events", "d_ps", "code"),
    [
        ([0, 200_000], 1.0, None),
        ([0, 300_000], 1.0, None),
        ([0, 300_001], 1.0, "AWB-SEM-223"),
        ([0, 300_000, 600_000, 900_000, 1_000_000], 1.0, None),
        ([0, 300_000, 600_000, 900_000, 1_000_001], 1.0, "AWB-SEM-222"),
        ([0], 33_000.0, None),
        ([0], 34_000.0, "AWB-SEM-224"),
    ],
)
def test_a_window_is_left_by_time_idleness_or_spread(
    events: list[int], d_ps: float, code: str | None
) -> None:
    found = violation(WINDOW, events, d_ps)
    assert (found.code if found else None) == code


def test_a_violation_ends_the_run_with_a_body_that_says_so() -> None:
    """AWB-R-561."""
    wide = interferometer(0.0, 10_000.0, coherence_window=WINDOW | {"linewidth_hz": 1e10})
    result = run(wide)
    assert (result.body["status"], result.body["reason"]["code"]) == ("coherence_violated", "AWB-SEM-224")
    assert result.outputs == {}
    assert run(interferometer(0.0, 1.0, coherence_window=WINDOW)).body["status"] == "completed"
    assert any(event["name"] == "awen.coherence.violated" for event in result.telemetry.events)


def test_a_start_before_the_window_violates_it() -> None:
    early = interferometer(0.0, 1.0, coherence_window=WINDOW | {"start_ps": "10"})
    assert run(early).body["reason"]["code"] == "AWB-SEM-222"


@pytest.mark.parametrize(
    "changes", [{"end_ps": "0", "start_ps": "1"}, {"decoherence_time_ps": "0"}, {"end_ps": "99"}]
)
def test_windows_that_make_no_sense_are_refused(changes: dict[str, str]) -> None:
    documents = interferometer(0.0, 1.0, coherence_window=WINDOW | changes, clock={"origin_ps": "100"})
    assert refused(documents) == {"AWB-SEM-221"}


def test_a_window_without_a_clock_is_refused() -> None:
    documents = interferometer(0.0, 1.0, coherence_window=WINDOW)
    del documents["experiment"]["clock"]
    assert refused(documents) == {"AWB-SEM-220"}
