"""What a pattern cannot say of instants and ORCIDs (AWB-R-101, 185)."""

from collections.abc import Iterator
from datetime import datetime

from awen_ref.bundle.schema import pointer
from awen_ref.verify.state import State

__all__ = ["compare", "orcid_check"]

METADATA = "metadata.json"
MANIFEST = "manifest.json"
PROVENANCE = "data/evidence/provenance.json"


def compare(state: State) -> None:
    """Check every instant and every ORCID."""
    for path, where, instant in _instants(state):
        try:
            datetime.fromisoformat(instant[:19])
        except ValueError:
            state.report("AWB-SEM-022", f"{instant!r} is no day of the calendar", path, where)
    for index, creator in enumerate(state.sound.get(METADATA, {}).get("creators", ())):
        orcid = creator.get("orcid")
        if orcid is not None and orcid_check(orcid[:-1]) != orcid[-1]:
            text = f"the check character of {orcid} has to be {orcid_check(orcid[:-1])}"
            state.report("AWB-SEM-023", text, METADATA, pointer("creators", index, "orcid"))


def orcid_check(digits: str) -> str:
    """The check character of an ORCID: ISO/IEC 7064 MOD 11-2.

    Args:
        digits: The fifteen digits before it; hyphens are passed over.
    """
    total = 0
    for digit in digits.replace("-", ""):
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


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
