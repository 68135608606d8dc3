"""`.zenodo.json`: the metadata that a Zenodo deposit takes.

Source: Zenodo REST API, "Deposit metadata". Zenodo mints the DOI; an existing one is named as it is.
"""

from html import escape
from typing import Any

from awen_ref.rendering.names import Creator, Organization
from awen_ref.rendering.relations import RELATED_TYPES
from awen_ref.rendering.work import Related, Work

__all__ = ["zenodo"]

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
    """Zenodo shows descriptions as HTML: the text in paragraphs, escaped."""
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in text.split("\n") if part)


def _related(related: Related) -> dict[str, str]:
    relation = related.relation[0].lower() + related.relation[1:]
    return {"identifier": related.value, "relation": relation, "scheme": _SCHEMES[related.type]}


def zenodo(work: Work) -> dict[str, Any]:
    """The work as Zenodo deposit metadata.

    Args:
        work: The work.

    Returns:
        The document. Open access where an SPDX licence allows it, restricted otherwise: Zenodo would
        put a licence of its own choice on an open deposit that names none.
    """
    names = f"AWEN artifact {work.artifact_id}" + (f", seal {work.seal}" if work.seal else "")
    licence = work.licence
    if licence.spdx_id:
        access = {"access_right": "open", "license": licence.spdx_id.lower()}
    else:
        access = {"access_right": "restricted", "access_conditions": escape(licence.name, quote=False)}
    document = {
        "upload_type": "dataset",
        "title": work.title,
        "creators": [_creator(item) for item in work.creators],
        "description": _html(work.description),
        "publication_date": work.day.isoformat(),
        "version": work.version,
        "doi": work.doi,
        "keywords": list(work.keywords),
        "notes": _html(f"{work.notes}\n{names}"),
        "related_identifiers": [_related(item) for item in work.relations if item.type in RELATED_TYPES],
        **access,
    }
    return {name: value for name, value in document.items() if value not in ("", [])}
