"""Write the generated blocks of the specification, or with --check say which are stale.

Usage: python docs/tools/blocks.py [--check]

A block stands between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->` in a page of docs/spec,
so that the Markdown is complete without the site. The same sources give the same text on every machine.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping

from sitegen import classes, example, kinds, matrix, signature, stopped
from sitegen.registry import SPEC

_BLOCK = re.compile(
    r"(<!-- generated:(?P<name>[A-Za-z:-]+) -->\n).*?(<!-- /generated:(?P=name) -->)", re.DOTALL
)

BLOCKS: Mapping[str, Callable[[], str]] = {
    "layout": matrix.table,
    "media-types": matrix.media_types,
    "example": example.block,
    "shared-classes": classes.shared,
    "types": classes.types,
    "units": classes.units,
    "kinds": kinds.table,
    "kind-outputs": kinds.outputs,
    "signature": signature.block,
    "stopped": stopped.block,
}


def render(text: str) -> str:
    """The page with every block written anew.

    Raises:
        KeyError: A block has a name that nothing writes.
    """
    return _BLOCK.sub(lambda found: f"{found[1]}{block(found['name']).strip()}\n{found[3]}", text)


def block(name: str) -> str:
    """The text of one block: a registered one, or `document:NAME` for the class of a document."""
    kind, _, document = name.partition(":")
    return classes.document(document) if kind == "document" else BLOCKS[name]()


def main() -> int:
    """Run from the command line; 0 done or up to date, 1 stale."""
    parser = argparse.ArgumentParser(description="Write the generated blocks of docs/spec.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a block is stale")
    check = parser.parse_args().check
    stale = []
    for path in sorted(SPEC.glob("*.md")):
        old = path.read_text("utf-8")
        new = render(old)
        if new != old:
            stale.append(path.name)
            if not check:
                path.write_text(new, "utf-8")
    print("\n".join(stale) or "up to date")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
