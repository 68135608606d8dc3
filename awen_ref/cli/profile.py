"""The default profile of a store: who makes what is kept in it, written once (authors, licence, funding …).

It is a file of the person who owns the store, beside the records and no part of any: what is run takes it
over into its own description, and what `metadata.json` or `--metadata` says goes before it.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from awen_ref.errors import InvalidInputError

if TYPE_CHECKING:
    from awen_ref.catalog import Catalog, Stored
    from awen_ref.verify import VerifiedBundle

__all__ = ["MEMBERS", "keep", "kept", "of_store", "with_profile"]

FILE = "profile.json"

MEMBERS = frozenset({"contact", "creators", "funding", "keywords", "license", "notes", "publisher"})
"""What does not change from artifact to artifact."""


def of_store(folder: Path) -> Mapping[str, Any]:
    """The profile of the store in a folder; empty where it has none.

    Raises:
        InvalidInputError: It is no profile.
        MissingError: It cannot be read.
    """
    from awen_ref import record

    path = folder / FILE
    if not path.is_file():
        return {}
    profile = record.read_object(path)
    _check(profile, str(path))
    return profile


def with_profile(given: Mapping[str, Any] | None, catalog: "Catalog") -> Mapping[str, Any] | None:
    """A record as its author gave it, and behind it the profile of the store."""
    profile = of_store(catalog.location) if catalog.location else {}
    return {**profile, **(given or {})} if profile else given


def kept(derived: "VerifiedBundle", catalog: "Catalog") -> "tuple[VerifiedBundle, Stored]":
    """Keep a derived artifact under the name of those whose store it is; gives it, and where it lies."""
    bundle = _made_by(derived, catalog.location)
    return bundle, catalog.put(bundle)


def _made_by(derived: "VerifiedBundle", folder: Path | None) -> "VerifiedBundle":
    """A derived artifact, not kept yet, under the name of those whose store it is going into.

    Its licence stays: it is that of what it was derived from, which the maker may not change.
    """
    profile = dict(of_store(folder)) if folder else {}
    profile.pop("license", None)
    if not profile:
        return derived
    from awen_ref import verify
    from awen_ref.bundle import describe
    from awen_ref.environment import TOOL

    created = derived.document("manifest.json")["created"]
    record = {**derived.document("metadata.json"), **profile}
    return verify.verify(describe(derived.bundle, record, created=created, tool=TOOL))


def keep(profile: Mapping[str, Any], folder: Path, where: str) -> None:
    """Make something the profile of a store.

    Args:
        profile: The members.
        folder: The store's folder.
        where: What to call the profile in an error.

    Raises:
        InvalidInputError: It is no profile.
        MissingError: The folder is not there or not ours to write.
        StorageError: The system refuses.
    """
    from awen_ref import canonical
    from awen_ref.storage.durable import faults, sync_folder, write_new

    _check(profile, where)
    with faults("write the profile", folder):
        folder.mkdir(parents=True, exist_ok=True)
        # Whoever reads it meanwhile has the one of before.
        fresh = folder / f".{FILE}.{os.getpid()}"
        try:
            write_new(fresh, [canonical.dumps(profile), b"\n"])
            fresh.replace(folder / FILE)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(folder)


def _check(profile: Mapping[str, Any], where: str) -> None:
    from awen_ref.bundle.description import description_findings
    from awen_ref.execution.description import described

    foreign = sorted(set(profile) - MEMBERS)
    if foreign:
        advice = f"A profile has {', '.join(sorted(MEMBERS))}; the rest belongs to one artifact: --metadata."
        raise InvalidInputError(f"{where}: {foreign[0]} has no place in a profile", advice=advice)
    whole = described(profile, name="it", artifact_type="run", created="2026-01-01T00:00:00+00:00")
    findings = [finding._replace(path=where) for finding in description_findings(whole)]
    if findings:
        raise InvalidInputError(f"{where} is no profile", findings=findings)
