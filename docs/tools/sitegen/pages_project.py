"""Pages that stand elsewhere in the repository, the index of the decisions, and the sections."""

import re
from collections.abc import Mapping
from pathlib import Path

from delivering import papers
from delivering.coverage import sections
from sitegen.registry import ROOT

_ROOT_PAGES = {
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
}
_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s]+)\)")


def texts() -> Mapping[str, str]:
    """Site path to text, links between the repository's documents made to fit the site."""
    pages = {to: _fit(ROOT / name, to) for name, to in _ROOT_PAGES.items()}
    for path in sorted((ROOT / "aep").glob("*.md")):
        name = "index.md" if path.name == "README.md" else path.name
        pages[f"aep/{name}"] = _fit(path, f"aep/{name}")
    return pages | {"adr/index.md": _decisions(), "project/sections.md": papers.sections(sections())}


def _fit(path: Path, to: str) -> str:
    """The text with its relative links as they are seen from `to`."""
    return _LINK.sub(lambda found: f"]({_moved(found[1], path, to)})", path.read_text("utf-8"))


def _moved(link: str, path: Path, to: str) -> str:
    """One link; what is no page of the site becomes its path in the repository."""
    target, hash_, fragment = link.partition("#")
    absolute = (path.parent / target).resolve().relative_to(ROOT).as_posix()
    site = _ROOT_PAGES.get(absolute, absolute.removeprefix("docs/"))
    site = "aep/index.md" if site in {"aep", "aep/README.md"} else site
    return "../" * to.count("/") + site + hash_ + fragment


def _decisions() -> str:
    """The index of the decision records, from their headings."""
    rows = []
    for path in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        text = path.read_text("utf-8")
        title = text.splitlines()[0].lstrip("# ")
        status = re.search(r"^Status: (.+)$", text, re.MULTILINE)
        rows.append(f"| [{title}]({path.name}) | {status[1] if status else ''} |")
    return "\n".join(["# Decisions", "", "| Decision | Status |", "|---|---|", *rows, ""])
