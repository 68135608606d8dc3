"""What `awen verify` finds and says, for the parsed command line and for the plain one (ADR 0105)."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from awen_ref.cli.output import echo, echo_json, finding_lines
from awen_ref.cli.source import open_bundle
from awen_ref.errors import ContainerError, Finding

if TYPE_CHECKING:
    from awen_ref.bundle import Bundle
    from awen_ref.signing import Judgement
    from awen_ref.verify import Report

__all__ = ["Verdict", "give", "judge"]


class Verdict(NamedTuple):
    """What one bundle was found to be.

    Attributes:
        report: What the check found.
        judgement: What the caller's policy makes of its signatures; none without a policy.
    """

    report: "Report"
    judgement: "Judgement | None"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those of the check and those of the policy."""
        return (*self.report.findings, *(self.judgement.findings if self.judgement else ()))

    @property
    def status(self) -> int:
        """The exit code: 0 for a valid bundle that meets the policy, where there is one."""
        accepted = self.judgement is None or self.judgement.accepted
        return 0 if self.report.verdict == "valid" and accepted else 1

    @property
    def line(self) -> str:
        """The verdict with the artifact's type and name, where they can be told."""
        report = self.report
        return f"{report.verdict}{f' {report.artifact_type} {report.ids.artifact_id}' if report.ids else ''}"

    def as_dict(self) -> dict[str, Any]:
        """The verdict for machines."""
        report, judgement = self.report, self.judgement
        outcome = {
            "verdict": report.verdict,
            "artifact_id": report.ids.artifact_id if report.ids else None,
            "findings": [finding.as_dict() for finding in self.findings],
        }
        return outcome | (_trust(judgement) if judgement else {})

    def trust_lines(self) -> Iterator[str]:
        """What the policy makes of the signatures; nothing without a policy."""
        if self.judgement is None:
            return
        answer = "trusted" if self.judgement.accepted else "not trusted"
        yield f"{answer} {', '.join(self.judgement.signers)}".rstrip()
        for stamp in self.judgement.time_stamps:
            yield f"{stamp.subject} there by {stamp.time.isoformat()}, says {stamp.authority}"


def judge(
    reference: str, *, expect: str | None = None, policy: str | None = None, store: str | None = None
) -> Verdict:
    """Check a bundle.

    Args:
        reference: Path, id, or `-` for a ZIP on standard input.
        expect: An id that it must have.
        policy: File that says whose signatures and time stamps count, and how many.
        store: Folder of the store that an id is looked for in.

    Raises:
        MissingError: There is neither such a path nor such an id.
        ContainerError: A path cannot be read for a reason that is no fault of the bundle.
    """
    from awen_ref import verify

    bundle: Bundle | None = None
    try:
        bundle = open_bundle(reference, store)
        report = verify.check(bundle)
    except ContainerError as refusal:
        report = verify.Report(artifact_type=None, ids=None, findings=refusal.findings)
        if not refusal.findings:
            raise
    if expect:
        report = report._replace(findings=(*report.findings, *verify.held_to(report.ids, expect)))
    return Verdict(report, _judgement(bundle, report, policy) if policy else None)


def give(
    reference: str,
    *,
    expect: str | None = None,
    policy: str | None = None,
    store: str | None = None,
    as_json: bool,
) -> int:
    """Check a bundle, print the verdict and give the exit code.

    Args:
        reference: As for `judge`, like the other names.
        expect: An id that it must have.
        policy: File of the policy.
        store: Folder of the store.
        as_json: Print one JSON object.

    Raises:
        AwenError: As for `judge`.
    """
    verdict = judge(reference, expect=expect, policy=policy, store=store)
    if as_json:
        echo_json(verdict.as_dict())
    else:
        for line in (*finding_lines(verdict.findings), verdict.line, *verdict.trust_lines()):
            echo(line)
    return verdict.status


def _trust(judgement: "Judgement") -> dict[str, Any]:
    times = [
        {"authority": stamp.authority, "time": stamp.time.isoformat(), "subject": stamp.subject}
        for stamp in judgement.time_stamps
    ]
    return {"trusted": judgement.accepted, "signers": list(judgement.signers), "time_stamps": times}


def _judgement(bundle: "Bundle | None", report: "Report", policy: str) -> "Judgement":
    """What the policy makes of the signatures; of a bundle that is not valid they say nothing."""
    from datetime import UTC, datetime

    from awen_ref import signing

    trust = signing.load_policy(Path(policy))
    if bundle is None or report.verdict != "valid" or report.artifact_type is None:
        return signing.Judgement(accepted=False, signers=(), findings=())
    return signing.judge(bundle, report.artifact_type, trust, now=datetime.now(UTC))
