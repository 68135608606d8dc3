"""Expected failures: `xfail.toml`, strict, so that an excuse that is no longer true is red (AWB-R-651)."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from awen_conformance.judge import Result

__all__ = ["Expected", "excused", "expected_failures", "stale"]


@dataclass(frozen=True, slots=True)
class Expected:
    """One entry of `xfail.toml`.

    Attributes:
        case_id: The case.
        outcome: What it comes to for now.
        reason: Why.
        issue: Where that is followed.
        expires: The last day on which the excuse counts.
    """

    case_id: str
    outcome: str
    reason: str
    issue: str
    expires: date


def expected_failures(path: Path) -> tuple[Expected, ...]:
    """Read `xfail.toml`: tables `[[case]]` with id, outcome, reason, issue and expires.

    Raises:
        ValueError: It is not TOML, or an entry lacks a member or its expiry is no date.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
    return tuple(_entry(entry) for entry in entries)


def _entry(entry: dict[str, object]) -> Expected:
    lacking = {"id", "outcome", "reason", "issue", "expires"} - entry.keys()
    if lacking:
        raise ValueError(f"an entry of xfail.toml lacks {', '.join(sorted(lacking))}")
    expires = entry["expires"]
    if not isinstance(expires, date):
        raise ValueError(f"{entry['id']}: expires is no date")  # noqa: TRY004 - of a document, not of a caller
    return Expected(
        str(entry["id"]), str(entry["outcome"]), str(entry["reason"]), str(entry["issue"]), expires
    )


def excused(result: Result, excuses: Iterable[Expected]) -> Result:
    """The outcome in the light of an excuse: `xfail` where it is as said, `xpass` where it passed."""
    excuse = next((one for one in excuses if one.case_id == result.case_id), None)
    if excuse is None:
        return result
    if result.outcome == "pass":
        return Result(result.case_id, "xpass", f"expected {excuse.outcome}: {excuse.reason}")
    if result.outcome == excuse.outcome:
        return Result(result.case_id, "xfail", f"{excuse.reason} ({excuse.issue})")
    return result


def stale(results: Iterable[Result], excuses: Iterable[Expected]) -> Iterator[str]:
    """Excuses that are expired, or that excuse nothing."""
    put = {result.case_id for result in results}
    today = datetime.now(UTC).date()
    for excuse in sorted(excuses, key=lambda one: one.case_id):
        if excuse.case_id not in put:
            yield f"{excuse.case_id}: no such case in this run"
        elif excuse.expires < today:
            yield f"{excuse.case_id}: expired on {excuse.expires}"
