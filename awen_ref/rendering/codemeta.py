"""CodeMeta 3.0: the work as schema.org JSON-LD under CodeMeta's context.

An artifact is data, not source code, so the type is `Dataset`. CodeMeta's context knows the words for
software alone and has no default: a reader of JSON-LD drops every other word unless the document says what
it is.
Source: CodeMeta 3.0, doi:10.5281/zenodo.13144194.
"""

from typing import Any

from awen_ref.rendering.names import Affiliation, Creator, Organization
from awen_ref.rendering.relations import uri, urn
from awen_ref.rendering.work import Funding, Licence, Related, Work

__all__ = ["codemeta"]

_WORDS = (
    "CreativeWork", "Dataset", "Grant", "PropertyValue",
    "honorificSuffix", "isBasedOn", "propertyID", "value",
)  # fmt: skip
_CONTEXT = [
    "https://w3id.org/codemeta/3.0",
    # CodeMeta's own `funding` is a text; a grant is what schema.org means by it.
    {word: f"schema:{word}" for word in (*_WORDS, "funding")},
]
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


def _identifier(kind: str, value: str) -> dict[str, str]:
    # As a bare text, CodeMeta's context would make it an IRI, relative to wherever the file lies.
    return {"type": "PropertyValue", "propertyID": kind, "value": value}


def _grant(funding: Funding) -> dict[str, Any]:
    return _present(
        {
            "type": "Grant",
            "id": funding.award_url,
            "name": funding.award_title,
            "identifier": _identifier("award number", funding.award_number) if funding.award_number else None,
            "funder": _organization(funding.funder_name, funding.funder_ror),
        }
    )


def _work(related: Related) -> dict[str, Any]:
    return _present(
        {
            "type": "CreativeWork",
            "id": uri(related.type, related.value),
            "name": related.title,
            "identifier": _identifier(related.type, related.value),
            "description": related.relation,
        }
    )


def _licence(licence: Licence) -> str | dict[str, str]:
    """The licence's address, which is all that CodeMeta wants; without one, a work that has its name.

    `license` holds an IRI there: a bare name would be read as one, relative to wherever the file lies.
    """
    if licence.spdx_id:
        return f"{_SPDX}{licence.spdx_id}"
    return _present({"type": "CreativeWork", "id": licence.url, "name": licence.name})


def codemeta(work: Work) -> dict[str, Any]:
    """The work as a CodeMeta document.

    Args:
        work: The work.

    Returns:
        JSON-LD with members in CodeMeta's spelling; the licence is its SPDX URL where it has one.
    """
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
            "license": _licence(work.licence),
            "keywords": list(work.keywords),
            "publisher": _organization(work.publisher.name, work.publisher.ror) if work.publisher else None,
            "url": work.url,
            "identifier": identifiers,
            "isBasedOn": [_work(item) for item in work.parents],
            "citation": [_work(item) for item in work.related],
            "funding": [_grant(item) for item in work.funding],
        }
    )
