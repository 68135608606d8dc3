"""One page per finding code: what it means, how to mend it, which sentence it reports as broken."""

from collections.abc import Mapping
from itertools import groupby

from awen_schema.codes import CODES, Code

PHASES = {
    "PKG": "Container",
    "ENC": "Bytes, JSON and NPY",
    "SCH": "Schema",
    "INV": "Inventory",
    "INT": "Digests",
    "IDN": "Identity",
    "SEM": "Cross-references and engine input",
    "RPL": "Replay",
    "CIT": "Citation",
    "LIM": "Limits",
    "SIG": "Signatures",
}


def texts() -> Mapping[str, str]:
    """The index and a page for every registered code."""
    folder = "reference/codes"
    return {f"{folder}/index.md": _index()} | {
        f"{folder}/{code.code}.md": _page(code) for code in CODES.values()
    }


def _index() -> str:
    """All codes by phase."""
    lines = [
        "# Finding codes",
        "",
        "A finding names one broken requirement at one place. Codes are never reused, and never change their meaning or",
        f"severity within version 1. {len(CODES)} codes are registered.",
    ]
    for phase, codes in groupby(CODES.values(), key=lambda code: code.code[4:7]):
        lines += ["", f"## {PHASES[phase]} ({phase})", "", "| Code | | Severity | Requirement |", "|---|---|---|---|"]
        lines += [
            f"| [{code.code}]({code.code}.md) | {code.title} | {code.severity} | {code.requirement} |"
            for code in codes
        ]
    return "\n".join(lines) + "\n"


def _page(code: Code) -> str:
    """One code."""
    return "\n".join(
        [
            f"# {code.code}: {code.title}",
            "",
            f"{code.message}",
            "",
            "| | |",
            "|---|---|",
            f"| Severity | {code.severity} |",
            f"| Requirement | {code.requirement} |",
            f"| Phase | {PHASES[code.code[4:7]]} |",
            f"| Since | {code.since} |",
            "",
            "## How to mend it",
            "",
            code.mend,
            "",
        ]
    )
