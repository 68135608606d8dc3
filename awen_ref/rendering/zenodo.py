"""`.zenodo.json`: the metadata that a Zenodo deposit takes.

Source: Zenodo REST API, "Deposit metadata". Zenodo mints the DOI; an existing one is named as it is.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from awen_ref.rendering.names import Creator, Organization
from awen_ref.rendering.relations import RELATED_TYPES, urn
from awen_ref.rendering.text import apa
from awen_ref.rendering.work import Identifier, Related, Work

__all__ = ["holds_related", "zenodo"]

_UNKNOWN_RELATIONS = frozenset({"Collects", "IsCollectedBy"})
"""Relations of DataCite 4.5 that a deposit may not have; the whole deposit would be refused."""

_SCHEMES = {"ark": "ark", "doi": "doi", "handle": "handle", "url": "url", "urn": "urn"}


def _creator(creator: Creator) -> dict[str, str]:
    if isinstance(creator, Organization):
        return {"name": creator.name}
    members = {
        "name": creator.inverted,
        "orcid": creator.orcid,
        "affiliation": "; ".join(item.name for item in creator.affiliations),
    }
    return {name: value for name, value in members.items() if value}


def _html(text: str) -> str:
    """Zenodo shows descriptions as HTML: the text in paragraphs and lines, escaped."""
    parts = (escape(part, quote=False).replace("\n", "<br>") for part in text.split("\n\n") if part)
    return "".join(f"<p>{part}</p>" for part in parts)


def holds_related(related: Related) -> bool:
    """Whether a deposit can name the other work by its identifier."""
    return related.type in RELATED_TYPES and related.relation not in _UNKNOWN_RELATIONS


def _related(related: Related) -> dict[str, str]:
    relation = related.relation[0].lower() + related.relation[1:]
    return {"identifier": related.value, "relation": relation, "scheme": _SCHEMES[related.type]}


def _others(work: Work) -> list[Related]:
    """The other names of the work: its artifact id, its link, and what the record gives beside the DOI."""
    names = [Identifier("urn", urn(work.artifact_id)), Identifier("url", work.url), *work.identifiers]
    others = [item for item in names if item.value and item != Identifier("doi", work.doi)]
    return [Related("IsAlternateIdentifier", item.type, item.value) for item in others]


def _identifiers(work: Work) -> list[dict[str, str]]:
    rows = [_related(item) for item in (*_others(work), *work.relations) if holds_related(item)]
    return [row for number, row in enumerate(rows) if row not in rows[:number]]


def _references(work: Work, cited: Sequence[Work]) -> list[str]:
    """Works in words: the ancestors as they are cited, and the titles of those that the record names."""
    titled = [f"{item.title} ({item.relation} {item.value})" for item in work.related if item.title]
    return list(dict.fromkeys([*(apa(ancestor) for ancestor in cited), *titled]))


def zenodo(work: Work, ancestors: Sequence[Work] = ()) -> dict[str, Any]:
    """The work as Zenodo deposit metadata.

    Args:
        work: The work.
        ancestors: Works that it stands on, which become references.

    Returns:
        The document. Open access where an SPDX licence allows it, restricted otherwise: Zenodo would
        put a licence of its own choice on an open deposit that names none.
    """
    names = f"AWEN artifact {work.artifact_id}" + (f", seal {work.seal}" if work.seal else "")
    licence, contact = work.licence, work.contact
    if licence.spdx_id:
        access = {"access_right": "open", "license": licence.spdx_id.lower()}
    else:
        conditions = " ".join(part for part in (licence.name, licence.url) if part)
        access = {"access_right": "restricted", "access_conditions": escape(conditions, quote=False)}
    document = {
        "upload_type": "dataset",
        "title": work.title,
        "creators": [_creator(item) for item in work.creators],
        "contributors": [{"name": contact.name, "type": "ContactPerson"}] if contact else [],
        "description": _html(work.description),
        "publication_date": work.day.isoformat(),
        "imprint_publisher": work.publisher.name if work.publisher else "",
        "version": work.version,
        "doi": work.doi,
        "keywords": list(work.keywords),
        "notes": _html(f"{work.notes}\n\n{names}"),
        "references": _references(work, ancestors),
        "related_identifiers": _identifiers(work),
        **access,
    }
    return {name: value for name, value in document.items() if value not in ("", [])}
