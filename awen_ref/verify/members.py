"""Phase 3: every file once, in pieces: its digest, and what its bytes have to be (AWB-R-053, 080 to 118).

A file is read once for both, so that a gigabyte costs one pass and a quarter of a megabyte of memory.
"""

import hashlib
from collections.abc import Iterator

from awen_ref import canonical
from awen_ref.bundle.model import Member
from awen_ref.bundle.places import ATTACHMENTS, place_of
from awen_ref.bundle.schema import violations
from awen_ref.digest import MANIFEST, TAG_MANIFEST, sha256_hex, sha256_of
from awen_ref.errors import ContainerError
from awen_ref.verify import arrays, decisions, head
from awen_ref.verify.state import State
from awen_schema.layout import Entry

__all__ = ["read"]

_SIGNATURES = "signatures/"
_HASHED = frozenset({MANIFEST, TAG_MANIFEST, "ro-crate-preview.html"})
"""Texts that grow with the number of files, and that nothing reads after this."""
_ENVELOPE = ".dsse.json"
_CONTROL = frozenset({"data/results/control.jsonl", "data/results/replayed/control.jsonl"})


def read(state: State) -> None:
    """Read every file; `manifest.json` first, since it says by which version the others are judged."""
    members = state.bundle.members
    signatures = [path for path in members if path.startswith(_SIGNATURES)]
    if len(signatures) > state.limits.signatures:
        text = f"{len(signatures)} files, where {state.limits.signatures} are allowed"
        state.report("AWB-LIM-008", text, _SIGNATURES.rstrip("/"))
    if head.PATH in members:
        _member(state, head.PATH, members[head.PATH])
    head.judge(state)
    for path, member in members.items():
        if path != head.PATH:
            _member(state, path, member)
    state.extend(state.tally.findings.values())


def _member(state: State, path: str, member: Member) -> None:
    """Read one file and hold its digest against its manifest's."""
    try:
        # Of attachments there may be thousands.
        digest = sha256_of(member) if path.startswith(ATTACHMENTS) else _digest(state, path, member)
    except ContainerError as error:
        if not error.findings:
            raise
        state.extend(error.findings)
        return
    if digest is None:
        return
    state.digests[path] = digest
    listed = state.payload.get(path) or state.tags.get(path)
    if listed is not None and listed != digest:
        manifest = MANIFEST if path in state.payload else TAG_MANIFEST
        state.report("AWB-INT-010", f"the SHA-256 is {digest}, {manifest} lists {listed}", path)


def _digest(state: State, path: str, member: Member) -> str | None:
    """The digest of one file, its bytes judged on the way; `None` of a signature too large to read."""
    entry = place_of(path)
    if entry is None or entry.format == "bytes":
        return _signature(state, path, member) if path.startswith(_SIGNATURES) else sha256_of(member)
    match entry.format:
        case "json":
            return _document(state, path, member)
        case "jsonl":
            return _lines(state, path, member, entry)
        case "npy":
            return arrays.read(state, path, member)
        case _:
            return _text(state, path, member)


def _signature(state: State, path: str, member: Member) -> str | None:
    """AWB-R-360, 380: bounded, and a superseded tag manifest named by its digest."""
    if member.size > state.limits.signature_bytes:
        state.report(
            "AWB-LIM-009", f"{member.size} bytes, where {state.limits.signature_bytes} are allowed", path
        )
        return None
    digest = sha256_of(member)
    name = path.removeprefix(_SIGNATURES)
    if name.endswith(_ENVELOPE):
        from awen_ref.bundle.dsse import shape_findings  # most bundles are not signed

        state.extend(shape_findings(member.read(), path, limits=state.limits))
    if name.startswith("tagmanifest-") and name != f"tagmanifest-{digest}.txt":
        state.report("AWB-SEM-035", f"the SHA-256 of the file is {digest}", path)
    return digest


def _text(state: State, path: str, member: Member) -> str:
    """A text file of seal or description; of those that the cross-references read, the text is kept."""
    read = path not in _HASHED
    most = state.limits.text_bytes if read else state.limits.tag_file_bytes
    if member.size > most:
        state.report("AWB-LIM-007", f"{member.size} bytes, where {most} are allowed", path)
    if member.size > most or not read:
        return sha256_of(member)
    data = member.read()
    state.texts[path] = data
    return sha256_hex(data)


def _document(state: State, path: str, member: Member) -> str:
    """A JSON file: canonical, and kept as a value (AWB-R-080)."""
    if member.size > state.limits.json_bytes:
        state.report("AWB-LIM-010", f"{member.size} bytes, where {state.limits.json_bytes} are allowed", path)
        return sha256_of(member)
    if not state.tally.may_read(path, member.size):
        return sha256_of(member)
    data = member.read()
    outlined = canonical.outline(data)
    if not state.tally.may_parse(path, outlined):
        return sha256_hex(data)
    try:
        state.parsed[path] = canonical.loads_canonical(
            data, path=path, limits=state.limits, outlined=outlined
        )
        if b"null" in outlined:
            state.nulls.add(path)
    except canonical.CanonicalError as error:
        state.extend(error.findings)
    return sha256_hex(data)


def _lines(state: State, path: str, member: Member, entry: Entry) -> str:
    """A JSON Lines file: each line canonical and of its class (AWB-R-093, 180)."""
    digest = hashlib.sha256(usedforsecurity=False)

    def hashed() -> Iterator[bytes | memoryview]:
        for chunk in member.chunks():
            digest.update(chunk)
            state.tally.pass_lines(chunk)
            yield chunk

    chunks = hashed()
    order = decisions.Order(state, path) if path in _CONTROL else None
    try:
        for number, line in enumerate(canonical.iter_lines(chunks, path=path, limits=state.limits)):
            if not (state.goes_on() and state.tally.may_go_on(path)):
                break
            if entry.schema and not state.foreign:
                found = violations(entry.schema, line, path, at=f"/{number}", newer=state.newer)
                state.extend(found)
                if order is not None and not found:
                    order.take(number, line)
    except canonical.CanonicalError as error:
        state.extend(error.findings)
    for _ in chunks:  # whatever stands behind a flawed line still counts for the digest
        pass
    if order is not None:
        order.end(member.size)
    return digest.hexdigest()
