"""`awen sign`: put a signature or a time stamp under a bundle; make the key for it; see what a bundle has."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json, printable
from awen_ref.cli.source import open_bundle, open_catalog
from awen_ref.errors import MissingError, UsageError

if TYPE_CHECKING:
    from awen_ref.bundle import Bundle
    from awen_ref.verify import VerifiedBundle

__all__ = ["command"]


@click.command()
@click.argument("reference", required=False)
@click.option("--key", metavar="FILE", help="The private key (PEM) to sign with.")
@click.option(
    "--generate-key", metavar="FILE", help="Make a key first: FILE for its owner alone, and FILE.pub."
)
@click.option(
    "--attach", metavar="FILE", help="Put this Sigstore bundle, DSSE envelope or RFC 3161 time stamp there."
)
@click.option("--statement", metavar="FILE", help="Write what others have to sign, and sign nothing.")
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

    With --attach, FILE was made elsewhere: a Sigstore bundle or a DSSE envelope over the octets that
    --statement writes, or an authority's time stamp of tagmanifest-sha256.txt, whose SHA-256 is the seal.
    It is refused where it speaks for another artifact; who made it is not asked here.

    \b
    Example:
      awen sign --generate-key lab.pem
      awen sign awen_7f3a... --key lab.pem
      awen sign awen_7f3a... --attach answer.tsr
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
    if sum(bool(way) for way in (private, options["attach"], options["statement"])) != 1:
        raise UsageError(
            "say what to sign with, once",
            advice="Give --key FILE, --generate-key FILE for a new one, --attach FILE or --statement FILE.",
        )
    if options["statement"]:
        _state(verified, Path(options["statement"]), as_json=options["as_json"])
    elif options["attach"]:
        signed = signing.attach(verified.bundle, _octets(options["attach"]), where=options["attach"])
        _put(reference, verified, signed, options)
    else:
        _sign(reference, verified, Path(private), options)


def _tell(values: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        echo_json(values)
        return
    for name, value in values.items():
        echo(value if "\n" in value else f"{name} {value}", nl="\n" not in value)


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
    others = signing.others(verified.bundle)
    if as_json:
        told = [finding.as_dict() for finding in findings]
        echo_json({"signatures": rows, "others": others, "findings": told})
        return
    for row in rows:
        keyids = " ".join(keyid[:16] for keyid in row["keyids"])
        echo(printable(f"{row['path']}  {keyids}  {row['subject']}  {row['signed_at']}"))
    for path in others:
        echo(f"{path}  not read here; awen verify --policy judges it")


def _octets(path: str) -> bytes:
    """A file that is meant to be a signature; more than one may have is not read.

    Raises:
        MissingError: There is no such file.
    """
    from awen_ref.limits import DEFAULT

    try:
        with Path(path).open("rb") as stream:
            return stream.read(DEFAULT.signature_bytes + 1)
    except OSError as error:
        raise MissingError(f"cannot read {path}: {error.strerror}") from error


def _state(verified: "VerifiedBundle", target: Path, *, as_json: bool) -> None:
    """Write the Statement over a record, for others to sign.

    Raises:
        MissingError: The file cannot be written.
    """
    from awen_ref import signing
    from awen_ref.environment import timestamp

    now = timestamp(datetime.now(UTC))
    try:
        target.write_bytes(signing.statement_for(verified.ids, verified.artifact_type, signed_at=now))
    except OSError as error:
        raise MissingError(f"cannot write {target}: {error.strerror}") from error
    _tell({"seal": verified.ids.seal, "path": str(target)}, as_json=as_json)


def _sign(reference: str, verified: "VerifiedBundle", private: Path, options: dict[str, Any]) -> None:
    from awen_ref import signing
    from awen_ref.environment import timestamp

    key = signing.load_private(private)
    now = timestamp(datetime.now(UTC))
    signed = signing.sign(verified.bundle, verified.artifact_type, key, signed_at=now)
    _put(reference, verified, signed, {**options, "keyid": key.public.keyid})


def _put(reference: str, verified: "VerifiedBundle", signed: "Bundle", options: dict[str, Any]) -> None:
    """Put the new signature where the bundle lies.

    Raises:
        UsageError: The bundle is a ZIP and no output was named.
    """
    from awen_ref import archive

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
    keyid = {"keyid": options["keyid"]} if "keyid" in options else {}
    _tell({**keyid, "seal": verified.ids.seal, "path": where}, as_json=options["as_json"])


def _add(target: Path, data: bytes) -> Path:
    """A new file in a bundle's directory, whole or not at all.

    Raises:
        MissingError: The directory cannot be written.
        UsageError: The file is there.
    """
    import os
    import tempfile

    made = False
    try:
        # Written beside the bundle's directory, so that no reader ever sees a stranger inside it.
        with tempfile.NamedTemporaryFile(dir=target.parents[2], prefix=".awen-", delete=False) as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary = Path(stream.name)
        try:
            temporary.chmod(0o644)
            made = not target.parent.exists()
            target.parent.mkdir(exist_ok=True)
            os.link(temporary, target)
        except OSError:
            if made and target.parent.is_dir():
                # An empty folder would make the bundle invalid.
                target.parent.rmdir()
            raise
        finally:
            temporary.unlink()
    except FileExistsError as error:
        raise UsageError(f"{target} exists") from error
    except OSError as error:
        raise MissingError(f"cannot write {target}: {error.strerror}") from error
    return target
