"""What interrupted calls leave in a store on disk, and how it goes."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from awen_ref.storage.abc import Collected
from awen_ref.storage.durable import read_whole, sync_folder
from awen_ref.storage.entries import MOST_BYTES, load
from awen_ref.storage.layout import Layout, names_in

__all__ = ["collect", "files_below"]


def collect(layout: Layout) -> Collected:
    """Empty `tmp/`, drop blobs that no record shares, and make `index/` fit the records again.

    The caller holds the store's lock alone: nothing in `tmp/` belongs to a living writer.

    Raises:
        OSError: The system refuses.
    """
    layout.make_folders()
    sizes = [size for _, size in files_below(layout.tmp, "")]
    for leftover in layout.tmp.iterdir():
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()
    sizes += _drop_blobs(layout)
    sizes += [0] * _mend_index(layout)
    return Collected(len(sizes), sum(sizes))


def files_below(folder: Path, prefix: str) -> Iterator[tuple[str, int]]:
    """Path and size of the regular files below a folder.

    Raises:
        OSError: A folder cannot be read.
    """
    with os.scandir(folder) as found:
        for item in found:
            if item.is_dir(follow_symlinks=False):
                yield from files_below(Path(item.path), f"{prefix}{item.name}/")
            elif item.is_file(follow_symlinks=False):
                yield f"{prefix}{item.name}", item.stat(follow_symlinks=False).st_size


def _drop_blobs(layout: Layout) -> Iterator[int]:
    """Remove blobs whose shared name is their only one; gives their sizes."""
    for shard in layout.blobs.iterdir():
        for blob in shard.iterdir():
            status = blob.lstat()
            if status.st_nlink == 1:
                blob.unlink()
                yield status.st_size


def _mend_index(layout: Layout) -> int:
    """Remove names without a record, add those that records lack; gives how many were removed."""
    records, named = set(names_in(layout.records)), set()
    removed = 0
    for name in names_in(layout.index):
        seal = name.partition(".")[2]
        if seal in records:
            named.add(seal)
        else:
            (layout.index / name).unlink()
            removed += 1
    for seal in records - named:
        try:
            entry = load(read_whole(f"{layout.records}/{seal}/entry.json", MOST_BYTES), seal)
        except (ValueError, OSError):
            continue  # damaged, or no record: `check` tells of it
        (layout.index / f"{entry.artifact_id}.{seal}").touch()
    if records - named:
        sync_folder(layout.index)
    return removed
