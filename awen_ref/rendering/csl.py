"""CSL-JSON: the item that citation processors (citeproc, pandoc, Zotero) read.

Source: Citation Style Language 1.0.2, `csl-data.json`.
"""

from typing import Any

from awen_ref.rendering.names import Creator, Organization
from awen_ref.rendering.work import Work

__all__ = ["csl_items"]


def _name(creator: Creator) -> dict[str, str]:
    if isinstance(creator, Organization):
        return {"literal": creator.name}
    parts = {
        "family": creator.family,
        "given": creator.given,
        "non-dropping-particle": creator.particle,
        "suffix": creator.suffix,
    }
    return {variable: text for variable, text in parts.items() if text}


def _note(work: Work) -> str:
    """The record's notes, and what `awen cite` says besides; inside a bundle the seal is not known."""
    seal = [f"seal {work.seal}"] if work.seal else []
    said = "; ".join([*seal, *(f"{parent.relation} {parent.value}" for parent in work.parents)])
    return "\n".join(part for part in (said, work.notes) if part)


def csl_items(work: Work) -> list[dict[str, Any]]:
    """The work as a list of one CSL item of type `dataset`.

    Args:
        work: The work.

    Returns:
        The list, ready for canonical JSON. The artifact id is the item's `archive_location` (styles change
        the case of a `number`), seal, parents and notes stand in `note`, and what CSL has no variable for in
        the `custom` object.
    """
    day = work.day
    texts = {
        "title": work.title,
        "abstract": work.description,
        "version": work.version,
        "keyword": ", ".join(work.keywords),
        "publisher": work.publisher.name if work.publisher else "",
        "archive": "AWEN",
        "archive_location": work.artifact_id,
        "DOI": work.doi,
        "URL": work.url,
        "note": _note(work),
    }
    item: dict[str, Any] = {variable: text for variable, text in texts.items() if text}
    item |= {
        "id": work.key,
        "type": "dataset",
        "author": [_name(creator) for creator in work.creators],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "custom": {"artifact_id": work.artifact_id, "license": work.licence.spdx_id or work.licence.name},
    }
    return [item]
