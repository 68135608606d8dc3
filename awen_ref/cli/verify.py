"""`awen verify`: are these bundles what the specification says, byte for byte?"""

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.verdict import give
from awen_ref.errors import UsageError

__all__ = ["command"]


@click.command()
@click.argument("references", metavar="REFERENCE...", nargs=-1, required=True)
@click.option("--expect", metavar="ID", help="Refuse any other than this one: an id that you hold.")
@click.option(
    "--policy", metavar="FILE", help="Ask for signatures and time stamps, too: whose count, and how many."
)
@click.option("--sarif", is_flag=True, help="Print the findings as a SARIF 2.1.0 log instead of text.")
@store_option
@json_option
def command(
    references: tuple[str, ...],
    expect: str | None,
    policy: str | None,
    store: str | None,
    *,
    sarif: bool,
    as_json: bool,
) -> int:
    """Check bundles: container, inventory, digests, bytes, schema, identity, cross-references.

    REFERENCE is a directory, a ZIP, an id in the store, or - for a ZIP on standard input. Of several
    each gets its verdict, with --json an object on a line of its own; the status is the worst.
    A valid bundle can be another one than that which was cited: --expect takes any of the four ids.
    With --policy, FILE is a JSON object with one or more of keys (a list of name and public_key, PEM),
    identities (name, issuer, subject; with trusted_root, a file) and time_authorities (name,
    certificates, PEM), and with threshold, time_stamps, artifact_types, scope (record or artifact) and
    max_age_days as wanted. Status 1 if the bundle does not meet it. Nothing is fetched.

    \b
    Example:
      awen verify result.zip --json
      awen verify inbox/*.zip --sarif > findings.sarif
      awen verify result.zip --expect awen_7f3a52c09b1de844
      awen verify result.zip --policy trusted.json
    """
    if sarif and as_json:
        raise UsageError("--sarif and --json ask for two forms", advice="Give one of them.")
    if expect and (sarif or len(references) > 1):
        raise UsageError(
            "--expect is for one bundle, in text or --json", advice="Check it in a call of its own."
        )
    if len(references) == 1 and not sarif:
        return give(references[0], expect=expect, policy=policy, store=store, as_json=as_json)
    from awen_ref.cli import verdicts

    each = verdicts.judge_each(references, policy=policy, store=store)
    return verdicts.give_sarif(each) if sarif else verdicts.give_each(each, as_json=as_json)
