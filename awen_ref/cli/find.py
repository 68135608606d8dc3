"""`awen find`: what in a store has this type, tag, value, input, result, parent, time or creator?"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json, record_line, tell_unreadable
from awen_ref.cli.source import open_catalog
from awen_ref.errors import UsageError

if TYPE_CHECKING:
    from awen_ref.catalog import Catalog

__all__ = ["command"]


@click.command()
@click.option("--type", "artifact_type", default="", help="Artifacts of this type.")
@click.option("--tag", "tags", multiple=True, metavar="WORD", help="With this keyword.")
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="COND",
    help="With this parameter: NAME or NAME OP VALUE.",
)
@click.option("--inputs", default="", metavar="ID", help="With these inputs: inp_…, or those of an artifact.")
@click.option(
    "--results", default="", metavar="ID", help="With these results: res_…, or those of an artifact."
)
@click.option("--parent", default="", metavar="ID", help="Whose claim names this artifact.")
@click.option("--relation", default="", help="And names it so, as in replay_of.")
@click.option("--creator", default="", metavar="NAME", help="By this creator: a name, ORCID or ROR.")
@click.option(
    "--since", default="", metavar="DATE", help="Sealed then or later, UTC: 2026, 2026-01, 2026-01-31."
)
@click.option("--until", default="", metavar="DATE", help="Sealed then or earlier.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Not more than the newest N.")
@store_option
@json_option
def command(store: str | None, *, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - click hands over the options by name
    """Find bundles in the store, newest first; all that is asked for must hold.

    \b
    Example:
      awen find --type run --parameter 'phi >= 0.5' --since 2026-01
      awen find --inputs awen_7f3a52c09b1de844
      awen find --parent awen_7f3a52c09b1de844 --relation replay_of
    """
    from awen_ref.catalog.query import Query, condition
    from awen_ref.catalog.upkeep import searching

    catalog = open_catalog(store)
    query = Query(
        artifact_type=options["artifact_type"],
        keywords=options["tags"],
        parameters=tuple(map(condition, options["parameters"])),
        inputs_id=_name(catalog, options["inputs"], "inp"),
        results_id=_name(catalog, options["results"], "res"),
        parent=_parent(catalog, options["parent"]),
        relation=options["relation"],
        creator=options["creator"],
        since=options["since"],
        until=options["until"],
        limit=options["limit"] or 0,
    )
    with searching(catalog.backend) as index:
        found, unreadable = index.find(query), index.left_out()
    if as_json:
        echo_json({"bundles": [asdict(entry) for entry in found], "unreadable": unreadable})
    else:
        for entry in found:
            echo(record_line(entry))
    tell_unreadable(unreadable)


def _name(catalog: "Catalog", reference: str, kind: str) -> str:
    """The id of inputs or results that is given, or that of the artifact that is given instead."""
    from awen_ref.digest import parse_id

    if not reference:
        return ""
    given = parse_id(reference)
    if given.kind == kind:
        return reference
    if given.kind not in {"awen", "seal"}:
        raise UsageError(f"{reference} is the id of something else", advice=f"Give {kind}_…, or an artifact.")
    entry = catalog.resolve(reference)[0]
    return entry.inputs_id if kind == "inp" else entry.results_id


def _parent(catalog: "Catalog", reference: str) -> str:
    """The whole id of a parent; one that the store does not have must be given whole."""
    from awen_ref.digest import parse_id

    if not reference:
        return ""
    given = parse_id(reference)
    return reference if given.kind == "awen" and given.whole else catalog.resolve(reference)[0].artifact_id
