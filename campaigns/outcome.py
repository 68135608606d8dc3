"""What a campaign found: one JSON document, and the command line that all campaigns share.

A campaign that finds nothing has shown something only if the same rig finds what is wrong on purpose: its
control. So an outcome counts as passed when there is no problem *and* the control was found out.
"""

import argparse
import json
import platform
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from campaigns import sources

__all__ = ["Begun", "Control", "Outcome", "parser", "report"]

MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Control:
    """The same rig against something that is wrong on purpose.

    Attributes:
        what: What is wrong.
        found: How often the rig noticed; 0 means that it proves nothing.
    """

    what: str
    found: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one campaign found.

    Attributes:
        campaign: Its name.
        promise: What it shows, in one sentence.
        figures: Counts and measurements, by name.
        problems: What breaks the promise, the first 50.
        controls: What was wrong on purpose.
    """

    campaign: str
    promise: str
    figures: Mapping[str, int | float | str]
    problems: tuple[str, ...]
    controls: tuple[Control, ...]

    @property
    def passed(self) -> bool:
        """No problem, and every control found out."""
        return not self.problems and bool(self.controls) and all(one.found for one in self.controls)

    def as_dict(self, seconds: float, exercised: Mapping[str, str]) -> dict[str, object]:
        """The document that is kept."""
        return {
            "campaign": self.campaign,
            "promise": self.promise,
            "passed": self.passed,
            "figures": dict(self.figures),
            "controls": [{"what": one.what, "found": one.found} for one in self.controls],
            "problems": list(self.problems[:MOST_PROBLEMS]),
            "python": platform.python_version(),
            "seconds": round(seconds, 1),
            "sources": dict(exercised),
        }


@dataclass(slots=True)
class Begun:
    """A campaign that has begun, and the code that it began with.

    Attributes:
        campaign: Its name.
        earlier: Seconds that earlier runs took, whose figures are added.
    """

    campaign: str
    earlier: float = 0.0
    start: float = field(default_factory=time.perf_counter, init=False)
    exercised: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Look at the code before any of it is judged."""
        self.exercised = sources.of(self.campaign)

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        return self.earlier + time.perf_counter() - self.start


def parser(description: str) -> argparse.ArgumentParser:
    """A command line with the options that every campaign has."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--out", type=Path, help="file for the JSON result; standard output without")
    return made


def report(outcome: Outcome, begun: Begun, out: Path | None) -> int:
    """Write the result; returns the exit code. Code that changed meanwhile is a problem."""
    changed = sources.differing(begun.exercised, sources.of(begun.campaign))
    problems = (*outcome.problems, *(f"{path} changed while the campaign ran" for path in changed))
    outcome = replace(outcome, problems=problems)
    text = json.dumps(outcome.as_dict(begun.seconds, begun.exercised), indent=1, ensure_ascii=False) + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
        print(f"{outcome.campaign}: {'passed' if outcome.passed else 'FAILED'} {dict(outcome.figures)}")
    return not outcome.passed
