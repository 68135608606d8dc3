"""`awen lineage`: where an artifact came from, and what came from it."""

from typing import TYPE_CHECKING

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, finding_lines, tell_unreadable
from awen_ref.cli.source import open_catalog
from awen_ref.errors import MissingError, UsageError

if TYPE_CHECKING:
    from awen_ref.bundle import Bundle
    from awen_ref.catalog import Catalog

__all__ = ["command"]

_FORMATS = ("tree", "json", "mermaid", "dot", "prov")


@click.command()
@click.argument("reference")
@click.option("--ancestors", is_flag=True, help="Only what it came from.")
@click.option("--descendants", is_flag=True, help="Only what came from it.")
@click.option("--depth", type=click.IntRange(min=0), metavar="N", help="Most links to follow.  [all]")
@click.option(
    "--format", "-f", "name", type=click.Choice(_FORMATS), default="tree", help="How to write it.  [tree]"
)
@store_option
@json_option
def command(
    reference: str,
    depth: int | None,
    name: str,
    store: str | None,
    *,
    ancestors: bool,
    descendants: bool,
    as_json: bool,
) -> int:
    """Show what REFERENCE came from and what came from it, as far as the store has it.

    REFERENCE is an id in the store, or a bundle. Every link is taken from a claim that the artifact's id
    covers. A parent that the store does not have is shown as missing. Status 1 if something kept under the
    name of an artifact is not that artifact, or a replay does not fit its parent.

    \b
    Example:
      awen lineage awen_7f3a52c09b1de844 --ancestors
      awen lineage result.zip --format prov > lineage.json
    """
    from awen_ref.lineage import FORMATS, Kept, walk

    if ancestors and descendants:
        raise UsageError("--ancestors and --descendants exclude each other; without either, both are shown")
    catalog = open_catalog(store)
    root, given = _root(reference, catalog)
    with Kept.of(catalog, given) as kept:
        found = walk(root, kept, ancestors=not descendants, descendants=not ancestors, depth=depth)
        unreadable = kept.unreadable
    echo(FORMATS["json" if as_json else name](found), nl=False)
    for line in finding_lines(found.findings):
        echo(line, err=True)
    tell_unreadable(unreadable)
    return int(bool(found.findings))


def _root(reference: str, catalog: "Catalog") -> "tuple[str, tuple[Bundle, ...]]":
    """The artifact to begin with, and its bundle where it is not one of the store.

    Raises:
        MissingError: There is no such thing.
        VerificationError: The bundle is not valid.
    """
    from pathlib import Path

    from awen_ref import verify
    from awen_ref.cli.source import open_bundle

    if reference != "-" and not Path(reference).exists():
        found = catalog.resolve(reference) if reference.startswith(("awen_", "seal_")) else ()
        if not found:
            raise MissingError(f"there is no file, folder or artifact {reference!r}")
        return found[0].artifact_id, ()
    verified = verify.verify(open_bundle(reference, None))
    return verified.ids.artifact_id, (verified.bundle,)
