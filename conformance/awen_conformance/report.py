"""`report.json`: what a run came to, deterministic, and ended by a footer without which it is truncated.

Everything else that is reported is made from this document (AWB-R-660).
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from awen_conformance import __version__
from awen_conformance.claims import SPEC_VERSION
from awen_conformance.corpus import Case
from awen_conformance.driver import PROTOCOL
from awen_conformance.judge import Result
from awen_conformance.runner import Run

__all__ = ["FAILED", "Journal", "TruncatedError", "changes", "document", "read", "text", "unfinished"]

Report = Mapping[str, Any]

FAILED = frozenset(
    {
        "fail",
        "wrong_reason",
        "overreport",
        "crash",
        "hang",
        "protocol_error",
        "limit_exceeded",
        "xpass",
        "flaky",
    }
)
"""Outcomes that stand against an implementation."""


class TruncatedError(ValueError):
    """A report without its footer: the run that wrote it did not end."""


def document(run: Run, cases: Iterable[Case], corpus: str) -> dict[str, Any]:
    """The report of a run.

    Args:
        run: What it came to.
        cases: The cases that were put.
        corpus: The corpus's digest.
    """
    known = {case.case_id: case for case in cases}
    return {
        "protocol": PROTOCOL,
        "spec_version": SPEC_VERSION,
        "suite_version": __version__,
        "corpus_sha256": corpus,
        "implementation": run.hello.implementation,
        "version": run.hello.version,
        "profiles": list(run.hello.profiles),
        "verbs": list(run.hello.verbs),
        "claims": dict(run.claims),
        "conformant": run.conformant,
        "partial": run.partial,
        "counts": dict(Counter(result.outcome for result in run.results)),
        "stale": list(run.stale),
        "results": [_entry(result, known[result.case_id]) for result in run.results],
        "zz_footer": {"complete": True, "cases": len(run.results)},
    }


def _entry(result: Result, case: Case) -> dict[str, Any]:
    return {
        "case": result.case_id,
        "outcome": result.outcome,
        "detail": result.detail,
        "title": case.title,
        "profile": case.profile,
        "requirements": list(case.requirements),
    }


def unfinished(corpus: str) -> dict[str, Any]:
    """What stands in the report's place while the run goes on."""
    return {
        "protocol": PROTOCOL,
        "suite_version": __version__,
        "corpus_sha256": corpus,
        "conformant": False,
        "results": [],
        "zz_footer": {"complete": False, "cases": 0},
    }


def text(report: Report) -> str:
    """The report as it is written."""
    return json.dumps(report, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read(path: Path) -> Report:
    """A finished report.

    Raises:
        OSError: It cannot be read.
        TruncatedError: It is not JSON, or has no footer that says it is complete.
    """
    try:
        report: Report = json.loads(path.read_text(encoding="utf-8"))
        complete = report["zz_footer"] == {"complete": True, "cases": len(report["results"])}
    except (ValueError, KeyError, TypeError) as error:
        raise TruncatedError(f"{path}: no report, or one that was cut off") from error
    if not complete:
        raise TruncatedError(f"{path}: the run that wrote this report did not end")
    return report


def changes(before: Report, after: Report) -> list[tuple[str, str, str]]:
    """The cases whose outcome differs, as (case, before, after); `-` where a report lacks the case."""
    one, two = ({one["case"]: one["outcome"] for one in report["results"]} for report in (before, after))
    return [
        (case, one.get(case, "-"), two.get(case, "-"))
        for case in sorted(one.keys() | two.keys())
        if one.get(case) != two.get(case)
    ]


class Journal:
    """Results as they come, one line each, so that a run that was killed can be gone on with."""

    def __init__(self, path: Path, *, command: Iterable[str], corpus: str) -> None:
        """Nothing is read or written yet.

        Args:
            path: The file.
            command: The driver: results of another one are not taken.
            corpus: The corpus's digest: the same.
        """
        self._path = path
        self._head = {"command": list(command), "corpus_sha256": corpus, "suite_version": __version__}

    def known(self) -> dict[str, Result]:
        """The results of the interrupted run; none where the journal is of another run, or is not there.

        A last line that was cut off is left out.
        """
        if not self._path.exists():
            return {}
        lines = self._path.read_text(encoding="utf-8").split("\n")[:-1]
        if not lines or json.loads(lines[0]) != self._head:
            return {}
        results = (Result(**json.loads(line)) for line in lines[1:])
        return {result.case_id: result for result in results}

    def begin(self, known: Iterable[Result] = ()) -> None:
        """Write the head and what is known already."""
        self._path.write_text(json.dumps(self._head) + "\n", encoding="utf-8")
        for result in known:
            self.note(result)

    def note(self, result: Result) -> None:
        """Write one result, at once."""
        line = {"case_id": result.case_id, "outcome": result.outcome, "detail": result.detail}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def end(self) -> None:
        """Take the journal away: the report says it all."""
        self._path.unlink(missing_ok=True)
