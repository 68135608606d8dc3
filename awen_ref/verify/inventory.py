"""Phase 4: what may stand in a bundle, and what its type asks for (AWB-R-002 to 006, 010, 019)."""

import re

from awen_ref.bundle.bagit import BAGIT_TXT
from awen_ref.bundle.model import Bundle
from awen_ref.bundle.places import place_of
from awen_ref.errors import Finding
from awen_ref.verify.state import State
from awen_schema.layout import (
    ARTIFACT_TYPES,
    DATA_DIRECTORIES,
    FILES,
    ROOT_DIRECTORIES,
    Entry,
    presence,
)

__all__ = ["beside_the_manifests", "compare"]

_OTHER_MANIFEST = re.compile(r"(?:tag)?manifest-[^/]*\.txt")
_TYPE_INDEPENDENT = frozenset({"seal", "description", "rendering"})


def compare(state: State) -> None:
    """Hold the files that are there against the matrix."""
    members = state.bundle.members
    for path in members:
        entry = place_of(path)
        if entry is None:
            _stray(state, path)
        elif state.known and presence(entry, state.artifact_type or "") == "forbidden":
            text = f"an artifact of type {state.artifact_type!r} has no such file"
            state.report("AWB-INV-015", text, path)
    for path, entry in FILES.items():
        if path not in members and _required(state, entry):
            state.report("AWB-INV-014", "the file is missing", path)
    # A file whose octets could not be had is judged as that, and as nothing else (AWB-R-156).
    if "bagit.txt" in state.digests and state.texts.get("bagit.txt") != BAGIT_TXT:
        state.report("AWB-INV-022", f"the file is not exactly {BAGIT_TXT.decode()!r}", "bagit.txt")


def beside_the_manifests(bundle: Bundle) -> tuple[Finding, ...]:
    """What there is beside two sound manifests that they do not answer for, told without reading a file.

    An empty folder, a link or another list of files is no part of what the names are computed from, and some
    other tool would take it for one (AWB-R-001, 009, 010).

    Args:
        bundle: Any bundle.
    """
    lists = [_other_list(path) for path in bundle.members if _is_other_list(path)]
    return (*(finding for finding in bundle.findings if finding.severity == "error"), *lists)


def _is_other_list(path: str) -> bool:
    return path == "fetch.txt" or (_OTHER_MANIFEST.fullmatch(path) is not None and path not in FILES)


def _other_list(path: str) -> Finding:
    return Finding("AWB-INV-016", f"{path} has no place in a bundle", path)


def _required(state: State, entry: Entry) -> bool:
    """Whether the bundle's type asks for the file.

    Of a type that is not known here, only seal and description are asked for (AWB-R-013).
    """
    if state.known:
        return presence(entry, state.artifact_type or "") == "required"
    return entry.role in _TYPE_INDEPENDENT and all(
        presence(entry, kind) == "required" for kind in ARTIFACT_TYPES
    )


def _stray(state: State, path: str) -> None:
    """AWB-R-002, 003, 006, 010: a file that no row of the matrix covers; one finding, the most telling."""
    top, _, rest = path.partition("/")
    if _is_other_list(path):
        state.extend([_other_list(path)])
    elif state.newer:
        return  # a later 1.x may have optional files that this version does not know
    elif not rest or top not in ROOT_DIRECTORIES:
        state.report("AWB-INV-011", f"the top level has no place for {top!r}", path)
    elif top == "data" and rest.partition("/")[0] not in DATA_DIRECTORIES:
        state.report("AWB-INV-012", f"data/ has no place for {rest.partition('/')[0]!r}", path)
    else:
        state.report("AWB-INV-013", "no row of the matrix covers the file", path)
