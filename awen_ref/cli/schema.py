"""`awen schema`: the published JSON Schemas."""

import click

from awen_ref.cli.options import json_option
from awen_ref.cli.output import echo, echo_json
from awen_ref.errors import MissingError

__all__ = ["command"]


@click.command()
@click.argument("name", required=False)
@json_option
def command(name: str | None, *, as_json: bool) -> None:
    """Print the JSON Schema (2020-12) of the document class NAME, or list the classes.

    \b
    Example:
      awen schema Manifest > manifest.schema.json
    """
    from awen_schema import schemas

    names = sorted(schemas.names())
    if name is None:
        if as_json:
            echo_json({"schemas": names})
        else:
            echo("\n".join(names))
        return
    if name not in names:
        raise MissingError(
            f"there is no document class {name!r}", advice=f"The classes are {', '.join(names)}."
        )
    echo(schemas.text(name), nl=False)
