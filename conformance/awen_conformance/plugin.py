"""pytest plugin: one item for each case, put to the driver that `--awen-driver` names.

Loaded with pytest wherever the package is installed, so it does nothing, and imports nothing of weight,
without that option.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from awen_conformance.corpus import Case

__all__ = ["pytest_addoption", "pytest_collection"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--awen-driver` and `--awen-profile`."""
    group = parser.getgroup("awen", "AWEN conformance")
    group.addoption("--awen-driver", help="Put the AWEN conformance suite to this driver.")
    group.addoption(
        "--awen-profile", action="append", default=[], help="Only cases of this profile (repeatable)."
    )


def pytest_collection(session: pytest.Session) -> None:
    """Add the cases to what is collected."""
    command = session.config.getoption("--awen-driver")
    if command:
        session.config.pluginmanager.register(
            _Suite(str(command), session.config.getoption("--awen-profile"))
        )


class _Suite:
    """Puts the suite's items beside those that pytest found itself."""

    def __init__(self, command: str, profiles: list[str]) -> None:
        self._command = command
        self._profiles = profiles

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        collector = _Cases.from_parent(session, name="awen-conform", nodeid="awen-conform")
        collector.command, collector.profiles = self._command, self._profiles
        items.extend(collector.collect())


class _Cases(pytest.Collector):
    """The cases of the suite."""

    command: str
    profiles: list[str]

    def collect(self) -> Iterator["_Item"]:
        """One item for each case of the wanted profiles."""
        from awen_conformance import corpus

        for case in corpus.load(corpus.default_root()):
            if not self.profiles or case.profile in self.profiles:
                item = _Item.from_parent(self, name=case.case_id)
                item.case, item.command = case, self.command
                yield item


class _Item(pytest.Item):
    """One case."""

    case: "Case"
    command: str

    def runtest(self) -> None:
        """Put the case; an unsupported verb is skipped, what cannot be represented here too."""
        from awen_conformance.cli import command_of
        from awen_conformance.corpus import clauses
        from awen_conformance.runner import Plan, run

        result = run(Plan(command_of(self.command)), [self.case]).results[0]
        if result.outcome in ("unsupported", "not_runnable"):
            pytest.skip(f"{result.outcome}: {result.detail}")
        if result.outcome != "pass":
            broken = [f"{number}: {text}" for number, text in clauses(self.case.requirements).items()]
            raise AssertionError("\n".join([f"{result.outcome}: {result.detail}", self.case.title, *broken]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: str | None = None) -> str:
        """What was expected and what came, without the suite's own frames."""
        del style
        return str(excinfo.value)

    def reportinfo(self) -> tuple[str, None, str]:
        """Where the case stands."""
        return str(self.case.folder), None, self.case.case_id
