"""Phase 6: the names and the index in `manifest.json` against the manifests (AWB-R-061, 182, 183)."""

from collections.abc import Mapping
from typing import Any

from awen_ref.bundle.places import ATTACHMENTS, place_of
from awen_ref.bundle.schema import pointer
from awen_ref.verify.head import PATH
from awen_ref.verify.state import State

__all__ = ["compare"]


def compare(state: State) -> None:
    """Hold what `manifest.json` states against what was computed."""
    head = state.sound.get(PATH)
    if head is None:
        return
    if state.ids is not None:
        for name, stated in head["ids"].items():
            computed = getattr(state.ids, name)
            if stated != computed:
                text = f"{name} is stated as {stated}, computed as {computed}"
                state.report("AWB-IDN-010", text, PATH, pointer("ids", name))
    if state.payload:
        _content(state, head["content"])


def _content(state: State, content: Mapping[str, Mapping[str, Any]]) -> None:
    """AWB-R-182, 183: one entry for each file of the payload, with its digest, size and media type."""
    if _agrees(state, content):
        return
    payload = {path for path in state.payload if path.startswith("data/")}  # others: AWB-INV-018
    for path in sorted(content.keys() ^ payload):
        text = "lists no such file" if path in content else "has no entry for a file of the payload manifest"
        state.report(
            "AWB-IDN-011", f"{path}: {_side(path in content)} {text}", PATH, pointer("content", path)
        )
    members = state.bundle.members
    for path, row in content.items():
        digest = state.payload.get(path)
        if digest is None:
            continue
        if row["sha256"] != digest:
            text = f"sha256 of {path} is {row['sha256']}, in the payload manifest {digest}"
            state.report("AWB-IDN-012", text, PATH, pointer("content", path, "sha256"))
        if path in members and row["size_bytes"] != members[path].size and state.intact(path):
            text = f"size_bytes of {path} is {row['size_bytes']}, the file has {members[path].size}"
            state.report("AWB-IDN-012", text, PATH, pointer("content", path, "size_bytes"))
        entry = place_of(path)
        if entry is not None and entry.media_type and row["media_type"] != entry.media_type:
            text = f"media_type of {path} is {row['media_type']!r}, the registry says {entry.media_type!r}"
            state.report("AWB-IDN-013", text, PATH, pointer("content", path, "media_type"))


def _agrees(state: State, content: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the rows say of every file what is so; as wholes, for there may be thousands of them."""
    if {path: row["sha256"] for path, row in content.items()} != state.payload:
        return False
    sizes = {path: member.size for path, member in state.bundle.members.items() if path in content}
    if {path: row["size_bytes"] for path, row in content.items()} != sizes:
        return False
    # An attachment is of whatever media type its producer says.
    named = [(row, place_of(path)) for path, row in content.items() if not path.startswith(ATTACHMENTS)]
    return all(
        entry is None or not entry.media_type or row["media_type"] == entry.media_type for row, entry in named
    )


def _side(listed: bool) -> str:  # noqa: FBT001 - which of two sides, and nothing else
    return "the payload manifest" if listed else "manifest.json"
