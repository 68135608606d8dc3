"""CodeMeta 3.0: the work as schema.org JSON-LD under CodeMeta's context.

An artifact is data, not source code, so the type is `Dataset`. Source: CodeMeta 3.0,
doi:10.5281/zenodo.13144194.
"""

from typing import Any

from awen_ref.rendering.names import Affiliation, Creator, Organization
from awen_ref.rendering.relations import urn
from awen_ref.rendering.work import Funding, Related, Work

__all__ = ["codemeta"]

_CONTEXT = "https://w3id.org/codemeta/3.0"
_SPDX = "https://spdx.org/licenses/"


def _present(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in ("", [], None)}


def _organization(name: str, ror: str) -> dict[str, str]:
    return _present({"type": "Organization", "id": ror, "name": name})


def _affiliations(affiliations: tuple[Affiliation, ...]) -> list[dict[str, str]]:
    return [_organization(item.name, item.ror) for item in affiliations]


def _creator(creator: Creator) -> dict[str, Any]:
    if isinstance(creator, Organization):
        return _organization(creator.name, creator.ror)
    return _present(
        {
            "type": "Person",
            "id": creator.orcid_url,
            "familyName": creator.surname,
            "givenName": creator.given,
            "honorificSuffix": creator.suffix,
            "email": creator.email,
            "affiliation": _affiliations(creator.affiliations),
        }
    )


def _grant(funding: Funding) -> dict[str, Any]:
    return _present(
        {
            "type": "Grant",
            "id": funding.award_url,
            "name": funding.award_title,
            "identifier": funding.award_number,
            "funder": _organization(funding.funder_name, funding.funder_ror),
        }
    )


def _identifier(kind: str, value: str) -> dict[str, str]:
    return {"type": "PropertyValue", "propertyID": kind, "value": value}


def _work(related: Related) -> dict[str, str]:
    return _present(
        {
            "type": "CreativeWork",
            "name": related.title,
            "identifier": related.value,
            "description": related.relation,
        }
    )


def codemeta(work: Work) -> dict[str, Any]:
    """The work as a CodeMeta document.

    Args:
        work: The work.

    Returns:
        JSON-LD with members in CodeMeta's spelling; the licence is its SPDX URL where it has one.
    """
    licence = work.licence
    identifiers = [_identifier("AWEN artifact id", work.artifact_id)]
    identifiers += [_identifier("AWEN seal", work.seal)] if work.seal else []
    identifiers += [_identifier(item.type, item.value) for item in work.identifiers]
    return _present(
        {
            "@context": _CONTEXT,
            "type": "Dataset",
            "id": work.link or urn(work.artifact_id),
            "name": work.title,
            "description": work.description,
            "author": [_creator(item) for item in work.creators],
            "dateCreated": work.created,
            "version": work.version,
            "license": f"{_SPDX}{licence.spdx_id}" if licence.spdx_id else licence.url or licence.name,
            "keywords": list(work.keywords),
            "publisher": _organization(work.publisher.name, work.publisher.ror) if work.publisher else None,
            "url": work.url,
            "identifier": identifiers,
            "isBasedOn": [_work(item) for item in work.parents],
            "citation": [_work(item) for item in work.related],
            "funding": [_grant(item) for item in work.funding],
        }
    )
