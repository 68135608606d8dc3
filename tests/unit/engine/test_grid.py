from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from awen_ref.engine.grid import read_grid

if TYPE_CHECKING:
    from awen_ref.errors import Finding


def read(document: dict[str, Any]) -> tuple[list[float], list[str]]:
    findings: list[Finding] = []
    grid = read_grid(document, findings)
    return grid.wavelengths_um.tolist(), [finding.code for finding in findings]


def test_wavelengths_follow_the_stated_order_of_operations() -> None:
    # AWB-R-421
    points, findings = read({"kind": "wavelength", "start_um": 1.5, "stop_um": 1.6, "points": 7})
    assert findings == []
    assert points == [1.5 + (1.6 - 1.5) * float(i) / 6.0 for i in range(7)]


def test_frequencies_become_wavelengths() -> None:
    # AWB-R-422
    points, _ = read({"kind": "frequency", "start_thz": 190.0, "stop_thz": 200.0, "points": 3})
    assert points == [299.792458 / 190.0, 299.792458 / 195.0, 299.792458 / 200.0]


def test_a_list_is_taken_as_it_is() -> None:
    # AWB-R-423
    assert read({"kind": "wavelength_list", "values_um": [1.3, 1.55]}) == ([1.3, 1.55], [])


def test_one_point_is_its_start() -> None:
    assert read({"kind": "wavelength", "start_um": 1.55, "stop_um": 1.55, "points": 1}) == ([1.55], [])


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "wavelength", "start_um": 1.5, "stop_um": 1.6, "points": 0},
        {"kind": "wavelength", "start_um": 1.5, "stop_um": 1.6, "points": 1},
        {"kind": "wavelength", "start_um": 1.6, "stop_um": 1.5, "points": 2},
        {"kind": "wavelength", "start_um": 1.5, "stop_um": 1.5, "points": 2},
        {"kind": "wavelength", "start_um": 0.0, "stop_um": 1.5, "points": 2},
        {"kind": "frequency", "start_thz": float("nan"), "stop_thz": 200.0, "points": 2},
        {"kind": "wavelength_list", "values_um": []},
        {"kind": "wavelength_list", "values_um": [1.5, 1.5]},
        {"kind": "wavelength_list", "values_um": [-1.0, 1.5]},
    ],
)
def test_a_wrong_grid_is_a_finding(document: dict[str, Any]) -> None:
    assert read(document)[1] == ["AWB-SEM-117"]


def test_a_grid_of_many_points_is_one_array_operation() -> None:
    points, _ = read({"kind": "wavelength", "start_um": 1.5, "stop_um": 1.6, "points": 100_001})
    assert np.all(np.diff(points) > 0)
