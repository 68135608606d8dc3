"""Bugs planted one at a time, each in a process of its own: a test that is named has to fail of each.

    python -m campaigns.planted [--only NAME] [--out FILE]

A bug is one text of a module's source replaced. Its test is run in a forked child that imports the module so,
and in one that imports it as it is, where it has to pass. The control replaces nothing, and must come out as
not caught.
"""

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from campaigns.bugs import BUGS, Bug, plant
from campaigns.outcome import Begun, Control, Outcome, parser, report

__all__ = ["campaign"]

ROOT = Path(__file__).resolve().parents[1]
PASSED, FAILED = 0, 1


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one bug."""

    name: str
    test: str
    caught: bool
    sound: bool


def exit_code(test: str, bug: Bug | None = None) -> int:
    """The exit code of a test in a child with a bug in it; 255 where the child broke."""
    if (child := os.fork()) == 0:
        code = 255
        try:
            import pytest

            os.chdir(ROOT)
            if bug is not None:
                plant(bug)
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                code = int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", test]))
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def campaign(only: tuple[str, ...] = ()) -> Outcome:
    """Plant the bugs, or some of them."""
    _warm()
    rows = [
        Row(bug.name, bug.test, exit_code(bug.test, bug) == FAILED, exit_code(bug.test) == PASSED)
        for bug in BUGS
        if not only or bug.name in only
    ]
    problems = [f"{row.name}: not caught by {row.test}" for row in rows if not row.caught]
    problems += [f"{row.name}: {row.test} fails without it, too" for row in rows if not row.sound]
    figures: dict[str, int | float | str] = {
        "bugs": len(rows),
        "caught": sum(row.caught and row.sound for row in rows),
    }
    return Outcome(
        campaign="planted",
        promise="Each of the bugs that matter most is caught by a test that is named.",
        figures=figures | {row.name: row.test for row in rows},
        problems=tuple(problems),
        controls=(Control("no bug: not caught", int(exit_code(rows[0].test) == PASSED)),),
    )


def _warm() -> None:
    """Import what every child would import anew; nothing of ours, which a bug may be in."""
    import numpy as np  # noqa: F401
    import pytest  # noqa: F401


def main() -> int:
    """Run it, and print the table."""
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--only", action="append", default=[], choices=[bug.name for bug in BUGS])
    options = line.parse_args()
    begun = Begun("planted")
    outcome = campaign(tuple(options.only))
    for name, test in outcome.figures.items():
        if isinstance(test, str):
            missed = any(problem.startswith(f"{name}:") for problem in outcome.problems)
            print(f"{'MISSED' if missed else 'caught'}  {name}  {test}", file=sys.stderr)
    return report(outcome, begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
