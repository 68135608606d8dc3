"""`bag-info.txt` against the manifest (AWB-R-022 to 024)."""

from collections import Counter

from awen_ref.bundle.bagit import read_bag_info
from awen_ref.verify.state import State

__all__ = ["compare"]

BAG_INFO = "bag-info.txt"
MANIFEST = "manifest.json"

_LABELS = ("Bagging-Date", "External-Description", "External-Identifier", "Payload-Oxum")


def compare(state: State) -> None:
    """Read the labels and hold them against ids, payload and date."""
    data = state.texts.get(BAG_INFO)
    if data is None:
        return
    try:
        fields = read_bag_info(data)
    except ValueError as error:  # not UTF-8 is one too
        state.report("AWB-INV-023", f"the file cannot be read: {error}", BAG_INFO)
        return
    counts = Counter(label for label, _ in fields)
    for label in _LABELS:
        if counts[label] != 1:
            text = f"the label {label} stands there {counts[label]} times instead of once"
            state.report("AWB-INV-023", text, BAG_INFO)
    values = dict(fields)
    _hold(state, values, "External-Identifier", state.ids.artifact_id if state.ids is not None else None)
    head = state.sound.get(MANIFEST)
    if head is not None:
        rows = head["content"].values()
        _hold(state, values, "Payload-Oxum", f"{sum(row['size_bytes'] for row in rows)}.{len(rows)}")
        _hold(state, values, "Bagging-Date", head["created"][:10])


def _hold(state: State, values: dict[str, str], label: str, wanted: str | None) -> None:
    """A value that is there has to be the wanted one."""
    found = values.get(label)
    if found is not None and wanted is not None and found != wanted:
        code = "AWB-SEM-034" if label == "Bagging-Date" else "AWB-SEM-033"
        state.report(code, f"{label} is {found[:200]!r}, the bundle has {wanted!r}", BAG_INFO)
