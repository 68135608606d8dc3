from awen_ref.engine.gallery import add_drop_ring, clements
from awen_ref.engine.lowered import lowered
from awen_ref.engine.netlist import wavelengths
from tests.netlists import compiled


def test_loops_are_listed_by_the_nodes_of_their_elimination() -> None:
    found = lowered(compiled(add_drop_ring(), wavelengths(1.5, 1.6, 100)))
    assert found["method"] == "generic"
    assert found["components"] == [{"level": 1, "nodes": ["ring/drop", "ring/in", "ring/left", "ring/right"]}]
    assert found["nodes"]["ring/in"] == {"kind": "coupler", "expanded_from": "ring"}
    assert found["nodes"]["laser"] == {"kind": "source"}


def test_what_light_or_readers_do_not_reach_is_pruned() -> None:
    found = lowered(compiled(clements(4)))
    assert found["method"] == "layered"
    assert "mzi_00_02" in found["pruned"]
    assert "mzi_00_00" not in found["pruned"]
    assert found["pruned"] == sorted(found["pruned"])
