"""The matrix of files and artifact types. Generated from schema/layout.yaml: do not edit.

Plain data: importing it costs no YAML, no JSON and no pydantic.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

Presence = Literal["required", "optional", "forbidden"]
Format = Literal["json", "jsonl", "npy", "text", "bytes"]
Role = Literal["seal", "description", "rendering", "inputs", "claim", "results", "evidence", "signatures"]

ARTIFACT_TYPES: tuple[str, ...] = ("types",)
"""The artifact types this version of the specification defines."""

RELATIONS: tuple[str, ...] = ("relations",)
"""What a parent may be to the artifact that names it."""

ROOT_DIRECTORIES: tuple[str, ...] = ("root directories",)
"""The directories directly below the root of a bundle; no other may stand there."""

DATA_DIRECTORIES: tuple[str, ...] = ("data directories",)
"""The directories directly below `data/`; nothing else may stand there."""


class Entry(NamedTuple):
    """One file of a bundle, or one family of files.

    Attributes:
        path: The file's path; empty for a family.
        pattern: The regular expression that the whole path of each file of a family matches; else empty.
        role: The part of the bundle it belongs to; `rendering` is made from the metadata.
        format: `json` and `jsonl` are canonical JSON, `npy` is NPY 1.0, `text` is UTF-8, `bytes` is anything.
        schema: The class that the document, or each line of it, satisfies; empty where AWEN defines none.
        media_type: The media type that the manifest states for it; empty where the producer chooses.
        presence: What each artifact type asks for.
    """

    path: str
    pattern: str
    role: Role
    format: Format
    schema: str
    media_type: str
    presence: Mapping[str, Presence]


def _presence(*values: Presence) -> Mapping[str, Presence]:
    return MappingProxyType(dict(zip(ARTIFACT_TYPES, values, strict=True)))


ENTRIES: tuple[Entry, ...] = (
    # rows
)

FILES: Mapping[str, Entry] = MappingProxyType({entry.path: entry for entry in ENTRIES if entry.path})
"""The files with a fixed name, by path."""

FAMILIES: tuple[Entry, ...] = tuple(entry for entry in ENTRIES if entry.pattern)
"""The families of files, whose names the producer chooses within a pattern."""

ROOT_FILES: tuple[str, ...] = tuple(path for path in FILES if "/" not in path)
"""The files directly below the root of a bundle; no other may stand there."""


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def entry_for(path: str) -> Entry | None:
    """The entry that a path of a bundle falls under, or `None` where it does not belong in a bundle.

    Args:
        path: A path inside a bundle, segments parted by `/`.
    """
    found = FILES.get(path)
    if found is not None:
        return found
    return next((entry for entry in FAMILIES if _expression(entry.pattern).fullmatch(path)), None)


def presence(entry: Entry, artifact_type: str) -> Presence:
    """What an artifact type asks for; for a type that this version does not know, everything is optional."""
    return entry.presence.get(artifact_type, "optional")
