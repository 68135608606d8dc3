"""Provenance over several artifacts: each names its run, and the whole family is found again."""

import prov.model
import pytest

from awen_ref.catalog import Catalog
from awen_ref.catalog.query import Query
from awen_ref.lineage import FORMATS, Kept, walk
from awen_ref.record import record
from awen_ref.replay import replay
from awen_ref.storage import FilesystemBackend, MemoryBackend, StorageBackend
from awen_ref.verify import VerifiedBundle, verify
from tests.artifacts_integration.conftest import Family
from tests.experiments import ENGINE, ENVIRONMENT, Clock, interferometer


@pytest.mark.parametrize("relation", ["gradient_of", "calibration_for", "replay_of", "validation_of"])
def test_a_derived_artifact_references_its_run(family: Family, relation: str) -> None:
    derived = family.derived[relation]
    assert (family.run.ids.artifact_id, relation) in {
        (parent.artifact_id, parent.relation) for parent in derived.parents
    }
    crate = derived.read("ro-crate-metadata.json").decode()
    assert family.run.ids.artifact_id in crate


def test_the_whole_chain_is_walked_from_the_run_to_the_last_validation(
    family: Family, catalog: Catalog
) -> None:
    """Run, gradient, the run made better with it, its calibration's replay: every link by digest."""
    better = record(
        interferometer(theta=0.8),
        engine=ENGINE,
        clock=Clock(),
        environment=ENVIRONMENT,
        parents=[
            {"artifact_id": family.gradient.ids.artifact_id, "relation": "derived_from"},
            {"artifact_id": family.calibration.ids.artifact_id, "relation": "calibrated_by"},
        ],
    )
    last = replay(better, engine=ENGINE, clock=Clock(), environment=ENVIRONMENT)
    members: tuple[VerifiedBundle, ...] = (*family.members, better, last)
    for bundle in members:
        catalog.put(bundle)
    with Kept.of(catalog) as kept:
        up = walk(last.ids.artifact_id, kept, descendants=False)
        down = walk(family.run.ids.artifact_id, kept, ancestors=False)
    assert set(up.nodes) == {
        one.ids.artifact_id for one in (last, better, family.gradient, family.calibration, family.run)
    }
    assert set(down.nodes) == {one.ids.artifact_id for one in members}
    assert (up.findings, down.findings, up.missing) == ((), (), ())
    document = prov.model.ProvDocument.deserialize(content=FORMATS["prov"](down), format="json")
    again = prov.model.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document


def test_artifacts_are_found_by_their_parent(family: Family, catalog: Catalog) -> None:
    for bundle in family.members:
        catalog.put(bundle)
    found = catalog.find(Query(parent=family.run.ids.artifact_id))
    assert {entry.artifact_type for entry in found} == {"gradient", "calibration", "replay", "validation"}


def test_filesystem_backend_persistence(family: Family, catalog: Catalog) -> None:
    """What one process put, another finds: bytes, ids, links and log."""
    for bundle in family.members:
        catalog.put(bundle)
    assert catalog.location is not None
    later = Catalog(FilesystemBackend(catalog.location))
    for bundle in family.members:
        again = verify(later.get(bundle.ids.seal))
        assert {path: m.read() for path, m in again.bundle.members.items()} == {
            path: m.read() for path, m in bundle.bundle.members.items()
        }
    assert later.log is not None
    assert [event.event for event in later.log.verify().events] == ["put"] * len(family.members)


@pytest.mark.parametrize("kind", ["filesystem", "memory"])
def test_backend_abstraction_flexibility(family: Family, catalog: Catalog, kind: str) -> None:
    """Every use of a store is the same on another backend: put, get, find, lineage, delete."""
    backend: StorageBackend = catalog.backend if kind == "filesystem" else MemoryBackend()
    store = Catalog(backend)
    for bundle in family.members:
        assert not store.put(bundle).duplicate
    assert verify(store.get(family.run.ids.artifact_id)).ids == family.run.ids
    assert len(store.find(Query(artifact_type="replay"))) == 1
    with Kept.of(store) as kept:
        assert len(walk(family.run.ids.artifact_id, kept).nodes) == len(family.members)
    store.delete(family.run.ids.seal, reason="test")
    with Kept.of(store) as kept:
        assert walk(family.replay.ids.artifact_id, kept).missing == (family.run.ids.artifact_id,)
