"""The four papers, as text made from what was found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from delivering.coverage import Section
from delivering.gates import Conformance, Gate, Tests
from sitegen.results import Result

_HEAD = "Made by `just deliver` from what the checks found; not edited."


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that the checks found.

    Attributes:
        facts: What is delivered.
        sections: What stands behind the requirements.
        gates: Every check that was run.
        tests: The test suite.
        conformance: The conformance suite, by implementation.
        campaigns: What is kept of the campaigns.
    """

    facts: Mapping[str, Any]
    sections: Sequence[Section]
    gates: Sequence[Gate]
    tests: Tests
    conformance: Sequence[Conformance]
    campaigns: Sequence[Result]


def sections(found: Sequence[Section]) -> str:
    """`SECTIONS.md`: the specification, section by section, and what stands behind each.

    Args:
        found: What stands behind the requirements.
    """
    rows = [
        f"| {one.page} | {one.title} | {one.stated} | {one.in_cases} | {one.in_tests} | {len(one.exempt)} "
        f"| {' '.join(one.open)} |"
        for one in found
    ]
    stated, cases, tests = (
        sum(getattr(one, name) for one in found) for name in ("stated", "in_cases", "in_tests")
    )
    return _lines(
        "# Sections",
        "",
        "Made from the text, the corpus and the tests; not edited.",
        "",
        "*Exempt* requirements say in the text why nothing tests them; nothing tests the *open* ones yet.",
        "",
        "| Document | Section | Requirements | In cases | In tests | Exempt | Open |",
        "|---|---|---:|---:|---:|---:|---|",
        *rows,
        f"| All | | {stated} | {cases} | {tests} | {sum(len(one.exempt) for one in found)} "
        f"| {sum(len(one.open) for one in found)} |",
    )


def verification(found: Findings) -> str:
    """`VERIFICATION.md`: every check, how it was called and how it ended."""
    tests = found.tests
    return _lines(
        "# Verification report",
        "",
        _HEAD,
        "",
        f"Commit `{found.facts['commit']}`, working tree {_clean(found)}.",
        "",
        "## Checks",
        "",
        "| Check | Command | Result | Seconds |",
        "|---|---|---|---:|",
        *(
            f"| {gate.name} | `{gate.command}` | {_result(gate)} | {gate.seconds:.0f} |"
            for gate in found.gates
        ),
        "",
        "## Tests",
        "",
        f"{tests.ran} run, {len(tests.failed)} failed, {tests.skipped} skipped.",
        *(line for name in tests.failed for line in ("", f"- `{name}`")),
        "",
        "## Conformance",
        "",
        *(line for one in found.conformance for line in _conformance(one)),
        "",
        "## Campaigns",
        "",
        "Run at length, and not for every delivery: each speaks for the code that it exercised.",
        "",
        "| Campaign | Result | Control | Speaks for |",
        "|---|---|---|---|",
        *(f"| {one.name} | {one.verdict} | {one.controls} | {one.speaks_for} |" for one in found.campaigns),
    )


def sign_off(found: Findings) -> str:
    """`SIGN-OFF.md`: whether this may be released, and what stands against it."""
    against = list(objections(found))
    verdict = "**May be released.**" if not against else "**Must not be released.**"
    versions = ", ".join(f"{name} {version}" for name, version in sorted(found.facts["versions"].items()))
    return _lines(
        "# Release sign-off",
        "",
        _HEAD,
        "",
        f"{versions}; commit `{found.facts['commit']}`.",
        "",
        verdict,
        "",
        *(f"- {line}" for line in against),
    )


def objections(found: Findings) -> Iterator[str]:
    """Everything that stands against a release."""
    if not found.facts["tree_clean"]:
        yield "the working tree differs from the commit"
    yield from (
        f"the check `{gate.name}` ended with status {gate.status}" for gate in found.gates if not gate.passed
    )
    if not found.tests.ran:
        yield "no test was run"
    if found.tests.failed:
        yield f"{len(found.tests.failed)} tests failed"
    for one in found.conformance:
        if not one.report.get("conformant"):
            yield f"{one.name} does not conform to what it declares"
    yield from (
        f"the campaign {one.name}: {one.verdict}; controls: {one.controls}"
        for one in found.campaigns
        if not one.kept["passed"]
    )
    left = [number for section in found.sections for number in section.open]
    if left:
        yield f"nothing tests {len(left)} requirements: {', '.join(left)}"


def _conformance(one: Conformance) -> Iterator[str]:
    """One implementation."""
    report = one.report
    counted = ", ".join(f"{count} {name}" for name, count in sorted(report.get("counts", {}).items()))
    claims = ", ".join(f"{profile} {claim}" for profile, claim in sorted(report.get("claims", {}).items()))
    verdict = "conformant to what it declares" if report.get("conformant") else "not conformant"
    yield f"- {one.name}: {verdict}; {counted or 'nothing was run'}; {claims or 'no claims'}"


def _result(gate: Gate) -> str:
    return "passed" if gate.passed else f"failed with status {gate.status}"


def _clean(found: Findings) -> str:
    return "unchanged" if found.facts["tree_clean"] else "changed since"


def _lines(*lines: str) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
