from typing import Any

import numpy as np
import pytest

from awen_ref.engine.compiled import compile_experiment
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.errors import InvalidInputError
from tests.netlists import ONE_POINT, compiled, documents, plain


def table(**changes: object) -> dict[str, Any]:
    """A reciprocal two-port that passes 0.6 of the amplitude and reflects 0.5, both at a phase."""
    through, back = {"re": [0.6, 0.5], "im": [0.0, 0.3]}, {"re": [0.0, 0.0], "im": [0.5, 0.4]}
    rows = [("o1", "o1", back), ("o1", "o2", through), ("o2", "o1", through), ("o2", "o2", back)]
    return {
        "ports": 2,
        "wavelengths_um": [1.5, 1.6],
        "entries": [{"output": out, "input": into, **values} for out, into, values in rows],
    } | changes


def net(given: dict[str, Any]) -> Netlist:
    circuit = Netlist()
    circuit.add("laser", "source", power_w=1.0, phase_rad=0.0)
    circuit.table("device", given)
    circuit.add("eye", "monitor")
    circuit.join("laser.o1", "device.o1")
    circuit.join("device.o2", "eye.o1")
    return circuit


def codes(circuit: Netlist, grid: dict[str, Any] = ONE_POINT) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        compiled(circuit, grid)
    return [finding.code for finding in caught.value.findings]


def test_values_between_two_wavelengths_are_linear() -> None:
    # AWB-R-454
    waves = compiled(net(table()), wavelengths(1.5, 1.6, 5)).solve()
    part = (1.5 + (1.6 - 1.5) * np.arange(5.0) / 4.0 - 1.5) / (1.6 - 1.5)
    assert waves.re[0].tolist() == (0.6 + part * (0.5 - 0.6)).tolist()
    assert waves.im[0].tolist() == (0.0 + part * (0.3 - 0.0)).tolist()


def test_the_last_wavelength_belongs_to_the_last_interval() -> None:
    grid = {"kind": "wavelength_list", "values_um": [1.6]}
    assert compiled(net(table()), grid).solve().re[0, 0] == 0.6 + 1.0 * (0.5 - 0.6)


@pytest.mark.parametrize(
    "changes",
    [
        {"wavelengths_um": [1.6, 1.5]},
        {"wavelengths_um": [1.5, 1.55, 1.6]},
        {"ports": 1},
        {"entries": list(reversed(table()["entries"]))},
        {"entries": [table()["entries"][0]] * 2},
    ],
)
def test_a_malformed_table_is_one_finding(changes: dict[str, Any]) -> None:
    assert "AWB-SEM-114" in codes(net(table(**changes)))


def test_a_table_on_another_kind_and_its_absence_are_findings() -> None:
    given = documents(net(table()))
    given["ir"]["nodes"]["laser"]["table"] = given["ir"]["nodes"]["device"].pop("table")
    with pytest.raises(InvalidInputError) as caught:
        compile_experiment(plain(given))
    found = [finding for finding in caught.value.findings if finding.code == "AWB-SEM-114"]
    assert [finding.pointer for finding in found] == ["/nodes/device", "/nodes/laser"]
    assert "lacks its table" in found[0].message
    assert "must not have a table" in found[1].message


def test_gain_is_named_with_its_wavelength() -> None:
    loud = table()
    loud["entries"][1] = {"output": "o1", "input": "o2", "re": [0.9, 0.5], "im": [0.0, 0.3]}
    with pytest.raises(InvalidInputError) as caught:
        compiled(net(loud))
    (finding,) = caught.value.findings
    assert finding.code == "AWB-SEM-115"
    assert "'device'" in finding.message
    assert "1.5 um" in finding.message


def test_gain_of_a_superposition_is_found_where_no_single_input_gains() -> None:
    half = {"re": [0.8, 0.8], "im": [0.0, 0.0]}
    rows = [("o1", "o1"), ("o1", "o2"), ("o2", "o1"), ("o2", "o2")]
    entries = [{"output": out, "input": into, **half} for out, into in rows]
    scaled = [dict(row, re=[0.7, 0.7]) for row in entries]
    assert codes(net(table(entries=scaled))) == ["AWB-SEM-115"]  # 0.7 + 0.7 in phase


def test_a_lossless_table_passes() -> None:
    c, s = np.cos(0.3), np.sin(0.3)
    rows = {("o1", "o1"): (c, 0.0), ("o1", "o2"): (0.0, s), ("o2", "o1"): (0.0, s), ("o2", "o2"): (c, 0.0)}
    entries = [
        {"output": out, "input": into, "re": [re, re], "im": [im, im]}
        for (out, into), (re, im) in rows.items()
    ]
    assert compiled(net(table(entries=entries))).solve().im[0, 0] == pytest.approx(s, abs=1e-16)


def test_nothing_is_extrapolated() -> None:
    assert codes(net(table()), wavelengths(1.5, 1.601, 3)) == ["AWB-SEM-116"]
