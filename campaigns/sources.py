"""Which files a campaign exercises, and their digests: what code a result speaks for.

A result is kept for longer than the code stays as it was. So it carries the digest of every file of ours that
the campaign could reach: its own module, all that it imports at any depth, also within functions, and what it
reads or starts besides. The same is computed again later, and names the files that differ.
An unchanged file imports what it imported before, so nothing gets in between unseen. Pinned packages and the
interpreter are not looked at.

    python -m campaigns.sources    prints what differs, campaign by campaign
"""

import ast
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

__all__ = ["BESIDES", "differing", "digests", "of"]

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("", "generated/python", "conformance")
"""Folders that our packages lie in."""
PACKAGES = ("awen_ref", "awen_schema", "awen_conformance", "campaigns", "tests")
SCHEMAS = "generated/python/awen_schema/json_schema/"
UNCOUNTED = frozenset({"campaigns/outcome.py", "campaigns/sources.py"})
"""What writes results down, and judges nothing."""
CLI = ("awen_ref/__main__.py", "awen_ref/cli")
BESIDES: Mapping[str, tuple[str, ...]] = {
    "kill": ("tests/crash",),
    "coverage_fuzz": ("campaigns/corpus/",),
    "secrecy": (*CLI, "examples/mzi_mesh_4x4/"),
    "requirements": ("awen_ref/driver.py", "conformance/cases/"),
    "mutants": ("awen_ref/driver.py", "conformance/cases/"),
}
"""What a campaign reads or starts without importing it; a folder with a slash has one digest."""
DIGITS = 16
"""Hexadecimal digits of a digest that are kept: they tell an edit, and need not withstand a forger."""


def of(campaign: str) -> dict[str, str]:
    """Path and digest of every file that a campaign exercises.

    Args:
        campaign: Its name.
    """
    begun = [f"campaigns/{campaign}.py", *BESIDES.get(campaign, ())]
    if campaign == "planted":
        from campaigns.bugs import BUGS

        begun += sorted({bug.test.partition("::")[0] for bug in BUGS})
        begun += sorted({f"awen_ref/{bug.module.replace('.', '/')}.py" for bug in BUGS})
    if campaign == "mutants":
        from campaigns.mutants import PACKAGES as MUTATED

        begun += sorted({path for package in MUTATED.values() for paths in package for path in paths})
    return digests(begun)


def digests(begun: Iterable[str], root: Path = ROOT) -> dict[str, str]:
    """The digests of some files and folders and of all that they import, in the order of their paths.

    Args:
        begun: What to begin with, relative to the root.
        root: Where it lies.
    """
    return {path: _digest(root, path) for path in sorted(_reached(root, begun))}


def differing(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The files that were changed, have gone or have come."""
    return tuple(sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path)))


def _reached(root: Path, begun: Iterable[str]) -> set[str]:
    """Files, those below folders, and all that their Python imports."""
    left = [file for path in begun for file in ([path] if path.endswith("/") else _files(root, path))]
    found: set[str] = set()
    while left:
        path = left.pop()
        if path in found or path in UNCOUNTED:
            continue
        found.add(path)
        if path.endswith(".py"):
            left += _imported(root, path)
        if path.startswith("generated/python/awen_schema/") and path.endswith(".py"):
            left.append(SCHEMAS)
    return found


def _digest(root: Path, path: str) -> str:
    digest = hashlib.sha256()
    if path.endswith("/"):
        digest.update("".join(f"{_digest(root, file)}  {file}\n" for file in _files(root, path)).encode())
    else:
        digest.update((root / path).read_bytes())
    return digest.hexdigest()[:DIGITS]


def _files(root: Path, path: str) -> list[str]:
    """A file, or all below a folder."""
    files = [file for file in (root / path).rglob("*") if file.is_file() and file.suffix != ".pyc"]
    return sorted(file.relative_to(root).as_posix() for file in files) or [path]


@cache
def _imported(root: Path, path: str) -> tuple[str, ...]:
    """The files of ours that a module imports, each with those of the packages around it.

    A package may give a name on demand (ADR 0034); its module counts where the name is mentioned.
    """
    run, _ = _parted(root, path)
    found = [file for name in _names(run) for file in _modules(root, name)]
    mentioned = {node.attr for node in ast.walk(run) if isinstance(node, ast.Attribute)}
    mentioned |= {name.rpartition(".")[2] for name in _names(run)}
    for package in {file for file in found if file.endswith("/__init__.py")}:
        for node in ast.walk(_parted(root, package)[1]):
            if isinstance(node, ast.ImportFrom) and mentioned & {alias.name for alias in node.names}:
                found += _modules(root, node.module or "")
    return tuple(found)


def _parted(root: Path, path: str) -> tuple[ast.Module, ast.Module]:
    """A module without what is there for type checkers alone, and that."""
    tree = ast.parse((root / path).read_bytes())
    run, typed = ast.Module([], []), ast.Module([], [])
    for node in tree.body:
        checked = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        (typed if checked else run).body.append(node)
    return run, typed


def _names(tree: ast.AST) -> Iterator[str]:
    """Every dotted name of ours that may be a module: of `from a import b`, `a` and `a.b`."""
    for node in ast.walk(tree):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in found if name.partition(".")[0] in PACKAGES)


def _modules(root: Path, name: str) -> Iterator[str]:
    """The files that importing a name runs."""
    parts = name.split(".")
    for place in PLACES:
        for length in range(1, len(parts) + 1):
            stem = "/".join(filter(None, [place, *parts[:length]]))
            yield from (file for file in (f"{stem}.py", f"{stem}/__init__.py") if (root / file).is_file())


def main() -> int:
    """Run from the command line."""
    for path in sorted((ROOT / "campaigns/results").glob("*.json")):
        kept = json.loads(path.read_text("utf-8"))
        found = differing(kept["sources"], of(path.stem))
        print(f"{path.stem}: {', '.join(found) or 'of this code'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
