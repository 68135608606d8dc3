"""Citations of verified bundles, in every format that the neighbours read.

A citation always carries the artifact id and the seal. A DOI appears only where the record holds one,
and a URL only where the caller named a resolver (AWB-R-067, AWB-R-286, AWB-R-287).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from awen_ref import canonical
from awen_ref.errors import MissingError, UsageError
from awen_ref.rendering.formats import FILE_NAMES, LIST_FORMATS, SINGLE_FORMATS, STYLES
from awen_ref.rendering.losses import losses
from awen_ref.rendering.relations import urn
from awen_ref.rendering.text import apa
from awen_ref.rendering.work import Work, work_of

if TYPE_CHECKING:
    from awen_ref.verify import VerifiedBundle

__all__ = ["FILE_NAMES", "FORMATS", "Citation", "cite", "cite_with_parents"]

FORMATS: tuple[str, ...] = tuple(sorted((*LIST_FORMATS, *SINGLE_FORMATS, "json", "text")))
"""Names of the formats that `Citation.text` knows."""

_PRINTED = re.compile("[!-~]+")
_PLACE = re.compile(r"\{(artifact_id|seal)\}")


@dataclass(frozen=True, slots=True)
class Citation:
    """One artifact as it is cited, and the artifacts it stands on where they were asked for.

    Attributes:
        work: What is cited.
        ids: `inputs_id`, `results_id`, `artifact_id` and `seal`.
        record: The Metadata document.
        claimed: `parents` of the claim: `{artifact_id, relation}` each.
        parents: Citations of the ancestors that were found, nearest first, each once.
        missing: Ids of ancestors that were looked for and not found.
    """

    work: Work
    ids: Mapping[str, str]
    record: Mapping[str, Any]
    claimed: tuple[Mapping[str, str], ...] = ()
    parents: tuple["Citation", ...] = ()
    missing: tuple[str, ...] = ()

    def text(self, name: str, *, style: str = "apa") -> str:
        """The citation in a format.

        Args:
            name: One of `FORMATS`.
            style: `apa` or `ieee`, for the format `text`.

        Returns:
            The document, ending in a newline. Formats that hold several works hold the ancestors too;
            the others name them as relations.

        Raises:
            UsageError: There is no such format or style.
        """
        works = [self.work, *(parent.work for parent in self.parents)]
        if name in LIST_FORMATS:
            return LIST_FORMATS[name](works)
        if name in SINGLE_FORMATS:
            return SINGLE_FORMATS[name](works)
        if name == "json":
            return canonical.dumps(self.as_dict()).decode() + "\n"
        if name != "text":
            raise UsageError(f"no citation format {name!r}", advice=f"Formats: {', '.join(FORMATS)}.")
        if style not in STYLES:
            raise UsageError(f"no citation style {style!r}", advice=f"Styles: {', '.join(STYLES)}.")
        return "".join(f"{line}\n" for line in STYLES[style](works))

    def losses(self, name: str, *, style: str = "apa") -> tuple[str, ...]:
        """What the record says and `text` with the same arguments leaves out (AWB-R-291)."""
        return losses(name, [self.work, *(parent.work for parent in self.parents)], style=style)

    def as_dict(self) -> dict[str, Any]:
        """Everything the citation says, as the format `json` has it."""
        document: dict[str, Any] = {
            **self.ids,
            "artifact_type": self.work.artifact_type,
            "citation": apa(self.work),
            "key": self.work.key,
            "metadata": dict(self.record),
            "parents": [
                {**parent, "relation_type": related.relation}
                for parent, related in zip(self.claimed, self.work.parents, strict=True)
            ],
        }
        if self.work.link:
            document["url"] = self.work.link
        if self.parents:
            document["ancestors"] = [parent.as_dict() for parent in self.parents]
        if self.missing:
            document["missing"] = list(self.missing)
        return document


def _resolved(resolver: str, ids: Mapping[str, str]) -> str:
    """The resolver's URL for one artifact.

    Raises:
        UsageError: The template is no https or http URL, or has other places than those we can fill.
    """
    if not resolver:
        return ""
    rest = _PLACE.sub("", resolver)
    parts = urlsplit(rest)
    address = parts.scheme in ("https", "http") and parts.netloc and _PRINTED.fullmatch(rest)
    if not address or rest == resolver or set(rest) & set("{}"):
        raise UsageError(
            f"{resolver!r} is no resolver template",
            advice="Give an https URL with {artifact_id} or {seal} where the name belongs.",
        )
    return _PLACE.sub(lambda found: ids[found[1]], resolver)


def cite(verified: "VerifiedBundle", *, resolver: str = "") -> Citation:
    """The citation of one bundle. The type of the argument keeps unverified bundles out (AWB-R-286).

    Args:
        verified: The bundle.
        resolver: URL with the places `{artifact_id}` or `{seal}`; empty for no URL.

    Returns:
        The citation, without ancestors.

    Raises:
        UsageError: The resolver is no such URL.
    """
    record: Mapping[str, Any] = verified.document("metadata.json")
    claim: Mapping[str, Any] = verified.document("data/claim/claim.json")
    ids = verified.ids._asdict()
    claimed = tuple(claim["parents"])
    work = work_of(
        record,
        artifact_id=ids["artifact_id"],
        artifact_type=verified.artifact_type,
        parents=claimed,
        seal=ids["seal"],
        url=_resolved(resolver, ids),
    )
    return Citation(work, ids, record, claimed)


def cite_with_parents(
    verified: "VerifiedBundle", find: Callable[[str], "VerifiedBundle"], *, resolver: str = ""
) -> Citation:
    """The citation of one bundle and of everything it stands on, as far as it can be found.

    Args:
        verified: The bundle.
        find: Gives the verified bundle of an artifact id, or raises `MissingError`.
        resolver: As for `cite`.

    Returns:
        The citation; ancestors breadth first, each once, and the ids of those not found (AWB-R-226).

    Raises:
        UsageError: The resolver is no such URL.
        VerificationError: An ancestor that was found is not what it says it is.
    """
    own = cite(verified, resolver=resolver)
    seen = {own.work.artifact_id}
    waiting = [parent["artifact_id"] for parent in own.claimed]
    found: list[Citation] = []
    missing: list[str] = []
    while waiting:
        artifact_id = waiting.pop(0)
        if artifact_id in seen:
            continue
        seen.add(artifact_id)
        try:
            ancestor = cite(find(artifact_id), resolver=resolver)
        except MissingError:
            missing.append(artifact_id)
            continue
        found.append(ancestor)
        waiting += [parent["artifact_id"] for parent in ancestor.claimed]
    titles = {urn(ancestor.work.artifact_id): ancestor.work.title for ancestor in found}
    parents = tuple(replace(parent, title=titles.get(parent.value, "")) for parent in own.work.parents)
    work = replace(own.work, parents=parents)
    return replace(own, work=work, parents=tuple(found), missing=tuple(missing))
