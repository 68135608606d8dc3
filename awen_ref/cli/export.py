"""`awen export`: one bundle as a canonical ZIP, a directory, or what the neighbours take."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json, write_out
from awen_ref.cli.source import open_bundle
from awen_ref.errors import UsageError

if TYPE_CHECKING:
    from awen_ref.bundle import Bundle

__all__ = ["command"]

FORMATS = ("zip", "directory", "eln", "ocfl")


@click.command()
@click.argument("reference")
@click.argument("target")
@click.option("--compress", is_flag=True, help="DEFLATE the entries; the ids stay the same.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="zip", help="What to write.  [zip]")
@click.option("--directory", "form", flag_value="directory", help="The same as --format directory.")
@store_option
@json_option
def command(
    reference: str, target: str, form: str, store: str | None, *, compress: bool, as_json: bool
) -> None:
    """Write the bundle REFERENCE to TARGET, a new ZIP (- for standard output) or a new directory.

    The same bundle gives the same archive bytes on every machine. The bundle is verified first.
    With --format eln, TARGET is a file for electronic lab notebooks; with --format ocfl, the folder of
    an OCFL storage root, made if it is not there. awen import takes all of them back.

    \b
    Example:
      awen export awen_7f3a52c09b1de844 result.zip
      awen export awen_7f3a52c09b1de844 shelf --format ocfl
    """
    from awen_ref import verify

    if form != "zip" and (compress or target == "-"):
        raise UsageError(f"--format {form} goes neither with --compress nor with standard output")
    if as_json and target == "-":
        raise UsageError("--json and - both ask for standard output", advice="Give the archive a name.")
    bundle = verify.verify(open_bundle(reference, store)).bundle
    _write(bundle, target, form, compress=compress)
    if target == "-":
        return
    if as_json:
        echo_json(
            {
                "artifact_id": bundle.ids.artifact_id,
                "seal": bundle.ids.seal,
                "path": str(Path(target).resolve()),
            }
        )
    else:
        echo(f"{bundle.ids.artifact_id} -> {target}")


def _write(bundle: "Bundle", target: str, form: str, *, compress: bool) -> None:
    from awen_ref import archive

    if form == "directory":
        archive.write_directory(bundle, Path(target))
    elif form == "eln":
        archive.write_eln(bundle, Path(target))
    elif form == "ocfl":
        archive.write_ocfl(bundle, Path(target))
    elif target == "-":
        write_out(lambda stream: archive.write_zip(bundle, stream.buffer, compress=compress))
    else:
        archive.write_zip(bundle, Path(target), compress=compress)
