"""RO-Crate 1.2 (and 1.1) with Process Run Crate 0.5: `ro-crate-metadata.json` of a bundle.

The crate describes every file under `data/`, the two documents beside it and the citation files;
never the BagIt files, the preview or `signatures/` (AWB-R-264 to AWB-R-267). Only names that were
given to us appear: no host is made up for an artifact, its terms or its tool.
Sources: RO-Crate 1.2, doi:10.5281/zenodo.15224433; S. Leo et al., "Recording provenance of workflow
runs with RO-Crate", doi:10.1371/journal.pone.0309210.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from awen_ref.rendering.names import Affiliation, Creator, Organization
from awen_ref.rendering.relations import uri
from awen_ref.rendering.work import Funding, Licence, Work

__all__ = ["Crate", "File", "Tool", "ro_crate"]

File = tuple[str, int, str]
"""SHA-256 (hex), size in bytes, media type."""

_CONTEXT = "https://w3id.org/ro/crate/1.2/context"
_VERSIONS = ("https://w3id.org/ro/crate/1.2", "https://w3id.org/ro/crate/1.1")
_PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
_SPDX = "https://spdx.org/licenses/"
_ACTION = "#activity"
_ARTIFACT_ID = "#artifact-id"
_COMPLETED = "http://schema.org/CompletedActionStatus"
_ROLES = (
    ("data/inputs/", "input: determines the results"),
    ("data/claim/", "claim: what the results are said to be"),
    ("data/results/", "result: what came out"),
    ("data/evidence/", "evidence: sealed, not part of the identity"),
)

Entity = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """The software that made the bundle."""

    name: str
    version: str
    url: str


@dataclass(frozen=True, slots=True)
class Crate:
    """What a crate says besides the work.

    Attributes:
        files: Path to file, for every file that the crate describes.
        tool: The software that ran the experiment.
        window: Start and end of the run: RFC 3339, whole seconds, `+00:00`.
        ids: `inputs_id`, `results_id`, `artifact_id`.
    """

    files: Mapping[str, File]
    tool: Tool
    window: tuple[str, str]
    ids: Mapping[str, str]


def _ref(identifier: str) -> Entity:
    return {"@id": identifier}


def _refs(identifiers: Iterable[str]) -> Entity | list[Entity] | None:
    """References, each once, without a list of one and nothing for none: RO-Crate 1.2's compact form."""
    unique = [_ref(item) for item in dict.fromkeys(identifiers)]
    return unique[0] if len(unique) == 1 else unique or None


def _entity(identifier: str, kind: str | list[str], /, **properties: object) -> Entity:
    kept = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@id": identifier, "@type": kind, **kept}


class _Graph:
    """Entities by id, in the order they were added; the same institution twice is one entity."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}

    def add(self, entity: Entity, instead: str = "") -> str:
        """Take an entity in; returns its id.

        Args:
            entity: The entity. Where its id is taken, the first one stays.
            instead: The id it gets where another thing has its own: a related work that is an award's page.
        """
        if instead and self.entities.get(entity["@id"], entity) != entity:
            entity = {**entity, "@id": instead}
        identifier: str = entity["@id"]
        self.entities.setdefault(identifier, entity)
        return identifier


def _affiliation(graph: _Graph, affiliation: Affiliation, fallback: str) -> str:
    identifier = affiliation.ror or fallback
    return graph.add(_entity(identifier, "Organization", name=affiliation.name, url=affiliation.ror))


def _creator(graph: _Graph, creator: Creator, number: int) -> str:
    local = f"#creator-{number}"
    if isinstance(creator, Organization):
        identifier = creator.ror or local
        return graph.add(_entity(identifier, "Organization", name=creator.name, url=creator.ror))
    places = [
        _affiliation(graph, item, f"{local}-affiliation-{place}")
        for place, item in enumerate(creator.affiliations, start=1)
    ]
    person = _entity(
        creator.orcid_url or local,
        "Person",
        name=creator.display,
        familyName=creator.surname,
        givenName=creator.given,
        honorificSuffix=creator.suffix,
        email=creator.email,
        affiliation=_refs(places),
    )
    return graph.add(person)


def _licence(graph: _Graph, licence: Licence) -> str:
    # AWB-R-283: a licence outside the SPDX list is an entity of the crate, wherever its text lies.
    identifier = f"{_SPDX}{licence.spdx_id}" if licence.spdx_id else "#license"
    terms = licence.url or (identifier if licence.spdx_id else "")
    text = f"Terms of use: {licence.name}"
    entity = _entity(identifier, "CreativeWork", name=licence.name, description=text, url=terms)
    return graph.add(entity, "#license")


def _publisher(graph: _Graph, work: Work) -> str | None:
    if work.publisher is None:
        return None
    publisher = work.publisher
    identifier = publisher.ror or "#publisher"
    return graph.add(_entity(identifier, "Organization", name=publisher.name, url=publisher.ror))


def _contact(graph: _Graph, work: Work, responsible: Iterable[str]) -> None:
    """Hang the record's contact on those who answer for the work."""
    if work.contact is None:
        return
    address = f"mailto:{work.contact.email}"
    properties = {
        "name": work.contact.name,
        "email": work.contact.email,
        "contactType": "contact",
        "url": address,
    }
    contact = graph.add(_entity(address, "ContactPoint", **properties))
    for identifier in responsible:
        graph.entities[identifier]["contactPoint"] = _ref(contact)


def _grant(graph: _Graph, funding: Funding, number: int) -> str:
    local = f"#grant-{number}"
    funder = graph.add(
        _entity(
            funding.funder_ror or f"{local}-funder",
            "Organization",
            name=funding.funder_name,
            url=funding.funder_ror,
        )
    )
    name = funding.award_title or funding.award_number or f"Grant of {funding.funder_name}"
    grant = _entity(
        funding.award_url or local,
        "Grant",
        name=name,
        identifier=funding.award_number,
        funder=_ref(funder),
    )
    return graph.add(grant, local)


def _relations(graph: _Graph, work: Work) -> tuple[list[str], list[str], list[str]]:
    """Ids of the parents, of the other works that have a URI, and of those that have none.

    RO-Crate lets `citation` name absolute URIs only; a work without one is still worth a mention.
    """
    parents: list[str] = []
    cited: list[str] = []
    mentioned: list[str] = []
    for number, related in enumerate(work.relations, start=1):
        address, local = uri(related.type, related.value), f"#related-{number}"
        text = f"{related.relation} {related.value}"
        name = related.title or related.value
        entity = _entity(address or local, "CreativeWork", name=name, description=text)
        if number <= len(work.parents):
            parents.append(graph.add(entity))
            continue
        identifier = graph.add(entity, local)
        (mentioned if identifier == local else cited).append(identifier)
    return parents, cited, mentioned


def _identifiers(graph: _Graph, work: Work) -> list[str]:
    own = _entity(
        _ARTIFACT_ID,
        "PropertyValue",
        name="AWEN artifact id",
        propertyID="AWEN artifact id",
        value=work.artifact_id,
    )
    ids = [graph.add(own)]
    for number, item in enumerate(work.identifiers, start=1):
        value = _entity(
            f"#identifier-{number}", "PropertyValue", name=item.type, propertyID=item.type, value=item.value
        )
        ids.append(graph.add(value))
    return ids


def _role(path: str) -> str:
    for prefix, role in _ROLES:
        if path.startswith(prefix):
            return role
    return "description of the bundle"


def _files(graph: _Graph, files: Mapping[str, File]) -> list[str]:
    for path, (sha256, size, media_type) in files.items():
        name = path.rpartition("/")[2]
        graph.entities[path] = {
            "@id": path,
            "@type": "File",
            "name": name,
            "description": f"{path}, {_role(path)}",
            "encodingFormat": media_type,
            "contentSize": str(size),
            "sha256": sha256,
        }
    return list(files)


def _instrument(graph: _Graph, tool: Tool) -> str:
    properties = {"name": tool.name, "version": tool.version, "url": tool.url}
    return graph.add(_entity(tool.url, "SoftwareApplication", **properties), "#instrument")


def _action(graph: _Graph, work: Work, crate: Crate, agent: str, instrument: str) -> str:
    tool = crate.tool
    inputs = [path for path in crate.files if path.startswith("data/inputs/")]
    results = [path for path in crate.files if path.startswith("data/results/")]
    story = f"{tool.name} {tool.version} made {crate.ids['results_id']} from {crate.ids['inputs_id']}"
    action = _entity(
        _ACTION,
        "CreateAction",
        name=f"AWEN {work.artifact_type}",
        description=story,
        startTime=crate.window[0],
        endTime=crate.window[1],
        actionStatus=_COMPLETED,
        agent=_ref(agent),
        instrument=_ref(instrument),
        object=_refs(inputs),
        result=_refs(results),
    )
    return graph.add(action)


def ro_crate(work: Work, crate: Crate) -> dict[str, Any]:
    """The crate's metadata document.

    Args:
        work: The work.
        crate: Files, tool, window and ids.

    Returns:
        JSON-LD: the 1.2 context alone, and one flat `@graph`.
    """
    graph = _Graph()
    graph.add(
        _entity(
            "ro-crate-metadata.json",
            "CreativeWork",
            about=_ref("./"),
            conformsTo=[_ref(version) for version in _VERSIONS],
        )
    )
    root = _entity("./", "Dataset")
    graph.add(root)
    graph.add(_entity(_PROCESS, ["CreativeWork", "Profile"], name="Process Run Crate", version="0.5"))
    creators = [_creator(graph, item, number) for number, item in enumerate(work.creators, start=1)]
    # What has to be of one kind takes its id first.
    licence, instrument = _licence(graph, work.licence), _instrument(graph, crate.tool)
    publisher = _publisher(graph, work)
    _contact(graph, work, [creators[0], publisher] if publisher else creators[:1])
    grants = [_grant(graph, item, number) for number, item in enumerate(work.funding, start=1)]
    parents, cited, mentioned = _relations(graph, work)
    root |= _entity(
        "./",
        "Dataset",
        name=work.title,
        description=work.description,
        datePublished=work.created,
        license=_ref(licence),
        conformsTo=_ref(_PROCESS),
        author=_refs(creators),
        publisher=_refs([publisher] if publisher else []),
        funding=_refs(grants),
        funder=_refs(graph.entities[grant]["funder"]["@id"] for grant in grants),
        identifier=_refs(_identifiers(graph, work)),
        isBasedOn=_refs(parents),
        citation=_refs(cited),
        version=work.version,
        keywords=", ".join(work.keywords),
        mentions=_refs([_action(graph, work, crate, creators[0], instrument), *mentioned]),
        hasPart=_refs(_files(graph, crate.files)),
    )
    return {"@context": _CONTEXT, "@graph": list(graph.entities.values())}
