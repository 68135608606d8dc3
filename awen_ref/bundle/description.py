"""What is wrong with a metadata record: its schema, and what no pattern can say.

AWB-R-101, AWB-R-180, AWB-R-185, AWB-R-229, AWB-R-230.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from awen_ref import canonical
from awen_ref.bundle.schema import pointer, violations
from awen_ref.errors import Finding

__all__ = ["METADATA", "description_findings", "impossible_instant", "misdescribed", "orcid_check"]

METADATA = "metadata.json"

_PLAINLY_VISIBLE = re.compile("[!-~]")
# The members of the class Metadata, and of those in it, that are a Line or a Text.
_TEXTS = frozenset(
    {
        "award_number",
        "award_title",
        "description",
        "family_name",
        "funder_name",
        "given_name",
        "keywords",
        "name",
        "name_particle",
        "name_suffix",
        "notes",
        "title",
        "value",
        "version",
    }
)


def description_findings(record: Mapping[str, Any]) -> list[Finding]:
    """Everything that keeps a Metadata document from being rendered.

    Args:
        record: What is meant to be one.
    """
    found = violations("Metadata", record, METADATA)
    if found:
        return found
    finding = impossible_instant(record["created"], METADATA, "/created")
    return [*misdescribed(record), *([finding] if finding else [])]


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


def misdescribed(record: Mapping[str, Any]) -> Iterator[Finding]:
    """What a schema cannot see in a record: ORCIDs that are none, creators named twice, texts of nothing.

    Args:
        record: A Metadata document, valid by its schema.
    """
    yield from _wrong_orcids(record)
    yield from _repeated_creators(record)
    yield from _blank_texts(record, "", "")


def _repeated_creators(record: Mapping[str, Any]) -> Iterator[Finding]:
    """AWB-R-229: one finding for each creator that an earlier one is, too."""
    seen: set[str] = set()
    for index, creator in enumerate(record["creators"]):
        names = {f"{member} {creator[member]}" for member in ("orcid", "ror") if member in creator}
        names.add(canonical.dumps(creator).decode())
        again = sorted(names & seen)
        if again:
            place = pointer("creators", index)
            yield Finding("AWB-SEM-036", f"an earlier creator is the same: {again[-1]}", METADATA, place)
        seen |= names


@cache
def _visible() -> re.Pattern[str]:
    """AWB-R-230: what is not in its list. Compiled only for a text without any letter of ASCII."""
    last_of_planes = "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    return re.compile(
        r"[^\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
        r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
        rf"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff{last_of_planes}]"
    )


def _blank_texts(value: object, member: str, where: str) -> Iterator[Finding]:
    """AWB-R-230: texts without a visible character, at any depth but in extensions."""
    if isinstance(value, str):
        if member in _TEXTS and not _PLAINLY_VISIBLE.search(value) and not _visible().search(value):
            yield Finding("AWB-SEM-037", f"{value!a} shows nothing", METADATA, where)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name != "extensions":
                yield from _blank_texts(item, name, where + pointer(name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _blank_texts(item, member, where + pointer(index))


def _wrong_orcids(record: Mapping[str, Any]) -> Iterator[Finding]:
    """AWB-R-185: ORCIDs whose check character is not that of their digits."""
    for index, creator in enumerate(record["creators"]):
        orcid = creator.get("orcid")
        if orcid is not None and orcid_check(orcid[:-1]) != orcid[-1]:
            text = f"the check character of {orcid} has to be {orcid_check(orcid[:-1])}"
            yield Finding("AWB-SEM-023", text, METADATA, pointer("creators", index, "orcid"))


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
