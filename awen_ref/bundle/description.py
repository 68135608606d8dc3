"""What is wrong with a metadata record: its schema, and what no pattern can say (AWB-R-101, 180, 185)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from awen_ref.bundle.schema import pointer, violations
from awen_ref.errors import Finding

__all__ = ["METADATA", "description_findings", "impossible_instant", "orcid_check", "wrong_orcids"]

METADATA = "metadata.json"


def description_findings(record: Mapping[str, Any]) -> list[Finding]:
    """Everything that keeps a Metadata document from being rendered.

    Args:
        record: What is meant to be one.
    """
    found = violations("Metadata", record, METADATA)
    if found:
        return found
    finding = impossible_instant(record["created"], METADATA, "/created")
    return wrong_orcids(record) + ([finding] if finding else [])


def impossible_instant(instant: str, path: str, where: str) -> Finding | None:
    """AWB-R-101: an instant of the right form that is no day of the calendar.

    Args:
        instant: Matches the pattern of instants.
        path: Its file.
        where: Its JSON Pointer.
    """
    try:
        datetime.fromisoformat(instant[:19])
    except ValueError:
        return Finding("AWB-SEM-022", f"{instant!r} is no day of the calendar", path, where)
    return None


def wrong_orcids(record: Mapping[str, Any]) -> list[Finding]:
    """AWB-R-185: ORCIDs whose check character is not that of their digits.

    Args:
        record: A Metadata document, valid by its schema.
    """
    found = []
    for index, creator in enumerate(record["creators"]):
        orcid = creator.get("orcid")
        if orcid is not None and orcid_check(orcid[:-1]) != orcid[-1]:
            text = f"the check character of {orcid} has to be {orcid_check(orcid[:-1])}"
            found.append(Finding("AWB-SEM-023", text, METADATA, pointer("creators", index, "orcid")))
    return found


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
