"""The matrix of files and artifact types, and the media types, as Markdown tables."""

from awen_schema.layout import ARTIFACT_TYPES, ENTRIES, Entry

_LETTER = {"required": "R", "optional": "O", "forbidden": "\N{EN DASH}"}
_FAMILIES = {
    "data/results/arrays/": "data/results/arrays/*output*.npy",
    "data/results/replayed/arrays/": "data/results/replayed/arrays/*output*.npy",
    "data/evidence/attachments/": "data/evidence/attachments/*path*",
    "signatures/{}dsse": "signatures/*name*.dsse.json",
    "signatures/{}sigstore": "signatures/*name*.sigstore.json",
    "signatures/{}tsr": "signatures/*name*.tsr",
    "signatures/{}tagmanifest": "signatures/tagmanifest-*digits*.txt",
}


def name(entry: Entry) -> str:
    """The entry's path, or its family with the free part in italics."""
    if entry.path:
        return f"`{entry.path}`"
    for key, shown in _FAMILIES.items():
        head, _, tail = key.partition("{}")
        if entry.pattern.startswith(head) and tail in entry.pattern:
            parts = shown.split("*")
            return f"`{parts[0]}`*{parts[1]}*" + (f"`{parts[2]}`" if parts[2] else "")
    raise LookupError(entry.pattern)


def table() -> str:
    """One row per file or family, one column per artifact type."""
    rows = [
        f"| File | Class | {' | '.join(ARTIFACT_TYPES)} |",
        "|---|---" + "|:-:" * len(ARTIFACT_TYPES) + "|",
    ]
    for entry in ENTRIES:
        letters = " | ".join(_LETTER[entry.presence[kind]] for kind in ARTIFACT_TYPES)
        rows.append(f"| {name(entry)} | {f'`{entry.schema}`' if entry.schema else ''} | {letters} |")
    return "\n".join(rows)


def media_types() -> str:
    """The media type of every file under `data/`, by its ending.

    Raises:
        LookupError: Two files with one ending have different media types, so that endings do not suffice.
    """
    found: dict[str, str] = {}
    for entry in ENTRIES:
        place = entry.path or entry.pattern
        if place.startswith("data/") and entry.media_type:
            ending = place.rsplit(".", 1)[1]
            if found.setdefault(ending, entry.media_type) != entry.media_type:
                raise LookupError(f"more than one media type for .{ending}")
    rows = [f"| `*.{ending}` | `{media_type}` |" for ending, media_type in found.items()]
    last = (
        "| under `attachments/` | the producer's statement; `application/octet-stream` where it knows none |"
    )
    return "\n".join(["| File below `data/` | Media type |", "|---|---|", *rows, last])
