"""The Python reference: one mkdocstrings page per public module of the packages."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache

from sitegen.cited import dotted
from sitegen.registry import ROOT

_PACKAGES = {"awen_ref": ROOT, "awen_conformance": ROOT / "conformance"}
_FOLDER = "reference/api"


def texts() -> Mapping[str, str]:
    """The index and a page for each module with a public name."""
    pages = {
        f"{_FOLDER}/{name}.md": f"# {name}\n\n::: {name}\n    options:\n      show_root_heading: false\n"
        for name in modules()
    }
    rows = [f"| [`{name}`]({name}.md) | {summary} |" for name, summary in modules().items()]
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


@cache
def modules() -> Mapping[str, str]:
    """Dotted name and first docstring line of every module that has a page."""
    return dict(_modules())


def link(module: str, *, base: str) -> str:
    """A module of the reference as a link to its page, or to that of the package it is a private part of.

    Args:
        module: Dotted name.
        base: The path from the page with the link to the folder of the reference.
    """
    page = module
    while page not in modules() and "." in page:
        page = page.rpartition(".")[0]
    shown = module.removeprefix("awen_ref.")
    return f"[`{shown}`]({base}{page}.md)" if page in modules() else f"`{shown}`"


def _modules() -> Iterator[tuple[str, str]]:
    """Dotted name and first docstring line of every module that lists public names."""
    for package, base in _PACKAGES.items():
        for path in sorted((base / package).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            summary = (ast.get_docstring(tree) or "").split("\n")[0]
            if _public(tree):
                yield dotted(path, base), summary.replace("|", "\\|")


def _public(tree: ast.Module) -> bool:
    """Whether the module states `__all__` with at least one name."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(getattr(to, "id", "") == "__all__" for to in node.targets):
            return bool(ast.literal_eval(node.value))
    return False
