"""What a bundle says of itself and of others, held against its manifests: enough to index and to link it.

This is less than verification and much quicker: ids, and the digests of the few documents that are read. A
claim read so is the claim of the artifact that the ids name, for the artifact's name is a digest over it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from awen_ref import canonical
from awen_ref.bundle import Bundle
from awen_ref.catalog.contents import entry_of
from awen_ref.digest import MANIFEST, TAG_MANIFEST, Ids, parse_manifest, sha256_hex
from awen_ref.errors import Finding, VerificationError
from awen_ref.limits import DEFAULT
from awen_ref.storage import Entry

__all__ = ["CLAIM", "Facts", "Listed", "facts_of"]

CLAIM = "data/claim/claim.json"
_PARAMETERS = "data/inputs/parameters.json"
_ABSENT, _DIFFERS, _TOO_LARGE = "AWB-INV-014", "AWB-INT-010", "AWB-LIM-010"


class Listed:
    """A bundle whose documents are given only where they are the ones that its manifests list.

    Args:
        bundle: Any bundle, from any stranger.

    Attributes:
        ids: Its four names, computed.
        digests: Path to digest, of every file that a manifest lists.

    Raises:
        VerificationError: A manifest is missing, breaks its grammar, or is not the one that is sealed.
        ContainerError: A manifest cannot be read.
    """

    def __init__(self, bundle: Bundle) -> None:
        """Read the manifests."""
        self.bundle = bundle
        self.ids: Ids = bundle.ids
        self.digests: dict[str, str] = {}
        for path in (MANIFEST, TAG_MANIFEST):
            lines, _ = parse_manifest(bundle.members[path].read(), path=path)
            self.digests |= {line.path: line.sha256 for line in lines}
        if (digest := sha256_hex(bundle.members[MANIFEST].read())) != self.digests.get(MANIFEST):
            raise _error(_DIFFERS, f"the SHA-256 is {digest}, which {TAG_MANIFEST} does not list", MANIFEST)

    def document(self, path: str) -> Mapping[str, Any]:
        """A JSON object of the bundle.

        Raises:
            VerificationError: It is not there, not the listed one, too large, or no JSON object.
            ContainerError: It cannot be read.
        """
        member = self.bundle.members.get(path)
        if member is None or path not in self.digests:
            raise _error(_ABSENT, "the file is missing or not listed", path)
        if member.size > DEFAULT.json_bytes:
            raise _error(_TOO_LARGE, f"{member.size} bytes of JSON", path)
        data = member.read()
        if (digest := sha256_hex(data)) != self.digests[path]:
            raise _error(_DIFFERS, f"the SHA-256 is {digest}, listed is {self.digests[path]}", path)
        value = canonical.loads(data, path=path)
        if not isinstance(value, dict):
            raise VerificationError(f"{path} holds no object")
        return value


@dataclass(frozen=True, slots=True)
class Facts:
    """What a catalogue finds a bundle by.

    Attributes:
        entry: Names, type, time and title.
        parents: `(artifact_id, relation)` of the claim, sorted.
        keywords: Of the metadata.
        creators: What a creator may be looked up by: names in both orders, ORCID, ROR; case folded.
        parameters: Name, value and unit of each parameter of the inputs.
    """

    entry: Entry
    parents: tuple[tuple[str, str], ...]
    keywords: tuple[str, ...]
    creators: tuple[str, ...]
    parameters: tuple[tuple[str, float, str], ...]


def facts_of(listed: Listed) -> Facts:
    """The facts of a bundle.

    Raises:
        VerificationError: A document is not the one that the manifests list, or has not its class's members.
        ContainerError: A document cannot be read.
    """
    claim, metadata = listed.document(CLAIM), listed.document("metadata.json")
    listed.document("manifest.json")  # the entry is made from it
    parameters = listed.document(_PARAMETERS) if _PARAMETERS in listed.digests else {}
    try:
        return Facts(
            entry=entry_of(listed.bundle, listed.ids),
            parents=tuple(sorted((row["artifact_id"], row["relation"]) for row in claim["parents"])),
            keywords=tuple(sorted(set(metadata.get("keywords", ())))),
            creators=tuple(sorted({name for row in metadata["creators"] for name in _names(row)})),
            parameters=tuple(
                (name, float(row["value"]), str(row["unit"])) for name, row in sorted(parameters.items())
            ),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise VerificationError(f"{listed.ids.seal} has a document outside its schema: {error!r}") from error


def _names(creator: Mapping[str, Any]) -> set[str]:
    """What one creator may be looked up by."""
    family = " ".join(filter(None, (creator.get("name_particle"), creator.get("family_name"))))
    given = creator.get("given_name", "")
    names = {creator.get("name", ""), creator.get("family_name", ""), creator.get("orcid", ""), family}
    names |= {f"{given} {family}".strip(), f"{family}, {given}" if given and family else ""}
    names.add(creator.get("ror", ""))
    return {name.casefold() for name in names if name}


def _error(code: str, message: str, path: str) -> VerificationError:
    return VerificationError(f"{path}: {message}", findings=[Finding(code, message, path)])
