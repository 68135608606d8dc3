"""Random lossless circuits give out what is put in, to the rounding that their resonances amplify."""

from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from awen_ref.engine.gallery import WIRE
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.solver import SingularResonanceError
from awen_schema.kinds import KINDS
from tests.netlists import compiled

PHASE = st.floats(-10.0, 10.0)
RATIO = st.one_of(st.floats(0.01, 0.99), st.sampled_from([0.0, 0.5, 1.0]))
LENGTH = st.floats(1.0, 500.0)
DEVICES = {  # a splitter is none: backwards it loses what does not fit its one mode
    "coupler": st.fixed_dictionaries({"kappa": RATIO}),
    "mzi": st.fixed_dictionaries({"theta_rad": PHASE, "phi_rad": PHASE}),
    "phase_shifter": st.fixed_dictionaries({"phase_rad": PHASE}),
    "waveguide": LENGTH.map(lambda um: {**WIRE, "loss_db_cm": 0.0, "length_um": um}),
    "crossing": st.just({"loss_db": 0.0}),
    "ring_all_pass": st.tuples(RATIO, LENGTH).map(
        lambda v: {"kappa": v[0], "length_um": v[1], **WIRE, "loss_db_cm": 0.0}
    ),
}


@st.composite
def circuits(draw: st.DrawFn) -> Netlist:
    """Lossless devices joined at random, loops and reflections included; every open port is watched."""
    net = Netlist()
    ports: list[str] = []
    for index in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(sorted(DEVICES)))
        params: dict[str, Any] = draw(DEVICES[kind])
        name = net.add(f"device_{index}", kind, **params)
        ports += [f"{name}.o{number}" for number in range(1, KINDS[kind].ports + 1)]
    order = draw(st.permutations(ports))
    joined = 2 * draw(st.integers(0, (len(ports) - 1) // 2))
    for index in range(0, joined, 2):
        net.join(order[index], order[index + 1])
    for index, port in enumerate(order[joined:]):
        if index == 0 or draw(st.booleans()):
            net.add(f"laser_{index}", "source", power_w=draw(st.floats(0.0, 1.0)), phase_rad=draw(PHASE))
            net.join(f"laser_{index}.o1", port)
        else:
            net.add(f"eye_{index}", "monitor")
            net.join(f"eye_{index}.o1", port)
    return net


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(net=circuits())
def test_a_lossless_circuit_conserves_energy(net: Netlist) -> None:
    lasers = [name for name, node in net.nodes.items() if node["kind"] == "source"]
    eyes = [name for name, node in net.nodes.items() if node["kind"] == "monitor"]
    record = [f"{name}.o1" for name in lasers]
    found = compiled(net, wavelengths(1.549, 1.551, 5), record=record)
    try:
        waves = found.solve()
    except SingularResonanceError:
        assume(False)
    power = waves.re**2 + waves.im**2
    out = sum((power[found.row((name, 1))] for name in (*eyes, *lasers)), np.zeros(5))
    into = sum(net.nodes[name]["params"]["power_w"] for name in lasers)
    closeness = max(1.0, 1.0 / np.sqrt(waves.margin))
    assert np.abs(out - into).max() <= 1e-13 * closeness * max(1.0, into)
