"""The RO-Crate against files, ids and metadata (AWB-R-264, 265, 267)."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from awen_ref.rendering.plain import one_line, paragraphs
from awen_ref.verify.state import State

__all__ = ["compare"]

CRATE = "ro-crate-metadata.json"
METADATA = "metadata.json"

_VERSIONS = [{"@id": "https://w3id.org/ro/crate/1.2"}, {"@id": "https://w3id.org/ro/crate/1.1"}]
_PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
_DESCRIBED = frozenset({"manifest.json", METADATA, "CITATION.cff"})

Entities = Mapping[str, Mapping[str, Any]]


def compare(state: State) -> None:
    """Hold descriptor, root and file entities against the bundle."""
    if CRATE not in state.parsed:
        return
    entities = _entities(state.parsed[CRATE])
    descriptor, root = entities.get(CRATE), entities.get("./")
    if descriptor is None or root is None:
        state.report("AWB-SEM-028", "the graph has no descriptor or no root dataset", CRATE, "/@graph")
        return
    if descriptor.get("conformsTo") != _VERSIONS:
        text = "the descriptor does not conform to RO-Crate 1.2 and 1.1, in that order"
        state.report("AWB-SEM-028", text, CRATE, _place(state, CRATE))
    if _PROCESS not in _ids(root.get("conformsTo")):
        text = "the root dataset does not conform to Process Run Crate 0.5"
        state.report("AWB-SEM-028", text, CRATE, _place(state, "./"))
    _files(state, entities)
    _root(state, entities, root)


def _entities(document: object) -> dict[str, Mapping[str, Any]]:
    """The entities of the graph by their ids, in its order; one that has no id is no entity."""
    graph = document.get("@graph") if isinstance(document, dict) else None
    if not isinstance(graph, list):
        return {}
    return {
        entity["@id"]: entity
        for entity in graph
        if isinstance(entity, dict) and isinstance(entity.get("@id"), str)
    }


def _place(state: State, name: str) -> str:
    """Pointer to the entity of that id, or to the graph that lacks it."""
    graph = cast("dict[str, list[object]]", state.parsed[CRATE])["@graph"]
    found = (index for index, item in enumerate(graph) if isinstance(item, dict) and item.get("@id") == name)
    index = next(found, None)
    return "/@graph" if index is None else f"/@graph/{index}"


def _ids(value: object) -> list[str]:
    """The ids that a property refers to, be it one reference or a list of them."""
    items = value if isinstance(value, list) else [value]
    return [item["@id"] for item in items if isinstance(item, dict) and isinstance(item.get("@id"), str)]


def _files(state: State, entities: Entities) -> None:
    """AWB-R-265: the files that have to be described are, with the digest that the manifests list."""
    if not state.payload or not state.tags:  # without manifests there is nothing to hold the crate against
        return
    listed = {**state.payload, **{path: digest for path, digest in state.tags.items() if _described(path)}}
    files = {path: entity for path, entity in entities.items() if entity.get("@type") == "File"}
    members = state.bundle.members
    # Compared as wholes first: bundles may have thousands of files, and nearly all are described rightly.
    digests = {path: entity.get("sha256") for path, entity in files.items()}
    sizes = {path: entity.get("contentSize") for path, entity in files.items()}
    real = {path: str(members[path].size) if path in members else None for path in listed}
    if digests == listed and sizes == real:
        return
    for path in sorted(listed.keys() | files.keys()):
        if not state.goes_on():  # a hostile crate describes a hundred thousand
            return
        # The size of a file that is altered or missing is beside the point: that is said of the file itself.
        size = real.get(path) if state.intact(path) else sizes.get(path)
        text = _difference(path, files.get(path), listed.get(path), size)
        if text:
            state.report("AWB-SEM-029", text, CRATE, _place(state, path))


def _difference(path: str, entity: Mapping[str, Any] | None, digest: str | None, size: object) -> str:
    """What is wrong with the description of one file; empty where nothing is."""
    if digest is None:
        return f"{path} is described as a File, which the crate has no place for"
    if entity is None:
        return f"the graph does not describe {path} as a File"
    if entity.get("sha256") != digest:
        return f"sha256 of {path} is {entity.get('sha256')!r}, listed is {digest}"
    if entity.get("contentSize") != size:
        return f"contentSize of {path} is {entity.get('contentSize')!r}, the file has {size}"
    return ""


def _described(path: str) -> bool:
    """Whether the crate has to describe a file outside `data/`."""
    return path in _DESCRIBED or path.startswith("citation/")


def _root(state: State, entities: Entities, dataset: Mapping[str, Any]) -> None:
    """AWB-R-267: the root dataset is this artifact, as its metadata describes it."""
    values = [
        entities[name].get("value")
        for name in _ids(dataset.get("identifier"))
        if name in entities and entities[name].get("@type") == "PropertyValue"
    ]
    if state.ids is not None and state.ids.artifact_id not in values:
        text = f"no identifier of the root dataset is the PropertyValue {state.ids.artifact_id}"
        state.report("AWB-SEM-030", text, CRATE, _place(state, "./"))
    record = state.sound.get(METADATA)
    if record is None:
        return
    licence = record["license"]
    licences = [entities[name].get("name") for name in _ids(dataset.get("license")) if name in entities]
    wanted = {
        "name": dataset.get("name") == one_line(record["title"]),
        "description": dataset.get("description") == paragraphs(record["description"]),
        "license": one_line(licence["name"]) in licences,
        "author": _authored(_ids(dataset.get("author")), entities, record["creators"]),
    }
    for member, agrees in wanted.items():
        if not agrees:
            text = f"{member} of the root dataset is not that of {METADATA}"
            state.report("AWB-SEM-030", text, CRATE, _place(state, "./"))


def _authored(authors: Sequence[str], entities: Entities, creators: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the authors are the creators, in order, less those with the identifier of an earlier one."""
    texts = [
        [text for member in ("name", "familyName") if isinstance(text := entities[name].get(member), str)]
        for name in authors
        if name in entities
    ]
    names = []
    seen: set[str] = set()
    for creator in creators:
        identifier = creator.get("orcid", creator.get("ror"))
        if identifier is None or identifier not in seen:
            names.append(one_line(creator.get("family_name") or creator["name"]))
        if identifier is not None:
            seen.add(identifier)
    if len(texts) != len(authors) or len(texts) != len(names):
        return False
    return all(any(name in text for text in held) for name, held in zip(names, texts, strict=True))
