"""`awen migrate`: keep a bundle of the ancestor's layout as evidence of a sealed artifact."""

from pathlib import Path

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json
from awen_ref.cli.profile import with_profile
from awen_ref.cli.source import open_catalog

__all__ = ["command"]


@click.command()
@click.argument("bundle", metavar="BUNDLE")
@click.option("--metadata", metavar="FILE", help="Title, authors, licence: what citations are made from.")
@store_option
@json_option
def command(bundle: str, metadata: str | None, store: str | None, *, as_json: bool) -> None:
    """Check BUNDLE, of the layout awen_artifact.v0.2, against its checksums, and keep every file of it.

    What comes out is a validation artifact: the files are evidence, and their numbers are no results of
    awen-ir/1.0. To have such, run the experiment again. The files stay as they are, with the names of users
    and machines that they may hold.

    BUNDLE is a folder, a ZIP archive or a tarball (.tar, .tar.gz) of regular files; nothing is unpacked.

    \b
    Example:
      awen migrate awen_0123456789abcdef.tar.gz
    """
    from awen_ref import archive, environment, record
    from awen_ref.execution import surroundings
    from awen_ref.migrate import EXTENSION, migrate

    path = Path(bundle)
    catalog = open_catalog(store)
    given = record.read_object(Path(metadata)) if metadata else None
    migrated = migrate(
        archive.read_tar(path) if archive.is_tar(path) else archive.read(path),
        clock=environment.SystemClock(),
        environment=surroundings(),
        metadata=with_profile(given, catalog),
    )
    stored = catalog.put(migrated)
    kept = len(migrated.document("data/inputs/experiment.json")["extensions"][EXTENSION]["files"])
    if as_json:
        echo_json(
            {
                "artifact_id": stored.artifact_id,
                "seal": stored.seal,
                "path": str(stored.path),
                "files": kept,
                "duplicate": stored.duplicate,
            }
        )
        return
    echo(f"{kept} files match their checksums and are kept under data/evidence/attachments/v0.2/")
    echo(f"kept as {stored.artifact_id}")
