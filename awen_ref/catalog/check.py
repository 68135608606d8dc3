"""Integrity over time: is everything still there and still what it was, and does the log agree?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from awen_ref import canonical
from awen_ref.audit import AuditReport, Checkpoint
from awen_ref.bundle import Bundle
from awen_ref.catalog.catalog import SIGNATURES, Catalog
from awen_ref.catalog.contents import bundle_in
from awen_ref.digest import MANIFEST, TAG_MANIFEST, parse_manifest
from awen_ref.errors import AwenError, MissingError
from awen_ref.storage import Entry
from awen_ref.verify import check as verify_check

__all__ = ["Checked", "StoreAudit", "audit", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one record.

    Attributes:
        seal: The record.
        artifact_id: Its artifact; empty where its entry cannot be read.
        damage: Path to what is wrong there; an empty path for the record as a whole. Restore the record from
            a copy that verifies, or those files of it.
    """

    seal: str
    artifact_id: str
    damage: Mapping[str, str]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damage


@dataclass(frozen=True, slots=True)
class StoreAudit:
    """The store's log, and the store held against it.

    Attributes:
        report: The log on its own.
        lost: Records whose put was logged, whose deletion was not, and which are not there.
        undeleted: Records whose deletion was logged and which are there: the deletion was interrupted.
        unlogged: Records that the log does not know: their put was interrupted before it was acknowledged, or
            was made by other means. No problem by itself.
    """

    report: AuditReport
    lost: tuple[str, ...]
    undeleted: tuple[str, ...]
    unlogged: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether the chain holds, and nothing is lost or half deleted."""
        return not (self.report.problems or self.lost or self.undeleted)


def audit(catalog: Catalog, checkpoint: Checkpoint | None = None) -> StoreAudit:
    """Read the whole log, hold it to a checkpoint, and the store to it.

    Raises:
        MissingError: There is no store, or it keeps no log.
        StorageError: The medium failed.
    """
    if catalog.log is None:
        raise MissingError("this store keeps no log", advice="Give the catalogue one when you make it.")
    # The store first: what is put between the two readings is then no lost record.
    there = {entry.seal for entry in catalog.entries()}
    report = catalog.log.verify(checkpoint)
    last: dict[str, str] = {}
    for event in report.events:
        if event.event in {"put", "describe", "delete"}:
            last[event.seal] = event.event
    deleted = {seal for seal, event in last.items() if event == "delete"}
    kept = last.keys() - deleted
    lost = sorted(seal for seal in kept - there if not _is_there(catalog, seal))
    return StoreAudit(report, tuple(lost), tuple(sorted(deleted & there)), tuple(sorted(there - last.keys())))


def check(catalog: Catalog, *, deep: bool = False, after: str = "") -> Iterator[Checked]:
    """Go through every record, ascending by seal.

    Args:
        catalog: The store's.
        deep: Read every byte and verify; otherwise names and sizes are compared with the manifests.
        after: Go on behind this seal, to resume.

    Yields:
        One result a record, damaged or not.

    Raises:
        MissingError: There is no store.
        StorageError: It cannot be listed.
    """
    for entry in catalog.entries():
        if entry.seal > after:
            yield Checked(entry.seal, entry.artifact_id, _damage(catalog, entry, deep=deep))


def _damage(catalog: Catalog, entry: Entry, *, deep: bool) -> dict[str, str]:
    """What is wrong with one record."""
    try:
        bundle = bundle_in(catalog.backend, entry.seal)
        ids = bundle.ids
        names = (entry.seal, entry.artifact_id, entry.inputs_id, entry.results_id)
        if (ids.seal, ids.artifact_id, ids.inputs_id, ids.results_id) != names:
            return {"": "its files have other ids than its entry"}
        if not deep:
            return _misfits(bundle)
        errors = [finding for finding in verify_check(bundle).findings if finding.severity == "error"]
        return {finding.path: finding.message for finding in errors}
    except AwenError as error:
        return {"": error.message}


def _misfits(bundle: Bundle) -> dict[str, str]:
    """Files that the manifests do not list, lists without a file, and sizes that differ."""
    listed = {TAG_MANIFEST}
    for manifest in (MANIFEST, TAG_MANIFEST):
        lines, _ = parse_manifest(bundle.members[manifest].read(), path=manifest)
        listed |= {line.path for line in lines}
    there = {path for path in bundle.members if not path.startswith(SIGNATURES)}
    head: Any = canonical.loads(bundle.members["manifest.json"].read(), path="manifest.json")
    sizes = {path: row["size_bytes"] for path, row in head["content"].items()}
    damage = dict.fromkeys(sorted(listed - there), "the file is missing")
    damage |= dict.fromkeys(sorted(there - listed), "no manifest lists the file")
    for path, size in sizes.items():
        if path in there and bundle.members[path].size != size:
            damage[path] = f"the file has {bundle.members[path].size} bytes instead of {size}"
    return damage


def _is_there(catalog: Catalog, seal: str) -> bool:
    """Whether a record has come since the store was listed."""
    return any(catalog.backend.entries(key=seal))
