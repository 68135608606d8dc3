"""The index beside a store: what it finds, and that it is derived, late at worst, and never wrong."""

import errno
import multiprocessing
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from awen_ref.bundle import Bundle
from awen_ref.catalog import Catalog
from awen_ref.catalog.files import INDEX_FILE
from awen_ref.catalog.index import opened
from awen_ref.catalog.query import Query, condition
from awen_ref.catalog.upkeep import reindex, searching
from awen_ref.errors import MissingError, StorageError, UsageError
from awen_ref.storage import FilesystemBackend, MemoryBackend, StorageBackend, durable
from tests.bundles import KINDS, METADATA, PARENT, Parts, build, parts, sealed


@pytest.fixture(params=["filesystem", "memory"])
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> Catalog:
    backend: StorageBackend = MemoryBackend()
    if request.param == "filesystem":
        backend = FilesystemBackend(tmp_path / "store")
    return Catalog(backend)


@pytest.fixture(scope="module", params=["filesystem", "memory"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """A store with one bundle of each type that no test changes."""
    backend: StorageBackend = MemoryBackend()
    if request.param == "filesystem":
        backend = FilesystemBackend(tmp_path_factory.mktemp("full") / "store")
    catalog = Catalog(backend)
    for kind in KINDS:
        catalog.put(sealed(kind))
    return catalog


@pytest.fixture
def store(tmp_path: Path) -> Catalog:
    """A store in a folder that holds one bundle of each type."""
    catalog = Catalog(FilesystemBackend(tmp_path / "store"))
    for kind in KINDS:
        catalog.put(sealed(kind))
    return catalog


def types(catalog: Catalog, query: Query) -> set[str]:
    return {entry.artifact_type for entry in catalog.find(query)}


def run_with(**changes: object) -> Bundle:
    made: Parts = parts("run")
    for name, value in changes.items():
        getattr(made, name).update(value)
    return build(made)


def database(catalog: Catalog) -> Path:
    assert catalog.location is not None
    return catalog.location / INDEX_FILE


# What is found (in a store in a folder and in one in memory alike)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(), set(KINDS)),
        (Query(artifact_type="replay"), {"replay"}),
        (Query(artifact_type="nothing"), set()),
        (Query(keywords=("photonics",)), set(KINDS)),
        (Query(keywords=("photonics", "interferometer")), set(KINDS)),
        (Query(keywords=("photonic",)), set()),
        (Query(parameters=(condition("phi"),)), set(KINDS) - {"validation"}),
        (Query(parameters=(condition("phi = 0.25"), condition("power<1e-8"))), set(KINDS) - {"validation"}),
        (Query(parameters=(condition("phi > 0.25"),)), set()),
        (Query(parent=PARENT), set(KINDS) - {"run"}),
        (Query(parent=PARENT, relation="gradient_of"), {"gradient"}),
        (Query(parent="awen_" + "0" * 64), set()),
        (Query(creator="MÜLLER"), set(KINDS)),
        (Query(creator="Müller, Jörg"), set(KINDS)),
        (Query(creator="jörg müller"), set(KINDS)),
        (Query(creator="0000-0002-1825-0097"), set(KINDS)),
        (Query(creator="Photonics & Co."), set(KINDS)),
        (Query(creator="Müll"), set()),
        (Query(since="2026-01-02", until="2026-01-02"), set(KINDS)),
        (Query(since="2026-01-02T03:04:05+00:00", until="2026"), set(KINDS)),
        (Query(since="2026-01-03"), set()),
        (Query(until="2025"), set()),
    ],
)
def test_everything_that_is_asked_for_must_hold(full: Catalog, query: Query, wanted: set[str]) -> None:
    assert types(full, query) == wanted


def test_same_inputs_and_same_results_are_found_by_whole_and_short_ids(catalog: Catalog) -> None:
    first = sealed("run")
    again = run_with(metadata={"title": "Described otherwise"})
    other = run_with(inputs={"experiment": {**parts("run").inputs["experiment"], "seed": "43"}})
    for bundle in (first, again, other):
        catalog.put(bundle)
    both = {first.ids.seal, again.ids.seal}
    for name in (first.ids.inputs_id, first.ids.inputs_id[:20]):
        assert {entry.seal for entry in catalog.find(Query(inputs_id=name))} == both
    found = catalog.find(Query(results_id=first.ids.results_id))
    assert {entry.seal for entry in found} == both | {other.ids.seal}


def test_found_entries_are_those_of_the_store_newest_first_and_limited(catalog: Catalog) -> None:
    for kind in KINDS:
        catalog.put(sealed(kind))
    found = catalog.find(Query())
    assert sorted(found, key=lambda entry: entry.seal) == list(catalog.entries())
    assert [entry.created for entry in found] == sorted((entry.created for entry in found), reverse=True)
    assert catalog.find(Query(limit=2)) == found[:2]


@pytest.mark.parametrize(
    "text", ["", "phi >", "> 1", "phi = one", "phi => 1", "phi; DROP TABLE record", "1phi"]
)
def test_what_is_no_condition_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="condition"):
        condition(text)


@pytest.mark.parametrize("query", [{"since": "yesterday"}, {"until": "2026-1"}, {"relation": "replay_of"}])
def test_a_query_that_could_only_find_nothing_is_a_usage_error(query: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Query(**query)  # type: ignore[arg-type]  # strings all


def test_values_are_bound_and_never_read_as_sql(store: Catalog) -> None:
    for text in ("' OR 1=1 --", '"; DROP TABLE record; --'):
        query = Query(keywords=(text,), creator=text, artifact_type=text, parent=text)
        assert store.find(query) == ()
    assert len(store.find(Query())) == len(KINDS)


# Up to date, whatever happened (AWB-R-354, AWB-R-356)


def test_puts_and_deletions_are_seen_whether_the_index_was_there_or_not(store: Catalog) -> None:
    assert not database(store).exists()
    assert types(store, Query()) == set(KINDS)
    gone = store.find(Query(artifact_type="run"))[0]
    store.delete(gone.seal, reason="test")
    with opened(database(store)) as index:
        assert gone.seal not in index.seals()
    assert types(store, Query()) == set(KINDS) - {"run"}
    stored = store.put(sealed("run"))
    with opened(database(store)) as index:
        assert stored.seal in index.seals()
    assert types(store, Query()) == set(KINDS)


def test_what_others_put_and_delete_behind_its_back_is_seen(store: Catalog) -> None:
    """AWB-R-356."""
    assert store.find(Query())
    gone = store.find(Query(artifact_type="run"))[0]
    store.backend.delete(gone.seal)
    assert types(store, Query()) == set(KINDS) - {"run"}
    with searching(store.backend) as index:
        assert index.stamp == ""  # the folder changed just now: it is looked at again next time
        assert gone.seal not in index.seals()


def test_a_stamp_that_has_not_moved_saves_the_listing(
    store: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FilesystemBackend, "stamp", lambda _: "still")
    assert len(store.find(Query())) == len(KINDS)

    def unwanted(_: FilesystemBackend) -> Iterator[str]:
        raise AssertionError("the store was listed")

    monkeypatch.setattr(FilesystemBackend, "keys", unwanted)
    assert len(store.find(Query())) == len(KINDS)


@pytest.mark.parametrize(
    "damage", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5000], ids=["empty", "text", "torn"]
)
def test_an_index_that_is_none_is_made_anew(store: Catalog, damage: bytes) -> None:
    before = store.find(Query())
    database(store).write_bytes(damage)
    assert store.find(Query()) == before


def test_an_index_of_another_version_is_made_anew(store: Catalog) -> None:
    before = store.find(Query())
    with sqlite3.connect(database(store)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("DROP TABLE record")
    connection.close()
    assert store.find(Query()) == before


def test_a_damage_that_shows_later_is_told_and_mended_by_reindex(store: Catalog) -> None:
    before = store.find(Query())
    with sqlite3.connect(database(store)) as connection:
        connection.execute("DROP TABLE keyword")
    connection.close()
    with pytest.raises(StorageError) as caught:
        store.find(Query(keywords=("photonics",)))
    assert "store reindex" in caught.value.advice
    assert sorted(reindex(store.backend)) == sorted(entry.seal for entry in before)
    assert store.find(Query(keywords=("photonics",))) == before


def test_a_reindexed_store_finds_what_it_found_before(store: Catalog) -> None:
    queries = [Query(), Query(parent=PARENT), Query(parameters=(condition("phi"),)), Query(creator="müller")]
    before = [store.find(query) for query in queries]
    assert len(list(reindex(store.backend))) == len(KINDS)
    assert [store.find(query) for query in queries] == before


def test_a_record_that_is_not_what_its_manifests_say_is_left_out_and_named(store: Catalog) -> None:
    stored = store.put(run_with(metadata={"title": "To be damaged"}))
    assert stored.path is not None
    file = stored.path / "metadata.json"
    file.unlink()  # others may share its bytes
    file.write_bytes(b"{}")
    with searching(store.backend) as index:
        assert set(index.left_out()) == {stored.seal}
        assert "metadata.json" in index.left_out()[stored.seal]
        assert stored.seal not in {entry.seal for entry in index.find(Query())}
    store.backend.delete(stored.seal)
    with searching(store.backend) as index:
        assert index.left_out() == {}


@pytest.mark.parametrize("code", [errno.EIO, errno.EMFILE, errno.EACCES])
@pytest.mark.parametrize("call", ["members", "stream"])
def test_a_record_that_could_not_be_read_once_is_named_and_read_again_at_the_next_search(
    store: Catalog, monkeypatch: pytest.MonkeyPatch, code: int, call: str
) -> None:
    database(store).unlink(missing_ok=True)
    with searching(store.backend):
        pass
    stored = store.put(run_with(metadata={"title": "Hard to read"}))
    database(store).unlink()
    whole = getattr(FilesystemBackend, call)

    def failing(self: FilesystemBackend, key: str, *path: str) -> object:
        if key == stored.seal:
            raise durable._fault(OSError(code, os.strerror(code)), "read the record", self.root)
        return whole(self, key, *path)

    with monkeypatch.context() as patch:
        patch.setattr(FilesystemBackend, call, failing)
        for _ in range(2):
            with searching(store.backend) as index:
                assert os.strerror(code) in index.left_out()[stored.seal]
                assert types(store, Query()) == set(KINDS)
    with searching(store.backend) as index:
        assert index.left_out() == {}
        assert stored.seal in {entry.seal for entry in index.find(Query())}
    store.backend.delete(stored.seal)


def test_a_store_that_is_not_ours_to_write_is_searched_in_memory(
    store: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("awen_ref.catalog.index.os.access", lambda *_: False)
    assert types(store, Query()) == set(KINDS)
    with pytest.raises(MissingError, match="not ours to write"):
        list(reindex(store.backend))
    assert not database(store).exists()


def test_a_store_that_is_not_there_is_not_made_by_a_search(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        Catalog(FilesystemBackend(tmp_path / "nowhere")).find(Query())
    assert list(tmp_path.iterdir()) == []


def test_a_busy_index_hinders_no_put(store: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    store.find(Query())
    monkeypatch.setattr("awen_ref.catalog.index._WAIT_S", 0.01)
    holder = sqlite3.connect(database(store), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    stored = store.put(run_with(metadata={"title": "Meanwhile"}))
    holder.execute("ROLLBACK")
    holder.close()
    assert stored.seal in {entry.seal for entry in store.find(Query())}


def test_what_the_system_refuses_is_one_clear_error_and_hinders_no_put(
    store: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.find(Query())

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "catalog.lock")

    with monkeypatch.context() as broken:
        broken.setattr("awen_ref.catalog.index.fcntl", SimpleNamespace(flock=refuse, LOCK_SH=1, LOCK_EX=2))
        with pytest.raises(StorageError, match=r"the index of the store fails: .*Input/output error"):
            store.find(Query())
        stored = store.put(run_with(metadata={"title": "Meanwhile"}))
    assert stored.seal in {entry.seal for entry in store.find(Query())}


def test_the_database_is_flushed_fully_and_in_wal_mode(store: Catalog) -> None:
    with searching(store.backend) as index:
        read = index._connection.execute
        assert read("PRAGMA journal_mode").fetchone() == ("wal",)
        assert read("PRAGMA synchronous").fetchone() == (2,)
        assert read("PRAGMA trusted_schema").fetchone() == (0,)


def test_a_pragma_that_is_ignored_is_an_error(store: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("awen_ref.catalog.index._PRAGMAS", {"journal_mode": "nonsense"})
    with pytest.raises(StorageError, match="journal_mode"):
        store.find(Query())


def _work(folder: Path, number: int) -> None:
    """Put, search and delete, as one of several processes."""
    catalog = Catalog(FilesystemBackend(folder))
    for turn in range(3):
        stored = catalog.put(run_with(metadata={"title": f"Of {number}, {turn}"}))
        seals = {entry.seal for entry in catalog.find(Query(keywords=("photonics",)))}
        assert stored.seal in seals
        if turn:
            catalog.delete(stored.seal, reason="test")
            assert stored.seal not in {entry.seal for entry in catalog.find(Query())}


def test_processes_search_and_change_one_store_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_work, args=(tmp_path / "store", number)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    catalog = Catalog(FilesystemBackend(tmp_path / "store"))
    assert {entry.title for entry in catalog.find(Query())} == {f"Of {number}, 0" for number in range(3)}


# Relatives


def chain(catalog: Catalog, length: int) -> list[str]:
    """Runs of which each names the one before as its parent."""
    names: list[str] = []
    for number in range(length):
        made = replace(parts("run"), metadata={**METADATA, "title": f"Link {number}"})
        made.inputs["experiment"]["seed"] = str(number)
        if names:
            made.claim["parents"] = [{"artifact_id": names[-1], "relation": "derived_from"}]
        names.append(catalog.put(build(made)).artifact_id)
    return names


def test_relatives_are_given_directly_and_transitively(catalog: Catalog) -> None:
    names = chain(catalog, 4)
    with searching(catalog.backend) as index:
        assert index.parents(names[2]) == [names[1]]
        assert index.children(names[2]) == [names[3]]
        assert index.ancestors(names[3]) == set(names[:3])
        assert index.descendants(names[0]) == set(names[1:])
        assert index.ancestors(names[0]) == set()
        assert index.ancestors("awen_" + "0" * 64) == set()


def test_a_forged_cycle_in_the_index_comes_to_an_end(store: Catalog) -> None:
    names = chain(store, 3)
    with searching(store.backend) as index:
        index._connection.execute(
            "INSERT INTO edge SELECT a.node, b.node, 'derived_from' FROM artifact a, artifact b "
            "WHERE a.artifact_id = ? AND b.artifact_id = ?",
            (names[0], names[2]),
        )
        assert index.ancestors(names[1]) == {names[0], names[2]}


def test_links_of_an_artifact_last_as_long_as_one_of_its_records(store: Catalog) -> None:
    names = chain(store, 2)
    again = replace(parts("run"), metadata={**METADATA, "title": "Once more"})
    again.inputs["experiment"]["seed"] = "1"
    again.claim["parents"] = [{"artifact_id": names[0], "relation": "derived_from"}]
    second = store.put(build(again))
    assert second.artifact_id == names[1]
    for seal in [entry.seal for entry in store.resolve(names[1])]:
        with searching(store.backend) as index:
            assert index.children(names[0]) == [names[1]]
        store.delete(seal, reason="test")
    with searching(store.backend) as index:
        assert index.children(names[0]) == []
