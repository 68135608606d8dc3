"""From an answer to an outcome: pure, so that the scoreboard can be tested without a process."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from awen_conformance.corpus import Case
from awen_conformance.driver import Answer

__all__ = ["GIVEN", "OUTCOMES", "Outcome", "Result", "judge", "output_of"]

Outcome = Literal[
    "pass",
    "fail",
    "wrong_reason",
    "overreport",
    "crash",
    "hang",
    "protocol_error",
    "limit_exceeded",
    "unsupported",
    "not_runnable",
    "xfail",
    "xpass",
    "flaky",
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


GIVEN = frozenset({"input", "other", "plan.json", "first", "request.json", "home"})
"""What the runner itself puts into a call's folder."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one case came to.

    Attributes:
        case_id: The case.
        outcome: As section Outcomes of the specification defines it.
        detail: What was expected and what came, in one line.
        seconds: How long it took; no part of the outcome.
    """

    case_id: str
    outcome: Outcome
    detail: str = ""
    seconds: float = field(default=0.0, compare=False)


def judge(case: Case, answer: Answer, workdir: Path) -> Result:
    """The outcome of one answer to a case that one answer decides.

    Args:
        case: The case that was put.
        answer: What came back.
        workdir: The folder that paths in the answer are relative to.
    """
    if answer.trouble is not None:
        return Result(case.case_id, answer.trouble, answer.detail)
    match case.kind:
        case "identity":
            return _identity(case, answer)
        case "canonical":
            return _canonical(case, answer, workdir)
        case _:
            return _verdict(case, answer)


def output_of(answer: Answer, workdir: Path) -> Path | None:
    """The output that an answer names, if it is a file or folder below the folder that was not put there."""
    name = answer.result.get("output")
    if not isinstance(name, str):
        return None
    path = (workdir / name).resolve()
    inside = path.is_relative_to(workdir.resolve()) and path != workdir.resolve()
    made = inside and path.relative_to(workdir.resolve()).parts[0] not in GIVEN
    return path if made and (path.is_file() or path.is_dir()) else None


def _verdict(case: Case, answer: Answer) -> Result:
    verdict = answer.result.get("verdict")
    if verdict not in ("valid", "invalid", "refused"):
        return Result(case.case_id, "protocol_error", f"verdict is {verdict!r}")
    if verdict != case.expect.verdict:
        return Result(case.case_id, "fail", f"{case.expect.verdict} was expected, {verdict} came")
    findings = answer.result.get("findings")
    if not isinstance(findings, list) or not all(isinstance(one, dict) for one in findings):
        return Result(case.case_id, "protocol_error", "findings is no list of objects")
    reported = {str(one.get("code")) for one in findings}
    missing = sorted(case.expect.codes - reported)
    if missing:
        return Result(case.case_id, "wrong_reason", f"{', '.join(missing)} missing; {_listed(reported)} came")
    for code, place in case.expect.stated.get("at", {}).items():  # AWB-R-321
        if not any(one.get("code") == code and place.items() <= one.items() for one in findings):
            return Result(case.case_id, "wrong_reason", f"{code} is not reported at {dict(place)}")
    if case.expect.stated.get("verdict_only"):  # several faults at once: AWB-R-613
        return Result(case.case_id, "pass")
    surplus = sorted(reported - case.expect.codes - case.expect.allowed)
    if surplus:
        return Result(case.case_id, "overreport", f"{', '.join(surplus)} beyond {_listed(case.expect.codes)}")
    return Result(case.case_id, "pass")


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "no code"


def _identity(case: Case, answer: Answer) -> Result:
    if case.expect.verdict == "refused":
        if "refused" in answer.result and not any(name in answer.result for name in ("artifact_id", "seal")):
            return Result(case.case_id, "pass")
        return Result(case.case_id, "fail", "an id was given where none may be")
    wrong = sorted(name for name, value in case.expect.ids.items() if answer.result.get(name) != value)
    return Result(case.case_id, "fail" if wrong else "pass", f"differs: {', '.join(wrong)}" if wrong else "")


def _canonical(case: Case, answer: Answer, workdir: Path) -> Result:
    refused = "refused" in answer.result
    if (case.expect.verdict == "refused") != refused:
        return Result(case.case_id, "fail", "refused" if refused else "accepted what has to be refused")
    if refused:
        return Result(case.case_id, "pass")
    path = output_of(answer, workdir)
    if path is None or not path.is_file():
        return Result(case.case_id, "protocol_error", "output is no file of the folder")
    same = path.read_bytes() == case.expect.output
    return Result(case.case_id, "pass" if same else "fail", "" if same else "other octets")
