"""What of a record a format has no place for (AWB-R-291).

A format that drops an ORCID iD drops it in silence, and whoever hands the file on finds out when nobody can
mend it. So every format says here what it leaves out, and the tests read three hundred records back out of
every format: what is not named here is found again, and what is named is not.

The formats `text` and `markdown` are one line by design; of them only shortened lists of creators are told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from awen_ref.rendering.bibtex import is_particle
from awen_ref.rendering.cff import holds_email, holds_licence
from awen_ref.rendering.formats import LIST_FORMATS
from awen_ref.rendering.names import Organization, Person
from awen_ref.rendering.relations import RELATED_TYPES, urn
from awen_ref.rendering.text import APA_ALL, IEEE_ALL
from awen_ref.rendering.work import Identifier, Work
from awen_ref.rendering.zenodo import holds_related

__all__ = ["LOSSES", "losses"]

Test = Callable[[Work], bool]


def _people(work: Work) -> Iterator[Person]:
    return (creator for creator in work.creators if isinstance(creator, Person))


def _others(work: Work) -> Iterator[Identifier]:
    """The identifiers beside the DOI that stands for the work."""
    return (item for item in work.identifiers if item != Identifier("doi", work.doi))


def _organisations(work: Work) -> Iterator[Organization]:
    return (creator for creator in work.creators if isinstance(creator, Organization))


_FACTS: Mapping[str, Test] = {
    "ORCID iDs": lambda work: any(person.orcid for person in _people(work)),
    "e-mail addresses of creators": lambda work: any(person.email for person in _people(work)),
    "affiliations": lambda work: any(person.affiliations for person in _people(work)),
    "ROR ids of affiliations": lambda work: any(
        place.ror for person in _people(work) for place in person.affiliations
    ),
    "ROR ids of creators": lambda work: any(creator.ror for creator in _organisations(work)),
    "which creators are organisations": lambda work: any(_organisations(work)),
    "particles apart from family names": lambda work: any(person.particle for person in _people(work)),
    "suffixes apart from names": lambda work: any(person.suffix for person in _people(work)),
    "publisher": lambda work: work.publisher is not None,
    "ROR id of the publisher": lambda work: work.publisher is not None and bool(work.publisher.ror),
    "contact": lambda work: work.contact is not None,
    "e-mail address of the contact": lambda work: work.contact is not None,
    "licence": lambda work: bool(work.licence.name),
    "address of the licence": lambda work: bool(work.licence.url),
    "funding": lambda work: bool(work.funding),
    "identifiers beside the DOI": lambda work: any(_others(work)),
    "identifiers of related works": lambda work: bool(work.related),
    "titles of related works": lambda work: any(item.title for item in work.related),
    "parents": lambda work: bool(work.parents),
    "notes": lambda work: bool(work.notes),
    "line breaks of texts": lambda work: "\n" in work.description or "\n" in work.notes,
    "commas inside keywords": lambda work: any("," in word for word in work.keywords),
    "extensions": lambda work: work.extended,
}
"""What a record may say, and whether it does. All formats hold the rest."""


def _wholly(*facts: str) -> dict[str, Test]:
    """Facts that are lost wherever the record has them."""
    return {fact: _FACTS[fact] for fact in facts}


_REFERENCE = _wholly(
    "ORCID iDs", "e-mail addresses of creators", "ROR ids of affiliations", "ROR ids of creators",
    "ROR id of the publisher", "contact", "e-mail address of the contact", "address of the licence",
    "funding", "identifiers beside the DOI", "identifiers of related works", "titles of related works",
    "extensions",
)  # fmt: skip
"""What the formats of reference managers have in common."""

_BIBTEX = {
    **_REFERENCE,
    **_wholly(
        "affiliations", "which creators are organisations", "licence", "parents", "line breaks of texts"
    ),
    "particles apart from family names": lambda work: any(
        person.particle and not is_particle(person.particle) for person in _people(work)
    ),
}

_DATACITE = {
    **_wholly(
        "e-mail addresses of creators", "e-mail address of the contact", "particles apart from family names",
        "suffixes apart from names", "extensions",
    ),
    "identifiers of related works": lambda work: any(item.type not in RELATED_TYPES for item in work.related),
}  # fmt: skip

_APA: Mapping[str, Test] = {"creators": lambda work: len(work.creators) > APA_ALL}

LOSSES: Mapping[str, Mapping[str, Test]] = {
    "apa": _APA,
    "biblatex": _BIBTEX,
    "bibtex": _BIBTEX,
    "cff": {
        **_wholly(
            "ROR ids of affiliations", "publisher", "ROR id of the publisher", "funding",
            "identifiers of related works", "titles of related works", "parents", "notes", "extensions",
        ),
        "e-mail addresses of creators": lambda work: any(
            person.email and not holds_email(person.email) for person in _people(work)
        ),
        "e-mail address of the contact": lambda work: (
            work.contact is not None and not holds_email(work.contact.email)
        ),
        "licence": lambda work: not holds_licence(work.licence.spdx_id),
        "address of the licence": lambda work: bool(work.licence.url) and holds_licence(work.licence.spdx_id),
    },
    "codemeta": {
        **_wholly(
            "particles apart from family names", "contact", "e-mail address of the contact", "notes",
            "extensions",
        ),
        "address of the licence": lambda work: bool(work.licence.spdx_id and work.licence.url),
    },
    "csl-json": {**_REFERENCE, **_wholly("affiliations", "commas inside keywords")},
    "datacite-json": _DATACITE,
    "datacite-xml": _DATACITE,
    "ieee": {"creators": lambda work: len(work.creators) > IEEE_ALL},
    "json": {},
    "markdown": _APA,
    "ris": {
        **_REFERENCE,
        **_wholly(
            "which creators are organisations", "particles apart from family names", "licence",
            "line breaks of texts",
        ),
        "suffixes apart from names": lambda work: any(
            person.suffix and (not person.given or "," in person.suffix) for person in _people(work)
        ),
    },
    "zenodo": {
        **_wholly(
            "e-mail addresses of creators", "ROR ids of affiliations", "ROR ids of creators",
            "which creators are organisations", "particles apart from family names",
            "suffixes apart from names", "ROR id of the publisher", "e-mail address of the contact",
            "funding", "extensions",
        ),
        "address of the licence": lambda work: bool(work.licence.spdx_id and work.licence.url),
        "identifiers beside the DOI": lambda work: any(
            item.type not in RELATED_TYPES for item in _others(work)
        ),
        "identifiers of related works": lambda work: any(
            not item.title and not holds_related(item) for item in work.related
        ),
    },
}  # fmt: skip
"""Format, or style of the format `text`, to what it leaves out, and of which works."""


def losses(name: str, works: Sequence[Work], *, style: str = "apa") -> tuple[str, ...]:
    """What a document says less than the records that it is made from.

    Args:
        name: The format.
        works: The work, and its ancestors where they are asked for: a parent that has a place of its own in
            the document is not lost.
        style: The style, for the format `text`.

    Returns:
        The facts, in the order in which a record tells them.
    """
    lost = LOSSES[style if name == "text" else name]
    told = works if name in LIST_FORMATS else works[:1]
    found = [fact for fact, loses in lost.items() if any(loses(work) for work in told)]
    there = {urn(work.artifact_id) for work in works}
    if all(parent.value in there for work in told for parent in work.parents):
        found = [fact for fact in found if fact != "parents"]
    order = list(_FACTS)
    return tuple(sorted(found, key=lambda fact: order.index(fact) if fact in _FACTS else -1))
