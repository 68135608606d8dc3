"""Whole-code mutation: small changes all over a package, and whether the tests of that package notice.

    python -m campaigns.mutants [--only PACKAGE] [--sample N] [--seed S] [--out FILE [--add]]

For each package a sample is drawn. The tests that execute the changed line are run, the quickest first; where
a line is executed by the import alone, all tests of the package. Each mutant has a forked child of its own
that imports the changed module. A survivor counts as a problem unless `survivors.json` says why the
change is none that a test could see, or should. The control is a change that stops every verification.
"""

import inspect
import json
import os
import pickle
import random
import resource
import signal
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

from campaigns.mutating import ROOT, Mutant, mutants, plant
from campaigns.outcome import Begun, Control, Outcome, parser, report
from campaigns.requirements import stored_cases

__all__ = ["PACKAGES", "campaign", "explained", "files"]

CASES = "campaigns/cases.py"
PACKAGES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "digest": (("awen_ref/digest.py",), ("tests/unit/test_digest.py", CASES)),
    "compare": (
        ("awen_ref/compare.py",),
        ("tests/unit/test_compare.py", "tests/unit/test_comparison_numbers.py", CASES),
    ),
    "canonical": (("awen_ref/canonical",), ("tests/unit/canonical", CASES)),
    "verify": (("awen_ref/verify",), ("tests/unit/verify", CASES)),
    "archive": (
        ("awen_ref/archive",),
        (
            "tests/unit/archive",
            "tests/artifacts_integration/test_import_export.py",
            CASES,
        ),
    ),
}
"""Sources and tests of each package: its own, and the cases of the corpus."""

SURVIVORS = Path(__file__).with_name("survivors.json")
SECONDS, CPU_SECONDS, DATA_OCTETS = 120, 10, 3 << 30
"""Most that a child may take: wall time, processor time beyond four times that of its tests, and memory."""
PASSED, FAILED, NONE_RAN = 0, 1, 5


@dataclass(frozen=True, slots=True)
class Covering:
    """Which test executes which line.

    Attributes:
        tests: Path and line to the tests, the quickest first.
        seconds: What each test took while it was watched.
    """

    tests: Mapping[tuple[str, int], Sequence[str]]
    seconds: Mapping[str, float]

    def of(self, mutant: Mutant) -> Sequence[str]:
        """The tests of a mutant's line; none where only the import executes it."""
        return self.tests.get((mutant.path, mutant.line), ())

    def due(self, files: Sequence[str], quick: Sequence[str]) -> float:
        """The time that tests of some files took while they were watched: the chosen ones, or all."""
        return sum(self.seconds[name] for name in quick or self.seconds if name.startswith(tuple(files)))


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: `killed`, `timeout` or `survived`."""

    mutant: Mutant
    outcome: str


class _Watch:
    """A plugin of pytest that notes which test executes which line."""

    def __init__(self, sources: frozenset[str]) -> None:
        self._sources = sources
        self._lines: set[tuple[str, int]] = set()
        self.seen: dict[str, tuple[float, frozenset[tuple[str, int]]]] = {}

    def pytest_runtest_protocol(self, item: Any) -> None:  # noqa: ANN401 - pytest's items have no public type
        """Begin to note; the test itself is run by pytest."""
        self._lines.clear()
        self._item, self._begun = item.nodeid, time.perf_counter()
        threading.settrace(self._entered)
        sys.settrace(self._entered)

    def pytest_runtest_logfinish(self) -> None:
        """Note what was seen."""
        sys.settrace(None)
        self.seen[self._item] = time.perf_counter() - self._begun, frozenset(self._lines)

    def _entered(self, frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401 - a trace function
        code = frame.f_code  # what a module or class does when it is imported is not one test's affair
        if code.co_filename not in self._sources or not code.co_flags & inspect.CO_OPTIMIZED:
            return None
        return self._line(frame, event, argument)

    def _line(self, frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401 - a trace function
        del event, argument
        self._lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


class _Choice:
    """A plugin of pytest that runs some tests only, in an order of its own."""

    def __init__(self, chosen: Sequence[str]) -> None:
        self._rank = {name: rank for rank, name in enumerate(chosen)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leave out all others."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self._rank), key=lambda item: self._rank[item.nodeid]
        )


def _pytest(tests: Sequence[str], plugins: list[object]) -> int:
    """Run tests in this process, silently."""
    import pytest

    os.chdir(ROOT)
    flags = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", "--assert=plain"]
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        redirect_stdout(nowhere),
        redirect_stderr(nowhere),
    ):
        return int(pytest.main([*flags, f"--basetemp={tempfile.gettempdir()}/run", *tests], plugins=plugins))


def _forked(work: Callable[[], int], due: float = SECONDS) -> int:
    """Do something in a child and a folder of its own, bounded in time and memory; its exit code."""
    with tempfile.TemporaryDirectory(prefix="awen-mutants-", ignore_cleanup_errors=True) as folder:
        if (child := os.fork()) == 0:
            code = FAILED
            try:
                os.setsid()
                tempfile.tempdir = os.environ["TMPDIR"] = folder
                signal.alarm(SECONDS)
                most = CPU_SECONDS + round(4 * due)
                resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
                resource.setrlimit(resource.RLIMIT_DATA, (DATA_OCTETS, DATA_OCTETS))
                code = work()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):  # what a test has started and left behind
            os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status)


def covering(sources: Iterable[str], tests: Sequence[str]) -> Covering:
    """Which test executes which line.

    Raises:
        RuntimeError: The tests do not pass as they are.
    """
    watch = _Watch(frozenset(str(path) for path in files(sources)))
    with tempfile.NamedTemporaryFile() as kept:

        def work() -> int:
            code = _pytest(tests, [watch])
            Path(kept.name).write_bytes(pickle.dumps(watch.seen))
            return code

        if _forked(work) != PASSED:
            raise RuntimeError(f"{' '.join(tests)} does not pass as it is")
        seen = pickle.loads(Path(kept.name).read_bytes())  # noqa: S301 - written by our own child
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for name, (_, lines) in sorted(seen.items(), key=lambda one: one[1][0]):
        for path, line in lines:
            found[Path(path).relative_to(ROOT).as_posix(), line].append(name)
    return Covering(found, {name: seconds for name, (seconds, _) in seen.items()})


def files(sources: Iterable[str]) -> Iterator[Path]:
    """The modules of a package."""
    for source in sources:
        path = ROOT / source
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def fate(mutant: Mutant, tests: Sequence[str], known: Covering) -> Fate:
    """Run the tests against a mutant: those that execute its line, or all where none is known to.

    The cases of the corpus come last, in a child of their own: few mutants get as far.
    """
    quick = known.of(mutant)
    chosen = sorted({name.partition("::")[0] for name in quick}) if quick else tests
    for files in ([one for one in chosen if one != CASES], [one for one in chosen if one == CASES]):
        if not files:
            continue

        def work(files: Sequence[str] = files) -> int:
            plant(mutant)
            return _pytest(files, [_Choice(quick)] if quick else [])

        code = _forked(work, known.due(files, quick))
        if code not in (PASSED, NONE_RAN):
            in_time = -code not in (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL)
            return Fate(mutant, "killed" if in_time else "timeout")
    return Fate(mutant, "survived")


def explained() -> Mapping[str, str]:
    """Why a mutant may survive, by its name."""
    groups = json.loads(SURVIVORS.read_text(encoding="utf-8"))
    return {name: group["reason"] for group in groups for name in group["mutants"]}


def campaign(only: Sequence[str], *, sample: int | None, seed: int) -> Outcome:
    """Plant a sample of the mutants of each package."""
    _warm()
    there, fates = {}, {}
    for package in only or PACKAGES:
        sources, tests = PACKAGES[package]
        every = [mutant for path in files(sources) for mutant in mutants(path)]
        draw = random.Random(f"{seed} {package}")
        draw.shuffle(every)  # so that a larger sample holds a smaller one
        chosen = every[:sample]
        known = covering(sources, tests)
        there[package] = len(every)
        fates[package] = [_told(fate(one, tests, known)) for one in chosen]
    excuses = explained()
    figures: dict[str, int | float | str] = {}
    for package, ones in fates.items():
        figures |= _figures(package, there[package], ones, excuses)
    survivors = [one.mutant for ones in fates.values() for one in ones if one.outcome == "survived"]
    return Outcome(
        campaign="mutants",
        promise="The tests of a package notice small changes anywhere in its code.",
        figures=figures,
        problems=tuple(
            f"{one.path}:{one.line} {one.name}: survived" for one in survivors if one.name not in excuses
        ),
        controls=(Control("ids that are never computed: noticed", int(_control())),),
    )


def _told(one: Fate) -> Fate:
    print(
        f"{one.outcome:9} {one.mutant.path}:{one.mutant.line} {one.mutant.name}", file=sys.stderr, flush=True
    )
    return one


def _figures(
    package: str, there: int, fates: Sequence[Fate], known: Mapping[str, str]
) -> dict[str, int | float | str]:
    """The score, and the score without changes that are known to change nothing."""
    counted = Counter(one.outcome for one in fates)
    noticed = counted["killed"] + counted["timeout"]
    excused = sum(one.outcome == "survived" and one.mutant.name in known for one in fates)
    return {
        f"{package}: changes that there are": there,
        f"{package}: planted": len(fates),
        f"{package}: noticed": noticed,
        f"{package}: of them by running into a limit of time": counted["timeout"],
        f"{package}: survived, with a reason": excused,
        f"{package}: survived without": counted["survived"] - excused,
        f"{package}: score in per cent": round(100 * noticed / len(fates), 1),
        f"{package}: score in per cent, less those with a reason": round(
            100 * noticed / (len(fates) - excused), 1
        ),
    }


def _control() -> bool:
    """Whether a change that nobody could miss is noticed."""
    sources, tests = PACKAGES["digest"]
    every = [mutant for path in files(sources) for mutant in mutants(path)]
    chosen = next(one for one in every if one.before.startswith("return Ids(") and one.after == "return None")
    return fate(chosen, tests, Covering({}, {})).outcome != "survived"


def _warm() -> None:
    """Import what every child would import anew; nothing of ours that is changed."""
    import hypothesis.strategies  # noqa: F401
    import jsonschema_rs  # noqa: F401
    import numpy as np  # noqa: F401
    import pytest  # noqa: F401

    import awen_schema.models  # noqa: F401

    stored_cases()


def main() -> int:
    """Run it."""
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--only", action="append", default=[], choices=list(PACKAGES))
    line.add_argument("--sample", type=int, help="so many of each package; all without")
    line.add_argument("--seed", type=int, default=7)
    line.add_argument(
        "--add", action="store_true", help="to what an earlier run with other packages left at --out"
    )
    options = line.parse_args()
    begun = Begun("mutants")
    earlier = json.loads(options.out.read_text("utf-8")) if options.add else None
    if earlier and earlier["sources"] != begun.exercised:
        print(
            "the earlier run exercised other code, so that its figures say nothing of this", file=sys.stderr
        )
        return 2
    outcome = campaign(options.only, sample=options.sample, seed=options.seed)
    if earlier:
        problems = (*earlier["problems"], *outcome.problems)
        outcome = replace(outcome, figures=earlier["figures"] | outcome.figures, problems=problems)
        begun.earlier = earlier["seconds"]
    return report(outcome, begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
