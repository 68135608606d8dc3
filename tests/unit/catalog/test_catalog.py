import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from awen_ref import canonical, verify
from awen_ref.audit import AuditLog
from awen_ref.bundle import Bundle, BytesMember, describe
from awen_ref.catalog import Catalog, Stored, audit
from awen_ref.errors import (
    AmbiguousIdError,
    ContainerError,
    MissingError,
    StorageError,
    UsageError,
    VerificationError,
)
from awen_ref.storage import FilesystemBackend, MemoryBackend
from tests.bundles import METADATA, TOOL, build, parts, sealed

LATER = "2026-02-03T04:05:06+00:00"


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(FilesystemBackend(tmp_path / "store"))


def described(bundle: Bundle, title: str = "Another title") -> Bundle:
    return describe(bundle, {**METADATA, "title": title}, created=LATER, tool=TOOL)


def signed(bundle: Bundle, name: str = "a") -> Bundle:
    member = BytesMember(envelope(bundle))
    return Bundle({**bundle.members, f"signatures/{name}.dsse.json": member})


def envelope(bundle: Bundle) -> bytes:
    """A signature by a key made from nothing, so that the bundle stays valid."""
    from awen_ref import signing

    done = signing.sign(bundle, "run", signing.generate(), signed_at=LATER)
    (path,) = set(done.members) - set(bundle.members)
    return done.members[path].read()


def content(bundle: Bundle) -> dict[str, bytes]:
    return {path: member.read() for path, member in bundle.members.items()}


def events(catalog: Catalog) -> list[str]:
    assert catalog.log is not None
    return [event.event for event in catalog.log.verify().events]


def test_a_bundle_comes_back_byte_for_byte_and_valid(catalog: Catalog) -> None:
    for kind in ("run", "gradient", "calibration", "replay", "validation"):
        bundle = sealed(kind)
        stored = catalog.put(bundle)
        again = catalog.get(stored.artifact_id)
        assert content(again) == content(bundle)
        assert verify.check(again).verdict == "valid"


def test_what_is_stored_can_be_checked_with_coreutils_alone(catalog: Catalog) -> None:
    folder = catalog.put(sealed("run")).path
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "-c", "--quiet", manifest], cwd=folder, check=True)


def test_the_entry_says_what_the_bundle_says(catalog: Catalog) -> None:
    bundle = sealed("run")
    catalog.put(bundle)
    (entry,) = catalog.entries()
    names = bundle.ids
    assert (entry.artifact_id, entry.seal) == (names.artifact_id, names.seal)
    assert (entry.inputs_id, entry.results_id) == (names.inputs_id, names.results_id)
    assert (entry.artifact_type, entry.title) == ("run", METADATA["title"])
    assert entry.created == canonical.loads(bundle.members["manifest.json"].read())["created"]  # type: ignore[call-overload,index]  # an object
    assert entry.size_bytes == sum(member.size for member in bundle.members.values())


def test_equal_seals_are_duplicates_and_nothing_else_is(catalog: Catalog) -> None:
    """AWB-R-341, AWB-R-066."""
    bundle = sealed("run")
    first, second, third = catalog.put(bundle), catalog.put(bundle), catalog.put(described(bundle))
    assert [stored.duplicate for stored in (first, second, third)] == [False, True, False]
    assert first.artifact_id == third.artifact_id
    assert first.seal != third.seal
    assert len(list(catalog.entries())) == 2
    assert replace(first, duplicate=True) == second


def test_a_bundle_that_is_not_valid_is_refused_and_nothing_is_written(catalog: Catalog) -> None:
    """AWB-R-348."""
    bundle = sealed("run")
    damaged = Bundle({**bundle.members, "metadata.json": BytesMember(b"{}")})
    with pytest.raises(VerificationError):
        catalog.put(damaged)
    assert catalog.location is not None
    assert not catalog.location.exists()


def test_a_verified_bundle_is_taken_as_it_is(catalog: Catalog) -> None:
    assert not catalog.put(verify.verify(sealed("run"))).duplicate


def test_a_member_that_changes_after_verification_is_refused(catalog: Catalog) -> None:
    for path in ("data/inputs/ir.json", "metadata.json", "tagmanifest-sha256.txt"):
        bundle = sealed("run")
        members = dict(bundle.members)
        verified = verify.verify(Bundle(members))
        members[path] = BytesMember(members[path].read().replace(b"a", b"b", 1))
        with pytest.raises((StorageError, VerificationError)):
            catalog.put(verified)
        assert (
            list(catalog.backend.entries()) == [] if catalog.location and catalog.location.exists() else True
        )


def test_names_are_resolved_whole_and_by_their_beginning(catalog: Catalog) -> None:
    """AWB-R-064."""
    stored = catalog.put(sealed("run"))
    for name in (stored.artifact_id, stored.seal):
        prefix, digits = name.split("_")
        for length in (16, 17, 40, 64):
            assert [entry.seal for entry in catalog.resolve(f"{prefix}_{digits[:length]}")] == [stored.seal]


@pytest.mark.parametrize(
    "reference",
    ["", "awen", "awen_", "awen_0123456789abcde", "seal_0123456789ABCDEF", "doi_0123456789abcdef", "x" * 80],
)
def test_what_is_no_id_is_a_usage_error(catalog: Catalog, reference: str) -> None:
    with pytest.raises(UsageError):
        catalog.resolve(reference)


def test_names_of_inputs_and_results_are_none_of_artifacts(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="not an artifact"):
        catalog.resolve(sealed("run").ids.inputs_id)


def test_an_id_that_nobody_put_is_missing(catalog: Catalog) -> None:
    catalog.put(sealed("run"))
    with pytest.raises(MissingError, match="the store has no") as caught:
        catalog.get("awen_" + "0" * 16)
    assert "awen list" in caught.value.advice


def test_a_beginning_of_two_names_is_ambiguous_and_lists_them() -> None:
    """AWB-R-064."""
    backend = MemoryBackend()
    catalog = Catalog(backend)
    entries = []
    for bundle in (sealed("run"), sealed("validation")):
        catalog.put(bundle)
    for number, entry in enumerate(list(backend.entries())):
        shared = replace(entry, artifact_id=f"awen_{'0' * 63}{number}", seal=f"seal_{'1' * 63}{number}")
        backend._entries[shared.seal] = shared
        entries.append(shared)
    for reference in ("awen_" + "0" * 16, "seal_" + "1" * 16):
        with pytest.raises(AmbiguousIdError) as caught:
            catalog.get(reference)
        assert all(entry.seal in caught.value.advice for entry in entries)
    assert catalog.resolve(entries[0].artifact_id) == (entries[0],)


def test_of_several_records_of_an_artifact_the_one_created_last_is_given(catalog: Catalog) -> None:
    bundle = sealed("run")
    newer = described(bundle)
    for one in (newer, bundle):
        stored = catalog.put(one)
    assert catalog.get(stored.artifact_id).ids.seal == newer.ids.seal
    assert catalog.get(bundle.ids.seal).ids.seal == bundle.ids.seal
    assert {entry.seal for entry in catalog.resolve(stored.artifact_id)} == {bundle.ids.seal, newer.ids.seal}


def test_entries_are_filtered_by_type(catalog: Catalog) -> None:
    catalog.put(sealed("run"))
    catalog.put(sealed("validation"))
    assert [entry.artifact_type for entry in catalog.entries(artifact_type="validation")] == ["validation"]
    assert list(catalog.entries(artifact_type="replay")) == []
    assert len(list(catalog.entries())) == 2


# The store is not trusted


def test_damage_in_the_store_is_found_by_verification(catalog: Catalog) -> None:
    stored = catalog.put(sealed("run"))
    assert stored.path is not None
    file = stored.path / "data" / "inputs" / "ir.json"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"0", b"1", 1))
    report = verify.check(catalog.get(stored.seal))
    assert report.verdict == "invalid"
    assert "data/inputs/ir.json" in {finding.path for finding in report.findings}


def test_a_member_that_the_store_lost_or_cut_is_a_container_error(catalog: Catalog) -> None:
    stored = catalog.put(sealed("run"))
    assert stored.path is not None
    bundle = catalog.get(stored.seal)
    file = stored.path / "metadata.json"
    file.chmod(0o644)
    file.write_bytes(b"{")
    with pytest.raises(ContainerError, match="instead of"):
        bundle.members["metadata.json"].read()
    file.unlink()
    with pytest.raises(ContainerError, match="cannot read"):
        bundle.members["metadata.json"].read()


# Signatures


def test_a_signature_is_added_and_nothing_else_changes(catalog: Catalog) -> None:
    bundle = sealed("run")
    stored = catalog.put(bundle)
    signature = BytesMember(envelope(bundle))
    path = "signatures/a.dsse.json"
    assert catalog.sign(stored.seal, path, signature) is True
    assert catalog.sign(stored.seal, path, BytesMember(b"another")) is False
    assert content(catalog.get(stored.seal)) == content(bundle) | {path: signature.data}
    assert verify.check(catalog.get(stored.seal)).verdict == "valid"
    assert events(catalog) == ["put", "sign"]


def test_signatures_go_nowhere_else(catalog: Catalog) -> None:
    stored = catalog.put(sealed("run"))
    for path in ("metadata.json", "data/evidence/attachments/a", "signatures"):
        with pytest.raises(UsageError):
            catalog.sign(stored.seal, path, BytesMember(b"a"))


def test_a_duplicate_brings_signatures_that_the_record_lacks(catalog: Catalog) -> None:
    bundle = sealed("run")
    more = signed(bundle)
    catalog.put(bundle)
    stored = catalog.put(more)
    assert (stored.duplicate, stored.signatures) == (True, ("signatures/a.dsse.json",))
    assert content(catalog.get(stored.seal)) == content(more)
    assert catalog.put(more).signatures == ()
    assert catalog.put(bundle).signatures == ()
    assert content(catalog.get(stored.seal)) == content(more)


# Deleting, and the log


def test_a_deletion_takes_one_record_and_keeps_the_reason(catalog: Catalog) -> None:
    bundle = sealed("run")
    first, second = catalog.put(bundle), catalog.put(described(bundle))
    with pytest.raises(AmbiguousIdError) as caught:
        catalog.delete(first.artifact_id, reason="either")
    assert first.seal in caught.value.advice
    assert catalog.delete(first.seal[:21], reason="wrong laser") == first.seal
    assert [entry.seal for entry in catalog.entries()] == [second.seal]
    assert catalog.log is not None
    last = catalog.log.verify().events[-1]
    assert (last.event, last.seal, last.values["reason"]) == ("delete", first.seal, "wrong laser")
    assert catalog.get(second.artifact_id).ids.seal == second.seal


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_a_deletion_without_a_reason_is_refused(catalog: Catalog, reason: str) -> None:
    stored = catalog.put(sealed("run"))
    with pytest.raises(UsageError, match="reason"):
        catalog.delete(stored.seal, reason=reason)
    assert len(list(catalog.entries())) == 1


def test_the_log_tells_what_was_done(catalog: Catalog) -> None:
    """AWB-R-355."""
    bundle = sealed("run")
    stored = catalog.put(bundle)
    catalog.put(bundle)
    catalog.put(described(bundle))
    catalog.put(build(replace(parts("run"), metadata={**METADATA, "title": "Elsewhere"})))
    catalog.delete(stored.seal, reason="r")
    catalog.gc()
    assert events(catalog) == ["put", "describe", "describe", "delete", "gc"]
    assert catalog.log is not None
    report = catalog.log.verify()
    assert report.problems == ()
    assert report.events[1].values["describes"] == stored.seal


def fail(*_: object, **__: object) -> None:
    """What stands in for a call that the medium refuses."""
    raise StorageError("no")


def test_a_deletion_is_logged_first_and_a_put_is_not_acknowledged_unlogged(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AWB-R-355: whatever fails in between leaves no unlogged deletion and no acknowledged, unlogged put."""
    stored = catalog.put(sealed("run"))

    with monkeypatch.context() as patch:
        patch.setattr(FilesystemBackend, "delete", fail)
        with pytest.raises(StorageError):
            catalog.delete(stored.seal, reason="r")
    assert events(catalog) == ["put", "delete"]
    with monkeypatch.context() as patch:
        patch.setattr(AuditLog, "append", fail)
        with pytest.raises(StorageError):
            catalog.delete(stored.seal, reason="r")
        with pytest.raises(StorageError):
            catalog.put(sealed("validation"))
    assert stored.seal in {entry.seal for entry in catalog.entries()}


def test_a_put_that_was_interrupted_before_its_line_is_logged_by_the_next_one(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AWB-R-355: what is acknowledged as there already is in the log, too, and once only."""

    catalog.put(sealed("run"))
    bundles = [sealed("validation"), described(sealed("run"))]
    for bundle in bundles:
        with monkeypatch.context() as patch:
            patch.setattr(AuditLog, "append", fail)
            with pytest.raises(StorageError):
                catalog.put(bundle)
    assert events(catalog) == ["put"]
    for bundle in bundles * 2:
        assert catalog.put(bundle).duplicate
    assert events(catalog) == ["put", "put", "describe"]


def test_a_record_whose_deletion_was_interrupted_and_that_is_put_again_is_kept(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = catalog.put(sealed("run"))

    with monkeypatch.context() as patch:
        patch.setattr(FilesystemBackend, "delete", fail)
        with pytest.raises(StorageError):
            catalog.delete(stored.seal, reason="r")
    assert audit(catalog).undeleted == (stored.seal,)
    assert catalog.put(sealed("run")).duplicate
    assert audit(catalog).sound
    assert events(catalog) == ["put", "delete", "put"]


def test_a_collection_that_finds_nothing_is_not_logged(catalog: Catalog) -> None:
    catalog.put(sealed("run"))
    catalog.gc()
    assert events(catalog) == ["put"]


def test_a_store_without_a_folder_has_no_log() -> None:
    catalog = Catalog(MemoryBackend())
    stored = catalog.put(sealed("run"))
    assert (catalog.location, catalog.log, stored.path) == (None, None, None)
    assert catalog.delete(stored.seal, reason="r") == stored.seal


def test_stored_says_where_the_bundle_lies(catalog: Catalog) -> None:
    bundle = sealed("run")
    stored = catalog.put(bundle)
    assert catalog.location is not None
    place = catalog.location / "records" / bundle.ids.seal / "bundle"
    assert stored == Stored(bundle.ids.artifact_id, bundle.ids.seal, place, duplicate=False)
    assert {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()} == set(
        bundle.members
    )
