"""Phase 2: the two manifests, octet for octet, before any id is computed from them (AWB-R-050 to 060)."""

from collections.abc import Iterator

from awen_ref.digest import MANIFEST, TAG_MANIFEST, Line, ids_from_lines, parse_manifest
from awen_ref.errors import ContainerError, VerificationError
from awen_ref.verify.state import State

__all__ = ["MANIFEST", "TAG_MANIFEST", "compare", "read"]

_PAYLOAD = "data/"
_GROWING = "signatures/"


def read(state: State) -> None:
    """Read both manifests; the ids are there afterwards only if both are faultless (AWB-R-055)."""
    payload = _parsed(state, MANIFEST)
    tags = _parsed(state, TAG_MANIFEST)
    if payload is not None:
        state.payload.update((line.path, line.sha256) for line in payload[0])
    if tags is not None:
        state.tags.update((line.path, line.sha256) for line in tags[0])
    if payload is None or tags is None:
        return
    try:
        state.ids = ids_from_lines(payload[0], tags[1])
    except VerificationError as error:  # AWB-R-060: an empty selection
        state.extend(error.findings)


def _parsed(state: State, path: str) -> tuple[tuple[Line, ...], bytes] | None:
    """Lines and bytes of one manifest; `None` where it is not there or not faultless."""
    member = state.bundle.members.get(path)
    if member is None:  # the inventory says so
        return None
    if member.size > state.limits.tag_file_bytes:
        text = f"{member.size} bytes, where {state.limits.tag_file_bytes} are allowed"
        state.report("AWB-LIM-007", text, path)
        return None
    try:
        data = member.read()
    except ContainerError:  # reading the members reports it
        return None
    lines, findings = parse_manifest(data, path=path, limits=state.limits)
    state.extend(findings)
    return None if findings else (lines, data)


def compare(state: State) -> None:
    """AWB-R-020, 021 and 054: each manifest lists the files it has to, and no other."""
    members = state.bundle.members
    if state.payload:
        present = [path for path in members if path.startswith(_PAYLOAD)]
        if present == list(state.payload):  # both ascend; nothing else is to be said of them
            present.clear()
        _unlisted(state, set(present) - state.payload.keys(), "AWB-INV-017", MANIFEST)
        _strangers(
            state, (path for path in state.payload if not path.startswith(_PAYLOAD)), "AWB-INV-018", MANIFEST
        )
        _missing(state, state.payload.keys() - members.keys(), MANIFEST)
    if state.tags:
        covered = {path for path in members if _covered(path)}
        _unlisted(state, covered - state.tags.keys(), "AWB-INV-019", TAG_MANIFEST)
        _strangers(state, (path for path in state.tags if not _covered(path)), "AWB-INV-020", TAG_MANIFEST)
        _missing(state, state.tags.keys() - members.keys(), TAG_MANIFEST)


def _covered(path: str) -> bool:
    """AWB-R-021: whether the tag manifest has to list the path."""
    return not path.startswith((_PAYLOAD, _GROWING)) and path != TAG_MANIFEST


def _unlisted(state: State, paths: set[str], code: str, manifest: str) -> None:
    for path in sorted(paths):
        state.report(code, f"{manifest} does not list the file", path)


def _strangers(state: State, paths: Iterator[str], code: str, manifest: str) -> None:
    for path in paths:
        state.report(code, f"the path {path!r} has no place in this manifest", manifest)


def _missing(state: State, paths: set[str], manifest: str) -> None:
    for path in sorted(paths):
        state.report("AWB-INV-021", f"{manifest} lists the file, but it is not there", path)
