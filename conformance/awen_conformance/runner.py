"""Puts the cases to an implementation, each in a fresh folder, and collects what came of it."""

import itertools
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

from awen_conformance.claims import Claim, claims
from awen_conformance.corpus import Case, NotRepresentableError
from awen_conformance.driver import PROTOCOL, Answer, Driver, Limits, OneShot, Serve, written_below
from awen_conformance.excuses import Expected, excused, stale
from awen_conformance.judge import Outcome, Result
from awen_conformance.procedures import Box, put

__all__ = ["Hello", "Plan", "Run", "greet", "run"]

NOW = "2026-01-01T00:00:00+00:00"
_HOSTILE_ONE_OF = 25
"""Of so many cases one is put a second time, in a hostile environment."""
_WRONG_ANSWERS = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    zipfile.BadZipFile,
)
"""What an answer of a form that nobody foresaw raises while it is judged: charged to the driver."""

_ABOVE = ("a", "b", "c", "work")
"""Folders that a path with `..` in it would reach."""

GOOD: frozenset[Outcome] = frozenset({"pass", "xfail", "not_runnable", "unsupported"})


@dataclass(frozen=True, slots=True)
class Hello:
    """What an implementation says of itself."""

    implementation: str
    version: str
    profiles: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to run.

    Attributes:
        command: The driver and its first arguments.
        serve: One serving process a worker instead of one process a call.
        jobs: Number of workers.
        twice: Put every case two times; one whose outcomes differ is flaky.
        hostile: Put every case, and not only one of 25, a second time where locale, time zone, umask and
            working directory are hostile.
        limits: What each call may use.
        excuses: Expected failures.
        known: Results of an interrupted run, not to be put again.
        done: Told of each result as it comes, one at a time.
        needed: The frozen set that claims are made on.
    """

    command: tuple[str, ...]
    serve: bool = False
    jobs: int = 1
    twice: bool = False
    hostile: bool = False
    limits: Limits = field(default_factory=Limits)
    excuses: tuple[Expected, ...] = ()
    known: Mapping[str, Result] = field(default_factory=dict)
    done: Callable[[Result], None] | None = None
    needed: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run.

    Attributes:
        hello: The implementation.
        results: One per case that was put, in the order of the corpus.
        stale: Excuses that are expired, or whose case is not in the run.
        claims: Profile to what the run lets one claim.
    """

    hello: Hello
    results: tuple[Result, ...]
    stale: tuple[str, ...]
    claims: Mapping[str, Claim]

    @property
    def conformant(self) -> bool:
        """Nothing failed, nothing unexpectedly passed, and no excuse is stale."""
        return not self.stale and all(result.outcome in GOOD for result in self.results)

    @property
    def partial(self) -> bool:
        """Something that a declared profile needs was not put or could not be (AWB-R-601)."""
        return not self.claims or "partial" in self.claims.values()


def greet(driver: Driver) -> Hello:
    """Ask the implementation for its name, its profiles and its verbs.

    Raises:
        ConnectionError: The driver does not answer `hello`: nothing can be run.
    """
    with tempfile.TemporaryDirectory(prefix="awen-conform-") as folder:
        answer = driver.call(
            {"protocol": PROTOCOL, "verb": "hello", "now": NOW, "workdir": folder}, Path(folder)
        )
    if answer.trouble is not None:
        raise ConnectionError(
            f"the driver does not answer hello: {answer.trouble}: {answer.detail}. What it says on standard"
            " error is not read: run it by hand, as `hello --request FILE`"
        )
    said = answer.result
    return Hello(
        implementation=str(said.get("implementation", "unnamed")),
        version=str(said.get("version", "")),
        profiles=tuple(said.get("profiles", ())),
        verbs=tuple(said.get("verbs", ())),
    )


def run(plan: Plan, cases: Iterable[Case]) -> Run:
    """Put every case and judge every answer.

    Raises:
        ConnectionError: The driver does not answer `hello`.
    """
    with ExitStack() as stack:
        workers = _Workers(plan, stack)
        hello = greet(workers.driver())
        said = threading.Lock()

        def one(place: int, case: Case) -> Result:
            if case.case_id in plan.known:
                return plan.known[case.case_id]
            result = _timed(workers, case, hello, hostile=plan.hostile or place % _HOSTILE_ONE_OF == 0)
            if plan.done is not None:
                with said:
                    plan.done(result)
            return result

        with ThreadPoolExecutor(plan.jobs) as pool:
            results = tuple(pool.map(one, itertools.count(), cases))
    judged = tuple(excused(result, plan.excuses) for result in results)
    return Run(
        hello,
        judged,
        tuple(stale(judged, plan.excuses)),
        claims(hello.profiles, judged, plan.needed),
    )


class _Workers:
    """Drivers of each thread, one for each environment, all ended together."""

    def __init__(self, plan: Plan, stack: ExitStack) -> None:
        self.plan = plan
        self._stack = stack
        self._own = threading.local()
        self._starting = threading.Lock()

    def driver(self, *, hostile: bool = False) -> Driver:
        """This thread's driver."""
        drivers: dict[bool, Driver] = self._own.__dict__.setdefault("drivers", {})
        if hostile not in drivers:
            with self._starting:
                drivers[hostile] = self._started(hostile=hostile)
        return drivers[hostile]

    def _started(self, *, hostile: bool) -> Driver:
        plan = self.plan
        driver: Driver = OneShot(plan.command, plan.limits, hostile)
        if plan.serve:
            box = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="awen-conform-"))
            home = Path(box) / "home"
            home.mkdir()
            driver = Serve(plan.command, home, plan.limits, hostile=hostile)
        self._stack.callback(driver.close)
        return driver


def _timed(workers: _Workers, case: Case, hello: Hello, *, hostile: bool) -> Result:
    """The result, and whether a second time and a hostile environment have the same one."""
    begun, limits = monotonic(), workers.plan.limits
    result = _put(workers.driver(), case, hello, limits)
    if workers.plan.twice:
        again = _put(workers.driver(), case, hello, limits)
        if again.outcome != result.outcome:
            result = Result(case.case_id, "flaky", f"{result.outcome}, then {again.outcome}")
    if hostile and result.outcome == "pass":
        again = _put(workers.driver(hostile=True), case, hello, limits)
        if again.outcome != result.outcome:
            text = (
                f"{again.outcome} with another locale, time zone, umask and working directory: {again.detail}"
            )
            result = Result(case.case_id, "flaky", text)
    return replace(result, seconds=monotonic() - begun)


def _put(driver: Driver, case: Case, hello: Hello, limits: Limits) -> Result:
    """One case in a folder of its own under opaque names (AWB-R-652)."""
    with tempfile.TemporaryDirectory(prefix="awen-conform-") as box:
        folder = Path(box, *_ABOVE)
        folder.mkdir(parents=True)
        broken: list[str] = []

        def ask(verb: str, members: Mapping[str, Any]) -> Answer:
            if verb not in hello.verbs:
                return Answer({}, "unsupported", f"{verb} was not declared")
            request = {"protocol": PROTOCOL, "verb": verb, "now": NOW, "workdir": str(folder), **members}
            answer = driver.call(request, folder)
            if answer.trouble == "unsupported":
                broken.append(verb)
            return answer

        try:
            result = put(Box(case, folder, ask))
        except NotRepresentableError as error:
            return Result(case.case_id, "not_runnable", str(error))
        except _WRONG_ANSWERS as error:
            return Result(case.case_id, "protocol_error", f"cannot be judged: {error!r}")
        if broken:
            return Result(case.case_id, "fail", f"{broken[0]} was declared, then not supported")
        return _out_of_bounds(case, Path(box), folder, limits) or result


def _out_of_bounds(case: Case, box: Path, folder: Path, limits: Limits) -> Result | None:
    """What a call has written too much, or beside its folder: the folders above it are ours and empty."""
    written = written_below(folder)
    if written > limits.written_kib << 10:
        return Result(case.case_id, "limit_exceeded", f"{written} bytes written")
    own = {folder, *(parent for parent in folder.parents if parent.is_relative_to(box))}
    beside = sorted(
        path.relative_to(box).as_posix()
        for parent in own - {folder}
        for path in parent.iterdir()
        if path not in own
    )
    if beside:
        return Result(case.case_id, "limit_exceeded", f"written outside the folder: {', '.join(beside[:3])}")
    return None
