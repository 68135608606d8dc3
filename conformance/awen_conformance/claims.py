"""Profiles, the frozen set of cases that each needs, and what a run lets one claim (AWB-R-600 to 602)."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, get_args

from awen_conformance.judge import Result

__all__ = ["NEEDS", "SPEC_VERSION", "Claim", "Profile", "claims", "required"]

SPEC_VERSION = "1.0"

Profile = Literal["V1", "V2", "V3", "P1", "P2", "E1", "E2", "R1", "C1"]
Claim = Literal["conformant", "partial", "none"]

NEEDS: Mapping[Profile, tuple[Profile, ...]] = {
    "V1": ("V1",),
    "V2": ("V1", "V2"),
    "V3": ("V1", "V2", "V3"),
    "P1": ("P1",),
    "P2": ("P1", "P2"),
    "E1": ("E1",),
    "E2": ("E1", "E2"),
    "R1": ("R1",),
    "C1": ("C1",),
}
"""The profiles whose cases a claim to a profile rests on."""


def required(root: Path, version: str = SPEC_VERSION) -> Mapping[str, tuple[str, ...]]:
    """The frozen set: profile to the ids of the cases that it needs (AWB-R-602).

    Args:
        root: The corpus.
        version: Of the specification.
    """
    frozen = json.loads((root / "required" / f"{version}.json").read_text(encoding="utf-8"))
    return {profile: tuple(cases) for profile, cases in frozen["profiles"].items()}


def claims(
    declared: Iterable[str], results: Iterable[Result], needed: Mapping[str, Iterable[str]]
) -> dict[str, Claim]:
    """What a run supports for each profile that an implementation declares.

    `conformant` where every case that the profile needs passed, `none` where one failed, `partial` where one
    was not run, could not be, or is excused.

    Args:
        declared: Profiles; others than those of the specification are left out.
        results: The run's.
        needed: As `required` gives it.
    """
    outcomes = {result.case_id: result.outcome for result in results}
    made: dict[str, Claim] = {}
    for profile in get_args(Profile):
        if profile not in declared or not needed:
            continue
        seen = {outcomes.get(case) for part in NEEDS[profile] for case in needed.get(part, ())}
        if seen <= {"pass"} and seen:
            made[profile] = "conformant"
        else:
            open_ones = {None, "pass", "unsupported", "not_runnable", "xfail"}
            made[profile] = "partial" if seen <= open_ones else "none"
    return made
