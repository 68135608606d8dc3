"""The small registries on one page: artifact types, relations, files, media types, component kinds."""

import json
from collections.abc import Iterator, Mapping

from sitegen import kinds, matrix
from sitegen.registry import ROOT

_GENERATED = ROOT / "generated"
_DATA = "reference/registries"
_REGISTRIES = {
    "requirements.json": "Numbered sentences of the specification",
    "codes.json": "Finding codes",
    "kinds.json": "Component kinds of awen-ir/1.0",
    "layout.json": "Files, artifact types, relations",
}


def texts() -> Mapping[str, str]:
    """The page, and beside it every registry as data."""
    data = {f"{_DATA}/{path}": (_GENERATED / path).read_text("utf-8") for path in _published()}
    return {"reference/registries.md": "\n".join(_page()) + "\n"} | data


def _published() -> list[str]:
    """The generated JSON files that belong to the specification, below `generated/`."""
    schemas = sorted(
        path.relative_to(_GENERATED).as_posix() for path in _GENERATED.glob("json-schema/*.json")
    )
    return [*_REGISTRIES, *schemas]


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
    yield from ("## As data", "", "What a program reads. The schemas are JSON Schema 2020-12.", "")
    yield from ("| File | |", "|---|---|")
    yield from (f"| [`{name}`](registries/{name}) | {about} |" for name, about in _REGISTRIES.items())
    schemas = (path for path in _published() if path not in _REGISTRIES)
    yield from (f"| [`{path}`](registries/{path}) | |" for path in schemas)
    yield ""
    yield from ("## Files", "", "`R` required, `O` optional, \N{EN DASH} forbidden.", "", matrix.table())
