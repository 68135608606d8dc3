"""Has the device drifted, which phases, how far, and would a calibration mend it? See AWB-R-315, 316.

Only for twins, whose state is written out: with hardware it takes a measurement (`awen calibrate`). Every
phase is computed as the engine does (AWB-R-545), from the state of the device and the calibration in use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from awen_ref.bundle.assemble import Inputs

if TYPE_CHECKING:
    from awen_ref.engine.phases import Phases

__all__ = ["Drift", "drift_between", "undone"]

Document = Mapping[str, Any]
_PS_PER_S = 1e12


@dataclass(frozen=True, slots=True)
class Drift:
    """How far one phase has drifted.

    Attributes:
        drift_rad: Phase now less phase at the record.
        uncertainty_rad: How far the recorded calibration lets it have moved by the time of the twin; beyond
            that the drift is news.
    """

    drift_rad: float
    uncertainty_rad: float


def drift_between(recorded: Inputs, replayed: Inputs) -> dict[str, Drift]:
    """The phases that the twin of a replay shows otherwise than the device of the record did.

    Args:
        recorded: Inputs of the record.
        replayed: Inputs of the replay.

    Returns:
        Parameter to drift, ascending; empty where the replay was on no twin.
    """
    twin = _twin(replayed)
    if twin is None:
        return {}
    before, now = _shown(recorded, replayed, recorded), _shown(recorded, replayed, replayed)
    moved = {name: float(now[name][0] - before[name][0]) for name in sorted(now)}
    return {
        name: Drift(value, _uncertainty(name, recorded.calibration or {}, twin))
        for name, value in moved.items()
        if value != 0.0
    }


def undone(recorded: Inputs, replayed: Inputs) -> Inputs:
    """The inputs of a replay on a twin, with the calibration under which it shows the recorded phases.

    Offsets and crosstalk become those that the twin has at its time; what the recorded device showed beyond
    what was asked for becomes the correction. Nothing expires, for it is made on the spot.
    """
    import numpy as np

    from awen_ref.engine.phases import device_phases

    twin, known = _twin(replayed), dict(replayed.calibration or {})
    before, asked = _shown(recorded, replayed, recorded), _asked(recorded, replayed)
    offsets = device_phases({name: np.zeros(1) for name in asked}, twin)
    phases = {
        name: {
            **known["phases"].get(name, _UNKNOWN),
            "offset_rad": float(offsets[name][0]),
            "correction_rad": float(before[name][0] - asked[name][0]),
        }
        for name in asked
    }
    for member in ("expires_at_ps", "stale_limit_rad"):
        known.pop(member, None)
    crosstalk = twin["crosstalk"] if twin else known["crosstalk"]
    calibration = {**known, "phases": phases, "crosstalk": crosstalk}
    return Inputs(
        experiment=replayed.experiment,
        ir=replayed.ir,
        parameters=replayed.parameters,
        calibration=calibration,
        device=replayed.device,
    )


_UNKNOWN = dict.fromkeys(
    ("drift_rate_rad_s", "temperature_coefficient_rad_k", "ou_sigma_rad", "ou_tau_s"), 0.0
)
"""A phase that the calibration does not know."""


def _twin(inputs: Inputs) -> Document | None:
    return (inputs.device or {}).get("twin")


def _asked(recorded: Inputs, replayed: Inputs) -> "Phases":
    """The phases of `parameters.json` that a calibration or twin of either side names."""
    import numpy as np

    states = [one for side in (recorded, replayed) for one in (side.calibration, _twin(side)) if one]
    names = {name for state in states for name in (*state["phases"], *state["crosstalk"]["order"])}
    parameters = recorded.parameters or {}
    return {
        name: np.array([float(parameters[name]["value"])]) for name in sorted(names) if name in parameters
    }


def _shown(recorded: Inputs, replayed: Inputs, side: Inputs) -> "Phases":
    """What the device of one side shows under the calibration of that side."""
    from awen_ref.engine.phases import CALIBRATION, commands, device_phases, read_crosstalk

    calibration = side.calibration or {}
    crosstalk = read_crosstalk(calibration["crosstalk"], (CALIBRATION, "/crosstalk"), [])
    drives = crosstalk.drives(commands(_asked(recorded, replayed), calibration))
    return device_phases(drives, _twin(side))


def _uncertainty(name: str, calibration: Document, twin: Document) -> float:
    """What a phase may have moved since it was calibrated (AWB-R-548), by what is known of it."""
    from awen_ref.engine.staleness import uncertainty_rad

    age_s = max(0, int(twin["at_ps"]) - int(calibration["calibrated_at_ps"])) / _PS_PER_S
    known = calibration["phases"].get(name) or twin["phases"].get(name)
    return uncertainty_rad(known, age_s) if known else 0.0
