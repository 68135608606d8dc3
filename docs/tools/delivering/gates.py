"""Run the checks and read what they found."""

import json
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from sitegen.registry import ROOT

CONFORM = ("awen-conform", "run", "--serve")
IMPLEMENTATIONS = {
    "reference": "conformance/drivers/awen_ref/driver",
    "awen-js": "conformance/implementations/awen-js/driver",
}
RECIPES = ("install", "format", "lint", "types", "layers", "generated", "docs")
"""Recipes of the justfile that say yes or no."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One check that was run.

    Attributes:
        name: What it holds.
        command: How it was called.
        status: How it ended; 0 is yes.
        seconds: How long it took.
    """

    name: str
    command: str
    status: int
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether it said yes."""
        return self.status == 0


@dataclass(frozen=True, slots=True)
class Tests:
    """What the test suite found: how many ran, and which failed."""

    ran: int
    skipped: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conformance:
    """What the conformance suite found about one implementation.

    Attributes:
        name: The implementation as the delivery calls it.
        report: The suite's own report.
    """

    name: str
    report: dict[str, Any]


def run(name: str, command: Sequence[str]) -> Gate:
    """Run one check; what it prints is shown."""
    begun = time.monotonic()
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    return Gate(name, " ".join(_plain(part) for part in command), status, time.monotonic() - begun)


def recipes() -> list[Gate]:
    """Every recipe that says yes or no."""
    return [run(name, ["just", name]) for name in RECIPES]


def tests(folder: Path) -> tuple[Gate, Tests]:
    """The tests that belong to every change."""
    results = folder / "tests.xml"
    gate = run("test", ["just", "test", f"--junit-xml={results}", "-o", "junit_family=xunit2"])
    return gate, read_tests(results)


def read_tests(results: Path) -> Tests:
    """What a JUnit report of our own says; where the run left none, no test was run."""
    if not results.exists():
        return Tests(0, 0, ())
    cases = list(ET.parse(results).iter("testcase"))  # noqa: S314 - written by our own pytest a moment ago
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    skipped = sum(case.find("skipped") is not None for case in cases)
    names = tuple(sorted(f"{case.get('classname')}::{case.get('name')}" for case in failed))
    return Tests(len(cases), skipped, names)


def conformance(folder: Path) -> list[tuple[Gate, Conformance]]:
    """The conformance suite, put to every implementation of the repository."""
    return [_conformance(name, driver, folder) for name, driver in IMPLEMENTATIONS.items()]


def _conformance(name: str, driver: str, folder: Path) -> tuple[Gate, Conformance]:
    report = folder / f"conformance-{name}.json"
    report.unlink(missing_ok=True)
    gate = run(f"conformance of {name}", [*CONFORM, "--driver", driver, "--report", str(report)])
    found = json.loads(report.read_bytes()) if report.exists() else {}
    return gate, Conformance(name, found)


def _plain(part: str) -> str:
    """An argument without the place where this checkout lies."""
    return re.sub(rf"{re.escape(str(ROOT))}/?", "", part)
