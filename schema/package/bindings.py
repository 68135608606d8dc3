"""The files that other languages and tools build upon, read from the package's own data on demand."""

from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

KINDS: Mapping[str, str] = {
    "python": "pydantic models and JSON Schemas, as the package awen_schema",
    "msgspec": "msgspec structs in one module",
    "typescript": "types in one module",
    "json-schema": "JSON Schemas (2020-12), one self-contained file a document class",
    "jsonld": "JSON-LD 1.1 contexts, one a document class",
    "shacl": "SHACL shapes of all classes",
}
"""Every kind of binding and what it consists of."""

_DATA = "binding_files"


def files(kind: str) -> dict[str, bytes]:
    """The files of one kind of binding: relative path to content, ascending by path.

    Args:
        kind: A key of `KINDS`.

    Raises:
        KeyError: There is no such kind.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    package = resources.files("awen_schema")
    if kind == "python":
        # This module and its data stay behind: the copy is models and schemas.
        found = {
            f"awen_schema/{path}": data for path, data in _below(package) if not path.startswith("binding")
        }
    elif kind == "json-schema":
        found = dict(_below(package / "json_schema"))
    else:
        found = dict(_below(package / _DATA / kind))
    return dict(sorted(found.items()))


def _below(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file below a folder of the package, but what Python put there when it ran."""
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _below(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_bytes()
