"""`awen store`: look after a store."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json, printable, tell_unreadable
from awen_ref.cli.source import open_catalog
from awen_ref.errors import MissingError, UsageError

if TYPE_CHECKING:
    from awen_ref.audit import Checkpoint
    from awen_ref.catalog import Catalog, Checked, StoreAudit

__all__ = ["command"]

Step = TypeVar("Step")


@click.group()
def command() -> None:
    """Look after a store: where it is, its profile, delete a bundle, collect leftovers, check, reindex."""


@command.command()
@store_option
@json_option
def path(store: str | None, *, as_json: bool) -> None:
    """Print the folder of the store.

    \b
    Example:
      cd "$(awen store path)"
    """
    location = str(open_catalog(store).location)
    if as_json:
        echo_json({"path": location})
    else:
        echo(location)


@command.command()
@click.argument("file", required=False)
@store_option
@json_option
def profile(file: str | None, store: str | None, *, as_json: bool) -> None:
    """Print what the store puts into every description, or make the JSON object in FILE that.

    It may have creators, license, publisher, contact, funding, keywords and notes. awen run and awen migrate
    take each of them that the experiment's own metadata.json, or --metadata, does not give; what is derived
    takes all but the licence, which is its subject's. Bundles that are there stay as they are. To have no
    profile, give an object without members.

    \b
    Example:
      awen store profile lab.json
    """
    from awen_ref import record
    from awen_ref.cli.profile import keep, of_store

    location = open_catalog(store).location
    if location is None:
        raise UsageError("this store has no folder to keep a profile in")
    if file is None:
        echo_json(dict(of_store(location)))
        return
    keep(record.read_object(Path(file)), location, file)
    if as_json:
        echo_json({"path": str(location)})
    else:
        echo(f"kept in {location}")


@command.command()
@click.argument("reference")
@click.option("--reason", required=True, help="Why; it is kept in the store's log.")
@store_option
@json_option
def delete(reference: str, reason: str, store: str | None, *, as_json: bool) -> None:
    """Delete the one record that REFERENCE names.

    \b
    Example:
      awen store delete seal_0f3a7d1c22b94e60 --reason "measured with the wrong laser"
    """
    seal = open_catalog(store).delete(reference, reason=reason)
    if as_json:
        echo_json({"deleted": seal})
    else:
        echo(f"deleted {seal}")


@command.command()
@store_option
@json_option
def gc(store: str | None, *, as_json: bool) -> None:
    """Remove what interrupted writes left behind and blobs that no bundle uses.

    \b
    Example:
      awen store gc
    """
    removed = open_catalog(store).gc()
    if as_json:
        echo_json({"files": removed.files, "size_bytes": removed.size_bytes})
    else:
        echo(f"removed {removed.files} leftover files, {removed.size_bytes} bytes")


@command.command()
@store_option
@json_option
def reindex(store: str | None, *, as_json: bool) -> int:
    """Make the index that `awen find` and `awen lineage` use anew from the bundles.

    It keeps itself up to date; this is for one that was damaged, or after records were mended in place.
    Status 1 if a record cannot be read.

    \b
    Example:
      awen store reindex
    """
    from awen_ref.catalog.upkeep import reindex as make_anew
    from awen_ref.catalog.upkeep import searching

    catalog = open_catalog(store)
    read = sum(1 for _ in _shown(make_anew(catalog.backend), catalog, "indexing"))
    with searching(catalog.backend) as index:
        unreadable = index.left_out()
    if as_json:
        echo_json({"records": read, "unreadable": unreadable})
    else:
        echo(f"indexed {read - len(unreadable)} of {read} records")
    tell_unreadable(unreadable)
    return int(bool(unreadable))


@command.command()
@click.option("--deep", is_flag=True, help="Read and verify every byte, instead of names and sizes only.")
@click.option("--after", metavar="SEAL", default="", help="Go on behind this record, to resume.")
@store_option
@json_option
def check(after: str, store: str | None, *, deep: bool, as_json: bool) -> int:
    """Check every record of the store; exit code 1 if one is damaged, with what to restore.

    With --json, one JSON object a record; the last one whose object was printed is where to resume.

    \b
    Example:
      awen store check --deep
    """
    damaged = checked = 0
    for found in _checked(open_catalog(store), deep=deep, after=after):
        checked += 1
        damaged += not found.sound
        if as_json:
            echo_json({"seal": found.seal, "artifact_id": found.artifact_id, "damage": dict(found.damage)})
        for path, what in [] if as_json else found.damage.items():
            echo(printable(f"{found.seal} {path or '(the record)'}: {what}"))
    if not as_json:
        echo(f"checked {checked} records, {damaged} damaged")
    if damaged and not as_json:
        echo("Restore these records from a copy: awen store delete, then awen import.", err=True)
    return int(damaged > 0)


@command.command()
@click.option(
    "--checkpoint", metavar="FILE", help="A checkpoint kept from earlier; the log has to continue it."
)
@click.option("--export", metavar="FILE", help="Write a checkpoint of now to FILE, to be kept elsewhere.")
@store_option
@json_option
def audit(checkpoint: str | None, export: str | None, store: str | None, *, as_json: bool) -> int:
    """Hold the store's log to its chain and the store to its log; exit code 1 if they do not agree.

    Without a checkpoint kept elsewhere, this proves nothing against somebody who can write to the store.

    \b
    Example:
      awen store audit --export ~/awen.checkpoint
      awen store audit --checkpoint ~/awen.checkpoint
    """
    from awen_ref.catalog import audit as audit_store

    found = audit_store(open_catalog(store), _kept(checkpoint))
    if export and found.sound:
        _export(found.report.checkpoint, Path(export))
    if as_json:
        echo_json(
            {
                "sound": found.sound,
                "lines": found.report.checkpoint.lines,
                "head": found.report.checkpoint.head,
                "problems": list(found.report.problems),
                "torn_bytes": found.report.torn_bytes,
                "lost": list(found.lost),
                "undeleted": list(found.undeleted),
                "unlogged": list(found.unlogged),
            }
        )
        return int(not found.sound)
    echo(f"{found.report.checkpoint.lines} lines, head {found.report.checkpoint.head}")
    for line in _told(found):
        echo(printable(line))
    return int(not found.sound)


def _checked(catalog: "Catalog", *, deep: bool, after: str) -> "Iterator[Checked]":
    """The results of a check, with a progress bar where somebody looks on."""
    from awen_ref.catalog import check as check_records

    results = check_records(catalog, deep=deep, after=after)
    return _shown(results, catalog, "checking", after=after)


def _shown(steps: Iterator[Step], catalog: "Catalog", label: str, *, after: str = "") -> Iterator[Step]:
    """One step a record, with a progress bar where somebody looks on."""
    if not sys.stderr.isatty():
        yield from steps
        return
    keys = catalog.backend.keys()
    total = sum(seal > after for seal in keys)
    with click.progressbar(steps, length=total, label=label, file=sys.stderr) as shown:
        yield from shown


def _kept(path: str | None) -> "Checkpoint | None":
    """A checkpoint from its file.

    Raises:
        MissingError: The file cannot be read.
        UsageError: It holds no checkpoint.
    """
    from awen_ref.audit import Checkpoint

    if path is None:
        return None
    try:
        return Checkpoint.load(Path(path).read_bytes())
    except OSError as error:
        raise MissingError(f"cannot read {path}: {error.strerror}") from error


def _export(checkpoint: "Checkpoint", path: Path) -> None:
    """A checkpoint into a file; an older one there is replaced.

    Raises:
        MissingError: The file cannot be written.
    """
    try:
        path.write_bytes(checkpoint.dump())
    except OSError as error:
        raise MissingError(f"cannot write {path}: {error.strerror}") from error


def _told(found: "StoreAudit") -> Iterator[str]:
    """What an audit has found, a line each."""
    yield from found.report.problems
    if found.report.torn_bytes:
        yield f"the last line was torn by a crash ({found.report.torn_bytes} bytes); the next one cuts it off"
    for seal in found.lost:
        yield f"{seal} was put, and is gone without a logged deletion"
    for seal in found.undeleted:
        yield f"{seal} is there although its deletion was logged: delete it again"
    for seal in found.unlogged:
        yield f"{seal} is not in the log: its put was interrupted, or made by other means"
