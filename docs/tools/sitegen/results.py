"""What the campaigns found, as it is kept, and whether it was found of the code beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns import sources
from sitegen.registry import ROOT

PLACE = "<!-- the code that the results speak for -->"
"""Where a page is to say it; what it says is true of one state of the code, and so is not kept."""
_FOLDER = ROOT / "campaigns/results"
_ORDER = (
    "kill",
    "flips",
    "fuzz",
    "coverage_fuzz",
    "differential",
    "secrecy",
    "bounds",
    "planted",
    "requirements",
    "mutants",
)
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Result:
    """What is kept of a campaign.

    Attributes:
        kept: The document that the campaign left.
        differing: The files that it exercised and that have changed since.
    """

    kept: Mapping[str, Any]
    differing: Sequence[str]

    @property
    def name(self) -> str:
        """The campaign."""
        return str(self.kept["campaign"])

    @property
    def verdict(self) -> str:
        """Whether the promise held."""
        problems = len(self.kept["problems"])
        return f"broken in {problems} ways" if problems else "held"

    @property
    def controls(self) -> str:
        """How many of what was wrong on purpose were found."""
        found = [bool(control["found"]) for control in self.kept["controls"]]
        return f"{sum(found)} of {len(found)} found"

    @property
    def speaks_for(self) -> str:
        """The code that was exercised, seen from the code beside it."""
        exercised = self.kept["sources"]
        if not self.differing:
            return f"this code ({len(exercised)} files)"
        named = ", ".join(f"`{path}`" for path in self.differing[:_MOST_NAMED])
        rest = len(self.differing) - _MOST_NAMED
        return (
            f"an earlier state of {len(self.differing)} of {len(exercised)} files: "
            f"{named}{f' and {rest} more' if rest > 0 else ''}"
        )


def results() -> list[Result]:
    """Every result that is kept, in the order of the page."""
    paths = [_FOLDER / f"{name}.json" for name in _ORDER]
    kept = [json.loads(path.read_text("utf-8")) for path in paths if path.exists()]
    return [Result(one, sources.differing(one["sources"], sources.of(one["campaign"]))) for one in kept]


def table(found: Sequence[Result]) -> list[str]:
    """The code that each result speaks for, as the lines of a table."""
    return [
        "| Campaign | Speaks for |",
        "|---|---|",
        *(f"| {one.name} | {one.speaks_for} |" for one in found),
    ]
