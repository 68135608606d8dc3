"""`awen verify`: is this bundle what the specification says, byte for byte?"""

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.verdict import give

__all__ = ["command"]


@click.command()
@click.argument("reference")
@click.option("--expect", metavar="ID", help="Refuse any other than this one: an id that you hold.")
@click.option(
    "--policy", metavar="FILE", help="Ask for signatures and time stamps, too: whose count, and how many."
)
@store_option
@json_option
def command(
    reference: str, expect: str | None, policy: str | None, store: str | None, *, as_json: bool
) -> int:
    """Check a bundle: container, inventory, digests, bytes, schema, identity, cross-references.

    REFERENCE is a directory, a ZIP, an id in the store, or - for a ZIP on standard input.
    A valid bundle can be another one than that which was cited: --expect takes any of the four ids.
    With --policy, FILE is a JSON object with one or more of keys (a list of name and public_key, PEM),
    identities (name, issuer, subject; with trusted_root, a file) and time_authorities (name,
    certificates, PEM), and with threshold, time_stamps, artifact_types, scope (record or artifact) and
    max_age_days as wanted. Status 1 if the bundle does not meet it. Nothing is fetched.

    \b
    Example:
      awen verify result.zip --json
      awen verify result.zip --expect awen_7f3a52c09b1de844
      awen verify result.zip --policy trusted.json
    """
    return give(reference, expect=expect, policy=policy, store=store, as_json=as_json)
