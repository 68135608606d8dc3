import math

import pytest

from awen_ref.engine.staleness import expiry_ps, judge, uncertainty_rad

SECOND = 10**12
STEADY = {
    "offset_rad": 0.0,
    "correction_rad": 0.0,
    "drift_rate_rad_s": 1e-6,
    "temperature_coefficient_rad_k": 0.0,
    "ou_sigma_rad": 0.0,
    "ou_tau_s": 0.0,
}


def calibration(**members: object) -> dict[str, object]:
    return {"phases": {"phi": STEADY}, "calibrated_at_ps": str(5 * SECOND), "stale_limit_rad": 3e-4} | members


def test_a_microradian_a_second_is_stale_after_three_hundred_seconds_of_three_hundred_microradians() -> None:
    """AWB-R-549."""
    assert judge(calibration(), 305 * SECOND) == []
    (finding,) = judge(calibration(), 305 * SECOND + SECOND // 1000)
    assert (finding.code, finding.pointer) == ("AWB-SEM-206", "/phases/phi")
    expiry = expiry_ps(calibration())
    assert expiry is not None
    assert abs(expiry - 305 * SECOND) <= 1
    assert judge(calibration(), expiry) != []
    assert judge(calibration(), expiry - 1) == []


@pytest.mark.parametrize("age_s", [0.0, 1.0, 30.0, 1e4])
def test_wandering_adds_three_deviations_of_what_can_have_moved(age_s: float) -> None:
    phase = STEADY | {"drift_rate_rad_s": -2e-6, "ou_sigma_rad": 1e-3, "ou_tau_s": 20.0}
    expected = 2e-6 * age_s + 3e-3 * math.sqrt(-math.expm1(-2 * age_s / 20.0))
    assert math.isclose(uncertainty_rad(phase, age_s), expected, rel_tol=1e-14, abs_tol=0.0)


def test_a_calibration_from_the_future_or_beyond_its_expiry_is_refused() -> None:
    assert [f.code for f in judge(calibration(), 0)] == ["AWB-SEM-204"]
    expiring = calibration(expires_at_ps=str(9 * SECOND))
    assert [f.code for f in judge(expiring, 9 * SECOND)] == ["AWB-SEM-205"]
    assert judge(expiring, 9 * SECOND - 1) == []


def test_without_a_limit_or_drift_nothing_ever_expires() -> None:
    """AWB-R-549."""
    never = {"phases": {"phi": STEADY}, "calibrated_at_ps": "0"}
    assert expiry_ps(never) is None
    assert judge(never, 2**64 - 1) == []
    still = STEADY | {"drift_rate_rad_s": 0.0}
    assert expiry_ps(calibration(phases={"phi": still})) is None


def test_a_limit_that_is_exceeded_at_once_expires_when_it_was_made() -> None:
    jumpy = STEADY | {"ou_sigma_rad": 1.0, "ou_tau_s": 1e-9}
    expiry = expiry_ps(calibration(phases={"phi": jumpy}))
    assert expiry is not None
    assert 5 * SECOND < expiry < 5 * SECOND + 1000
