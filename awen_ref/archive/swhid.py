"""The Software Hash Identifier (SWHID) of a bundle's directory, as software-archive tools compute it.

A SWHID of a directory is git's tree object id: SHA-1 over the entries' modes, names and ids. It names the
files as they lie in a directory, signatures and all; it is an address in archives, never a proof (AWB-R-050
and following give the names that are one). Source: ISO/IEC 18670:2025, sections on content and directories.
"""

import hashlib
from collections.abc import Iterable

from awen_ref.bundle.model import Bundle, Member
from awen_ref.errors import ContainerError

__all__ = ["swhid_of"]

_FILE_MODE, _FOLDER_MODE = b"100644", b"40000"

Tree = dict[str, "Tree | Member"]


def swhid_of(bundle: Bundle) -> str:
    """The SWHID of the directory that holds exactly these files, none of them executable.

    Args:
        bundle: A bundle whose members can be read.

    Returns:
        `swh:1:dir:` and 40 hex digits.

    Raises:
        ContainerError: A member cannot be read.
    """
    root: Tree = {}
    for path, member in bundle.members.items():
        *folders, name = path.split("/")
        _folder(root, folders)[name] = member
    return f"swh:1:dir:{_tree(root).hex()}"


def _folder(root: Tree, names: list[str]) -> Tree:
    for name in names:
        inner = root.setdefault(name, {})
        if not isinstance(inner, dict):
            raise ContainerError(f"{name} is both a file and a folder")
        root = inner
    return root


def _tree(tree: Tree) -> bytes:
    # git sorts as if the name of a folder ended in a slash.
    names = sorted(tree, key=lambda name: f"{name}/" if isinstance(tree[name], dict) else name)
    body = b"".join(_row(name.encode(), tree[name]) for name in names)
    return _object(b"tree", len(body), [body])


def _row(name: bytes, node: "Tree | Member") -> bytes:
    if isinstance(node, dict):
        return _FOLDER_MODE + b" " + name + b"\0" + _tree(node)
    return _FILE_MODE + b" " + name + b"\0" + _object(b"blob", node.size, node.chunks())


def _object(kind: bytes, size: int, chunks: Iterable[bytes | memoryview]) -> bytes:
    digest = hashlib.sha1(b"%b %d\0" % (kind, size), usedforsecurity=False)
    for chunk in chunks:
        digest.update(chunk)
    return digest.digest()
