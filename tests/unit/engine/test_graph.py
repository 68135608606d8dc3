from collections.abc import Callable
from typing import Any

import pytest

from awen_ref.engine.compiled import compile_experiment
from awen_ref.engine.netlist import Netlist
from awen_ref.errors import Finding, InvalidInputError
from tests.netlists import documents, plain

Change = Callable[[dict[str, Any]], object]

IR = "data/inputs/ir.json"
EXPERIMENT = "data/inputs/experiment.json"
PARAMETERS = "data/inputs/parameters.json"


def valid() -> dict[str, Any]:
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    net.add("cross", "coupler", kappa=net.named("kappa", 0.5, "1"))
    net.add("eye", "monitor")
    net.join("laser.o1", "cross.o1")
    net.join("cross.o3", "eye.o1")
    return documents(net)


def findings(given: dict[str, Any]) -> list[Finding]:
    with pytest.raises(InvalidInputError) as caught:
        compile_experiment(plain(given))
    return list(caught.value.findings)


def places(given: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.path, finding.pointer) for finding in findings(given)]


def test_a_valid_graph_has_every_port_joined_to_its_peer() -> None:
    # AWB-R-407
    circuit = compile_experiment(plain(valid())).circuit
    assert circuit.peers["cross", 1] == ("laser", 1)
    assert circuit.peers["laser", 1] == ("cross", 1)
    assert circuit.peers["cross", 2] == ("end_cross_o2", 1)
    assert list(circuit.nodes) == sorted(circuit.nodes)


def node(name: str, **members: object) -> Change:
    return lambda given: given["ir"]["nodes"][name].update(members)


def param(name: str, key: str, value: object) -> Change:
    return lambda given: given["ir"]["nodes"][name]["params"].update({key: value})


def edge(index: int, *ends: str) -> Change:
    return lambda given: given["ir"]["edges"].__setitem__(index, {"ends": list(ends)})


def value(value: float, unit: str = "1") -> Change:
    return lambda given: given["parameters"].update(kappa={"value": value, "unit": unit})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda g: g["experiment"].update(semantics="other/1.0"), ("AWB-SEM-100", EXPERIMENT, "/semantics")),
        (node("eye", kind="telescope"), ("AWB-SEM-101", IR, "/nodes/eye/kind")),
        (
            lambda g: g["ir"]["nodes"]["laser"]["params"].pop("phase_rad"),
            ("AWB-SEM-102", IR, "/nodes/laser/params"),
        ),
        (param("eye", "zoom", 2.0), ("AWB-SEM-103", IR, "/nodes/eye/params/zoom")),
        (param("laser", "power_w", "brightness"), ("AWB-SEM-104", IR, "/nodes/laser/params/power_w")),
        (value(0.5, "rad"), ("AWB-SEM-105", PARAMETERS, "/kappa/unit")),
        (
            lambda g: g["parameters"].update(idle={"value": 1.0, "unit": "1"}),
            ("AWB-SEM-106", PARAMETERS, "/idle"),
        ),
        (value(1.5), ("AWB-SEM-107", PARAMETERS, "/kappa/value")),
        (value(-1e-300), ("AWB-SEM-107", PARAMETERS, "/kappa/value")),
        (param("laser", "power_w", -1.0), ("AWB-SEM-107", IR, "/nodes/laser/params/power_w")),
        (value(float("nan")), ("AWB-SEM-108", PARAMETERS, "/kappa/value")),
        (param("laser", "phase_rad", float("inf")), ("AWB-SEM-108", IR, "/nodes/laser/params/phase_rad")),
    ],
)
def test_a_wrong_node_is_one_finding_at_its_place(change: Change, expected: tuple[str, str, str]) -> None:
    # AWB-R-400, AWB-R-402, AWB-R-403
    given = valid()
    change(given)
    assert places(given) == [expected]


def test_negative_loss_is_refused_as_gain() -> None:
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    net.add("amplifier", "attenuator", loss_db=-3.0)
    net.add("eye", "monitor")
    net.join("laser.o1", "amplifier.o1")
    net.join("amplifier.o2", "eye.o1")
    (finding,) = findings(documents(net))
    assert finding.code == "AWB-SEM-107"
    assert "'amplifier'" in finding.message
    assert "at least 0" in finding.message


@pytest.mark.parametrize(
    ("ends", "code", "said"),
    [
        (["cross.o1", "moon.o1"], "AWB-SEM-109", "'moon'"),
        (["cross.o9", "laser.o1"], "AWB-SEM-110", "o1, o2, o3, o4"),
        (["cross.o3", "laser.o1"], "AWB-SEM-111", "cross.o3"),
    ],
)
def test_a_wrong_end_is_named_with_node_and_port(ends: list[str], code: str, said: str) -> None:
    given = valid()
    given["ir"]["edges"][0]["ends"] = ends
    found = {finding.code: finding for finding in findings(given)}
    assert code in found
    assert said in found[code].message
    assert "AWB-SEM-112" in found  # and the port that lost its edge dangles


def test_a_dangling_port_is_named() -> None:
    given = valid()
    del given["ir"]["edges"][0]
    assert [f.code for f in findings(given)] == ["AWB-SEM-112", "AWB-SEM-112"]
    assert any("cross.o1" in f.message for f in findings(given))


def test_unsorted_edges_and_ends_are_findings() -> None:
    given = valid()
    given["ir"]["edges"].reverse()
    assert {f.code for f in findings(given)} == {"AWB-SEM-113"}
    given = valid()
    given["ir"]["edges"][0]["ends"].reverse()
    assert ("AWB-SEM-113", IR, "/edges/0/ends") in places(given)


def test_recorded_endpoints_must_exist() -> None:
    given = valid()
    given["experiment"]["record"] = ["cross.o5", "moon.o1"]
    assert places(given) == [
        ("AWB-SEM-110", EXPERIMENT, "/record/0"),
        ("AWB-SEM-109", EXPERIMENT, "/record/1"),
    ]


def test_without_source_or_reader_there_is_nothing_to_solve() -> None:
    net = Netlist()
    net.add("cross", "coupler", kappa=0.5)
    assert [f.code for f in findings(documents(net))] == ["AWB-SEM-118", "AWB-SEM-118"]
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.join("laser.o1", "cross.o1")
    given = documents(net, record=["cross.o3"])
    assert compile_experiment(plain(given)).readings == (("cross", 3), ("end_cross_o3", 1))


def test_an_edge_with_a_delay_needs_a_clock() -> None:
    net = Netlist()
    net.add("laser", "source", power_w=1.0, phase_rad=0.0)
    net.add("eye", "monitor")
    net.join("laser.o1", "eye.o1", delay_ps=2.5)
    given = documents(net)
    del given["experiment"]["clock"]
    assert places(given) == [("AWB-SEM-119", IR, "/edges/0/delay_ps")]


def test_a_kind_that_the_device_does_not_offer_is_refused() -> None:
    given = valid()
    given["device"]["capabilities"].remove("coupler")
    assert places(given) == [("AWB-SEM-120", IR, "/nodes/cross/kind")]


@pytest.mark.parametrize(
    ("limit", "bound"),
    [("maximum_nodes", 4), ("maximum_points", 0), ("maximum_shots", 9), ("maximum_power_w", 1e-4)],
)
def test_limits_of_the_device_hold(limit: str, bound: float) -> None:
    given = valid()
    given["experiment"]["shots"] = 10
    given["device"]["limits"][limit] = bound
    assert places(given) == [("AWB-SEM-121", "data/inputs/device.json", f"/limits/{limit}")]


def test_all_findings_come_at_once() -> None:
    # AWB-R-400
    given = valid()
    value(2.0)(given)
    param("laser", "power_w", -1.0)(given)
    given["experiment"]["record"] = ["moon.o1"]
    given["experiment"]["grid"]["points"] = 0
    assert len(findings(given)) == 4


def test_every_code_that_the_graph_raises_is_registered() -> None:
    given = valid()
    value(2.0)(given)
    (finding,) = findings(given)
    assert finding.severity == "error"
    assert finding.requirement == "AWB-R-405"
