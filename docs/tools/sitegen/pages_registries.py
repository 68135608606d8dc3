"""The small registries on one page: artifact types, relations, files, media types, component kinds."""

import json
from collections.abc import Iterator, Mapping

from sitegen import kinds, matrix
from sitegen.registry import ROOT


def texts() -> Mapping[str, str]:
    """The one page."""
    return {"reference/registries.md": "\n".join(_page()) + "\n"}


def _page() -> Iterator[str]:
    """Section by section."""
    layout = json.loads((ROOT / "generated" / "layout.json").read_text("utf-8"))
    yield from (
        "# Registries",
        "",
        "Closed lists of version 1.0. A later 1.x may add to them; nothing is removed.",
        "",
    )
    for title, key in (("Artifact types", "artifact_types"), ("Relations", "relations")):
        yield from (f"## {title}", "", "| Name | Meaning |", "|---|---|")
        yield from (f"| `{name}` | {meaning} |" for name, meaning in layout[key].items())
        yield ""
    yield from ("## Component kinds", "", kinds.table(), "")
    yield from ("## Media types", "", matrix.media_types(), "")
    yield from ("## Files", "", "`R` required, `O` optional, \N{EN DASH} forbidden.", "", matrix.table())
