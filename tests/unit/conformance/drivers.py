"""Drivers that a test writes for itself, and the corpus."""

import stat
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from awen_conformance import claims, corpus, runner
from awen_conformance.corpus import Case
from awen_conformance.driver import Limits

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "conformance"
REFERENCE = (sys.executable, str(CORPUS / "drivers" / "awen_ref" / "driver"))

HELLO = """\
import json, os, sys, time
def hello(verbs=("verify",), profiles=("V1",)):
    return {"implementation": "test", "version": "1", "profiles": list(profiles), "verbs": list(verbs)}
def request():
    return json.load(open(sys.argv[3]))
def say(verb, result, **more):
    print(json.dumps({"protocol": "awen-driver/1", "verb": verb, "result": result, **more}), flush=True)
verb = sys.argv[1]
if verb == "hello":
    say("hello", hello())
    sys.exit()
"""


@cache
def cases() -> tuple[Case, ...]:
    """The whole corpus, read once."""
    return corpus.load(CORPUS)


def case(case_id: str) -> Case:
    """One case of the corpus."""
    return next(one for one in cases() if one.case_id == case_id)


def written(folder: Path, body: str) -> tuple[str, ...]:
    """The command of a driver that greets, and then does what the body says."""
    path = folder / "driver.py"
    path.write_text(HELLO + body, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return (sys.executable, str(path))


def outcome_of(command: tuple[str, ...], *case_ids: str, **limits: float) -> list[str]:
    """The outcomes that a driver comes to."""
    bounds = Limits(**{name: value if name == "wall_s" else int(value) for name, value in limits.items()})  # type: ignore[arg-type] # the names are those of the fields
    plan = runner.Plan(command, limits=bounds)
    return [result.outcome for result in runner.run(plan, [case(one) for one in case_ids]).results]


def run_of(
    command: tuple[str, ...], chosen: Sequence[Case], *, serve: bool = True, jobs: int = 1
) -> runner.Run:
    """A run over some cases."""
    plan = runner.Plan(command, serve=serve, jobs=jobs, needed=claims.required(CORPUS))
    return runner.run(plan, chosen)
