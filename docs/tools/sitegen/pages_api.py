"""The Python reference: one mkdocstrings page per public module of the packages."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitegen.registry import ROOT

_PACKAGES = {"awen_ref": ROOT, "awen_conformance": ROOT / "conformance"}
_FOLDER = "reference/api"


def texts() -> Mapping[str, str]:
    """The index and a page for each module with a public name."""
    modules = dict(_modules())
    pages = {
        f"{_FOLDER}/{name}.md": f"# {name}\n\n::: {name}\n    options:\n      show_root_heading: false\n"
        for name in modules
    }
    rows = [f"| [`{name}`]({name}.md) | {summary} |" for name, summary in modules.items()]
    index = [
        "# Python API",
        "",
        "Made from the docstrings. Names with a leading underscore are private and may change at any time.",
        "",
        "| Module | |",
        "|---|---|",
        *rows,
        "",
    ]
    return {f"{_FOLDER}/index.md": "\n".join(index)} | pages


def _modules() -> Iterator[tuple[str, str]]:
    """Dotted name and first docstring line of every module that lists public names."""
    for package, base in _PACKAGES.items():
        for path in sorted((base / package).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            summary = (ast.get_docstring(tree) or "").split("\n")[0]
            if _public(tree):
                yield _dotted(path, base), summary.replace("|", "\\|")


def _public(tree: ast.Module) -> bool:
    """Whether the module states `__all__` with at least one name."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(getattr(to, "id", "") == "__all__" for to in node.targets):
            return bool(ast.literal_eval(node.value))
    return False


def _dotted(path: Path, base: Path) -> str:
    """Module name of a file."""
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
