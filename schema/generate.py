"""Write generated/ from schema/ and docs/spec/, or with --check say whether it is stale.

Usage: python schema/generate.py [--check]

The only writer of generated/. The same sources give the same bytes on every machine.
"""

import argparse
import sys
from pathlib import Path

from schemagen import (
    codes,
    documents,
    kinds,
    layout,
    linked_data,
    models,
    ordering,
    requirements,
    rules,
    traceability,
    typescript,
)
from schemagen.sources import GENERATED, PACKAGE, Files, SourceError, shipped

SHIPPED = ("__init__.py", "base.py", "bindings.py", "documents.py", "py.typed", "schemas.py")
"""Hand-written modules of the generated package, which it holds as they are."""

BINDINGS = "binding_files"
OUTSIDE = ("jsonld/", "msgspec/", "shacl/", "typescript/")
"""Folders for other languages and tools, which the package carries as data, too."""

STANDALONE = ("Comparison",)
"""Document classes that are no file of a bundle."""


def build() -> tuple[Files, list[str]]:
    """Every generated file, and what its sources promise each other and do not keep.

    Raises:
        SourceError: A hand-written source is wrong.
    """
    table = layout.load()
    classes = sorted({*STANDALONE, *(entry["schema"] for entry in table.files if entry["schema"])})
    definitions = documents.load()
    rows, stated, components = codes.load(), requirements.load(), kinds.load()
    carriers = traceability.load(definitions.view, table, components)
    files = {f"{PACKAGE}/{name}": shipped(name) for name in SHIPPED}
    files |= codes.emit(rows)
    files |= requirements.emit(stated)
    files |= layout.emit(table)
    files |= kinds.emit(components)
    files |= traceability.emit(carriers)
    files |= documents.emit(definitions, classes)
    files |= models.emit(definitions, classes)
    files |= models.emit_structs(definitions, classes)
    files |= rules.emit(definitions)
    files |= ordering.emit(definitions, classes)
    files |= typescript.emit(definitions, classes)
    files |= linked_data.emit(definitions, classes)
    files |= {
        f"{PACKAGE}/{BINDINGS}/{path}": text for path, text in files.items() if path.startswith(OUTSIDE)
    }
    return files, [*requirements.dangling(rows, stated), *traceability.dangling(carriers, stated)]


def differences(files: Files, folder: Path) -> list[str]:
    """One line for each file that is missing, stale or not of our making, in the order of the paths."""
    present = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    lines = []
    for name in sorted({*files, *present}):
        if name not in present:
            lines.append(f"missing {name}")
        elif name not in files:
            lines.append(f"surplus {name}")
        elif present[name].read_bytes() != files[name].encode():
            lines.append(f"stale   {name}")
    return lines


def write(files: Files, folder: Path) -> list[str]:
    """Make `folder` hold exactly `files`; returns one line for each file that was changed."""
    changed = differences(files, folder)
    for line in changed:
        action, name = line.split(maxsplit=1)
        path = folder / name
        if action == "surplus":
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name].encode())
    return changed


def main() -> int:
    """Run from the command line; 0 done or up to date, 1 stale or wrong sources."""
    parser = argparse.ArgumentParser(description="Write generated/ from schema/ and docs/spec/.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where it is stale")
    arguments = parser.parse_args()
    try:
        files, complaints = build()
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if arguments.check:
        stale = differences(files, GENERATED)
        print("\n".join([*stale, "stale: run python schema/generate.py" if stale else "up to date"]))
        return int(bool(stale or complaints))
    print("\n".join(write(files, GENERATED)) or "up to date")
    return int(bool(complaints))


if __name__ == "__main__":
    sys.exit(main())
