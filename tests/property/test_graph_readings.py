"""Engine and verifier read the graph each in its own way; they refuse the same ones for the same reasons."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from awen_ref.bundle.schema import violations
from awen_ref.engine.graph import read_circuit
from awen_ref.errors import InvalidInputError
from awen_ref.limits import DEFAULT
from awen_ref.verify.references import graph, ordered
from awen_ref.verify.state import State
from tests import bundles

Documents = dict[str, Any]

COMMON = {
    f"AWB-SEM-{number}" for number in (101, 102, 103, 104, 105, 106, 107, 109, 110, 111, 112, 113, 119, 120)
}
PATHS = {"experiment": "Experiment", "ir": "Graph", "parameters": "Parameters", "device": "Device"}

ENDS = ["laser.o1", "shifter.o1", "shifter.o2", "counter.o1", "laser.o2", "counter.o3", "nobody.o1"]
KINDS = ["source", "phase_shifter", "photon_counter", "monitor", "waveguide", "terminator", "sun"]
VALUES = [0, -1, 0.5, 1.5, 1e9, "phi", "power", "psi"]


def change_node(documents: Documents, draw: st.DataObject) -> None:
    nodes = documents["ir"]["nodes"]
    node = nodes[draw.draw(st.sampled_from(sorted(nodes)))]
    match draw.draw(st.integers(0, 2)):
        case 0:
            node["kind"] = draw.draw(st.sampled_from(KINDS))
        case 1 if node["params"]:
            del node["params"][draw.draw(st.sampled_from(sorted(node["params"])))]
        case _:
            name = draw.draw(st.sampled_from([*node["params"], "colour", "phase_rad"]))
            node["params"][name] = draw.draw(st.sampled_from(VALUES))


def change_edges(documents: Documents, draw: st.DataObject) -> None:
    edges = documents["ir"]["edges"]
    match draw.draw(st.integers(0, 4)):
        case 0 if edges:
            edge = edges[draw.draw(st.integers(0, len(edges) - 1))]
            edge["ends"][draw.draw(st.integers(0, 1))] = draw.draw(st.sampled_from(ENDS))
        case 1:
            edges.reverse()
        case 2 if edges:
            edges.pop(draw.draw(st.integers(0, len(edges) - 1)))
        case 3 if edges:
            edges[0]["delay_ps"] = 1.5
        case _:
            edges.append({"ends": draw.draw(st.permutations(ENDS))[:2]})


def change_surroundings(documents: Documents, draw: st.DataObject) -> None:
    match draw.draw(st.integers(0, 2)):
        case 0:
            documents["parameters"][draw.draw(st.sampled_from(["phi", "power", "spare"]))] = {
                "value": draw.draw(st.sampled_from([0, -1, 2])),
                "unit": draw.draw(st.sampled_from(["rad", "W", "1"])),
            }
        case 1 if documents["device"]["capabilities"]:
            documents["device"]["capabilities"].pop()
        case _:
            documents["experiment"]["record"] = [draw.draw(st.sampled_from(ENDS))]


def engine_codes(documents: Documents) -> set[str]:
    try:
        read_circuit(**documents)
    except InvalidInputError as refusal:
        return {finding.code for finding in refusal.findings} & COMMON
    return set()


def verifier_codes(documents: Documents) -> set[str]:
    state = State(bundles.bundle_of({}), DEFAULT)
    state.sound.update({f"data/inputs/{name}.json": document for name, document in documents.items()})
    graph.compare(state)
    ordered.compare(state)
    return {finding.code for finding in state.findings} & COMMON


@given(st.data(), st.integers(0, 4))
@settings(max_examples=400, deadline=None)
def test_two_readings_of_a_graph_agree(data: st.DataObject, changes: int) -> None:
    made = bundles.parts("run").inputs
    documents: Documents = {name: copy.deepcopy(made[name]) for name in PATHS}
    documents["device"]["capabilities"] = sorted(KINDS)
    for _ in range(changes):
        change = data.draw(st.sampled_from([change_node, change_edges, change_surroundings]))
        change(documents, data)
    if any(violations(PATHS[name], document, name) for name, document in documents.items()):
        return  # what breaks its schema is read by neither
    assert engine_codes(documents) == verifier_codes(documents)
