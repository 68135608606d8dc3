"""Puts the cases to an implementation, each in a fresh folder, and collects what came of it."""

import json
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from awen_conformance.corpus import Case, NotRepresentableError, lay_out
from awen_conformance.driver import PROTOCOL, Driver, Limits, OneShot, Serve
from awen_conformance.judge import Outcome, Result, judge

__all__ = ["Expected", "Hello", "Run", "expected_failures", "greet", "run"]

NOW = "2026-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Hello:
    """What an implementation says of itself."""

    implementation: str
    version: str
    profiles: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """One entry of `xfail.toml` (AWB-R-651)."""

    case_id: str
    outcome: str
    reason: str
    issue: str
    expires: date


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run.

    Attributes:
        hello: The implementation.
        results: One per case that was put, in the order of the corpus.
        stale: Entries of `xfail.toml` that are expired, or whose case is not in the run.
    """

    hello: Hello
    results: tuple[Result, ...]
    stale: tuple[str, ...]

    @property
    def conformant(self) -> bool:
        """Nothing failed, nothing unexpectedly passed, and no excuse is stale."""
        good: set[Outcome] = {"pass", "xfail", "not_runnable", "unsupported"}
        return not self.stale and all(result.outcome in good for result in self.results)

    @property
    def partial(self) -> bool:
        """Something required was not put or could not be (AWB-R-601)."""
        return any(result.outcome in ("unsupported", "not_runnable", "xfail") for result in self.results)


def expected_failures(path: Path) -> tuple[Expected, ...]:
    """Read `xfail.toml`: tables `[[case]]` with id, outcome, reason, issue and expires.

    Raises:
        KeyError: An entry lacks a member.
        tomllib.TOMLDecodeError: It is not TOML.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
    return tuple(
        Expected(entry["id"], entry["outcome"], entry["reason"], entry["issue"], entry["expires"])
        for entry in entries
    )


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
        raise ConnectionError(f"the driver does not answer hello: {answer.trouble}: {answer.detail}")
    said = answer.result
    return Hello(
        implementation=str(said.get("implementation", "unnamed")),
        version=str(said.get("version", "")),
        profiles=tuple(said.get("profiles", ())),
        verbs=tuple(said.get("verbs", ())),
    )


def run(
    command: tuple[str, ...],
    cases: Iterable[Case],
    *,
    serve: bool = False,
    limits: Limits | None = None,
    excused: Iterable[Expected] = (),
) -> Run:
    """Put every case and judge every answer.

    Args:
        command: The driver and its first arguments.
        cases: What to put.
        serve: Use one serving process instead of one process a call.
        limits: What each call may use.
        excused: Expected failures.

    Raises:
        ConnectionError: The driver does not answer `hello`.
    """
    limits = limits or Limits()
    with ExitStack() as stack:
        driver: Driver
        if serve:
            home = stack.enter_context(tempfile.TemporaryDirectory(prefix="awen-conform-"))
            driver = Serve(command, Path(home), limits)
        else:
            driver = OneShot(command, limits)
        stack.callback(driver.close)
        hello = greet(driver)
        results = tuple(_put(driver, case, hello, limits) for case in cases)
    excuses = {entry.case_id: entry for entry in excused}
    return Run(hello, tuple(_excused(result, excuses) for result in results), tuple(_stale(results, excuses)))


def _put(driver: Driver, case: Case, hello: Hello, limits: Limits) -> Result:
    """One case in a folder of its own under opaque names (AWB-R-652)."""
    with tempfile.TemporaryDirectory(prefix="awen-conform-") as name:
        workdir = Path(name)
        target = workdir / "input"
        try:
            lay_out(case, target)
        except NotRepresentableError as error:
            return Result(case.case_id, "not_runnable", str(error))
        request: dict[str, Any] = {
            "protocol": PROTOCOL,
            "verb": case.verb,
            "now": NOW,
            "workdir": str(workdir),
            "input": str(target),
        }
        answer = driver.call(request, workdir)
        written = sum(path.lstat().st_size for path in workdir.rglob("*"))
        if written > limits.written_kib << 10:
            return Result(case.case_id, "limit_exceeded", f"{written} bytes written")
        return judge(case, answer, workdir, declared=case.verb in hello.verbs)


def _excused(result: Result, excuses: Mapping[str, Expected]) -> Result:
    excuse = excuses.get(result.case_id)
    if excuse is None:
        return result
    if result.outcome == "pass":
        return Result(result.case_id, "xpass", f"expected {excuse.outcome}: {excuse.reason}")
    if result.outcome == excuse.outcome:
        return Result(result.case_id, "xfail", f"{excuse.reason} ({excuse.issue})")
    return result


def _stale(results: tuple[Result, ...], excuses: Mapping[str, Expected]) -> Iterator[str]:
    put = {result.case_id for result in results}
    today = datetime.now(UTC).date()
    for case_id, excuse in sorted(excuses.items()):
        if case_id not in put:
            yield f"{case_id}: no such case in this run"
        elif excuse.expires < today:
            yield f"{case_id}: expired on {excuse.expires}"


def report(outcome: Run, *, suite_version: str, corpus: str) -> str:
    """`report.json`: deterministic, and ended by a footer without which it is truncated (AWB-R-660)."""
    counts: dict[str, int] = {}
    for result in outcome.results:
        counts[result.outcome] = counts.get(result.outcome, 0) + 1
    body = {
        "protocol": PROTOCOL,
        "suite_version": suite_version,
        "corpus_sha256": corpus,
        "implementation": outcome.hello.implementation,
        "version": outcome.hello.version,
        "conformant": outcome.conformant,
        "partial": outcome.partial,
        "counts": counts,
        "stale": list(outcome.stale),
        "results": [
            {"case": one.case_id, "outcome": one.outcome, "detail": one.detail} for one in outcome.results
        ],
        "zz_footer": {"complete": True, "cases": len(outcome.results)},
    }
    return json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
