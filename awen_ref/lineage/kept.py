"""The artifacts of a store as a walk reads them: by digest, with the index as no more than a signpost."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from awen_ref.bundle import Bundle
from awen_ref.catalog.contents import bundle_in
from awen_ref.catalog.facts import Listed, facts_of
from awen_ref.errors import AwenError, Finding, MissingError, VerificationError
from awen_ref.lineage.walk import Artifact

if TYPE_CHECKING:
    from awen_ref.catalog import Catalog
    from awen_ref.catalog.index import Index

__all__ = ["Kept"]

NOT_HELD, OTHER_INPUTS, OTHER_BITS = "AWB-IDN-021", "AWB-RPL-010", "AWB-RPL-011"
_EXPERIMENT = "data/inputs/experiment.json"
_BODY = "data/results/body.json"
_RESULTS, _REPLAYED = "data/results/", "data/results/replayed/"
_SAME = ("data/inputs/ir.json", "data/inputs/parameters.json")
_MAY_DIFFER = ("artifact_type", "seed")


class Kept:
    """The artifacts of one store, and bundles that are not in it.

    Args:
        catalog: The store's; where there is none, only the bundles are known.
        index: Of the store, up to date.
        bundles: More artifacts, verified or not: they are held to their manifests like those of the store.
    """

    def __init__(
        self, catalog: "Catalog | None" = None, index: "Index | None" = None, bundles: Iterable[Bundle] = ()
    ) -> None:
        """Name the bundles."""
        self._catalog = catalog
        self._index = index
        self._extra = {bundle.ids.artifact_id: bundle for bundle in bundles}
        self._read: dict[str, Listed] = {}

    @classmethod
    @contextmanager
    def of(cls, catalog: "Catalog", bundles: Iterable[Bundle] = ()) -> "Iterator[Kept]":
        """The artifacts of a store, which may not be there yet; its index is brought up to date."""
        from awen_ref.catalog.upkeep import searching

        if catalog.location is not None and not catalog.location.exists():
            yield cls(bundles=bundles)
            return
        with searching(catalog.backend) as index:
            yield cls(catalog, index, bundles)

    @property
    def unreadable(self) -> Mapping[str, str]:
        """Records of the store that are no artifacts any more and are in no lineage, and why."""
        return {} if self._index is None else self._index.left_out()

    def artifact(self, artifact_id: str) -> Artifact | None:
        """See `Reader.artifact`. Of several records any one will do whose bytes bear the id out.

        Raises:
            VerificationError: There are records of that name, and none of them is it.
        """
        findings: list[Finding] = []
        for place, bundle in self._bundles(artifact_id):
            try:
                return self._held(artifact_id, bundle)
            except MissingError:
                continue  # deleted since the index was read
            except AwenError as error:
                where = [one.path for one in error.findings if one.path]
                message = f"{place} is kept as {artifact_id}: {error.message}"
                findings.append(Finding(NOT_HELD, message, where[0] if where else ""))
        if findings:
            raise VerificationError(findings[0].message, findings=findings)
        return None

    def children(self, artifact_id: str) -> list[str]:
        """See `Reader.children`: what the index says, and the bundles that are not in the store."""
        suggested = [] if self._index is None else self._index.children(artifact_id)
        return sorted({*suggested, *self._extra})

    def between(self, child: str, parent: str, relation: str) -> Iterator[Finding]:
        """See `Reader.between`: is a replay one of this parent, and is its verdict so (AWB-R-332)?"""
        if relation != "replay_of":
            return
        replay, original = self._read[child], self._read[parent]
        try:
            for path in _differing_inputs(replay, original):
                message = f"{child} has other inputs than its parent {parent}"
                yield Finding(OTHER_INPUTS, message, path)
            exact = replay.document(_BODY)["comparison"]["verdict"] == "bit_exact"
        except (AwenError, KeyError, TypeError) as error:
            yield Finding(NOT_HELD, f"{child} or its parent {parent} cannot be read: {error}")
            return
        if exact != (_lines(replay, _REPLAYED) == _lines(original, _RESULTS)):
            said = "says bit_exact" if exact else "does not say bit_exact"
            message = f"{child} {said}, and the lines of its parent {parent} say the opposite"
            yield Finding(OTHER_BITS, message, _BODY, "/comparison/verdict")

    def _bundles(self, artifact_id: str) -> Iterator[tuple[str, Bundle]]:
        if artifact_id in self._extra:
            yield "the bundle", self._extra[artifact_id]
        if self._catalog is None or self._index is None:
            return
        for seal in self._index.records(artifact_id) or self._damaged(artifact_id):
            try:
                yield seal, bundle_in(self._catalog.backend, seal)
            except MissingError:
                continue

    def _damaged(self, artifact_id: str) -> list[str]:
        """Records that the index had to leave out and that the store keeps under the name."""
        if self._catalog is None or not self.unreadable:
            return []
        return [entry.seal for entry in self._catalog.backend.entries(artifact_id=artifact_id)]

    def _held(self, artifact_id: str, bundle: Bundle) -> Artifact:
        """The artifact, as far as its digests bear it out (AWB-R-330).

        Raises:
            AwenError: They do not.
        """
        listed = Listed(bundle)
        if listed.ids.artifact_id != artifact_id:
            raise VerificationError(f"its manifests give {listed.ids.artifact_id}")
        facts = facts_of(listed)
        self._read[artifact_id] = listed
        entry = facts.entry
        return Artifact(artifact_id, entry.artifact_type, entry.title, entry.created, facts.parents)


def _differing_inputs(replay: Listed, original: Listed) -> Iterator[str]:
    """Inputs in which a replay must not differ from its parent and does (AWB-R-223)."""
    for path in _SAME:
        if replay.digests.get(path) != original.digests.get(path):
            yield path
    if _without(replay.document(_EXPERIMENT)) != _without(original.document(_EXPERIMENT)):
        yield _EXPERIMENT


def _without(experiment: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in experiment.items() if name not in _MAY_DIFFER}


def _lines(listed: Listed, folder: str) -> dict[str, str]:
    """The lines below a folder, that prefix removed."""
    return {
        path.removeprefix(folder): digest
        for path, digest in listed.digests.items()
        if path.startswith(folder)
    }
