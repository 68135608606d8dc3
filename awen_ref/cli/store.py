"""`awen store`: look after a store."""

import click

from awen_ref.cli.output import echo_json
from awen_ref.cli.source import json_option, open_catalog, store_option

__all__ = ["command"]


@click.group()
def command() -> None:
    """Look after a store: where it is, delete a bundle, collect what crashes left, read its log."""


@command.command()
@store_option
@json_option
def path(store: str | None, *, as_json: bool) -> None:
    """Print the folder of the store.

    \b
    Example:
      cd "$(awen store path)"
    """
    location = str(open_catalog(store).location)
    if as_json:
        echo_json({"path": location})
    else:
        click.echo(location)


@command.command()
@click.argument("reference")
@store_option
@json_option
def delete(reference: str, store: str | None, *, as_json: bool) -> None:
    """Delete the one record that REFERENCE names.

    \b
    Example:
      awen store delete seal_0f3a7d1c22b94e60
    """
    seal = open_catalog(store).delete(reference)
    if as_json:
        echo_json({"deleted": seal})
    else:
        click.echo(f"deleted {seal}")


@command.command()
@store_option
@json_option
def gc(store: str | None, *, as_json: bool) -> None:
    """Remove what interrupted writes left behind and blobs that no bundle uses.

    \b
    Example:
      awen store gc
    """
    removed = open_catalog(store).gc()
    if as_json:
        echo_json({"files": removed.files, "size_bytes": removed.size_bytes})
    else:
        click.echo(f"removed {removed.files} leftover files, {removed.size_bytes} bytes")
