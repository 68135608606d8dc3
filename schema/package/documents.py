"""Reading a document into its model, whatever the shape of its class: object, map or dispatch."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from awen_schema import models, schemas

__all__ = ["adapter", "parse"]


@cache
def adapter(name: str) -> TypeAdapter[Any]:
    """The pydantic adapter of a document class.

    Args:
        name: A document class such as `Manifest`, `Task` or `Parameters`.

    Raises:
        KeyError: There is no document class of that name.
    """
    if name not in schemas.names():
        raise KeyError(name)
    return TypeAdapter(getattr(models, name))


def parse(name: str, text: str | bytes) -> Any:  # noqa: ANN401 - the model that `name` stands for
    """A document as its model.

    Args:
        name: A document class such as `Manifest`, `Task` or `Parameters`.
        text: The document as JSON.

    Raises:
        KeyError: There is no document class of that name.
        pydantic.ValidationError: The document does not satisfy its class.
    """
    return adapter(name).validate_json(text)
