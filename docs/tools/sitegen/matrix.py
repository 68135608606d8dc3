"""The matrix of files and artifact types, and the media types, as Markdown tables."""

from awen_schema.layout import ARTIFACT_TYPES, ENTRIES, Entry

_LETTER = {"required": "R", "optional": "O", "forbidden": "–"}
_FAMILIES = {
    "data/results/arrays/": "data/results/arrays/*output*.npy",
    "data/results/replayed/arrays/": "data/results/replayed/arrays/*output*.npy",
    "data/evidence/attachments/": "data/evidence/attachments/*path*",
    "signatures/{}dsse": "signatures/*name*.dsse.json",
    "signatures/{}tagmanifest": "signatures/*seal*.tagmanifest-sha256.txt",
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
    rows = [f"| File | Class | {' | '.join(ARTIFACT_TYPES)} |", "|---|---" + "|:-:" * len(ARTIFACT_TYPES) + "|"]
    for entry in ENTRIES:
        letters = " | ".join(_LETTER[entry.presence[kind]] for kind in ARTIFACT_TYPES)
        rows.append(f"| {name(entry)} | {f'`{entry.schema}`' if entry.schema else ''} | {letters} |")
    return "\n".join(rows)


def media_types() -> str:
    """The media type of every file under `data/`."""
    rows = ["| File | Media type |", "|---|---|"]
    for entry in ENTRIES:
        if (entry.path or entry.pattern).startswith("data/"):
            kind = f"`{entry.media_type}`" if entry.media_type else "the producer's statement; `application/octet-stream` where it knows none"
            rows.append(f"| {name(entry)} | {kind} |")
    return "\n".join(rows)
