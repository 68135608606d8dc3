"""Findings as a SARIF 2.1.0 log (OASIS, 2020), which code hosts and editors show beside the files."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from awen_ref.environment import TOOL
from awen_ref.errors import Finding

__all__ = ["Subject", "log"]

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


class Subject(NamedTuple):
    """One bundle that was looked at.

    Attributes:
        reference: As the caller named it.
        findings: What was found.
        failure: Why it could not be judged; empty where it was.
    """

    reference: str
    findings: tuple[Finding, ...]
    failure: str


def log(subjects: Iterable[Subject]) -> dict[str, Any]:
    """One run over every bundle: a rule for each code that was found, a result for each finding.

    Args:
        subjects: The bundles.
    """
    looked_at = [*subjects]
    codes = sorted({finding.code for one in looked_at for finding in one.findings})
    failed = [one for one in looked_at if one.failure]
    run = {
        "tool": {"driver": _driver({code: Finding(code, "") for code in codes})},
        "results": [_result(finding, one.reference, codes) for one in looked_at for finding in one.findings],
        "invocations": [
            {
                "executionSuccessful": not failed,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": f"{one.reference}: {one.failure}"}}
                    for one in failed
                ],
            }
        ],
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _driver(codes: dict[str, Finding]) -> dict[str, Any]:
    rules = [
        {
            "id": code,
            "name": one.registered.title,
            "shortDescription": {"text": one.registered.message},
            "help": {"text": f"{one.registered.mend} ({one.requirement})"},
            "defaultConfiguration": {"level": _LEVELS[one.severity]},
        }
        for code, one in codes.items()
    ]
    return {"name": "awen", "version": TOOL["version"], "informationUri": TOOL["url"], "rules": rules}


def _result(finding: Finding, reference: str, codes: list[str]) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(reference, finding)}}}
    if finding.path:
        location["logicalLocations"] = [*_inside(finding)]
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": str(finding)},
        "locations": [location],
    }


def _inside(finding: Finding) -> Iterator[dict[str, str]]:
    """The place inside the bundle, which an archive hides from whoever opens the file."""
    place = f"{finding.path}#{finding.pointer}" if finding.pointer else finding.path
    yield {"fullyQualifiedName": place, "kind": "member" if finding.pointer else "resource"}


def _uri(reference: str, finding: Finding) -> str:
    """The file that a reader can open: the archive, or the file in the directory."""
    place = Path(reference)
    if place.is_dir() and finding.path:
        return quote(f"{place.as_posix()}/{finding.path}")
    return quote(place.as_posix()) if place.exists() else f"urn:awen:{quote(reference)}"
