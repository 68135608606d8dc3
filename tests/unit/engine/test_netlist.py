import pytest

from awen_ref.bundle.schema import violations
from awen_ref.engine.gallery import (
    add_drop_ring,
    clements,
    crow,
    feed_forward,
    interferometer,
    noisy,
    ring_bus,
    wdm_filter,
)
from awen_ref.engine.netlist import Netlist
from tests.netlists import compiled, documents

GALLERY = {
    "add_drop_ring": add_drop_ring(),
    "ring_bus": ring_bus(3),
    "crow": crow(3),
    "clements": clements(5),
    "noisy": clements(4, end=noisy),
    "wdm_filter": wdm_filter(),
    "feed_forward": feed_forward(),
    "interferometer": interferometer(),
}


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_the_gallery_is_made_of_valid_documents(name: str) -> None:
    given = documents(GALLERY[name])
    assert violations("Graph", given["ir"], "ir.json") == []
    assert violations("Parameters", given["parameters"], "parameters.json") == []
    assert violations("Experiment", given["experiment"], "experiment.json") == []
    assert compiled(GALLERY[name]).plan.variables


def test_open_ports_end_in_terminators_and_edges_are_sorted() -> None:
    net = Netlist()
    net.add("b", "coupler", kappa=0.5)
    net.add("a", "monitor")
    net.join("b.o3", "a.o1")
    ir = net.ir()
    assert sorted(ir["nodes"]) == ["a", "b", "end_b_o1", "end_b_o2", "end_b_o4"]
    assert [edge["ends"] for edge in ir["edges"]] == [
        ["a.o1", "b.o3"],
        ["b.o1", "end_b_o1.o1"],
        ["b.o2", "end_b_o2.o1"],
        ["b.o4", "end_b_o4.o1"],
    ]


def test_a_delay_or_a_rule_brings_a_clock() -> None:
    net = Netlist()
    grid = {"kind": "wavelength_list", "values_um": [1.55]}
    assert "clock" not in net.experiment(grid)
    net.rules.append({})
    assert net.experiment(grid)["clock"] == {"origin_ps": "0"}
