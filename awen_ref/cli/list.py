"""`awen list`: what a store holds."""

from dataclasses import asdict

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json, record_line
from awen_ref.cli.source import open_catalog

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
    catalog = open_catalog(store)
    # Who has run nothing yet has no store: an empty list. A store asked for by name has to be there.
    nothing_yet = store is None and catalog.location is not None and not catalog.location.exists()
    found = () if nothing_yet else catalog.entries(artifact_type=artifact_type)
    entries = sorted(found, key=lambda entry: (entry.created, entry.seal))
    if as_json:
        echo_json({"bundles": [asdict(entry) for entry in entries]})
        return
    for entry in entries:
        echo(record_line(entry))
