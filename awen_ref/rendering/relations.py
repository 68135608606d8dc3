"""How the relations of a claim, and the kinds of identifier, are called by the neighbours."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["RELATED_TYPES", "RELATION_TYPES", "urn"]

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
