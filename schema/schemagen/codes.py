"""The registry of finding codes: `schema/codes/*.yaml` to `awen_schema.codes` and `codes.json`.

A phase file is a list of entries with exactly these fields, ascending by code:
`{code: AWB-INT-002, title: …, severity: error, requirement: AWB-R-050, message: …, mend: …, since: "1.0"}`.
"""

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from schemagen.sources import PACKAGE, SCHEMA, Files, SourceError, read_yaml, shipped

PHASES = ("PKG", "ENC", "SCH", "INV", "INT", "IDN", "SEM", "RPL", "CIT", "LIM", "SIG")
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Row:
    """One finding code as its phase file states it."""

    code: str
    title: str
    severity: str
    requirement: str
    message: str
    mend: str
    since: str


_FIELDS = tuple(field.name for field in fields(Row))
_GRAMMAR = {
    "severity": "|".join(SEVERITIES),
    "requirement": "AWB-R-[0-9]{3}",
    "since": "[0-9]+[.][0-9]+",
    "title": r"\S.*\S",
    "message": r"\S.*[.]",
    "mend": r"\S.*[.]",
}


def load(folder: Path = SCHEMA / "codes") -> tuple[Row, ...]:
    """Every code of every phase, ascending within its phase, the phases in the order of verification.

    Raises:
        SourceError: A file, a field or the order is wrong, or a code is doubled.
    """
    problems: list[str] = []
    rows: list[Row] = []
    strays = sorted(path.name for path in folder.iterdir() if path.stem not in PHASES)
    problems += [f"schema/codes/{name}: no such phase" for name in strays]
    for phase in PHASES:
        items = read_yaml(folder / f"{phase}.yaml") or []
        found = [_row(phase, item, problems) for item in items]
        rows += [row for row in found if row is not None]
    problems += _order(rows)
    if problems:
        raise SourceError(problems)
    return tuple(rows)


def _row(phase: str, item: object, problems: list[str]) -> Row | None:
    """One entry of a phase file; what is wrong with it goes to `problems`."""
    where = f"schema/codes/{phase}.yaml"
    if not isinstance(item, dict) or set(item) != set(_FIELDS):
        problems.append(f"{where}: an entry has exactly the fields {', '.join(_FIELDS)}: {item!r}")
        return None
    wrong = [
        f"{where}: {item['code']}: {name} does not match {pattern}: {item[name]!r}"
        for name, pattern in {**_GRAMMAR, "code": f"AWB-{phase}-[0-9]{{3}}"}.items()
        if not isinstance(item[name], str) or not re.fullmatch(pattern, item[name])
    ]
    problems += wrong
    return None if wrong else Row(**item)


def _order(rows: Sequence[Row]) -> list[str]:
    """Complaints about codes that are doubled or out of order within their phase."""
    return [
        f"schema/codes/{b.code[4:7]}.yaml: {b.code} does not follow {a.code}"
        for a, b in itertools.pairwise(rows)
        if a.code[4:7] == b.code[4:7] and a.code >= b.code
    ]


def emit(rows: Sequence[Row]) -> Files:
    """The Python module and the JSON file of the registry."""
    lines = [
        "    " + ", ".join(repr(getattr(row, name)) for name in _FIELDS).join(("Code(", "),")) for row in rows
    ]
    module = shipped("codes.py").replace("    # rows\n", "".join(line + "\n" for line in lines))
    listing = json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False) + "\n"
    return {f"{PACKAGE}/codes.py": module, "codes.json": listing}
