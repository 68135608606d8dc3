"""One experiment through its whole life, made once: what the integration tests look at."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from awen_ref.catalog import Catalog
from awen_ref.derive import calibration_for, gradient_of
from awen_ref.replay import replay
from awen_ref.storage import FilesystemBackend
from awen_ref.validate import validate
from awen_ref.verify import VerifiedBundle
from tests.experiments import ENGINE, ENVIRONMENT, Clock, interferometer, run

GRADIENT = {"cost": "mean(field.power)", "method": "adjoint", "parameters": ["theta"]}
CALIBRATION = {
    "procedure": "phase_response",
    "targets": ["theta"],
    "optimiser": {"method": "gauss_newton", "maximum_iterations": 20, "tolerance": 1e-9},
    "soft_limits": {},
    "hard_limits": {"power_w": 0.01},
    "as_of_ps": "1000",
}
CONSTRAINTS = {"lit": {"measure": "maximum", "output": "field.power", "unit": "W", "minimum": 0.0}}


@dataclass(frozen=True)
class Family:
    """A run and one artifact of every other type that came from it."""

    run: VerifiedBundle
    gradient: VerifiedBundle
    calibration: VerifiedBundle
    replay: VerifiedBundle
    validation: VerifiedBundle

    @property
    def derived(self) -> dict[str, VerifiedBundle]:
        """Relation to the artifact that has it to the run."""
        return {
            "gradient_of": self.gradient,
            "calibration_for": self.calibration,
            "replay_of": self.replay,
            "validation_of": self.validation,
        }

    @property
    def members(self) -> tuple[VerifiedBundle, ...]:
        return (self.run, *self.derived.values())


@pytest.fixture(scope="session")
def family() -> Family:
    first = run(interferometer())
    again = replay(first, engine=ENGINE, clock=Clock(), environment=ENVIRONMENT)
    return Family(
        run=first,
        gradient=gradient_of(first, GRADIENT, clock=Clock(), environment=ENVIRONMENT),
        calibration=calibration_for(first, CALIBRATION, clock=Clock(), environment=ENVIRONMENT),
        replay=again,
        validation=validate(first, CONSTRAINTS, clock=Clock(), environment=ENVIRONMENT, replay=again),
    )


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(FilesystemBackend(tmp_path / "store"))
