"""`awen compare`: two recorded results side by side."""

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo_json
from awen_ref.cli.replay import show_comparison
from awen_ref.cli.source import open_bundle

__all__ = ["command"]


@click.command()
@click.argument("first")
@click.argument("second")
@store_option
@json_option
def command(first: str, second: str, store: str | None, *, as_json: bool) -> int:
    """Compare the results of two bundles under the tolerance that FIRST claims, and list what differs.

    Exit 0 when they agree (bit_exact, within_tolerance, statistically_consistent), 1 when they differ.

    \b
    Example:
      awen compare awen_7f3a52c09b1de844 colleague.zip
    """
    from awen_ref import compare, verify
    from awen_ref.replay import recorded_side

    here, there = (verify.verify(open_bundle(reference, store)) for reference in (first, second))
    comparison = compare.compare(
        recorded_side(here), recorded_side(there), here.document("data/claim/claim.json")
    )
    if as_json:
        echo_json(comparison)
    else:
        show_comparison(comparison)
    return 0 if comparison["verdict"] in compare.VERDICTS[:3] else 1
