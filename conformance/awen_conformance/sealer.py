"""Digests, names and manifests made anew over a changed tree: the suite's own sealer (AWB-R-050 ff.)."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from awen_conformance import jcs

__all__ = ["Tree", "names_of", "reseal", "reseal_tags"]

Tree = dict[str, bytes]
"""A bundle as path to content."""

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
    """`inputs_id`, `results_id` and `artifact_id` of the content, and the `seal` of the stored tag manifest."""
    names: dict[str, str] = {}
    for name, (prefix, folder) in _NAMES.items():
        paths = [path for path in tree if path.startswith(folder) and _IDENTITY.match(path)]
        names[name] = prefix + _sha256(_lines(paths, tree))
    names["seal"] = f"seal_{_sha256(tree['tagmanifest-sha256.txt'])}"
    return names


def reseal_tags(tree: Tree) -> Tree:
    """The tree with its tag manifest made anew."""
    covered = [path for path in tree if not path.startswith(("data/", "signatures/"))]
    covered.remove("tagmanifest-sha256.txt")
    return {**tree, "tagmanifest-sha256.txt": _lines(covered, tree)}


def reseal(tree: Tree, before: Mapping[str, bytes]) -> Tree:
    """The tree as a forger would seal it: every digest, size and name follows the changed content.

    Args:
        tree: The changed tree.
        before: The tree it was made from, whose names stand in the files.
    """
    sealed = dict(tree)
    renamed = {
        old: new for old, new in zip(names_of(before).values(), names_of(sealed).values(), strict=True)
    }
    for path in list(sealed):
        if not _IDENTITY.match(path) and not path.startswith("signatures/"):
            for old, new in renamed.items():
                sealed[path] = sealed[path].replace(old.encode(), new.encode())
    payload = [path for path in sealed if path.startswith("data/")]
    sealed["manifest-sha256.txt"] = _lines(payload, sealed)
    sealed["manifest.json"] = _index(sealed, payload)
    size = sum(len(sealed[path]) for path in payload)
    sealed["bag-info.txt"] = re.sub(
        rb"(?m)^Payload-Oxum: .*$", f"Payload-Oxum: {size}.{len(payload)}".encode(), sealed["bag-info.txt"]
    )
    sealed["ro-crate-metadata.json"] = _crate(sealed)
    return reseal_tags(sealed)


def _index(tree: Tree, payload: list[str]) -> bytes:
    manifest: Any = jcs.loads(tree["manifest.json"])
    content = manifest["content"]
    manifest["content"] = {
        path: {
            "media_type": content.get(path, {}).get("media_type", "application/octet-stream"),
            "sha256": _sha256(tree[path]),
            "size_bytes": len(tree[path]),
        }
        for path in payload
    }
    return jcs.dumps(manifest)


def _crate(tree: Tree) -> bytes:
    crate: Any = jcs.loads(tree["ro-crate-metadata.json"])
    for entity in crate["@graph"]:
        path = entity["@id"]
        if path in tree and "sha256" in entity:
            entity["sha256"], entity["contentSize"] = _sha256(tree[path]), str(len(tree[path]))
    return jcs.dumps(crate)
