"""What `manifest.json` says of the bundle: by which rules the rest is judged (AWB-R-013, 240 to 243)."""

import re

from awen_ref.bundle.schema import violations
from awen_ref.verify.state import State
from awen_schema import SPEC_VERSION
from awen_schema.layout import ARTIFACT_TYPES

__all__ = ["PATH", "judge"]

PATH = "manifest.json"

_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}")

_EXTENSIONS: frozenset[str] = frozenset()
"""Extensions that this implementation knows; a bundle that hangs on any other is refused (AWB-R-243)."""


def judge(state: State) -> None:
    """Read type and version; validate the manifest by its schema unless it is of another major version."""
    head = state.parsed.get(PATH)
    if not isinstance(head, dict):
        if PATH in state.parsed:
            state.extend(violations("Manifest", head, PATH))
        return
    _version(state, head.get("spec_version"))
    if state.foreign:
        return
    found = violations("Manifest", head, PATH, newer=state.newer)
    state.extend(found)
    kind = head.get("artifact_type")
    if isinstance(kind, str):
        state.artifact_type = kind
        state.known = kind in ARTIFACT_TYPES
    if found:
        return
    state.sound[PATH] = head
    if not state.known:
        state.judged = False
        text = f"the artifact type {kind!r} is not known here: integrity is checked, task and body are not"
        state.report("AWB-SCH-005", text, PATH, "/artifact_type")
    for index, name in enumerate(head.get("critical", ())):
        if name not in _EXTENSIONS:
            state.report(
                "AWB-SCH-008", f"the extension {name!r} is not known here", PATH, f"/critical/{index}"
            )


def _version(state: State, version: object) -> None:
    """AWB-R-241 and 242; what is no version at all is the schema's to refuse."""
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        return
    major, _, minor = version.partition(".")
    own_major, _, own_minor = SPEC_VERSION.partition(".")
    if major != own_major:
        state.foreign = True
        state.judged = False
        text = f"spec_version is {version}, known is {own_major}.x: only bytes and digests are checked"
        state.report("AWB-SCH-007", text, PATH, "/spec_version")
    elif int(minor) > int(own_minor):
        state.newer = True
        text = f"spec_version is {version}, known is {SPEC_VERSION}: unknown members are passed over"
        state.report("AWB-SCH-006", text, PATH, "/spec_version")
