"""Bundles in and out: directories and ZIP archives, and the containers of the neighbours.

The reader takes what strangers send. It follows nothing, opens nothing but regular files, and accounts for
every octet of an archive. The writers make the one canonical archive of a bundle, or a directory, whole or
not at all.
"""

from typing import TYPE_CHECKING

from awen_ref.archive.reading import bundle_in, is_ocfl, read

if TYPE_CHECKING:
    from awen_ref.archive.eln import read_eln, write_eln
    from awen_ref.archive.ocfl import read_ocfl, write_ocfl
    from awen_ref.archive.swhid import swhid_of
    from awen_ref.archive.tarball import is_tar, read_tar
    from awen_ref.archive.unpacking import write_directory
    from awen_ref.archive.writing import write_zip

__all__ = [
    "bundle_in",
    "is_ocfl",
    "is_tar",
    "read",
    "read_eln",
    "read_ocfl",
    "read_tar",
    "swhid_of",
    "write_directory",
    "write_eln",
    "write_ocfl",
    "write_zip",
]

_PLACES = {
    "is_tar": "tarball",
    "read_eln": "eln",
    "read_ocfl": "ocfl",
    "read_tar": "tarball",
    "swhid_of": "swhid",
    "write_directory": "unpacking",
    "write_eln": "eln",
    "write_ocfl": "ocfl",
    "write_zip": "writing",
}


def __getattr__(name: str) -> object:
    """Load writers and other containers when they are asked for: reading has no need of them."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
