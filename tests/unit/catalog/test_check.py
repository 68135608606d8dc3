import shutil
from pathlib import Path

import pytest

from awen_ref.catalog import Catalog, Stored, audit, check
from awen_ref.errors import MissingError
from awen_ref.storage import FilesystemBackend, MemoryBackend
from tests.bundles import KINDS, sealed


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(FilesystemBackend(tmp_path / "store"))


@pytest.fixture
def stored(catalog: Catalog) -> dict[str, Stored]:
    return {kind: catalog.put(sealed(kind)) for kind in KINDS}


def damaged(catalog: Catalog, *, deep: bool) -> dict[str, dict[str, str]]:
    return {found.seal: dict(found.damage) for found in check(catalog, deep=deep) if not found.sound}


def path_of(stored: Stored, path: str) -> Path:
    assert stored.path is not None
    file = stored.path / path
    if file.exists():
        data = file.read_bytes()
        file.unlink()  # other records share it
        file.write_bytes(data)
    return file


def test_an_untouched_store_is_sound(catalog: Catalog, stored: dict[str, Stored]) -> None:
    for deep in (False, True):
        results = list(check(catalog, deep=deep))
        assert [found.seal for found in results] == sorted(one.seal for one in stored.values())
        assert all(found.sound for found in results)
    assert audit(catalog).sound


def test_an_altered_byte_is_found_deep_and_named(catalog: Catalog, stored: dict[str, Stored]) -> None:
    file = path_of(stored["run"], "data/results/body.json")
    file.write_bytes(file.read_bytes().replace(b"4", b"5", 1))
    assert damaged(catalog, deep=False) == {}
    found = damaged(catalog, deep=True)
    assert set(found) == {stored["run"].seal}
    assert "data/results/body.json" in found[stored["run"].seal]


def test_missing_extra_and_cut_files_are_found_without_reading_them(
    catalog: Catalog, stored: dict[str, Stored]
) -> None:
    path_of(stored["run"], "data/results/body.json").unlink()
    path_of(stored["gradient"], "data/evidence/stranger.json").write_bytes(b"{}")
    cut = path_of(stored["validation"], "data/evidence/environment.json")
    cut.write_bytes(cut.read_bytes()[:-1])
    found = damaged(catalog, deep=False)
    assert found[stored["run"].seal] == {"data/results/body.json": "the file is missing"}
    assert found[stored["gradient"].seal] == {"data/evidence/stranger.json": "no manifest lists the file"}
    assert "instead of" in found[stored["validation"].seal]["data/evidence/environment.json"]
    assert set(damaged(catalog, deep=True)) == set(found)


def test_a_record_without_manifest_or_with_a_foreign_one_is_found(
    catalog: Catalog, stored: dict[str, Stored]
) -> None:
    path_of(stored["run"], "manifest-sha256.txt").unlink()
    foreign = path_of(stored["gradient"], "tagmanifest-sha256.txt")
    foreign.write_bytes(path_of(stored["replay"], "tagmanifest-sha256.txt").read_bytes())
    for deep in (False, True):
        found = damaged(catalog, deep=deep)
        assert set(found) == {stored["run"].seal, stored["gradient"].seal}
        assert found[stored["gradient"].seal] == {"": "its files have other ids than its entry"}


def test_a_check_resumes_behind_a_seal(catalog: Catalog, stored: dict[str, Stored]) -> None:
    seals = sorted(one.seal for one in stored.values())
    assert [found.seal for found in check(catalog, after=seals[1])] == seals[2:]
    assert list(check(catalog, after=seals[-1])) == []


def test_a_record_that_vanished_is_lost(catalog: Catalog, stored: dict[str, Stored]) -> None:
    assert catalog.location is not None
    shutil.rmtree(catalog.location / "records" / stored["run"].seal)
    found = audit(catalog)
    assert (found.lost, found.sound) == ((stored["run"].seal,), False)
    assert found.report.problems == ()


def test_a_record_that_was_deleted_is_not_lost_and_may_come_back(
    catalog: Catalog, stored: dict[str, Stored]
) -> None:
    catalog.delete(stored["run"].seal, reason="r")
    assert audit(catalog).sound
    catalog.put(sealed("run"))
    assert audit(catalog).sound
    assert len(list(catalog.entries())) == len(KINDS)


def test_an_interrupted_deletion_is_told(catalog: Catalog, stored: dict[str, Stored]) -> None:
    assert catalog.log is not None
    catalog.log.append("delete", seal=stored["run"].seal, reason="killed right after this line")
    found = audit(catalog)
    assert (found.undeleted, found.sound) == ((stored["run"].seal,), False)


def test_a_record_put_by_other_means_is_told_and_no_problem(
    catalog: Catalog, stored: dict[str, Stored]
) -> None:
    assert catalog.log is not None
    catalog.log.path.unlink()
    found = audit(catalog)
    assert (set(found.unlogged), found.sound) == ({one.seal for one in stored.values()}, True)


def test_an_older_checkpoint_holds_and_a_rewritten_log_does_not(
    catalog: Catalog, stored: dict[str, Stored]
) -> None:
    checkpoint = audit(catalog).report.checkpoint
    catalog.delete(stored["run"].seal, reason="r")
    assert audit(catalog, checkpoint).sound
    assert catalog.log is not None
    catalog.log.path.unlink()
    assert not audit(catalog, checkpoint).sound


def test_a_store_without_a_log_cannot_be_audited() -> None:
    with pytest.raises(MissingError, match="no log"):
        audit(Catalog(MemoryBackend()))
