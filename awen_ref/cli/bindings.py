"""`awen bindings`: what other languages and tools need to read and write bundles."""

from pathlib import Path

import click

from awen_ref.cli.options import json_option
from awen_ref.cli.output import echo, echo_json
from awen_ref.errors import MissingError, UsageError
from awen_schema import bindings

__all__ = ["command"]


@click.command()
@click.argument("kind", type=click.Choice([*bindings.KINDS]))
@click.option("--output", "-o", metavar="DIR", default=".", help="Where to write; made if it is not there.")
@json_option
def command(kind: str, output: str, *, as_json: bool) -> None:
    """Write types and schemas of every document for a language or tool.

    python, msgspec and typescript are source files to put into a project; json-schema, jsonld and shacl are
    for validators and triple stores. Needs no network. A file that is there and differs is not overwritten.

    \b
    Example:
      awen bindings typescript --output src/
      awen bindings msgspec
    """
    folder = Path(output)
    files = bindings.files(kind)
    try:
        _refuse_other_content(folder, files)
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise MissingError(f"cannot write to {folder}: {error.strerror}") from error
    paths = [str(folder / name) for name in files]
    if as_json:
        echo_json({"kind": kind, "files": paths})
    else:
        echo("\n".join(paths))


def _refuse_other_content(folder: Path, files: dict[str, bytes]) -> None:
    """Look before anything is written.

    Raises:
        UsageError: A file is there and holds something else.
    """
    for name, data in files.items():
        path = folder / name
        if path.exists() and not (path.is_file() and path.read_bytes() == data):
            raise UsageError(
                f"{path} is there and differs", advice="Remove it, or name another --output DIR."
            )
