"""Lineage over a real store: links by digest, and a tampered store found out."""

import json
from pathlib import Path

import pytest

from awen_ref import canonical, digest
from awen_ref.bundle import Bundle, BytesMember
from awen_ref.catalog import Catalog
from awen_ref.catalog.upkeep import reindex
from awen_ref.errors import VerificationError
from awen_ref.lineage import Kept, Lineage, walk
from awen_ref.replay import replay
from awen_ref.storage import FilesystemBackend
from awen_ref.validate import validate
from awen_ref.verify import Policy, VerifiedBundle, held_to, verify
from tests.experiments import ENGINE, ENVIRONMENT, Clock, interferometer, resealed, run

BOUND = {"lit": {"measure": "maximum", "output": "diode.power", "unit": "W", "minimum": 0.0}}


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(FilesystemBackend(tmp_path / "store"))


@pytest.fixture(scope="module")
def family() -> dict[str, VerifiedBundle]:
    """A run, its replay, and a validation that looks at both."""
    first = run(interferometer(shots=0))
    again = replay(first, engine=ENGINE, clock=Clock(), environment=ENVIRONMENT)
    judged = validate(first, BOUND, clock=Clock(), environment=ENVIRONMENT, replay=again)
    return {"run": first, "replay": again, "validation": judged}


@pytest.fixture
def names(catalog: Catalog, family: dict[str, VerifiedBundle]) -> dict[str, str]:
    return {kind: catalog.put(bundle).artifact_id for kind, bundle in family.items()}


def lineage(catalog: Catalog, root: str, *bundles: Bundle) -> Lineage:
    with Kept.of(catalog, bundles) as kept:
        return walk(root, kept)


def codes(found: Lineage) -> list[str]:
    return [finding.code for finding in found.findings]


def rewrite(folder: Path, changed: dict[str, bytes]) -> None:
    """Change files of a stored bundle and make the manifest lines fit, as a forger with a disk would."""
    for path, data in changed.items():
        (folder / path).unlink()
        (folder / path).write_bytes(data)
    for manifest in (digest.MANIFEST, digest.TAG_MANIFEST):
        place = folder / manifest
        lines, _ = digest.parse_manifest(place.read_bytes(), path=manifest)
        fresh = [digest.Line(digest.sha256_hex((folder / one.path).read_bytes()), one.path) for one in lines]
        place.unlink()
        place.write_bytes(digest.render_manifest(fresh))


def folder_of(catalog: Catalog, artifact_id: str) -> Path:
    (entry,) = catalog.resolve(artifact_id)
    folder = catalog.backend.location(entry.seal)
    assert folder is not None
    return folder


def with_parent(folder: Path, parent: str) -> dict[str, bytes]:
    """The claim of a stored bundle with another parent."""
    path = "data/claim/claim.json"
    claim = json.loads((folder / path).read_bytes())
    claim["parents"] = [{"artifact_id": parent, "relation": "derived_from"}]
    return {path: canonical.dumps(claim)}


def test_a_family_is_found_from_each_of_its_members(catalog: Catalog, names: dict[str, str]) -> None:
    for root in names.values():
        found = lineage(catalog, root)
        assert set(found.nodes) == set(names.values()), root
        assert (found.missing, found.findings) == ((), ())
    relations = {(link.child, link.parent): link.relation for link in found.links}
    assert relations == {
        (names["replay"], names["run"]): "replay_of",
        (names["validation"], names["run"]): "validation_of",
        (names["validation"], names["replay"]): "derived_from",
    }


def test_a_deleted_parent_is_missing_and_a_deleted_child_is_gone(
    catalog: Catalog, names: dict[str, str]
) -> None:
    catalog.delete(names["run"], reason="test")
    found = lineage(catalog, names["validation"])
    assert found.missing == (names["run"],)
    assert found.findings == ()
    catalog.delete(names["validation"], reason="test")
    assert set(lineage(catalog, names["replay"]).nodes) == {names["replay"], names["run"]}


def test_a_bundle_outside_the_store_is_linked_to_what_the_store_has(
    tmp_path: Path, catalog: Catalog, family: dict[str, VerifiedBundle]
) -> None:
    root = family["replay"].ids.artifact_id
    empty = lineage(Catalog(FilesystemBackend(tmp_path / "none")), root, family["replay"].bundle)
    assert empty.missing == (family["run"].ids.artifact_id,)
    assert not (tmp_path / "none").exists()
    catalog.put(family["run"])
    assert lineage(catalog, root, family["replay"].bundle).missing == ()


def test_an_edited_claim_is_refused_and_named(catalog: Catalog, names: dict[str, str]) -> None:
    """AWB-R-330."""
    lineage(catalog, names["run"])
    folder = folder_of(catalog, names["replay"])
    ((path, data),) = with_parent(folder, "awen_" + "0" * 64).items()
    (folder / path).unlink()
    (folder / path).write_bytes(data)
    found = lineage(catalog, names["replay"])
    assert codes(found) == ["AWB-IDN-021"]
    assert found.findings[0].path == path
    assert found.nodes[names["replay"]].state == "broken"
    assert [link.child for link in found.links] == [names["validation"]]


@pytest.mark.parametrize("indexed", ["before", "after"])
def test_a_forged_cycle_in_a_tampered_store_is_refused_with_a_finding(
    catalog: Catalog, names: dict[str, str], indexed: str
) -> None:
    """The run claims to come from its own replay, with all digests made to fit: its id does not."""
    lineage(catalog, names["run"])
    folder = folder_of(catalog, names["run"])
    rewrite(folder, with_parent(folder, names["replay"]))
    if indexed == "after":
        list(reindex(catalog.backend))
    found = lineage(catalog, names["replay"])
    assert found.nodes[names["run"]].state == "broken"
    assert "AWB-IDN-021" in codes(found)
    assert not any(link.child == names["run"] for link in found.links)


def test_an_artifact_put_in_the_place_of_another_is_refused_by_every_way_in(
    catalog: Catalog, names: dict[str, str], family: dict[str, VerifiedBundle]
) -> None:
    """AWB-R-324: a store that gives another valid bundle for an id is found out."""
    other = run(interferometer(shots=0, theta=1.1)).bundle
    folder = folder_of(catalog, names["run"])
    for path, member in other.members.items():
        (folder / path).unlink(missing_ok=True)
        (folder / path).write_bytes(member.read())
    with pytest.raises(VerificationError) as caught:
        catalog.get(names["run"])
    assert [finding.code for finding in caught.value.findings] == ["AWB-IDN-020"]
    assert "AWB-IDN-021" in codes(lineage(catalog, names["replay"], family["replay"].bundle))


def test_one_good_record_of_an_artifact_is_enough(catalog: Catalog, names: dict[str, str]) -> None:
    first = folder_of(catalog, names["run"])
    again = run(interferometer(shots=0), environment={**ENVIRONMENT, "gpus": []}).bundle
    if again.ids.seal == catalog.resolve(names["run"])[0].seal:
        from awen_ref.bundle import describe

        metadata = json.loads(again.members["metadata.json"].read())
        tool = {"name": "another", "version": "9", "url": "https://example.org/another"}
        created = "2030-01-01T00:00:00+00:00"
        again = describe(again, {**metadata, "title": "Once more"}, created=created, tool=tool)
    catalog.put(again)
    (first / "data/claim/claim.json").unlink()
    found = lineage(catalog, names["run"])
    assert found.nodes[names["run"]].state == "held"
    assert found.findings == ()


# Between a replay and its parent (AWB-R-332)


def with_lines(parent: VerifiedBundle, child: VerifiedBundle) -> Lineage:
    kept = Kept(bundles=[parent.bundle, child.bundle])
    return walk(child.ids.artifact_id, kept, descendants=False)


def adopted(child: VerifiedBundle, old: VerifiedBundle, new: VerifiedBundle) -> VerifiedBundle:
    """The replay with another parent in claim and task, everything sealed anew: valid, and a lie."""
    swap = (old.ids.artifact_id.encode(), new.ids.artifact_id.encode())
    paths = ("data/claim/claim.json", "data/inputs/task.json", "data/evidence/provenance.json")
    changed = {path: child.bundle.members[path].read().replace(*swap) for path in paths}
    return resealed(child, changed)


def test_a_swapped_parent_is_caught_by_the_inputs_it_does_not_share(
    family: dict[str, VerifiedBundle],
) -> None:
    other = run(interferometer(shots=0, theta=1.1))
    forged = adopted(family["replay"], family["run"], other)
    found = with_lines(other, forged)
    assert codes(found) == ["AWB-RPL-010", "AWB-RPL-011"]
    assert found.findings[0].path == "data/inputs/parameters.json"
    assert other.ids.artifact_id in found.findings[0].message


def test_a_swapped_parent_has_another_id_than_the_one_that_was_cited(
    family: dict[str, VerifiedBundle],
) -> None:
    other = run(interferometer(shots=0, theta=1.1))
    forged = adopted(family["replay"], family["run"], other)
    cited = family["replay"].ids.artifact_id
    (finding,) = held_to(forged.ids, cited)
    assert finding.code == "AWB-IDN-020"
    with pytest.raises(VerificationError, match="another one"):
        verify(forged.bundle, Policy(expected=cited))
    assert verify(forged.bundle, Policy(expected=forged.ids.artifact_id[:25])).ids == forged.ids


def test_bits_that_are_not_the_parents_are_no_bit_exact_replay(family: dict[str, VerifiedBundle]) -> None:
    """The record's results are edited; its replay goes on to say bit_exact of the new parent."""
    import numpy as np

    from awen_ref import npy

    values = family["run"].array("field.power") * 1.5
    edited = resealed(
        family["run"], {"data/results/arrays/field.power.npy": npy.encode(np.ascontiguousarray(values))}
    )
    found = with_lines(edited, adopted(family["replay"], family["run"], edited))
    assert codes(found) == ["AWB-RPL-011"]


def test_a_true_replay_with_another_seed_or_device_has_no_finding(
    family: dict[str, VerifiedBundle],
) -> None:
    from awen_ref.replay import Changes

    device = {**family["run"].document("data/inputs/device.json"), "limits": {"maximum_phase_rad": 100}}
    changes = Changes(seed="99", device=device)
    again = replay(family["run"], engine=ENGINE, clock=Clock(), environment=ENVIRONMENT, changes=changes)
    assert with_lines(family["run"], again).findings == ()


def test_a_bundle_without_readable_manifests_is_no_member_of_a_lineage() -> None:
    with pytest.raises(VerificationError):
        Kept(bundles=[Bundle({"manifest.json": BytesMember(b"{}")})])
