"""What stands behind the requirements of each section of the specification."""

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.cited import in_cases, in_tests
from sitegen.registry import Requirement, requirements


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the specification.

    Attributes:
        page: Stem of the file below `docs/spec`.
        title: Its heading.
        stated: How many requirements it states.
        in_cases: How many of them a case of the corpus lists.
        in_tests: How many a test cites.
        exempt: Those that say themselves why they have no test.
        open: Those that nothing stands behind.
    """

    page: str
    title: str
    stated: int
    in_cases: int
    in_tests: int
    exempt: tuple[str, ...]
    open: tuple[str, ...]


def sections() -> tuple[Section, ...]:
    """Every section that states a requirement, in the order of their numbers."""
    grouped: dict[tuple[str, str], list[Requirement]] = {}
    for one in requirements():
        grouped.setdefault((one.page, one.section), []).append(one)
    return tuple(_section(page, title, found) for (page, title), found in grouped.items())


def _section(page: str, title: str, found: Iterable[Requirement]) -> Section:
    numbers = {one.id for one in found}
    exempt = {one.id for one in found if one.test == "none"}
    cases, tests = numbers & set(in_cases()), numbers & set(in_tests())
    left = numbers - cases - tests - exempt
    return Section(
        page, title, len(numbers), len(cases), len(tests), tuple(sorted(exempt)), tuple(sorted(left))
    )
