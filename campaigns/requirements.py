"""Requirements broken one at a time in the reference: a case of the corpus that cites each has to fail.

    python -m campaigns.requirements [--only NUMBER] [--out FILE]

Each change is planted in a forked child, which then puts the cases that cite the requirement. What they came
to is written to `conformance/changes.json`, from which `make_registers.py` makes `mutants.json`. The control
is a change that changes nothing: every case has to pass.
"""

import json
import os
import pickle
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from awen_conformance import corpus
from awen_conformance.corpus import Case
from awen_conformance.driver import Answer
from awen_conformance.procedures import Box, put
from campaigns.bugs import Bug, plant
from campaigns.changes import CHANGES, Change
from campaigns.outcome import Begun, Control, Outcome, parser, report

__all__ = ["campaign", "outcome", "stored_cases"]

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "conformance" / "changes.json"
NOW = "2026-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one change, for one requirement."""

    requirement: str
    what: str
    failed: tuple[str, ...]
    put: int


@cache
def stored_cases() -> tuple[Case, ...]:
    """The cases of the corpus, but for those whose input is too large to be kept."""
    return tuple(
        case for case in corpus.load(ROOT / "conformance") if not case.stored().name.endswith(".made.json")
    )


def outcome(case: Case) -> str:
    """What the reference, as it is in this process, comes to; an exception is a crash."""
    from awen_ref.driver import answer

    with tempfile.TemporaryDirectory() as name:

        def ask(verb: str, members: Mapping[str, Any]) -> Answer:
            try:
                reply = answer({"verb": verb, "now": NOW, "workdir": name, **members})
            except Exception as error:  # noqa: BLE001 - a change may make it fall over anything
                return Answer({}, "crash", repr(error))
            return Answer(reply["result"])

        return put(Box(case, Path(name), ask)).outcome


def failing(bug: Bug | None, cases: Sequence[Case]) -> tuple[str, ...]:
    """The cases that do not pass in a child with a change in it.

    Raises:
        RuntimeError: The child broke: the change does not fit the source.
    """
    with tempfile.NamedTemporaryFile() as kept:
        if (child := os.fork()) == 0:
            code = 1
            try:
                if bug is not None:
                    plant(bug)
                failed = tuple(case.case_id for case in cases if outcome(case) != "pass")
                Path(kept.name).write_bytes(pickle.dumps(failed))
                code = 0
            finally:
                os._exit(code)
        if os.waitpid(child, 0)[1]:
            raise RuntimeError(f"{bug and bug.name}: the change does not fit")
        found: tuple[str, ...] = pickle.loads(Path(kept.name).read_bytes())  # noqa: S301 - of our own child
    return found


def campaign(only: Sequence[str] = ()) -> Outcome:
    """Plant the changes, or those of some requirements."""
    cases = stored_cases()
    rows = [
        row
        for change in CHANGES
        if not only or set(only) & set(change.requirements)
        for row in _rows(change, cases)
    ]
    if not only:
        register = {
            row.requirement: {"change": row.what, "killed_by": list(row.failed)}
            for row in sorted(rows, key=lambda row: row.requirement)
        }
        REGISTER.write_text(json.dumps(register, indent=1) + "\n", encoding="utf-8")
    sound = failing(
        None, [case for case in cases if {row.requirement for row in rows} & set(case.requirements)]
    )
    problems = [
        f"{row.requirement}: {row.what}: no case that cites it fails" for row in rows if not row.failed
    ]
    problems += [f"{name} fails as it is" for name in sound]
    return Outcome(
        campaign="requirements",
        promise="A reference that breaks a requirement fails a case that cites it.",
        figures={
            "requirements broken": len({row.requirement for row in rows}),
            "noticed": len({row.requirement for row in rows if row.failed}),
            "cases put": sum(row.put for row in rows),
        },
        problems=tuple(problems),
        controls=(Control("nothing changed: every case passes", int(not sound)),),
    )


def _rows(change: Change, cases: Sequence[Case]) -> list[Row]:
    cited = {
        number: [case for case in cases if number in case.requirements] for number in change.requirements
    }
    union = {case.case_id: case for ones in cited.values() for case in ones}
    try:
        failed = set(failing(change.bug(), list(union.values())))
    except RuntimeError as error:
        print(error, file=sys.stderr)
        failed = set()
    return [
        Row(number, change.what, tuple(case.case_id for case in ones if case.case_id in failed), len(ones))
        for number, ones in cited.items()
    ]


def main() -> int:
    """Run it."""
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--only", action="append", default=[])
    options = line.parse_args()
    begun = Begun("requirements")
    return report(campaign([f"AWB-R-{number}" for number in options.only]), begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
