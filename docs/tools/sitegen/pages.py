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


@cache
def texts() -> Mapping[str, str]:
    """Path below `docs/` to the Markdown of every generated page."""
    return {path: text for maker in _MAKERS for path, text in maker.texts().items()}


def section(folder: str) -> list[str]:
    """The navigation of one section: its index, then its pages in order, generated and written ones alike."""
    written = [f"{folder}{path.name}" for path in (ROOT / "docs" / folder).glob("*.md")]
    own = {path for path in texts() if path.startswith(folder)}.union(written)
    return sorted(own, key=lambda path: (not path.endswith("index.md"), path))


@cache
def target(name: str) -> tuple[str, str]:
    """Where a requirement or code is explained: page path and fragment; empty where it is not registered."""
    if name.startswith("AWB-R-"):
        page = pages_requirements.pages_by_number().get(name, "")
        return (f"spec/{page}.md", f"#{name}") if page else ("", "")
    path = f"reference/codes/{name}.md"
    return (path, "") if path in texts() else ("", "")
