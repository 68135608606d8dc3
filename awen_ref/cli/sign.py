"""`awen sign`: put a signature under a bundle; make the key for it; see whose signatures a bundle has."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awen_ref.cli.output import echo_json
from awen_ref.cli.source import json_option, open_bundle, open_catalog, store_option
from awen_ref.errors import MissingError, UsageError

if TYPE_CHECKING:
    from awen_ref.verify import VerifiedBundle

__all__ = ["command"]


@click.command()
@click.argument("reference", required=False)
@click.option("--key", metavar="FILE", help="The private key (PEM) to sign with.")
@click.option(
    "--generate-key", metavar="FILE", help="Make a key first: FILE for its owner alone, and FILE.pub."
)
@click.option("--output", "-o", "output", metavar="FILE", help="Write the signed bundle to this ZIP.")
@click.option(
    "--list", "listing", is_flag=True, help="Show the signatures that are there, without judging them."
)
@store_option
@json_option
def command(reference: str | None, **options: Any) -> None:  # noqa: ANN401 - click hands over the options by name
    """Sign the bundle REFERENCE: a directory, a ZIP, or an id in the store.

    The bundle is verified first. A directory or a record in the store gets one new file under
    signatures/ and nothing else changes; for a ZIP, say with -o where the signed one goes.
    Whether signatures are enough is asked with awen verify --policy.

    \b
    Example:
      awen sign --generate-key lab.pem
      awen sign awen_7f3a... --key lab.pem
      awen verify result.zip --policy trusted.json
    """
    from awen_ref import signing

    if options["generate_key"]:
        key = signing.generate()
        signing.save(key, Path(options["generate_key"]))
        _tell({"keyid": key.public.keyid, "public_key": key.public.pem}, as_json=options["as_json"])
        if reference is None:
            return
    if reference is None:
        raise UsageError("nothing to sign", advice="Give a bundle, or --generate-key FILE.")
    from awen_ref import verify

    verified = verify.verify(open_bundle(reference, options["store"]))
    if options["listing"]:
        _list(verified, as_json=options["as_json"])
        return
    private = options["key"] or options["generate_key"]
    if not private:
        raise UsageError(
            "no key to sign with", advice="Give --key FILE, or --generate-key FILE for a new one."
        )
    _sign(reference, verified, Path(private), options)


def _tell(values: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        echo_json(values)
        return
    for name, value in values.items():
        click.echo(value if "\n" in value else f"{name} {value}", nl="\n" not in value)


def _list(verified: "VerifiedBundle", *, as_json: bool) -> None:
    from awen_ref import signing

    found, findings = signing.marks(verified.bundle)
    rows = [
        {
            "path": mark.path,
            "keyids": [signed.keyid for signed in mark.envelope.signatures],
            "subject": mark.subject,
            "signed_at": mark.statement.signed_at,
        }
        for mark in found
    ]
    if as_json:
        echo_json({"signatures": rows, "findings": [finding.as_dict() for finding in findings]})
        return
    for row in rows:
        keyids = " ".join(keyid[:16] for keyid in row["keyids"])
        click.echo(f"{row['path']}  {keyids}  {row['subject']}  {row['signed_at']}")


def _sign(reference: str, verified: "VerifiedBundle", private: Path, options: dict[str, Any]) -> None:
    """Sign and put the signature where the bundle lies.

    Raises:
        UsageError: The bundle is a ZIP and no output was named, or the key has signed it already.
    """
    from awen_ref import archive, signing
    from awen_ref.environment import timestamp

    key = signing.load_private(private)
    now = timestamp(datetime.now(UTC))
    signed = signing.sign(verified.bundle, verified.artifact_type, key, signed_at=now)
    (path,) = set(signed.members) - set(verified.bundle.members)
    place = Path(reference)
    if options["output"]:
        archive.write_zip(signed, Path(options["output"]))
        where = options["output"]
    elif place.is_dir():
        where = str(_add(place / path, signed.members[path].read()))
    elif place.exists() or reference == "-":
        raise UsageError("a ZIP is not changed in place", advice="Name the signed one with -o FILE.")
    else:
        open_catalog(options["store"]).sign(verified.ids.seal, path, signed.members[path])
        where = path
    _tell({"keyid": key.public.keyid, "seal": verified.ids.seal, "path": where}, as_json=options["as_json"])


def _add(target: Path, data: bytes) -> Path:
    """A new file in a bundle's directory, whole or not at all.

    Raises:
        MissingError: The directory cannot be written.
        UsageError: The file is there.
    """
    import os
    import tempfile

    try:
        target.parent.mkdir(exist_ok=True)
        # Written beside the bundle's directory, so that no reader ever sees a stranger inside it.
        with tempfile.NamedTemporaryFile(dir=target.parents[2], prefix=".awen-", delete=False) as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary = Path(stream.name)
        temporary.chmod(0o644)
        try:
            os.link(temporary, target)
        finally:
            temporary.unlink()
    except FileExistsError as error:
        raise UsageError(f"{target} exists") from error
    except OSError as error:
        raise MissingError(f"cannot write {target}: {error.strerror}") from error
    return target
