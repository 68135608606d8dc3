"""How the relations of a claim, and the kinds of identifier, are called by the neighbours."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

__all__ = ["RELATED_TYPES", "RELATION_TYPES", "iri", "kind_of", "uri", "urn"]

RELATION_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "calibrated_by": "Requires",
        "calibration_for": "IsSupplementTo",
        "derived_from": "IsDerivedFrom",
        "gradient_of": "IsDerivedFrom",
        "replay_of": "IsVersionOf",
        "validation_of": "Documents",
    }
)
"""Relation of `claim.parents` to DataCite relationType, read from this artifact to its parent."""

RELATED_TYPES: Mapping[str, str] = MappingProxyType(
    {"ark": "ARK", "doi": "DOI", "handle": "Handle", "url": "URL", "urn": "URN"}
)
"""Identifier type to DataCite 4.5 relatedIdentifierType; SWHIDs enter DataCite with 4.7 only."""


def urn(artifact_id: str) -> str:
    """The artifact id as a URI for formats that take nothing else: `urn:awen:awen_7f3a…`."""
    return f"urn:awen:{artifact_id}"


_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_NOT_IN_IRI = re.compile(r'[ <>"{}|\\^`]')
_NOT_BEHIND_IT = re.compile(r'[][ <>"{}|\\^`]|%(?![0-9A-Fa-f]{2})')
_SHAPES = {
    "ark": re.compile(r"ark:/?[0-9a-z]{5,}/\S+"),
    "handle": re.compile(r"[0-9A-Za-z.-]+/\S+"),
    "swhid": re.compile(r"swh:1:(?:snp|rel|rev|dir|cnt):[0-9a-f]{40}(?:;\S+)?"),
    "url": re.compile(r"(?:https?|ftp)://[^/\s]+(?:/.*)?"),
}
"""How identifiers look; the schema holds a record to bare DOIs alone."""

_RESOLVERS = {"doi": "https://doi.org/", "handle": "https://hdl.handle.net/"}
_SAFE = "/:;()~!$&'*,=@+"


def iri(url: str) -> str:
    """The URL as an IRI (RFC 3987): what none may hold is percent-encoded, as is a `%` that encodes nothing.

    Brackets belong around an address of the host alone, and one `#` begins the fragment.
    """
    found = _AUTHORITY.match(url)
    start = found.end() if found else 0
    rest, mark, fragment = url[start:].partition("#")
    behind = f"{_encoded(_NOT_BEHIND_IT, rest)}{mark}{_encoded(_NOT_BEHIND_IT, fragment.replace('#', '%23'))}"
    return _encoded(_NOT_IN_IRI, url[:start]) + behind


def _encoded(what: re.Pattern[str], text: str) -> str:
    return what.sub(lambda found: f"%{ord(found[0]):02X}", text)


def uri(kind: str, value: str) -> str:
    """The absolute URI that an identifier is or makes; empty where it is only a name.

    What a DOI or handle holds beside letters, digits and harmless signs is percent-encoded: `#`, `?` and `%`
    would end or change the address (DOI Handbook, section 3.5).
    """
    if kind in _RESOLVERS:
        return _RESOLVERS[kind] + quote(value, safe=_SAFE)
    return iri(value) if kind in ("url", "urn") else ""


def kind_of(kind: str, value: str) -> str:
    """The kind of an identifier; `other` where it does not look like what it calls itself.

    A deposit is refused for a URL that is none, and a crate may cite absolute URIs only.
    """
    shape = _SHAPES.get(kind)
    return kind if shape is None or shape.fullmatch(value) else "other"
