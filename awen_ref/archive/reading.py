"""Bundles from directories, archives and streams, known by their content (AWB-R-145)."""

import os
import stat
from pathlib import Path
from typing import IO

from awen_ref.bundle.model import Bundle
from awen_ref.digest import TAG_MANIFEST
from awen_ref.errors import MissingError
from awen_ref.limits import DEFAULT, Limits

__all__ = ["bundle_in", "is_ocfl", "read"]

_MANIFEST = "manifest.json"


def read(source: Path | IO[bytes], *, limits: Limits = DEFAULT) -> Bundle:
    """A bundle as it lies in a directory, an archive or a stream; nothing but names and sizes is checked yet.

    The content of a file is read when it is asked for. What then turns out to be damaged, or to have changed
    since, raises `ContainerError`. A bundle keeps what it reads from open, and belongs to one thread.

    Args:
        source: A directory, a ZIP archive, or a stream of one, which is kept in a temporary file.
        limits: Bounds on numbers, names and sizes.

    Raises:
        MissingError: There is nothing at the path.
        ContainerError: It is neither a directory nor an archive as the specification describes it.
    """
    if not isinstance(source, os.PathLike):
        return _read_archive(source, limits)
    try:
        is_directory = stat.S_ISDIR(source.stat().st_mode)
    except OSError as error:
        raise MissingError(f"cannot look at {source}: {error.strerror}") from error
    return _read_directory(source, limits) if is_directory else _read_archive(source, limits)


def is_ocfl(path: Path) -> bool:
    """Whether a directory says that it is an OCFL object or storage root, which `read_ocfl` reads."""
    return path.is_dir() and any(path.glob("0=ocfl_*"))


def bundle_in(bag: Path) -> Path:
    """The folder of the one bundle in the payload of a bag that somebody put around it; else the bag itself.

    What an archive receives it bags anew: `bagit.py` moves all that a folder holds into its `data/`, and a
    transfer of one bundle has it in a folder there. The outer bag is its owner's affair.
    """
    if (bag / _MANIFEST).exists() or not (bag / "bagit.txt").is_file():
        return bag
    payload = bag / "data"
    folders = [payload, *(payload.iterdir() if payload.is_dir() else ())]
    found = [
        folder for folder in folders if all((folder / name).is_file() for name in (_MANIFEST, TAG_MANIFEST))
    ]
    return found[0] if len(found) == 1 and not found[0].is_symlink() else bag


def _read_directory(path: Path, limits: Limits) -> Bundle:
    from awen_ref.archive.directory import read_directory

    return read_directory(path, limits=limits)


def _read_archive(place: Path | IO[bytes], limits: Limits) -> Bundle:
    from awen_ref.archive.index import read_index
    from awen_ref.archive.members import ZipMember
    from awen_ref.archive.source import Source

    source = Source.of_path(place) if isinstance(place, os.PathLike) else Source.of_stream(place, limits)
    entries, findings = read_index(source, limits)
    return Bundle({name: ZipMember(source, entry) for name, entry in entries.items()}, tuple(findings))
