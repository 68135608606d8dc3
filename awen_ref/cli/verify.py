"""`awen verify`: is this bundle what the specification says, byte for byte?"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awen_ref.cli.output import echo_json, finding_lines
from awen_ref.cli.source import json_option, open_bundle, store_option
from awen_ref.errors import ContainerError

if TYPE_CHECKING:
    from awen_ref.bundle import Bundle
    from awen_ref.signing import Judgement
    from awen_ref.verify import Report

__all__ = ["command"]


@click.command()
@click.argument("reference")
@click.option("--expect", metavar="ID", help="Refuse any other than this one: an id that you hold.")
@click.option("--policy", metavar="FILE", help="Ask for signatures, too: whose keys count, and how many.")
@store_option
@json_option
def command(
    reference: str, expect: str | None, policy: str | None, store: str | None, *, as_json: bool
) -> int:
    """Check a bundle: container, inventory, digests, bytes, schema, identity, cross-references.

    REFERENCE is a directory, a ZIP, an id in the store, or - for a ZIP on standard input.
    A valid bundle can be another one than that which was cited: --expect takes any of the four ids.
    With --policy, FILE is a JSON object: keys (a list of name and public_key, PEM), threshold,
    artifact_types, scope (record or artifact), max_age_days. Status 1 if the bundle does not meet it.

    \b
    Example:
      awen verify result.zip --json
      awen verify result.zip --expect awen_7f3a52c09b1de844
      awen verify result.zip --policy trusted.json
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
        report = replace(report, findings=(*report.findings, *verify.held_to(report.ids, expect)))
    judgement = _judgement(bundle, report, policy) if policy else None
    findings = (*report.findings, *(judgement.findings if judgement else ()))
    if as_json:
        outcome: dict[str, Any] = {
            "verdict": report.verdict,
            "artifact_id": report.ids.artifact_id if report.ids else None,
            "findings": [finding.as_dict() for finding in findings],
        }
        if judgement:
            outcome |= {"trusted": judgement.accepted, "signers": list(judgement.signers)}
        echo_json(outcome)
    else:
        for line in finding_lines(findings):
            click.echo(line)
        name = f" {report.artifact_type} {report.ids.artifact_id}" if report.ids else ""
        click.echo(f"{report.verdict}{name}")
        if judgement:
            answer = "trusted" if judgement.accepted else "not trusted"
            click.echo(f"{answer} {', '.join(judgement.signers)}".rstrip())
    return 0 if report.verdict == "valid" and (judgement is None or judgement.accepted) else 1


def _judgement(bundle: "Bundle | None", report: "Report", policy: str) -> "Judgement":
    """What the policy makes of the signatures; of a bundle that is not valid they say nothing."""
    from awen_ref import signing

    trust = signing.load_policy(Path(policy))
    if bundle is None or report.verdict != "valid" or report.artifact_type is None:
        return signing.Judgement(accepted=False, signers=(), findings=())
    return signing.judge(bundle, report.artifact_type, trust, now=datetime.now(UTC))
