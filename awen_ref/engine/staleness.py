"""How long a calibration may be used (AWB-R-548, 549).

A calibrated phase is uncertain by `|rate| age + 3 sigma sqrt(1 - exp(-2 age / tau))`: what it ages, and
three standard deviations of what an Ornstein-Uhlenbeck drift can have moved since. 1 urad/s against a limit
of 300 urad: 300 s. Age is counted on the experiment clock, so that an archive replays in thirty years.
"""

from collections.abc import Mapping
from typing import Any

from awen_ref.engine.constants import PS_PER_S
from awen_ref.engine.numerics.decimal_scale import relaxation
from awen_ref.errors import Finding

__all__ = ["CALIBRATION", "expiry_ps", "judge", "uncertainty_rad"]

CALIBRATION = "data/inputs/calibration.json"
_LAST_PS = (1 << 64) - 1
Document = Mapping[str, Any]


def uncertainty_rad(phase: Document, age_s: float) -> float:
    """Uncertainty of one calibrated phase after a time, in rad.

    Args:
        phase: A `PhaseCalibration`.
        age_s: Seconds since the calibration.
    """
    aged = abs(phase["drift_rate_rad_s"]) * age_s
    if phase["ou_sigma_rad"] == 0.0:
        return float(aged)
    return float(aged + 3.0 * phase["ou_sigma_rad"] * relaxation(age_s, phase["ou_tau_s"])[1])


def judge(calibration: Document, now_ps: int) -> list[Finding]:
    """What speaks against using a calibration at a time on the experiment clock: AWB-SEM-204 to 206."""
    made = int(calibration["calibrated_at_ps"])
    if now_ps < made:
        text = f"the calibration was made at {made} ps, after {now_ps} ps"
        return [Finding("AWB-SEM-204", text, CALIBRATION, "/calibrated_at_ps")]
    findings = []
    if "expires_at_ps" in calibration and now_ps >= int(calibration["expires_at_ps"]):
        text = f"the calibration expired at {calibration['expires_at_ps']} ps; it is {now_ps} ps"
        findings.append(Finding("AWB-SEM-205", text, CALIBRATION, "/expires_at_ps"))
    limit = calibration.get("stale_limit_rad")
    if limit is not None:
        age_s = (now_ps - made) / PS_PER_S
        for name, phase in sorted(calibration["phases"].items()):
            uncertainty = uncertainty_rad(phase, age_s)
            if uncertainty > limit:
                text = (
                    f"phase {name!r} is uncertain by {uncertainty:g} rad after {age_s:g} s; "
                    f"the limit is {limit:g} rad"
                )
                findings.append(Finding("AWB-SEM-206", text, CALIBRATION, f"/phases/{name}"))
    return findings


def expiry_ps(calibration: Document) -> int | None:
    """The first picosecond at which a phase is stale, `None` where none ever is (AWB-R-549)."""
    limit = calibration.get("stale_limit_rad")
    if limit is None:
        return None
    made = int(calibration["calibrated_at_ps"])

    def stale(now_ps: int) -> bool:
        age_s = (now_ps - made) / PS_PER_S
        return any(uncertainty_rad(phase, age_s) > limit for phase in calibration["phases"].values())

    if not stale(_LAST_PS):
        return None
    fresh, gone = made - 1, _LAST_PS
    while gone - fresh > 1:
        middle = (fresh + gone) // 2
        if stale(middle):
            gone = middle
        else:
            fresh = middle
    return gone
