"""The published JSON Schemas, read from the package's own data on demand."""

from functools import cache
from importlib import resources

_SUFFIX = ".schema.json"


@cache
def names() -> tuple[str, ...]:
    """The names of the document classes that have a schema, in ascending order."""
    folder = resources.files("awen_schema").joinpath("json_schema")
    found = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)))


@cache
def text(name: str) -> str:
    """The self-contained JSON Schema (2020-12) of one document class, as text.

    Args:
        name: A document class such as `Manifest`.

    Raises:
        KeyError: There is no document class of that name.
    """
    if name not in names():
        raise KeyError(name)
    return resources.files("awen_schema").joinpath("json_schema", name + _SUFFIX).read_text("utf-8")
