"""What the command line prints: canonical JSON for machines, short lines for people."""

import json
import sys
from collections.abc import Iterable, Mapping

import click

from awen_ref.errors import AwenError, Finding

__all__ = ["echo_json", "finding_lines", "show_error"]

_MARK = {"error": "✗", "warning": "!", "info": "·"}


def echo_json(value: object) -> None:
    """Print one JSON value on one line of standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, sort_keys=True))


def finding_lines(findings: Iterable[Finding]) -> Iterable[str]:
    """Two lines a finding: what and where; which requirement and how to mend it."""
    for finding in findings:
        place = f" {finding.path}" if finding.path else ""
        pointer = f"#{finding.pointer}" if finding.pointer else ""
        yield f"{_MARK[finding.severity]} {finding.code}{place}{pointer}: {finding.message}"
        yield f"    {finding.requirement}: {finding.registered.mend}"


def show_error(error: AwenError, *, as_json: bool) -> None:
    """Report an error: on standard error for people, and as `{"error": …}` on standard output for machines."""
    if as_json:
        report: Mapping[str, object] = {
            "message": error.message,
            "advice": error.advice,
            "findings": [finding.as_dict() for finding in error.findings],
        }
        echo_json({"error": report})
        return
    click.echo(f"awen: {error.message}", err=True)
    for line in finding_lines(error.findings):
        click.echo(line, err=True)
    if error.advice:
        click.echo(f"  {error.advice}", err=True)
    sys.stderr.flush()
