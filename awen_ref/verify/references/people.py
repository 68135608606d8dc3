"""What a pattern cannot say of instants, people and texts (AWB-R-101, AWB-R-185, AWB-R-229, AWB-R-230)."""

from collections.abc import Iterator

from awen_ref.bundle.description import METADATA, impossible_instant, misdescribed
from awen_ref.bundle.schema import pointer
from awen_ref.verify.state import State

__all__ = ["compare"]

MANIFEST = "manifest.json"
PROVENANCE = "data/evidence/provenance.json"


def compare(state: State) -> None:
    """Check every instant, every creator and every text of the description."""
    for path, where, instant in _instants(state):
        finding = impossible_instant(instant, path, where)
        if finding is not None:
            state.extend([finding])
    if METADATA in state.sound:
        state.extend(misdescribed(state.sound[METADATA]))


def _instants(state: State) -> Iterator[tuple[str, str, str]]:
    """Path, pointer and text of every instant of the sound documents."""
    for path in (MANIFEST, METADATA):
        if path in state.sound:
            yield path, "/created", state.sound[path]["created"]
    account = state.sound.get(PROVENANCE, {})
    for kind in ("activity", "used", "wasGeneratedBy"):
        for name, record in account.get(kind, {}).items():
            for member in ("prov:startTime", "prov:endTime", "prov:time"):
                if member in record:
                    yield PROVENANCE, pointer(kind, name, member), record[member]
