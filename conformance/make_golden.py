"""Write the golden bundles that every case of the corpus starts from.

Usage: python conformance/make_golden.py

They are made once, by the reference, and committed; their bytes are then the corpus's own. Making them again
gives the same bytes, since clock and environment are fixed here.
"""

import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from awen_ref.bundle import Bundle  # noqa: E402 - the checkout has to be importable first
from tests import bundles  # noqa: E402 - the same


def tree_of(bundle: Bundle) -> dict[str, Mapping[str, str]]:
    """The bundle's files as a tree description."""
    return {path: _node(member.read()) for path, member in bundle.members.items()}


def _node(data: bytes) -> Mapping[str, str]:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def main() -> None:
    """Write one tree for each artifact type."""
    for kind in bundles.KINDS:
        target = HERE / "golden" / f"{kind}.tree.json"
        tree = {"entries": tree_of(bundles.sealed(kind))}
        target.write_text(json.dumps(tree, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(target.relative_to(HERE))


if __name__ == "__main__":
    main()
