"""What `awen verify` finds and says, for the parsed command line and for the plain one (ADR 0105)."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from awen_ref.cli.output import echo, echo_json, finding_lines
from awen_ref.cli.source import open_bundle
from awen_ref.errors import ContainerError

if TYPE_CHECKING:
    from awen_ref.bundle import Bundle
    from awen_ref.signing import Judgement
    from awen_ref.verify import Report

__all__ = ["give"]


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
        reference: Path, id, or `-` for a ZIP on standard input.
        expect: An id that it must have.
        policy: File that says whose signatures and time stamps count, and how many.
        store: Folder of the store that an id is looked for in.
        as_json: Print one JSON object.

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
    judgement = _judgement(bundle, report, policy) if policy else None
    findings = (*report.findings, *(judgement.findings if judgement else ()))
    if as_json:
        outcome: dict[str, Any] = {
            "verdict": report.verdict,
            "artifact_id": report.ids.artifact_id if report.ids else None,
            "findings": [finding.as_dict() for finding in findings],
        }
        if judgement:
            outcome |= _trust(judgement)
        echo_json(outcome)
    else:
        for line in finding_lines(findings):
            echo(line)
        name = f" {report.artifact_type} {report.ids.artifact_id}" if report.ids else ""
        echo(f"{report.verdict}{name}")
        if judgement:
            answer = "trusted" if judgement.accepted else "not trusted"
            echo(f"{answer} {', '.join(judgement.signers)}".rstrip())
            for stamp in judgement.time_stamps:
                echo(f"{stamp.subject} there by {stamp.time.isoformat()}, says {stamp.authority}")
    return 0 if report.verdict == "valid" and (judgement is None or judgement.accepted) else 1


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
