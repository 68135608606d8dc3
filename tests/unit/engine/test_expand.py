import numpy as np

from awen_ref.engine.gallery import WIRE
from awen_ref.engine.netlist import Netlist, wavelengths
from tests.netlists import compiled, one_device

RING = {"kappa_in": 0.1, "kappa_drop": 0.07, "length_um": 40.0, **WIRE}


def test_an_add_drop_ring_is_two_couplers_and_two_half_waveguides() -> None:
    # AWB-R-461
    circuit = compiled(one_device("ring_add_drop", RING)).circuit
    parts = {name: node for name, node in circuit.nodes.items() if name.startswith("device/")}
    assert {name: node.kind.name for name, node in parts.items()} == {
        "device/in": "coupler",
        "device/drop": "coupler",
        "device/right": "waveguide",
        "device/left": "waveguide",
    }
    assert parts["device/left"].params["length_um"].value == 20.0
    assert circuit.peers["device/right", 2] == ("device/drop", 2)
    assert circuit.peers["device/drop", 4] == ("out_2", 1)
    assert all(node.origin == "device" for node in parts.values())


def test_an_add_drop_ring_obeys_its_formula() -> None:
    waves = compiled(one_device("ring_add_drop", RING), wavelengths(1.549, 1.551, 50))
    found = waves.solve()
    field = dict(zip(waves.readings, found.re + 1j * found.im, strict=True))
    grid = waves.circuit.grid.wavelengths_um
    index = 2.34 - (3.4 - 2.34) * (grid - 1.55) / 1.55
    half = 10 ** (-3.0 * 20e-4 / 20) * np.exp(2j * np.pi * index * 20.0 / grid)
    t1, t2, k1, k2 = np.sqrt([0.9, 0.93, 0.1, 0.07])
    pole = 1.0 - t1 * t2 * half**2
    assert np.allclose(field["out_2", 1], -k1 * k2 * half / pole, atol=1e-12)
    assert np.allclose(field["out_4", 1], (t1 - t2 * half**2) / pole, atol=1e-12)
    assert not field["out_3", 1].any()


def test_an_all_pass_ring_passes_everything_without_loss() -> None:
    # AWB-R-460
    ring = {"kappa": 0.1, "length_um": 40.0, **WIRE, "loss_db_cm": 0.0}
    net = one_device("ring_all_pass", ring)
    found = compiled(net, wavelengths(1.549, 1.551, 64)).solve()
    assert np.allclose(found.re**2 + found.im**2, 1.0, atol=1e-13)


def test_the_delay_of_an_edge_is_a_delay_node() -> None:
    # AWB-R-462
    net, other = Netlist(), Netlist()
    for circuit in (net, other):
        circuit.add("laser", "source", power_w=1.0, phase_rad=0.0)
        circuit.add("eye", "monitor")
    net.join("laser.o1", "eye.o1", delay_ps=3.7)
    other.add("line", "delay", delay_ps=3.7)
    other.join("laser.o1", "line.o1")
    other.join("line.o2", "eye.o1")
    grid = wavelengths(1.5, 1.6, 20)
    first, second = compiled(net, grid), compiled(other, grid)
    assert "eye/delay_o1" in first.circuit.nodes
    assert first.solve().re.tobytes() == second.solve().re.tobytes()


def test_a_recorded_port_of_a_ring_is_that_of_its_coupler() -> None:
    # AWB-R-478
    net = one_device("ring_add_drop", RING)
    assert compiled(net, record=["device.o1"]).circuit.record == (("device/in", 1),)


def test_half_lengths_keep_their_parameter() -> None:
    net = one_device("ring_add_drop", {**RING, "length_um": "round_trip"})
    net.named("round_trip", 40.0, "um")
    assert compiled(net).places("round_trip") == [
        ("device/left", "length_um", 0.5),
        ("device/right", "length_um", 0.5),
    ]
