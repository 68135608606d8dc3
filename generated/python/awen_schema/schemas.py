"""The published JSON Schemas, read from the package's own data on demand."""

import pkgutil
from functools import cache

_FOLDER = "json_schema"
_SUFFIX = ".schema.json"


@cache
def names() -> tuple[str, ...]:
    """The names of the document classes that have a schema, in ascending order."""
    from importlib import resources  # many times slower to load than the one file that `text` reads

    found = (entry.name for entry in resources.files("awen_schema").joinpath(_FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)))


@cache
def text(name: str) -> str:
    """The self-contained JSON Schema (2020-12) of one document class, as text.

    Args:
        name: A document class such as `Manifest`.

    Raises:
        KeyError: There is no document class of that name.
    """
    if not name.isidentifier():  # a class, not a path
        raise KeyError(name)
    try:
        data = pkgutil.get_data("awen_schema", f"{_FOLDER}/{name}{_SUFFIX}")
    except FileNotFoundError:
        data = None
    if data is None:
        raise KeyError(name)
    return data.decode()
