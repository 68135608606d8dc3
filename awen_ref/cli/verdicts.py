"""Many bundles for `awen verify`: a verdict each, and one that cannot be read keeps no other from its own."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from awen_ref.cli.output import echo, echo_json, error_report, finding_lines, printable, show_error
from awen_ref.cli.sarif import Subject, log
from awen_ref.cli.verdict import Verdict, judge
from awen_ref.errors import AwenError

__all__ = ["Judged", "give_each", "give_sarif", "judge_each"]


class Judged(NamedTuple):
    """One of many bundles.

    Attributes:
        reference: As the caller named it.
        outcome: Its verdict, or why there is none.
    """

    reference: str
    outcome: Verdict | AwenError

    @property
    def status(self) -> int:
        """Its exit code."""
        return self.outcome.exit_code if isinstance(self.outcome, AwenError) else self.outcome.status


def judge_each(references: Sequence[str], *, policy: str | None, store: str | None) -> Iterable[Judged]:
    """Check one bundle after the other, each when it is asked for.

    Args:
        references: Paths, ids, or `-` for a ZIP on standard input.
        policy: File that says whose signatures and time stamps count.
        store: Folder of the store that ids are looked for in.
    """
    for reference in references:
        try:
            yield Judged(reference, judge(reference, policy=policy, store=store))
        except AwenError as error:
            yield Judged(reference, error)


def give_each(each: Iterable[Judged], *, as_json: bool) -> int:
    """Print every verdict as soon as it is known, and give the worst exit code.

    Args:
        each: The bundles.
        as_json: Print one JSON object a bundle, on a line of its own.
    """
    counts: Counter[str] = Counter()
    worst = 0
    for one in each:
        worst = max(worst, one.status)
        (_give_json if as_json else _give_text)(one)
        counts["not judged" if isinstance(one.outcome, AwenError) else one.outcome.report.verdict] += 1
    if not as_json:
        echo(", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items(), reverse=True)))
    return worst


def give_sarif(each: Iterable[Judged]) -> int:
    """Print one SARIF log of every bundle, and give the worst exit code.

    Args:
        each: The bundles.
    """
    judged = [*each]
    echo(json.dumps(log(map(_subject, judged)), indent=1, sort_keys=True))
    return max(one.status for one in judged)


def _subject(one: Judged) -> Subject:
    failure = one.outcome.message if isinstance(one.outcome, AwenError) else ""
    return Subject(one.reference, one.outcome.findings, failure)


def _give_json(one: Judged) -> None:
    if isinstance(one.outcome, AwenError):
        echo_json({"reference": one.reference, "error": error_report(one.outcome)})
    else:
        echo_json({"reference": one.reference, **one.outcome.as_dict()})


def _give_text(one: Judged) -> None:
    if isinstance(one.outcome, AwenError):
        show_error(one.outcome, as_json=False)
        return
    for line in (*finding_lines(one.outcome.findings), *one.outcome.trust_lines()):
        echo(line)
    echo(printable(f"{one.reference}: {one.outcome.line}"))
