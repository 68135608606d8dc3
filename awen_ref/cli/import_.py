"""`awen import`: verify a stranger's bundle and keep it."""

from pathlib import Path

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json
from awen_ref.cli.source import open_bundle, open_catalog

__all__ = ["command"]


@click.command("import")
@click.argument("reference")
@store_option
@json_option
def command(reference: str, store: str | None, *, as_json: bool) -> None:
    """Verify the bundle REFERENCE and put it into the store.

    REFERENCE is a directory, a ZIP, an .eln file, an OCFL object, a BagIt bag around the directory of one
    bundle, or - for a ZIP on standard input. A bundle with a finding of severity error is refused and
    nothing is written.

    \b
    Example:
      awen import result.zip
    """
    from awen_ref import archive, verify

    place = Path(reference)
    if place.is_dir():
        reference = str(archive.bundle_in(place))
    stored = open_catalog(store).put(verify.verify(open_bundle(reference, store)))
    if as_json:
        echo_json(
            {
                "artifact_id": stored.artifact_id,
                "seal": stored.seal,
                "path": str(stored.path) if stored.path else None,
                "duplicate": stored.duplicate,
            }
        )
        return
    echo(stored.artifact_id)
    echo("  already in the store" if stored.duplicate else f"  kept in {stored.path}")
