"""Keep the index what the store is: brought up to date when it is searched, made anew when asked for.

A store is searched through `searching`, which first compares the store's stamp, and where that has moved the
names of the records, with what the index knows. So a put or delete that could not tell the index, a crash in
between, another program or a restored backup make it late, never wrong.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from awen_ref.catalog.contents import bundle_in
from awen_ref.catalog.facts import Facts, Listed, facts_of
from awen_ref.catalog.files import INDEX_FILE
from awen_ref.catalog.index import Index, opened
from awen_ref.errors import AwenError, ContainerError, MissingError, StorageError, VerificationError
from awen_ref.storage import StorageBackend

__all__ = ["forget", "learn", "refresh", "reindex", "searching"]

_TOGETHER = 500
"""Records that are written in one transaction: read before it begins, so that nobody waits for reading."""
_NOT_GIVEN = (ContainerError, MissingError, StorageError)
"""What says nothing of a record: the store did not give it, and may do so the next time."""


@contextmanager
def searching(backend: StorageBackend) -> Iterator[Index]:
    """The index of a store, up to date.

    Raises:
        MissingError: There is no store.
        StorageError: Store or index cannot be read.
    """
    stamp = backend.stamp()  # before anything is made beside the records: there must be a store
    with opened(_place(backend)) as index:
        refresh(index, backend, stamp)
        yield index


def refresh(index: Index, backend: StorageBackend, stamp: str) -> None:
    """Take in what has come and forget what has gone.

    Args:
        index: Of the store.
        backend: The store.
        stamp: Its stamp, taken before.
    """
    again = index.to_read_again()
    if stamp and stamp == index.stamp and not again:
        return
    there, known = set(backend.keys()), index.seals()
    with index.writing():
        for seal in sorted(known - there):
            index.remove(seal)
    for _ in _fill(index, backend, sorted(there & (again | (there - known)))):
        pass
    with index.writing():
        index.stamp = stamp


def reindex(backend: StorageBackend) -> Iterator[str]:
    """Make the index anew from the bundles.

    Yields:
        The seal of each record that was read.

    Raises:
        MissingError: There is no store.
        StorageError: Store or index cannot be read or written.
    """
    stamp = backend.stamp()
    with opened(_place(backend), anew=True) as index:
        yield from _fill(index, backend, sorted(backend.keys()))
        with index.writing():
            index.stamp = stamp


def learn(backend: StorageBackend, seal: str) -> None:
    """Tell the index of a record that was put; one that is busy learns of it later."""
    try:
        with opened(_place(backend)) as index:
            for _ in _fill(index, backend, [seal]):
                pass
    except StorageError:
        return  # the record is kept; the next search finds that the index lacks it


def forget(backend: StorageBackend, seal: str) -> None:
    """Tell the index of a record that was deleted, as `learn` does."""
    try:
        with opened(_place(backend)) as index, index.writing():
            index.remove(seal)
    except StorageError:
        return  # the next search finds that the store lacks it


def _place(backend: StorageBackend) -> Path | None:
    """Where the index of a store is kept; none for a store without a folder."""
    return None if backend.root is None else backend.root / INDEX_FILE


def _fill(index: Index, backend: StorageBackend, seals: Iterable[str]) -> Iterator[str]:
    """Read records and write what they say."""
    waiting = iter(seals)
    while group := list(islice(waiting, _TOGETHER)):
        read = [(seal, _read(backend, seal)) for seal in group]
        with index.writing():
            for seal, found in read:
                if isinstance(found, Facts):
                    index.add(found)
                elif found is not None:
                    index.leave_out(seal, found.message, again=isinstance(found, _NOT_GIVEN))
        yield from group


def _read(backend: StorageBackend, seal: str) -> Facts | AwenError | None:
    """The facts of a record, or why it has none; nothing of one that has gone meanwhile."""
    try:
        listed = Listed(bundle_in(backend, seal))
        if listed.ids.seal != seal:
            return VerificationError(f"its files are those of {listed.ids.seal}")
        return facts_of(listed)
    except MissingError as error:
        return error if seal in set(backend.keys()) else None
    except AwenError as error:
        return error
