import numpy as np
import pytest

from awen_ref.engine.flow import strong_components, trace
from awen_ref.engine.gallery import clements, crow, ring_bus, wdm_filter
from awen_ref.engine.netlist import Netlist
from tests.netlists import compiled


def test_components_come_after_what_feeds_them() -> None:
    terms = {
        ("a", 1): (),
        ("b", 1): ((("a", 1), 0), (("c", 1), 1)),
        ("c", 1): ((("b", 1), 2),),
        ("d", 1): ((("c", 1), 3),),
    }
    found = [sorted(component) for component in strong_components(terms)]
    assert found == [[("a", 1)], [("b", 1), ("c", 1)], [("d", 1)]]


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    size = 20_000
    terms = {("n", k): ((("n", k - 1), 0),) if k else () for k in range(size)}
    assert len(strong_components(terms)) == size


@pytest.mark.parametrize("net", [clements(6), crow(4), ring_bus(3), wdm_filter()])
def test_every_term_comes_from_an_earlier_level_or_the_same_loop(net: Netlist) -> None:
    given = compiled(net)
    plan, flow = given.plan, trace(given.circuit, given.readings)
    assert set(plan.variables) == set(flow.terms)
    level_of = np.empty(len(plan.variables), dtype=int)
    for number, level in enumerate(plan.levels):
        level_of[level.start : level.stop] = number
    planned = sum(slot.sources.size for level in plan.levels for slot in level.slots)
    looped = sum(len(loop.matrix) for level in plan.levels for loop in level.loops)
    assert planned + looped == sum(len(terms) for terms in flow.terms.values())
    for level in plan.levels:
        for slot in level.slots:
            assert (level_of[slot.sources] < level_of[level.start]).all()
        members = np.concatenate([[], *(loop.members for loop in level.loops)])
        assert all(level.start <= member < level.stop for member in members)


def test_terms_stand_in_the_order_of_the_ports_before_them() -> None:
    # AWB-R-471
    given = compiled(clements(5))
    for terms in trace(given.circuit, given.readings).terms.values():
        assert [source for source, _ in terms] == sorted(source for source, _ in terms)
        assert len({source[0] for source, _ in terms}) <= 1


def test_a_crow_is_one_loop_and_a_bus_one_for_each_ring() -> None:
    assert compiled(crow(6)).plan.loops == 1
    assert compiled(ring_bus(6)).plan.loops == 6
    assert compiled(clements(6)).plan.loops == 0


def test_nothing_lit_gives_an_empty_plan() -> None:
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.add("eye", "monitor")
    plan = compiled(net).plan
    assert plan.variables == ()
    assert plan.levels == ()
