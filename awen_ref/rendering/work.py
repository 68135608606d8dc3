"""The work that is cited: one metadata record, the ids it describes, and nothing of the bundle itself.

Every format is a function of a `Work`. It is made once from the Metadata document (`metadata.json`),
so that all formats agree by construction (AWB-R-280).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from awen_ref.rendering.names import Creator, Person, parse_creator
from awen_ref.rendering.plain import ascii_fold, one_line, paragraphs
from awen_ref.rendering.relations import RELATION_TYPES, iri, kind_of, uri, urn

__all__ = ["Contact", "Funding", "Identifier", "Licence", "Publisher", "Related", "Work", "work_of"]


@dataclass(frozen=True, slots=True)
class Licence:
    """What the work may be used for: a name always; an SPDX identifier and a URL where there are such."""

    name: str
    spdx_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the work; `ror` is an https URL or empty."""

    name: str
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers questions about the work."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Funding:
    """One funder, and the award where there was one; absent members are empty."""

    funder_name: str
    funder_ror: str = ""
    award_number: str = ""
    award_title: str = ""
    award_url: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Another identifier of the same work: `type` is doi, handle, ark, swhid, url or other.

    What does not look like the registry's names is `other`, whatever the record calls it.
    """

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another work and how this one stands to it.

    Attributes:
        relation: DataCite relationType, read from this work to the other.
        type: Type of identifier, as in `Identifier`; `urn` for an AWEN artifact.
        value: The identifier.
        title: Title of the other work; empty where not given.
    """

    relation: str
    type: str
    value: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What every format is rendered from.

    Attributes:
        artifact_type: Type of the artifact (`run`).
        artifact_id: The name that is cited.
        seal: The record's seal, known only once the bundle is sealed; empty inside the bundle.
        extended: Whether the record has `extensions`, which nobody but their owner can read.
        url: Where a resolver finds the artifact; empty where no resolver was named. Never guessed.
        created: RFC 3339 time of sealing, UTC.
        parents: The artifacts this one stands on, with the claim's relations mapped to DataCite's.
        Others: the members of the Metadata document, with empty values where absent.
    """

    artifact_type: str
    artifact_id: str
    title: str
    description: str
    created: str
    licence: Licence
    creators: tuple[Creator, ...]
    version: str = ""
    keywords: tuple[str, ...] = ()
    notes: str = ""
    publisher: Publisher | None = None
    contact: Contact | None = None
    funding: tuple[Funding, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    related: tuple[Related, ...] = ()
    parents: tuple[Related, ...] = ()
    extended: bool = False
    seal: str = ""
    url: str = ""

    @property
    def day(self) -> date:
        """The calendar day (UTC) of `created`."""
        return date.fromisoformat(self.created[:10])

    @property
    def doi(self) -> str:
        """The first DOI among the identifiers, bare (`10.…/…`); empty where there is none."""
        return next((item.value for item in self.identifiers if item.type == "doi"), "")

    @property
    def link(self) -> str:
        """The best link to the work: its DOI as a URL, else the resolver's URL, else empty."""
        return uri("doi", self.doi) if self.doi else self.url

    @property
    def key(self) -> str:
        """Citation key: first creator, year, and 16 digits of the id so that no two works share it."""
        first = self.creators[0]
        name = ascii_fold(first.surname if isinstance(first, Person) else first.name)[:24] or "awen"
        return f"{name}{self.day.year}-{self.artifact_id.rpartition('_')[2][:16]}"

    @property
    def relations(self) -> tuple[Related, ...]:
        """Parents first, then the works that the record names."""
        return self.parents + self.related


def _parent(value: Mapping[str, str]) -> Related:
    relation = value["relation"]
    return Related(RELATION_TYPES[relation], "urn", urn(value["artifact_id"]))


def _licence(value: Mapping[str, str]) -> Licence:
    return Licence(one_line(value["name"]), value.get("spdx_id", ""), iri(value.get("url", "")))


def _funding(value: Mapping[str, str]) -> Funding:
    texts = {member: one_line(text) for member, text in value.items()}
    return Funding(**{**texts, "award_url": iri(texts.get("award_url", ""))})


def _related(value: Mapping[str, str]) -> Related:
    name = one_line(value["value"])
    return Related(value["relation"], kind_of(value["type"], name), name, one_line(value.get("title", "")))


def _identifier(value: Mapping[str, str]) -> Identifier:
    name = one_line(value["value"])
    return Identifier(kind_of(value["type"], name), name)


def work_of(
    record: Mapping[str, Any],
    *,
    artifact_id: str,
    artifact_type: str,
    parents: Sequence[Mapping[str, str]] = (),
    seal: str = "",
    url: str = "",
) -> Work:
    """Read a Metadata document that its schema has accepted.

    Args:
        record: The document (`metadata.json`).
        artifact_id: The id the record describes.
        artifact_type: The type of that artifact.
        parents: `parents` of the claim: `{artifact_id, relation}` each.
        seal: The seal, where the bundle is sealed already.
        url: Where a resolver that the user named finds the artifact.

    Returns:
        The work.

    Raises:
        KeyError: The record lacks a member that the schema requires; validate it first.
    """
    publisher, contact = record.get("publisher"), record.get("contact")
    return Work(
        artifact_type=artifact_type,
        artifact_id=artifact_id,
        title=one_line(record["title"]),
        description=paragraphs(record["description"]),
        created=record["created"],
        licence=_licence(record["license"]),
        creators=tuple(parse_creator(item) for item in record["creators"]),
        version=one_line(record.get("version", "")),
        keywords=tuple(one_line(item) for item in record.get("keywords", ())),
        notes=paragraphs(record.get("notes", "")),
        publisher=Publisher(one_line(publisher["name"]), publisher.get("ror", "")) if publisher else None,
        contact=Contact(one_line(contact["name"]), contact["email"]) if contact else None,
        funding=tuple(_funding(item) for item in record.get("funding", ())),
        identifiers=tuple(_identifier(item) for item in record.get("identifiers", ())),
        related=tuple(_related(item) for item in record.get("related", ())),
        parents=tuple(_parent(item) for item in parents),
        extended=bool(record.get("extensions")),
        seal=seal,
        url=url,
    )
