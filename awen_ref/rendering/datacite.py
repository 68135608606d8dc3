"""DataCite metadata as JSON (schema 4.5); `datacite_xml` writes the same document as XML.

A DOI is never invented: without one there is no `doi`. A missing publisher is `(:unav)`, the value
that DataCite's Appendix 3 gives for what is unavailable.
Source: DataCite Metadata Working Group, Metadata Schema 4.6, doi:10.14454/mzv1-5b55.
"""

import re
from typing import Any

from awen_ref.rendering.names import Affiliation, Creator, Organization
from awen_ref.rendering.relations import RELATED_TYPES
from awen_ref.rendering.work import Contact, Funding, Identifier, Licence, Publisher, Related, Work

__all__ = ["datacite_json"]

_KERNEL = "http://datacite.org/schema/kernel-4"
_UNAVAILABLE = "(:unav)"
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_RESOURCE_TYPE = "AWEN artifact"


def _present(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in ("", [], {})}


def _unique(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items in order, each once: the schema's lists are sets."""
    kept: list[dict[str, Any]] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


def _name_identifier(value: str, scheme: str, uri: str) -> list[dict[str, str]]:
    if not value:
        return []
    return [{"nameIdentifier": value, "nameIdentifierScheme": scheme, "schemeUri": uri}]


def _affiliation(affiliation: Affiliation) -> dict[str, str]:
    ror = (
        {"affiliationIdentifier": affiliation.ror, "affiliationIdentifierScheme": "ROR"}
        if affiliation.ror
        else {}
    )
    return {"name": affiliation.name, **ror}


def _creator(creator: Creator) -> dict[str, Any]:
    if isinstance(creator, Organization):
        identifiers = _name_identifier(creator.ror, "ROR", "https://ror.org/")
        return _present({"name": creator.name, "nameType": "Organizational", "nameIdentifiers": identifiers})
    given = (
        f"{creator.given}, {creator.suffix}"
        if creator.given and creator.suffix
        else creator.given or creator.suffix
    )
    return _present(
        {
            "name": creator.inverted,
            "nameType": "Personal",
            "familyName": creator.surname,
            "givenName": given,
            "nameIdentifiers": _name_identifier(creator.orcid_url, "ORCID", "https://orcid.org/"),
            "affiliation": _unique([_affiliation(item) for item in creator.affiliations]),
        }
    )


def _contributors(contact: Contact | None) -> list[dict[str, str]]:
    """Who answers for the work. DataCite takes no mail addresses, and nobody said whether it is a person."""
    return [{"contributorType": "ContactPerson", "name": contact.name}] if contact else []


def _publisher(publisher: Publisher | None) -> dict[str, str]:
    if publisher is None:
        return {"name": _UNAVAILABLE}
    ror = {
        "publisherIdentifier": publisher.ror,
        "publisherIdentifierScheme": "ROR",
        "schemeUri": "https://ror.org/",
    }
    return {"name": publisher.name, **(ror if publisher.ror else {})}


def _rights(licence: Licence) -> dict[str, str]:
    spdx = {
        "rightsIdentifier": licence.spdx_id,
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": "https://spdx.org/licenses/",
    }
    return _present({"rights": licence.name, "rightsUri": licence.url, **(spdx if licence.spdx_id else {})})


def _funding(funding: Funding) -> dict[str, str]:
    ror = (
        {"funderIdentifier": funding.funder_ror, "funderIdentifierType": "ROR"} if funding.funder_ror else {}
    )
    award = {
        "awardNumber": funding.award_number,
        "awardTitle": funding.award_title,
        "awardUri": funding.award_url,
    }
    return _present({"funderName": funding.funder_name, **ror, **award})


def _related(related: Related) -> dict[str, str]:
    return {
        "relatedIdentifier": related.value,
        "relatedIdentifierType": RELATED_TYPES[related.type],
        "relationType": related.relation,
    }


def _item(related: Related) -> dict[str, Any]:
    """A related work with its title, which a related identifier has no place for."""
    identifier = {
        "relatedItemIdentifier": related.value,
        "relatedItemIdentifierType": RELATED_TYPES.get(related.type, ""),
    }
    return _present(
        {
            "relatedItemType": "Dataset" if related.type == "urn" else "Other",
            "relationType": related.relation,
            "relatedItemIdentifier": identifier if related.type in RELATED_TYPES else {},
            "titles": [{"title": related.title}],
        }
    )


def _doi(work: Work) -> str:
    return work.doi if _DOI.fullmatch(work.doi) else ""


def _alternate(kind: str, value: str) -> dict[str, str]:
    return {"alternateIdentifier": value, "alternateIdentifierType": kind}


def _alternates(work: Work) -> list[dict[str, str]]:
    """Every name of the work but its DOI, the artifact id first."""
    own = [_alternate("AWEN artifact id", work.artifact_id)]
    if work.seal:
        own.append(_alternate("AWEN seal", work.seal))
    others = [item for item in work.identifiers if item != Identifier("doi", _doi(work))]
    return own + [_alternate(item.type, item.value) for item in others]


def _descriptions(work: Work) -> list[dict[str, str]]:
    texts = (("Abstract", work.description), ("Other", work.notes))
    return [{"description": text, "descriptionType": kind} for kind, text in texts if text]


def datacite_json(work: Work) -> dict[str, Any]:
    """The work as DataCite JSON 4.5.

    Args:
        work: The work.

    Returns:
        The document. Relations to works that have neither a title nor a kind of identifier that DataCite 4.5
        knows are left out.
    """
    return _present(
        {
            "schemaVersion": _KERNEL,
            "doi": _doi(work),
            "types": {"resourceTypeGeneral": "Dataset", "resourceType": _RESOURCE_TYPE},
            "creators": [_creator(item) for item in work.creators],
            "contributors": _contributors(work.contact),
            "titles": [{"title": work.title}],
            "publisher": _publisher(work.publisher),
            "publicationYear": str(work.day.year),
            "dates": [{"date": work.created, "dateType": "Created"}],
            "version": work.version,
            "subjects": [{"subject": word} for word in work.keywords],
            "alternateIdentifiers": _unique(_alternates(work)),
            "relatedIdentifiers": _unique(
                [_related(item) for item in work.relations if item.type in RELATED_TYPES]
            ),
            "relatedItems": _unique([_item(item) for item in work.relations if item.title]),
            "rightsList": [_rights(work.licence)],
            "descriptions": _descriptions(work),
            "fundingReferences": _unique([_funding(item) for item in work.funding]),
            "url": work.url,
        }
    )
