"""Byte stores: records of members, keyed by seal. They know nothing of bundles; `catalog` does."""

from awen_ref.storage.abc import Blob, Collected, Entry, Source, StorageBackend
from awen_ref.storage.default import location_of
from awen_ref.storage.filesystem import FilesystemBackend
from awen_ref.storage.memory import MemoryBackend

__all__ = [
    "Blob",
    "Collected",
    "Entry",
    "FilesystemBackend",
    "MemoryBackend",
    "Source",
    "StorageBackend",
    "location_of",
]
