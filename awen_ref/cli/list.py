"""`awen list`: what a store holds."""

from dataclasses import asdict

import click

from awen_ref.cli.output import echo_json
from awen_ref.cli.source import json_option, open_catalog, store_option

__all__ = ["command"]


@click.command()
@click.option("--type", "artifact_type", help="Only artifacts of this type.")
@store_option
@json_option
def command(artifact_type: str | None, store: str | None, *, as_json: bool) -> None:
    """List the bundles of the store, oldest first: short id, type, time of creation, title.

    \b
    Example:
      awen list --type run
    """
    entries = sorted(
        open_catalog(store).entries(artifact_type=artifact_type),
        key=lambda entry: (entry.created, entry.seal),
    )
    if as_json:
        echo_json({"bundles": [asdict(entry) for entry in entries]})
        return
    for entry in entries:
        click.echo(f"{entry.artifact_id[:21]}  {entry.artifact_type:11}  {entry.created}  {entry.title}")
