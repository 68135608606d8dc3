"""Bundles from directories, archives and streams, known by their content (AWB-R-145)."""

import os
import stat
from pathlib import Path
from typing import IO

from awen_ref.bundle.model import Bundle
from awen_ref.errors import MissingError
from awen_ref.limits import DEFAULT, Limits

__all__ = ["is_ocfl", "read"]


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
