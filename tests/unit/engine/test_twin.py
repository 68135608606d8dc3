import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.ornstein import drift
from awen_ref.engine.phases import SingularCrosstalkError, solve_linear
from awen_schema.kinds import KINDS
from tests import engine_documents
from tests.engine_documents import experiment, phase_calibration, refused, run

SECOND = 10**12


def interferometer(clock: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A Mach-Zehnder with a phase in each arm, a monitor at one end and a photon counter at the other."""
    counter = ("photon_counter", {"efficiency": 0.0, "dark_rate_hz": 7.0, "window_ps": 1e12})
    documents = engine_documents.interferometer(("phi_a", "phi_b"), (("monitor", {}), counter))
    if clock is not None:
        documents["experiment"]["clock"] = clock
    documents["parameters"] = {"phi_a": {"value": 0.3, "unit": "rad"}, "phi_b": {"value": 1.1, "unit": "rad"}}
    return documents


def twin(documents: dict[str, Any], **members: object) -> dict[str, Any]:
    documents["device"] = {
        "type": "twin",
        "capabilities": sorted(KINDS),
        "limits": {},
        "twin": {
            "seed": "11",
            "at_ps": "0",
            "temperature_k": 300.0,
            "reference_temperature_k": 300.0,
            "phases": {},
            "crosstalk": {"order": [], "matrix": []},
            "dark_rates": {},
        }
        | members,
    }
    return documents


def bright(documents: dict[str, Any]) -> float:
    return float(run(documents).outputs["bright.power"].array[0])


def expected(phase_a: float, phase_b: float) -> float:
    return 1e-3 * float(np.cos((phase_a - phase_b) / 2) ** 2)


def test_an_ideal_device_shows_what_is_asked_for() -> None:
    assert np.isclose(bright(interferometer()), expected(0.3, 1.1), rtol=1e-12)


def test_calibration_shifts_the_command_by_offset_and_correction() -> None:
    """AWB-R-545."""
    documents = interferometer()
    documents["calibration"]["phases"]["phi_a"] = phase_calibration(offset_rad=0.25, correction_rad=0.05)
    assert np.isclose(bright(documents), expected(0.3 - 0.25 + 0.05, 1.1), rtol=1e-12)


def test_a_calibration_that_knows_the_offsets_of_a_twin_undoes_them() -> None:
    documents = twin(interferometer(), phases={"phi_a": phase_calibration(offset_rad=0.8)})
    assert np.isclose(bright(documents), expected(0.3 + 0.8, 1.1), rtol=1e-12)
    documents["calibration"]["phases"]["phi_a"] = phase_calibration(offset_rad=0.8)
    assert np.isclose(bright(documents), expected(0.3, 1.1), rtol=1e-12)


def test_temperature_and_age_move_a_twin() -> None:
    """AWB-R-545."""
    warm = phase_calibration(temperature_coefficient_rad_k=0.01, drift_rate_rad_s=1e-3)
    documents = twin(interferometer(), phases={"phi_b": warm}, temperature_k=305.0, at_ps=str(200 * SECOND))
    assert np.isclose(bright(documents), expected(0.3, 1.1 + 0.05 + 0.2), rtol=1e-12)


def test_a_twin_wanders_along_its_own_path() -> None:
    wandering = phase_calibration(ou_sigma_rad=0.3, ou_tau_s=60.0)
    for at_s in (0, 30, 3600):
        documents = twin(interferometer(), phases={"phi_a": wandering}, at_ps=str(at_s * SECOND))
        x = drift(Stream.of("11", "phi_a", "phase_drift"), at_s * SECOND, sigma=0.3, tau_s=60.0)
        assert np.isclose(bright(documents), expected(0.3 + x, 1.1), rtol=1e-12)


def test_crosstalk_reaches_other_phases_and_a_known_one_is_undone() -> None:
    """AWB-R-545."""
    crosstalk = {"order": ["phi_a", "phi_b"], "matrix": [[1.0, 0.2], [0.1, 0.9]]}
    documents = twin(interferometer(), crosstalk=crosstalk)
    assert np.isclose(bright(documents), expected(0.3 + 0.2 * 1.1, 0.1 * 0.3 + 0.9 * 1.1), rtol=1e-12)
    documents["calibration"]["crosstalk"] = crosstalk
    assert np.isclose(bright(documents), expected(0.3, 1.1), rtol=1e-12)


def test_dark_counts_are_those_of_the_device_or_else_of_its_calibration() -> None:
    """AWB-R-550."""
    documents = interferometer()
    assert run(documents).outputs["dark.mean"].array[0] == 7.0
    documents["calibration"]["dark_rates"] = {"dark": {"rate_hz": 5.0}}
    assert run(documents).outputs["dark.mean"].array[0] == 5.0
    assert run(twin(documents, dark_rates={"dark": {"rate_hz": 3.0}})).outputs["dark.mean"].array[0] == 3.0


def test_the_same_twin_at_the_same_time_gives_the_same_bits() -> None:
    wandering = phase_calibration(ou_sigma_rad=0.3, ou_tau_s=60.0, drift_rate_rad_s=1e-6)
    first, second = (
        bright(twin(interferometer(), phases={"phi_a": wandering}, at_ps="77")) for _ in range(2)
    )
    later = bright(twin(interferometer(), phases={"phi_a": wandering}, at_ps=str(10**13)))
    assert first == second != later


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("phases", {"nobody": phase_calibration()}, "AWB-SEM-200"),
        ("phases", {"length": phase_calibration()}, "AWB-SEM-201"),
        ("phases", {"phi_a": phase_calibration(ou_sigma_rad=0.1)}, "AWB-SEM-207"),
        ("crosstalk", {"order": ["nobody"], "matrix": [[1.0]]}, "AWB-SEM-200"),
        ("crosstalk", {"order": ["phi_a", "phi_b"], "matrix": [[1.0, 1.0], [1.0, 1.0]]}, "AWB-SEM-203"),
        ("crosstalk", {"order": ["phi_a", "phi_b"], "matrix": [[1.0, 0.0]]}, "AWB-SEM-203"),
        ("dark_rates", {"bright": {"rate_hz": 1.0}}, "AWB-SEM-202"),
        ("dark_rates", {"nobody": {"rate_hz": 1.0}}, "AWB-SEM-202"),
    ],
)
@pytest.mark.parametrize("where", ["calibration", "twin"])
def test_states_that_do_not_fit_the_experiment_are_refused(
    member: str, value: dict[str, Any], code: str, where: str
) -> None:
    documents = interferometer()
    documents["parameters"]["length"] = {"value": 1.0, "unit": "um"}
    documents["ir"]["nodes"]["guide"] = {
        "kind": "waveguide",
        "params": {
            "length_um": "length",
            "n_eff": 2.0,
            "n_g": 4.0,
            "dispersion_ps_nm_km": 0.0,
            "loss_db_cm": 0.0,
            "reference_wavelength_um": 1.55,
        },
    }
    ends = [["bright.o1", "guide.o2"], ["guide.o1", "join.o3"]]
    edges = [edge for edge in documents["ir"]["edges"] if edge["ends"] != ["bright.o1", "join.o3"]]
    documents["ir"]["edges"] = sorted(
        [*edges, *({"ends": pair} for pair in ends)], key=lambda edge: edge["ends"]
    )
    if where == "twin":
        documents = twin(documents, **{member: value})
    else:
        documents["calibration"][member] = value
    assert refused(documents) == {code}


def test_drives_beyond_what_the_device_bears_are_refused() -> None:
    documents = interferometer()
    documents["calibration"]["phases"]["phi_a"] = phase_calibration(offset_rad=-3.0)
    documents["device"]["limits"] = {"maximum_phase_rad": 3.2}
    assert refused(documents) == {"AWB-SEM-208"}
    documents["device"]["limits"] = {"maximum_phase_rad": 3.3}
    assert run(documents).body["status"] == "completed"


def test_states_beyond_what_can_be_computed_are_refused() -> None:
    huge = phase_calibration(offset_rad=1.7e308, temperature_coefficient_rad_k=1.7e308)
    assert refused(twin(interferometer(), phases={"phi_a": huge}, temperature_k=400.0)) == {"AWB-SEM-209"}
    assert refused(twin(interferometer(), dark_rates={"dark": {"rate_hz": 1e300}})) == {"AWB-SEM-209"}
    documents = interferometer()
    documents["calibration"]["phases"]["phi_a"] = phase_calibration(offset_rad=1e300)
    assert "AWB-SEM-208" in refused(documents)


def test_expired_stale_and_future_calibrations_are_refused_on_the_experiment_clock() -> None:
    documents = interferometer(clock={"origin_ps": str(400 * SECOND)})
    documents["calibration"] |= {
        "phases": {"phi_a": phase_calibration(drift_rate_rad_s=1e-6)},
        "stale_limit_rad": 3e-4,
        "expires_at_ps": str(350 * SECOND),
    }
    assert refused(documents) == {"AWB-SEM-205", "AWB-SEM-206"}
    documents["calibration"]["calibrated_at_ps"] = str(401 * SECOND)
    assert refused(documents) == {"AWB-SEM-204"}


@pytest.mark.parametrize("size", [1, 2, 5, 9])
def test_linear_systems_are_solved(size: int) -> None:
    generator = np.random.Generator(np.random.PCG64(size))
    matrix, right = generator.normal(size=(size, size)), generator.normal(size=(size, 3))
    assert np.allclose(matrix @ solve_linear(matrix, right), right, rtol=1e-10, atol=1e-10)


def test_a_pivot_of_zero_is_exchanged_and_a_singular_matrix_refused() -> None:
    swapped = solve_linear(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[2.0], [3.0]]))
    assert swapped.tolist() == [[3.0], [2.0]]
    with pytest.raises(SingularCrosstalkError):
        solve_linear(np.array([[1.0, 2.0], [2.0, 4.0]]), np.zeros((2, 1)))


def test_the_phase_of_a_local_oscillator_is_one_of_the_device_like_any_other() -> None:
    """AWB-R-545: every node that refers to the parameter."""
    homodyne = {"efficiency": 1.0, "lo_phase_rad": "lo", "electronic_variance": 0.0, "window_ps": 1.0}
    nodes: dict[str, tuple[str, dict[str, Any]]] = {
        "laser": ("source", {"power_w": 1e-3, "phase_rad": 0.0}),
        "eye": ("homodyne", homodyne),
    }

    def mean(offset: float) -> float:
        documents = experiment(nodes, [("eye.o1", "laser.o1")])
        documents["parameters"]["lo"] = {"value": 0.5, "unit": "rad"}
        documents["calibration"]["phases"]["lo"] = phase_calibration(offset_rad=offset)
        return float(run(documents).outputs["eye.mean"].array[0])

    assert math.isclose(mean(0.2) / mean(0.0), math.cos(0.3) / math.cos(0.5))
