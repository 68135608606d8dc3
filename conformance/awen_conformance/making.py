"""Inputs made from a golden bundle and declared operators: what `case.json` states, carried out.

A recipe names a golden parent, an operator on its files, what is sealed anew, oddities of a directory, and an
operator on its archive. The same recipe gives the same octets everywhere.
"""

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from awen_conformance import operators
from awen_conformance.archive_operators import archived
from awen_conformance.archives import canonical
from awen_conformance.sealer import Tree

__all__ = ["Golden", "described", "made", "read_tree", "tree_of"]

Golden = Callable[[str], Tree]
"""A golden bundle by its name."""


def read_tree(path: Path) -> Tree:
    """The files of a tree description that holds nothing but files."""
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    return {
        name: node["text"].encode() if "text" in node else base64.b64decode(node["base64"], validate=True)
        for name, node in entries.items()
    }


def tree_of(recipe: Mapping[str, Any], golden: Golden) -> Tree:
    """The files of a recipe's bundle: its parent after its operator.

    Raises:
        KeyError: The recipe names what does not exist.
    """
    parent = golden(recipe["parent"])
    return operators.apply(parent, recipe["operator"]) if "operator" in recipe else parent


def made(recipe: Mapping[str, Any], golden: Golden) -> bytes | Mapping[str, Any]:
    """The input that a recipe stands for: an archive's octets, or a tree description.

    Raises:
        KeyError: The recipe names what does not exist.
    """
    tree = tree_of(recipe, golden)
    if "archive" in recipe:
        return archived(canonical(tree), recipe["archive"])
    return {"entries": described(tree)["entries"] | recipe.get("nodes", {})}


def described(tree: Mapping[str, bytes]) -> dict[str, Any]:
    """The description of files: `entries` from path to `{text}` or `{base64}`, ascending."""
    return {"entries": {path: _node(data) for path, data in sorted(tree.items())}}


def _node(data: bytes) -> dict[str, str]:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}
