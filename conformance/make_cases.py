"""Write the corpus from its plan and the golden bundles, or with --check say what is stale.

Usage: python conformance/make_cases.py [--check]

A case is a line of `plan.json`: a golden parent and one operator, or a text of its own, and what a right
answer is. Nothing here asks an implementation: names are computed by the suite's own sealer.
"""

import base64
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from awen_conformance import operators  # noqa: E402 - the suite has to be importable first
from awen_conformance.sealer import Tree, names_of  # noqa: E402 - the same

_STATED = ("id", "title", "kind", "verb", "profile", "requirements", "parent", "operator", "expect")


def golden(name: str) -> Tree:
    """A golden bundle."""
    entries = json.loads((HERE / "golden" / f"{name}.tree.json").read_text(encoding="utf-8"))["entries"]
    return {
        path: node["text"].encode() if "text" in node else base64.b64decode(node["base64"])
        for path, node in entries.items()
    }


def files() -> Iterator[tuple[str, bytes]]:
    """Path below `cases/` and content of every file of the corpus."""
    for row in json.loads((HERE / "plan.json").read_text(encoding="utf-8")):
        case = {name: row[name] for name in _STATED if name in row} | {"licence": "CC0-1.0", "since": "1.0"}
        if "input" in row:
            yield f"{row['id']}/input.json", row["input"].encode()
            if "output" in row["expect"]:
                case["expect"] = {"verdict": row["expect"]["verdict"]}
                yield f"{row['id']}/expect/output", row["expect"]["output"].encode()
        else:
            tree = operators.apply(golden(row["parent"]), row["operator"])
            if row["kind"] == "identity" and row["expect"]["verdict"] == "ok":
                case["expect"] = {**row["expect"], "ids": names_of(tree)}
            yield f"{row['id']}/input.tree.json", _described(tree)
        yield f"{row['id']}/case.json", (json.dumps(case, indent=1, ensure_ascii=False) + "\n").encode()


def _described(tree: Tree) -> bytes:
    entries = {path: _node(data) for path, data in sorted(tree.items())}
    return (json.dumps({"entries": entries}, indent=1, ensure_ascii=False) + "\n").encode()


def _node(data: bytes) -> Mapping[str, Any]:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def main() -> int:
    """Write, or check, every file."""
    wanted = dict(files())
    cases = HERE / "cases"
    present = {path.relative_to(cases).as_posix(): path for path in cases.rglob("*") if path.is_file()}
    stale = sorted(
        name
        for name in wanted.keys() | present.keys()
        if name not in wanted or name not in present or present[name].read_bytes() != wanted[name]
    )
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"stale  conformance/cases/{name}")
        return 1 if stale else 0
    for name in stale:
        if name not in wanted:
            present[name].unlink()
            continue
        (cases / name).parent.mkdir(parents=True, exist_ok=True)
        (cases / name).write_bytes(wanted[name])
    print(f"{len(wanted)} files, {len(stale)} of them new")
    return 0


if __name__ == "__main__":
    sys.exit(main())
