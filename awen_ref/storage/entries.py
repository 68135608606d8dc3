"""Entries as files: one line of JSON each."""

import json
from dataclasses import asdict, fields
from typing import Any

from awen_ref.storage.abc import Entry, is_key

__all__ = ["MOST_BYTES", "dump", "load"]

MOST_BYTES = 1 << 24
"""More than an entry can have: its title is a JSON string, which has at most 1 MiB."""

_ENTRY = [field.name for field in fields(Entry)]
_KINDS = [field.type for field in fields(Entry)]


def dump(entry: Entry) -> bytes:
    """An entry as it lies on disk."""
    return json.dumps(asdict(entry), sort_keys=True, separators=(",", ":")).encode() + b"\n"


def load(data: bytes, key: str) -> Entry:
    """The entry of a record from disk. More members than these are passed over.

    Raises:
        ValueError: It is none, or another record's.
    """
    try:
        values = json.loads(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(values, dict):
        raise ValueError("no object")  # noqa: TRY004 (of a file, not of an argument)
    known: list[Any] = [values.get(name) for name in _ENTRY]
    if list(map(type, known)) != _KINDS or values["seal"] != key or not is_key(values["artifact_id"]):
        raise ValueError("no entry of this record")
    return Entry(*known)
