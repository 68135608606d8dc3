"""`awen export`: one bundle as a canonical ZIP or a directory."""

import sys
from pathlib import Path

import click

from awen_ref.cli.output import echo_json
from awen_ref.cli.source import json_option, open_bundle, store_option
from awen_ref.errors import UsageError

__all__ = ["command"]


@click.command()
@click.argument("reference")
@click.argument("target")
@click.option("--compress", is_flag=True, help="DEFLATE the entries; the ids stay the same.")
@click.option("--directory", "as_directory", is_flag=True, help="Write a directory instead of a ZIP.")
@store_option
@json_option
def command(
    reference: str, target: str, store: str | None, *, compress: bool, as_directory: bool, as_json: bool
) -> None:
    """Write the bundle REFERENCE to TARGET, a new ZIP (- for standard output) or a new directory.

    The same bundle gives the same archive bytes on every machine. The bundle is verified first.

    \b
    Example:
      awen export awen_7f3a52c09b1de844 result.zip
    """
    from awen_ref import archive, verify

    if as_directory and (compress or target == "-"):
        raise UsageError("--directory goes neither with --compress nor with standard output")
    bundle = verify.verify(open_bundle(reference, store)).bundle
    if as_directory:
        archive.write_directory(bundle, Path(target))
    elif target == "-":
        archive.write_zip(bundle, sys.stdout.buffer, compress=compress)
        return
    else:
        archive.write_zip(bundle, Path(target), compress=compress)
    if as_json:
        echo_json(
            {
                "artifact_id": bundle.ids.artifact_id,
                "seal": bundle.ids.seal,
                "path": str(Path(target).resolve()),
            }
        )
    else:
        click.echo(f"{bundle.ids.artifact_id} -> {target}")
