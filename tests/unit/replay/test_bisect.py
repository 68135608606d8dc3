"""Bisection: one difference that matters among many that do not."""

import random

import pytest

from awen_ref.engine.netlist import Netlist
from awen_ref.record import Documents, with_overrides
from awen_ref.replay import bisect
from tests.experiments import ENGINE, Clock, documents, interferometer, run

DIFFERENCES = 20


def tapped_line(seen: int) -> Documents:
    """A line with twenty taps, each a phase shifter that ends in the dark but one, which interferes.

    The phases of the dark taps are inputs like any other and cannot move a result.
    """
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    end = "laser.o1"
    for tap in range(DIFFERENCES):
        net.add(f"tap_{tap}", "coupler", kappa=0.05)
        net.add(f"phase_{tap}", "phase_shifter", phase_rad=net.named(f"phi_{tap}", 0.1 * tap))
        net.join(end, f"tap_{tap}.o1")
        net.join(f"tap_{tap}.o3", f"phase_{tap}.o1")
        end = f"tap_{tap}.o4"
    net.add("meet", "coupler", kappa=0.5)
    net.join(end, "meet.o1")
    net.join(f"phase_{seen}.o2", "meet.o2")
    net.add("out", "monitor")
    net.join("meet.o3", "out.o1")
    return documents(net, points=2)


@pytest.mark.parametrize("number", [8, pytest.param(100, marks=pytest.mark.slow)])
def test_bisection_finds_the_one_cause_among_twenty_differences_in_every_plant(number: int) -> None:
    plants = random.Random(20)
    for _ in range(number):
        planted = plants.randrange(DIFFERENCES)
        recorded = tapped_line(planted)
        values = {f"phi_{tap}": plants.uniform(0.0, 6.0) for tap in range(DIFFERENCES)}
        found = bisect(
            run(recorded), run(with_overrides(recorded, values=values)), engine=ENGINE, clock=Clock()
        )
        assert len(found) == DIFFERENCES
        causes = [entry["name"] for entry in found if entry["effect"] == "cause"]
        assert causes == [f"/phi_{planted}/value"]
        assert {entry["effect"] for entry in found[1:]} == {"no_effect"}


def test_a_difference_that_makes_no_experiment_by_itself_stays_possible() -> None:
    recorded, other = run(interferometer(shots=0)), run(tapped_line(3))
    effects = {entry["effect"] for entry in bisect(recorded, other, engine=ENGINE, clock=Clock())}
    assert "possible" in effects


def test_two_runs_without_a_difference_have_no_cause() -> None:
    assert bisect(run(interferometer()), run(interferometer()), engine=ENGINE, clock=Clock()) == []
