"""Bundles in and out: directories and ZIP archives, and the containers of the neighbours.

The reader takes what strangers send. It follows nothing, opens nothing but regular files, and accounts for
every octet of an archive. The writers make the one canonical archive of a bundle, or a directory, whole or
not at all.
"""

from awen_ref.archive.eln import read_eln, write_eln
from awen_ref.archive.ocfl import is_ocfl, read_ocfl, write_ocfl
from awen_ref.archive.reading import read
from awen_ref.archive.swhid import swhid_of
from awen_ref.archive.unpacking import write_directory
from awen_ref.archive.writing import write_zip

__all__ = [
    "is_ocfl",
    "read",
    "read_eln",
    "read_ocfl",
    "swhid_of",
    "write_directory",
    "write_eln",
    "write_ocfl",
    "write_zip",
]
