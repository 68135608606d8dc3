"""Every page of the site that is made from a registry or stands elsewhere in the repository."""

from collections.abc import Mapping
from functools import cache

from sitegen import (
    pages_api,
    pages_cli,
    pages_codes,
    pages_corpus,
    pages_project,
    pages_registries,
    pages_requirements,
    pages_schema,
    pages_vectors,
)
from sitegen.registry import ROOT

_MAKERS = (
    pages_api,
    pages_cli,
    pages_codes,
    pages_corpus,
    pages_project,
    pages_registries,
    pages_requirements,
    pages_schema,
    pages_vectors,
)

_LONG = "reference/api/awen_ref."


@cache
def texts() -> Mapping[str, str]:
    """Path below `docs/` to the Markdown of every generated page."""
    return {path: text for maker in _MAKERS for path, text in maker.texts().items()}


def section(folder: str) -> list[str | dict[str, str]]:
    """The navigation of one section: its index, then its pages in order, generated and written ones alike.

    Modules go without the name that all of them begin with, which would push their own out of sight.
    """
    written = [f"{folder}{path.name}" for path in (ROOT / "docs" / folder).glob("*.md")]
    own = {path for path in texts() if path.startswith(folder)}.union(written)
    ordered = sorted(own, key=lambda path: (not path.endswith("index.md"), path))
    return [{path[len(_LONG) : -len(".md")]: path} if path.startswith(_LONG) else path for path in ordered]


@cache
def target(name: str) -> tuple[str, str]:
    """Where a requirement or code is explained: page path and fragment; empty where it is not registered."""
    if name.startswith("AWB-R-"):
        page = pages_requirements.pages_by_number().get(name, "")
        return (f"spec/{page}.md", f"#{name}") if page else ("", "")
    path = f"reference/codes/{name}.md"
    return (path, "") if path in texts() else ("", "")
