"""Write the corpus from its plan and the golden bundles, or with --check say what is stale.

Usage: python conformance/make_cases.py [--check]

A case is a line of `plan.json`: a golden parent and declared operators, or a text of its own, and what a
right answer is. Nothing here asks an implementation: names are computed by the suite's own sealer.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from awen_conformance.making import described as describe  # noqa: E402 - the suite has to be importable first
from awen_conformance.making import made, read_tree, tree_of  # noqa: E402 - the suite has to be importable first
from awen_conformance.sealer import Tree, names_of  # noqa: E402 - the same

_STATED = (
    "id",
    "title",
    "kind",
    "verb",
    "profile",
    "requirements",
    "parent",
    "operator",
    "nodes",
    "archive",
    "other",
    "request",
    "expect",
)
_RECIPE = ("parent", "operator", "nodes", "archive")


def golden(name: str) -> Tree:
    """A golden bundle, or the documents of a golden experiment."""
    if name.startswith("engine/"):
        return {path: text.encode() for path, text in _engine(name)["inputs"].items()}
    return read_tree(HERE / "golden" / f"{name}.tree.json")


def _engine(name: str) -> Mapping[str, Any]:
    made: Mapping[str, Any] = json.loads((HERE / "golden" / f"{name}.json").read_text(encoding="utf-8"))
    return made


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
            yield _stored(row["id"], "input", row, described=bool(row.get("large")))
            if "other" in row:
                yield _stored(row["id"], "other", row["other"], described=False)
            case["expect"] = _expectation(row)
            if row["kind"] == "build":
                case["request"] = {"plan": _plan(golden(row["parent"]))}
        yield f"{row['id']}/case.json", (json.dumps(case, indent=1, ensure_ascii=False) + "\n").encode()


def _expectation(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the plan states, with what follows from the input: names, and an experiment's results."""
    expect = dict(row["expect"])
    if row["kind"] == "identity" and expect["verdict"] == "ok":
        expect["ids"] = names_of(tree_of(row, golden))
    if row["kind"] == "build":
        names = names_of(golden(row["parent"]))
        expect["ids"] = {name: value for name, value in names.items() if name != "seal"}
    if "contains" in expect:
        names = names_of(golden(row["parent"]))
        expect["contains"] = [names.get(one.removeprefix("$"), one) for one in expect["contains"]]
    if "engine" in row:
        made = _engine(row["parent"])
        expect |= made["expect"] if row["profile"] == "E1" else {"results_id": made["results_id"]}
    return expect


def _plan(tree: Tree) -> Mapping[str, Any]:
    """The neutral plan of a bundle: what a producer is told besides the content."""
    manifest = json.loads(tree["manifest.json"])
    stated = {name: manifest[name] for name in ("artifact_type", "created", "tool")}
    return {**stated, "metadata": json.loads(tree["metadata.json"])}


def _stored(case_id: str, name: str, row: Mapping[str, Any], *, described: bool) -> tuple[str, bytes]:
    """An input as it is kept: whole, or as its recipe where it is too large for that."""
    recipe = {member: row[member] for member in _RECIPE if member in row}
    if described:
        return f"{case_id}/{name}.made.json", _json(recipe)
    if row.get("content"):
        kept = {path: data for path, data in tree_of(recipe, golden).items() if path.startswith("data/")}
        return f"{case_id}/{name}.tree.json", _json(describe(kept))
    content = made(recipe, golden)
    if isinstance(content, bytes):
        return f"{case_id}/{name}.zip", content
    return f"{case_id}/{name}.tree.json", _json(content)


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


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
