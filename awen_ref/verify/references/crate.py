"""The RO-Crate against files, ids and metadata (AWB-R-264, 265, 267)."""

from collections.abc import Mapping
from typing import Any

from awen_ref.bundle.schema import pointer
from awen_ref.rendering.plain import one_line, paragraphs
from awen_ref.verify.state import State

__all__ = ["compare"]

CRATE = "ro-crate-metadata.json"
METADATA = "metadata.json"

_VERSIONS = [{"@id": "https://w3id.org/ro/crate/1.2"}, {"@id": "https://w3id.org/ro/crate/1.1"}]
_PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
_DESCRIBED = frozenset({"manifest.json", METADATA, "CITATION.cff"})

Entities = Mapping[str, tuple[int, Mapping[str, Any]]]


def compare(state: State) -> None:
    """Hold descriptor, root and file entities against the bundle."""
    if CRATE not in state.parsed:
        return
    entities = _entities(state.parsed[CRATE])
    descriptor, root = entities.get(CRATE), entities.get("./")
    if descriptor is None or root is None:
        state.report("AWB-SEM-028", "the graph has no descriptor or no root dataset", CRATE, "/@graph")
        return
    if descriptor[1].get("conformsTo") != _VERSIONS:
        text = "the descriptor does not conform to RO-Crate 1.2 and 1.1, in that order"
        state.report("AWB-SEM-028", text, CRATE, pointer("@graph", descriptor[0]))
    if _PROCESS not in _ids(root[1].get("conformsTo")):
        text = "the root dataset does not conform to Process Run Crate 0.5"
        state.report("AWB-SEM-028", text, CRATE, pointer("@graph", root[0]))
    _files(state, entities)
    _root(state, entities, root)


def _entities(document: object) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """Each entity with its place in the graph, by its id."""
    graph = document.get("@graph") if isinstance(document, dict) else None
    if not isinstance(graph, list):
        return {}
    return {
        entity["@id"]: (index, entity)
        for index, entity in enumerate(graph)
        if isinstance(entity, dict) and isinstance(entity.get("@id"), str)
    }


def _ids(value: object) -> list[str]:
    """The ids that a property refers to, be it one reference or a list of them."""
    items = value if isinstance(value, list) else [value]
    return [item["@id"] for item in items if isinstance(item, dict) and isinstance(item.get("@id"), str)]


def _files(state: State, entities: Entities) -> None:
    """AWB-R-265: the files that have to be described are, with the digest that the manifests list."""
    listed = {**state.payload, **{path: digest for path, digest in state.tags.items() if _described(path)}}
    if not state.payload or not state.tags:  # without manifests there is nothing to hold the crate against
        return
    sizes = {path: member.size for path, member in state.bundle.members.items()}
    for path, digest in listed.items():
        if path not in entities:
            state.report("AWB-SEM-029", f"the graph does not describe {path}", CRATE, "/@graph")
            continue
        index, entity = entities[path]
        if entity.get("@type") != "File" or entity.get("sha256") != digest:
            text = f"{path} is not described as a File with its sha256"
            state.report("AWB-SEM-029", text, CRATE, f"/@graph/{index}")
        elif entity.get("contentSize") != str(sizes.get(path)) and state.intact(path):
            text = f"contentSize of {path} is {entity.get('contentSize')!r}, the file has {sizes.get(path)}"
            state.report("AWB-SEM-029", text, CRATE, f"/@graph/{index}/contentSize")
    for path, (index, entity) in entities.items():
        if path not in listed and entity.get("@type") == "File":
            text = f"{path} is described as a File, which the crate has no place for"
            state.report("AWB-SEM-029", text, CRATE, f"/@graph/{index}")


def _described(path: str) -> bool:
    """Whether the crate has to describe a file outside `data/`."""
    return path in _DESCRIBED or path.startswith("citation/")


def _root(state: State, entities: Entities, root: tuple[int, Mapping[str, Any]]) -> None:
    """AWB-R-267: the root dataset is this artifact, as its metadata describes it."""
    index, dataset = root
    values = [
        entities[name][1].get("value")
        for name in _ids(dataset.get("identifier"))
        if name in entities and entities[name][1].get("@type") == "PropertyValue"
    ]
    if state.ids is not None and state.ids.artifact_id not in values:
        text = f"no identifier of the root dataset is the PropertyValue {state.ids.artifact_id}"
        state.report("AWB-SEM-030", text, CRATE, f"/@graph/{index}")
    record = state.sound.get(METADATA)
    if record is None:
        return
    licence = record["license"]
    licences = [entities[name][1].get("name") for name in _ids(dataset.get("license")) if name in entities]
    wanted = {
        "name": dataset.get("name") == one_line(record["title"]),
        "description": dataset.get("description") == paragraphs(record["description"]),
        "license": one_line(licence["name"]) in licences,
        "author": len(set(_ids(dataset.get("author")))) <= len(record["creators"])
        and bool(_ids(dataset.get("author"))),
    }
    for member, agrees in wanted.items():
        if not agrees:
            text = f"{member} of the root dataset is not that of {METADATA}"
            state.report("AWB-SEM-030", text, CRATE, f"/@graph/{index}")
