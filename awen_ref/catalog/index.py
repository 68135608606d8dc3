"""An index of a store in SQLite, beside the store: found quickly, never the only copy of anything.

Whatever stands in it was read from the bundles, by their digests, and can be read again. A process that dies
leaves it as it was or further on (WAL, synchronous=FULL); one that cannot be read is made anew; one that
lags behind the store is brought up to date when it is opened (`awen_ref.catalog.upkeep`).
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from awen_ref.catalog.facts import Facts
from awen_ref.catalog.query import Query, sql_of
from awen_ref.errors import MissingError, StorageError
from awen_ref.storage import Entry
from awen_ref.storage.durable import open_file

__all__ = ["Index", "opened"]

_APPLICATION, _VERSION = 0x4157454E, 2  # "AWEN"
_LOCK = ".lock"
_WAIT_S = 30.0
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "trusted_schema": 0,
    "temp_store": 2,  # in memory: what a closure has met already
    "cache_size": -65536,  # KiB: the links of a hundred thousand artifacts
}
_SCHEMA = """
CREATE TABLE artifact (node INTEGER PRIMARY KEY, artifact_id TEXT NOT NULL UNIQUE);
CREATE TABLE record (
  id INTEGER PRIMARY KEY, seal TEXT NOT NULL UNIQUE, node INTEGER NOT NULL, inputs_id TEXT NOT NULL,
  results_id TEXT NOT NULL, artifact_type TEXT NOT NULL, created TEXT NOT NULL, title TEXT NOT NULL,
  size_bytes INTEGER NOT NULL);
CREATE INDEX record_node ON record (node);
CREATE INDEX record_inputs ON record (inputs_id);
CREATE INDEX record_results ON record (results_id);
CREATE INDEX record_type ON record (artifact_type, created DESC, seal);
CREATE INDEX record_created ON record (created DESC, seal);
CREATE TABLE edge (
  child INTEGER NOT NULL, parent INTEGER NOT NULL, relation TEXT NOT NULL,
  PRIMARY KEY (child, parent, relation)) WITHOUT ROWID;
CREATE INDEX edge_parent ON edge (parent, child);
CREATE TABLE keyword (keyword TEXT, record INTEGER, PRIMARY KEY (keyword, record)) WITHOUT ROWID;
CREATE INDEX keyword_record ON keyword (record);
CREATE TABLE creator (name TEXT, record INTEGER, PRIMARY KEY (name, record)) WITHOUT ROWID;
CREATE INDEX creator_record ON creator (record);
CREATE TABLE parameter (
  name TEXT, value REAL, node INTEGER, unit TEXT, PRIMARY KEY (name, value, node)) WITHOUT ROWID;
CREATE INDEX parameter_node ON parameter (node);
CREATE TABLE left_out (seal TEXT PRIMARY KEY, reason TEXT NOT NULL, again INTEGER NOT NULL);
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_TABLES = ("artifact", "record", "edge", "keyword", "creator", "parameter", "left_out", "state")
# UNION, not UNION ALL: what was met already is not met again, so even a forged cycle comes to an end.
_CLOSURE = """
WITH RECURSIVE reached (node) AS (
  SELECT node FROM artifact WHERE artifact_id = ?
  UNION SELECT edge.{to} FROM reached JOIN edge ON edge.{start} = reached.node)
SELECT artifact_id FROM artifact WHERE node IN reached
"""


class Index:
    """The index of one store, open.

    Args:
        connection: To a database with the tables of this version.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._connection = connection

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything inside is written at once, or not at all."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def add(self, facts: Facts) -> None:
        """Add a record; one that is there already is left as it is."""
        entry = facts.entry
        self._connection.execute("DELETE FROM left_out WHERE seal = ?", (entry.seal,))
        node = self._node(entry.artifact_id)
        columns = (entry.seal, node, entry.inputs_id, entry.results_id, entry.artifact_type, entry.created)
        added = self._connection.execute(
            "INSERT OR IGNORE INTO record VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*columns, entry.title, entry.size_bytes),
        )
        if not added.rowcount:
            return
        record = added.lastrowid
        many = self._connection.executemany
        many("INSERT INTO keyword VALUES (?, ?)", [(keyword, record) for keyword in facts.keywords])
        many("INSERT INTO creator VALUES (?, ?)", [(name, record) for name in facts.creators])
        many(
            "INSERT OR IGNORE INTO edge VALUES (?, ?, ?)",
            [(node, self._node(parent), relation) for parent, relation in facts.parents],
        )
        many(
            "INSERT OR IGNORE INTO parameter VALUES (?, ?, ?, ?)",
            [(name, value, node, unit) for name, value, unit in facts.parameters],
        )

    def leave_out(self, seal: str, reason: str, *, again: bool) -> None:
        """Note a record that cannot be indexed.

        Args:
            seal: The record.
            reason: Why.
            again: Whether to read it again at the next search, since nothing was seen to be wrong with it.
        """
        self._connection.execute("INSERT OR REPLACE INTO left_out VALUES (?, ?, ?)", (seal, reason, again))

    def remove(self, seal: str) -> None:
        """Forget a record, and what only it told of its artifact."""
        run = self._connection.execute
        run("DELETE FROM left_out WHERE seal = ?", (seal,))
        row = run("SELECT id, node FROM record WHERE seal = ?", (seal,)).fetchone()
        if row is None:
            return
        record, node = row
        run("DELETE FROM record WHERE id = ?", (record,))
        run("DELETE FROM keyword WHERE record = ?", (record,))
        run("DELETE FROM creator WHERE record = ?", (record,))
        if run("SELECT 1 FROM record WHERE node = ?", (node,)).fetchone() is None:
            run("DELETE FROM edge WHERE child = ?", (node,))
            run("DELETE FROM parameter WHERE node = ?", (node,))

    def clear(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 (names of our own)

    def seals(self) -> set[str]:
        """The records that it knows, those left out included."""
        return {
            seal
            for table in ("record", "left_out")
            for (seal,) in self._connection.execute(f"SELECT seal FROM {table}")  # noqa: S608 (our own)
        }

    def left_out(self) -> dict[str, str]:
        """Records that cannot be indexed, and why."""
        return dict(self._connection.execute("SELECT seal, reason FROM left_out ORDER BY seal").fetchall())

    def to_read_again(self) -> set[str]:
        """Records that are left out because the store did not give them."""
        return {seal for (seal,) in self._connection.execute("SELECT seal FROM left_out WHERE again")}

    @property
    def stamp(self) -> str:
        """The stamp of the store when the index last was brought up to date."""
        row = self._connection.execute("SELECT value FROM state WHERE name = 'stamp'").fetchone()
        return "" if row is None else str(row[0])

    @stamp.setter
    def stamp(self, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO state VALUES ('stamp', ?)", (value,))

    def find(self, query: Query) -> list[Entry]:
        """The records that are looked for, newest first."""
        statement, values = sql_of(query)
        return [Entry(*row) for row in self._connection.execute(statement, values)]

    def records(self, artifact_id: str) -> list[str]:
        """Seals of the records of an artifact, the one created last first."""
        statement = (
            "SELECT seal FROM record WHERE node = (SELECT node FROM artifact WHERE artifact_id = ?) "
            "ORDER BY created DESC, seal"
        )
        return [seal for (seal,) in self._connection.execute(statement, (artifact_id,))]

    def children(self, artifact_id: str) -> list[str]:
        """Artifacts whose claims name this one as a parent, ascending."""
        return self._neighbours(artifact_id, "child", "parent")

    def parents(self, artifact_id: str) -> list[str]:
        """Artifacts that the claim of this one names, ascending."""
        return self._neighbours(artifact_id, "parent", "child")

    def ancestors(self, artifact_id: str) -> set[str]:
        """Everything that an artifact came from, directly or not, kept here or not."""
        return self._closure(artifact_id, "parent", "child")

    def descendants(self, artifact_id: str) -> set[str]:
        """Everything that came from an artifact, directly or not."""
        return self._closure(artifact_id, "child", "parent")

    def _neighbours(self, artifact_id: str, to: str, start: str) -> list[str]:
        statement = (
            f"SELECT DISTINCT artifact_id FROM edge JOIN artifact ON artifact.node = edge.{to} "  # noqa: S608 (our own)
            f"WHERE edge.{start} = (SELECT node FROM artifact WHERE artifact_id = ?) ORDER BY artifact_id"
        )
        return [name for (name,) in self._connection.execute(statement, (artifact_id,))]

    def _closure(self, artifact_id: str, to: str, start: str) -> set[str]:
        rows = self._connection.execute(_CLOSURE.format(to=to, start=start), (artifact_id,))
        return {name for (name,) in rows} - {artifact_id}

    def _node(self, artifact_id: str) -> int:
        """The number of an artifact, given now where it has none."""
        self._connection.execute("INSERT OR IGNORE INTO artifact VALUES (NULL, ?)", (artifact_id,))
        row = self._connection.execute("SELECT node FROM artifact WHERE artifact_id = ?", (artifact_id,))
        return int(row.fetchone()[0])


@contextmanager
def opened(path: Path | None, *, anew: bool = False) -> Iterator[Index]:
    """The index of a store in a folder; made where it is missing, damaged, or of another version.

    Args:
        path: The database. Without one, or where it is not ours to write, one is made in memory and is empty.
        anew: Throw away what is there.

    Raises:
        MissingError: A new one is asked for where it is not ours to write.
        StorageError: SQLite or the medium refuses.
    """
    if anew and path is not None and not _ours(path):
        raise MissingError(
            f"{path} is not ours to write",
            advice="Searches do without: they make an index in memory.",
        )
    try:
        with _connection(path, anew=anew) as connection:
            yield Index(connection)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(
            f"the index of the store fails: {error}",
            advice="It holds nothing of its own: `awen store reindex` makes it anew from the bundles.",
        ) from error


@contextmanager
def _connection(path: Path | None, *, anew: bool) -> Iterator[sqlite3.Connection]:
    if path is None or not _ours(path):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.executescript(_SCHEMA)
        try:
            yield connection
        finally:
            connection.close()
        return
    with os.fdopen(open_file(path.with_suffix(_LOCK), os.O_WRONLY | os.O_CREAT), "wb") as lock:
        # Shared while it is in use, alone while it is thrown away: nobody's journal meets another's file.
        fcntl.flock(lock, fcntl.LOCK_SH)
        database = None if anew else _usable(path)
        if database is None:
            fcntl.flock(lock, fcntl.LOCK_EX)
            database = None if anew else _usable(path)  # somebody else may have made it meanwhile
            database = database or _made(path)
            fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            yield database
        finally:
            database.close()


def _ours(path: Path) -> bool:
    """Whether the index can be written."""
    places = (path.parent, path, path.with_suffix(_LOCK))
    return all(os.access(place, os.W_OK) for place in places if place.exists())


def _usable(path: Path) -> sqlite3.Connection | None:
    """A connection to an index of this version; none where there is none, or something else."""
    if not path.is_file():
        return None
    connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
    try:
        _configure(connection)
        marks = [
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]
        if marks == [_APPLICATION, _VERSION]:
            return connection
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            connection.close()
            raise  # locked, or refused by the medium: that makes it no damaged one
    connection.close()
    return None


def _made(path: Path) -> sqlite3.Connection:
    """An empty index in place of whatever was there."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
    _configure(connection)
    marks = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_VERSION};"
    # The marks come with the tables, in one transaction: a torn one is no index, and is made anew.
    connection.executescript(f"BEGIN; {_SCHEMA} {marks} COMMIT;")
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    """Set what durability and safety rest on, and read it back: SQLite ignores what it cannot do."""
    for name, wanted in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        got = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if got != wanted:
            raise sqlite3.OperationalError(f"PRAGMA {name} is {got}, wanted is {wanted}")
