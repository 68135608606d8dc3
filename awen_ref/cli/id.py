"""`awen id`: the four names of a bundle."""

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json
from awen_ref.cli.source import open_bundle
from awen_ref.errors import VerificationError

__all__ = ["command"]


@click.command()
@click.argument("reference")
@click.option("--swhid", is_flag=True, help="The SWHID of the bundle's directory, too; it reads every file.")
@store_option
@json_option
def command(reference: str, store: str | None, *, swhid: bool, as_json: bool) -> None:
    """Print inputs_id, results_id, artifact_id and seal, computed from the bundle's manifests.

    The manifests' grammar is checked first, and that there is no fetch.txt, other manifest, link or empty
    folder beside them; whether the files match them is what `awen verify` says.

    \b
    Example:
      awen id result.zip
    """
    from awen_ref import verify

    bundle = open_bundle(reference, store)
    names = bundle.ids._asdict()
    if findings := verify.beside_the_manifests(bundle):
        raise VerificationError(f"no id is given: {findings[0].message}", findings=findings)
    if swhid:
        from awen_ref.archive import swhid_of

        names["swhid"] = swhid_of(bundle)
    if as_json:
        echo_json(names)
        return
    for name, value in names.items():
        echo(f"{name:12} {value}")
