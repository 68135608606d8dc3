"""Small experiments run for real: what tests of replay, validation and lineage start from."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from awen_ref import canonical
from awen_ref.bundle import BytesMember, name, seal
from awen_ref.engine import ReferenceEngine
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.execution import surroundings
from awen_ref.record import Documents, record
from awen_ref.verify import VerifiedBundle, verify

ENGINE = ReferenceEngine()
OTHER_TOOL = {"name": "another", "version": "9", "url": "https://example.org/another"}
ENVIRONMENT = surroundings(anonymous=True)


@dataclass
class Clock:
    """A clock that goes on by one second a look, from a fixed instant."""

    ticks: int = 0

    def now(self) -> datetime:
        self.ticks += 1
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.ticks)

    def monotonic_ns(self) -> int:
        self.ticks += 1
        return self.ticks * 1_000_000


def interferometer(*, shots: int = 200, seed: int = 1, theta: float = 0.7) -> Documents:
    """A source, one MZI, a photodiode on one arm and a field monitor on the other."""
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    net.add("mzi", "mzi", theta_rad=net.named("theta", theta), phi_rad=net.named("phi", 0.2))
    net.add(
        "diode",
        "photodetector",
        responsivity_a_w=0.9,
        dark_current_a=1e-9,
        bandwidth_hz=1e9,
        temperature_k=300.0,
        load_ohm=50.0,
        rin_per_hz=1e-15,
    )
    net.add("field", "monitor")
    net.join("laser.o1", "mzi.o1")
    net.join("mzi.o3", "diode.o1")
    net.join("mzi.o4", "field.o1")
    return documents(net, shots=shots, seed=seed)


def documents(net: Netlist, *, shots: int = 0, seed: int = 1, points: int = 3) -> Documents:
    """The experiment of a netlist over a few wavelengths."""
    grid = wavelengths(1.54, 1.56, points)
    return Documents(
        name="experiment",
        experiment=net.experiment(grid, shots=shots, seed=seed),
        ir=net.ir(),
        parameters=net.parameters,
    )


def run(given: Documents, *, environment: dict[str, Any] | None = None) -> VerifiedBundle:
    """The experiment run and sealed."""
    return record(given, engine=ENGINE, clock=Clock(), environment=environment or ENVIRONMENT)


def resealed(verified: VerifiedBundle, changed: dict[str, bytes]) -> VerifiedBundle:
    """The same content but for some files, sealed anew: what a forger can do."""
    content = {path: m.read() for path, m in verified.bundle.members.items() if path.startswith("data/")}
    content |= changed
    account = content["data/evidence/provenance.json"].decode()
    names = (verified.ids.inputs_id, verified.ids.results_id, verified.ids.artifact_id)
    for old, new in zip(names, name(content).values(), strict=True):
        account = account.replace(old, new)
    content["data/evidence/provenance.json"] = canonical.dumps(json.loads(account))
    members = {path: BytesMember(data) for path, data in content.items()}
    metadata = dict(verified.document("metadata.json"))
    created = str(verified.document("manifest.json")["created"])
    kind = verified.artifact_type
    return verify(seal(members, metadata, artifact_type=kind, created=created, tool=OTHER_TOOL))
