"""Bundles in and out: directories and ZIP archives.

The reader takes what strangers send. It follows nothing, opens nothing but regular files, and accounts for
every octet of an archive. The writers make the one canonical archive of a bundle, or a directory, whole or
not at all.
"""

from awen_ref.archive.reading import read
from awen_ref.archive.unpacking import write_directory
from awen_ref.archive.writing import write_zip

__all__ = ["read", "write_directory", "write_zip"]
