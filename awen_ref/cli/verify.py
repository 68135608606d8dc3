"""`awen verify`: is this bundle what the specification says, byte for byte?"""

import click

from awen_ref.cli.output import echo_json, finding_lines
from awen_ref.cli.source import json_option, open_bundle, store_option
from awen_ref.errors import ContainerError

__all__ = ["command"]


@click.command()
@click.argument("reference")
@store_option
@json_option
def command(reference: str, store: str | None, *, as_json: bool) -> int:
    """Check a bundle: container, inventory, digests, bytes, schema, identity, cross-references.

    REFERENCE is a directory, a ZIP, an id in the store, or - for a ZIP on standard input.

    \b
    Example:
      awen verify result.zip --json
    """
    from awen_ref import verify

    try:
        report = verify.check(open_bundle(reference, store))
    except ContainerError as refusal:
        report = verify.Report(artifact_type=None, ids=None, findings=refusal.findings)
        if not refusal.findings:
            raise
    if as_json:
        echo_json(
            {
                "verdict": report.verdict,
                "artifact_id": report.ids.artifact_id if report.ids else None,
                "findings": [finding.as_dict() for finding in report.findings],
            }
        )
    else:
        for line in finding_lines(report.findings):
            click.echo(line)
        name = f" {report.artifact_type} {report.ids.artifact_id}" if report.ids else ""
        click.echo(f"{report.verdict}{name}")
    return 0 if report.verdict == "valid" else 1
