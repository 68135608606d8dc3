"""Digests, names and manifests made anew over a changed tree: the suite's own sealer (AWB-R-050 ff.)."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from awen_conformance import jcs

__all__ = ["CRATE", "Tree", "manifests", "names_of", "reseal", "reseal_tag_manifest", "reseal_tags"]

Tree = dict[str, bytes]
"""A bundle as path to content."""

TAG_MANIFEST = "tagmanifest-sha256.txt"
CRATE = "ro-crate-metadata.json"

_SHORT = 16
_MEDIA_TYPES = {"json": "application/json", "jsonl": "application/jsonl", "npy": "application/x-npy"}
_IDENTITY = re.compile(r"data/(inputs|claim|results)/")
_NAMES = {
    "inputs_id": ("inp_", "data/inputs/"),
    "results_id": ("res_", "data/results/"),
    "artifact_id": ("awen_", "data/"),
}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _lines(paths: Iterable[str], tree: Mapping[str, bytes]) -> bytes:
    ordered = sorted(paths, key=str.encode)
    return "".join(f"{_sha256(tree[path])}  {path}\n" for path in ordered).encode()


def names_of(tree: Mapping[str, bytes]) -> dict[str, str]:
    """`inputs_id`, `results_id` and `artifact_id` of the content, and `seal` of the stored tag manifest."""
    names: dict[str, str] = {}
    for name, (prefix, folder) in _NAMES.items():
        paths = [path for path in tree if path.startswith(folder) and _IDENTITY.match(path)]
        names[name] = prefix + _sha256(_lines(paths, tree))
    names["seal"] = f"seal_{_sha256(tree[TAG_MANIFEST])}"
    return names


def manifests(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    """Both manifests as they have to be, by their paths."""
    payload = _lines((path for path in tree if path.startswith("data/")), tree)
    return {"manifest-sha256.txt": payload, TAG_MANIFEST: _tag_lines(tree)}


def reseal_tags(tree: Tree) -> Tree:
    """The tree with its crate and its tag manifest following the tag files; the payload stays as it is."""
    return reseal_tag_manifest({**tree, CRATE: _crate(tree)} if CRATE in tree else tree)


def reseal_tag_manifest(tree: Tree) -> Tree:
    """The tree with its tag manifest following the tag files, and nothing else."""
    return {**tree, TAG_MANIFEST: _tag_lines(tree)}


def _tag_lines(tree: Mapping[str, bytes]) -> bytes:
    outside = ("data/", "signatures/", TAG_MANIFEST)
    return _lines((path for path in tree if not path.startswith(outside)), tree)


def reseal(tree: Tree, before: Mapping[str, bytes]) -> Tree:
    """The tree as a forger would seal it: every digest, size and name follows the changed content.

    Args:
        tree: The changed tree.
        before: The tree it was made from, whose names stand in the files.
    """
    sealed = dict(tree)
    for old, new in zip(names_of(before).values(), names_of(sealed).values(), strict=True):
        _rename(sealed, old.partition("_")[2], new.partition("_")[2])
    payload = [path for path in sealed if path.startswith("data/")]
    sealed["manifest-sha256.txt"] = _lines(payload, sealed)
    sealed["manifest.json"] = _index(sealed, payload)
    size = sum(len(sealed[path]) for path in payload)
    sealed["bag-info.txt"] = re.sub(
        rb"(?m)^Payload-Oxum: .*$", f"Payload-Oxum: {size}.{len(payload)}".encode(), sealed["bag-info.txt"]
    )
    return reseal_tags(sealed)


def _rename(tree: Tree, old: str, new: str) -> None:
    """Let every file that is not hashed into a name speak of the new one, in full and in short."""
    for path in tree:
        if not _IDENTITY.match(path) and not path.startswith("signatures/"):
            data = tree[path].replace(old.encode(), new.encode())
            data = data.replace(old[:_SHORT].encode(), new[:_SHORT].encode())
            tree[path] = _in_order(data) if _is_canonical(path, tree[path]) else data


def _is_canonical(path: str, data: bytes) -> bool:
    try:
        return path.endswith(".json") and _in_order(data) == data
    except ValueError:
        return False  # a case about a document that is none


def _in_order(data: bytes) -> bytes:
    """A document whose members are in order again, now that some are named anew."""
    return jcs.dumps(jcs.loads(data))


def _index(tree: Tree, payload: list[str]) -> bytes:
    manifest: Any = jcs.loads(tree["manifest.json"])
    manifest["content"] = {
        path: {"media_type": _media_type(path), "sha256": _sha256(tree[path]), "size_bytes": len(tree[path])}
        for path in payload
    }
    return jcs.dumps(manifest)


def _media_type(path: str) -> str:
    return _MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def _crate(tree: Tree) -> bytes:
    """The crate with an entity for each file it has to describe, and none for another (AWB-R-265)."""
    try:
        crate: Any = jcs.loads(tree[CRATE])
    except ValueError:
        return tree[CRATE]  # a case about a broken crate
    graph = [entity for entity in crate["@graph"] if entity["@id"] in tree or not _is_file(entity)]
    described = {entity["@id"] for entity in graph}
    graph += [_entity(path) for path in tree if path.startswith("data/") and path not in described]
    for entity in graph:
        if _is_file(entity):
            data = tree[entity["@id"]]
            entity["contentSize"], entity["sha256"] = str(len(data)), _sha256(data)
        for member in ("hasPart", "object", "result"):
            if member in entity:
                entity[member] = [one for one in _listed(entity[member]) if one["@id"] in tree]
    root = next(entity for entity in graph if entity["@id"] == "./")
    root["hasPart"] = [{"@id": entity["@id"]} for entity in graph if _is_file(entity)]
    return jcs.dumps({**crate, "@graph": graph})


def _is_file(entity: Mapping[str, Any]) -> bool:
    return "sha256" in entity


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - JSON-LD writes one element bare
    return value if isinstance(value, list) else [value]


def _entity(path: str) -> dict[str, Any]:
    return {
        "@id": path,
        "@type": "File",
        "contentSize": "",
        "description": path,
        "encodingFormat": _media_type(path),
        "name": path,
        "sha256": "",
    }
