"""`.eln` files: what electronic lab notebooks exchange, an RO-Crate zipped inside one folder.

A bundle is a crate already, so the file is the canonical archive with every name under one folder. The
reader is the strict one; it takes the folder off and looks at nothing else of it.
Source: The ELN Consortium, ELN file format specification 1.1.
"""

from pathlib import Path

from awen_ref.archive.index import read_index
from awen_ref.archive.members import ZipMember
from awen_ref.archive.source import Source
from awen_ref.archive.writing import write_zip
from awen_ref.bundle.model import Bundle
from awen_ref.errors import UsageError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.paths import is_folder_name

__all__ = ["read_eln", "write_eln"]


def write_eln(bundle: Bundle, target: Path) -> None:
    """Write a bundle as a new `.eln` file; the folder in it has the file's name without the suffix.

    Args:
        bundle: A bundle that was verified.
        target: The file to make.

    Raises:
        ContainerError: A member cannot be read.
        UsageError: The file exists, or its name without the suffix is no folder's, like `...eln`.
        MissingError: The folder it is to lie in is missing or closed to us.
        StorageError: The medium refuses a write or a flush.
    """
    folder = target.stem
    if not is_folder_name(folder):
        # An entry `../manifest.json` would fall on whoever unpacks the file.
        advice = "Choose a name that a folder can have on every system: letters, digits, spaces."
        raise UsageError(f"the folder in the file cannot be called {folder!r}", advice=advice)
    write_zip(bundle, target, wrapper=folder)


def read_eln(path: Path, *, limits: Limits = DEFAULT) -> Bundle:
    """The bundle in an `.eln` file: all that lies in its one folder.

    Args:
        path: The file.
        limits: Bounds on numbers, names and sizes.

    Raises:
        MissingError: There is no such file.
        ContainerError: It is no archive, or not everything in it lies in one folder.
    """
    source = Source.of_path(path)
    entries, findings = read_index(source, limits, wrapped=True)
    return Bundle({name: ZipMember(source, entry) for name, entry in entries.items()}, tuple(findings))
