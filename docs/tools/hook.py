"""MkDocs events: add the pages that are made from the registries, and link requirements and codes."""

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from sitegen import check, pages, results
from sitegen.registry import requirements

_REQUIREMENT = re.compile(r'<strong class="req" id="(AWB-R-\d{3})"[^>]*>AWB-R-\d{3}</strong>')
_UNTOUCHED = re.compile(
    r"(<(?:a|pre|script|style|h[1-6]|title)\b.*?</(?:a|pre|script|style|h[1-6]|title)>|<[^>]+>)", re.DOTALL
)
_DIAGRAM = '<pre class="mermaid">'
_DRAWN = re.compile(f"{_DIAGRAM}.*?</pre>", re.DOTALL)
_WEIGHTS = {
    "spec/requirements": 0.2,
    "spec/": 4,
    "tutorials/": 3,
    "reference/cli": 3,
    "reference/codes/AWB": 2,
    "reference/api/": 0.4,
    "reference/corpus/": 0.2,
}
_NAMED = re.compile(r"\bAWB-(?:R|[A-Z]{3})-\d{3}\b")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the generated sections into the navigation."""
    config.nav = [_expand(entry) for entry in config.nav or []]
    return config


def _expand(entry: Any) -> Any:  # noqa: ANN401 - MkDocs navigation is plain YAML of any shape
    """A navigation entry whose value names a generated section becomes that section."""
    if not isinstance(entry, dict):
        return entry
    ((title, value),) = entry.items()
    if isinstance(value, list):
        return {title: [_expand(item) for item in value]}
    return {title: pages.section(value) if value.endswith("/") else value}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for path, text in pages.texts().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Say which code the results of the campaigns speak for, as it is beside the page that is built.

    A search gives the text first, then what explains it, and the lists that are made last.
    """
    del config, files
    weights = (weight for start, weight in _WEIGHTS.items() if page.file.src_uri.startswith(start))
    page.meta.setdefault("search", {"boost": next(weights, 1)})
    if results.PLACE not in markdown:
        return markdown
    return markdown.replace(results.PLACE, "\n".join(results.table(results.results())))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make each requirement's number its own permalink, and each mention of a number or code a link.

    A diagram gets a frame that scrolls: a narrow screen would shrink it until nobody can read it.
    """
    del config
    html = _DRAWN.sub(r'<div class="diagram">\g<0></div>', html)
    html = _REQUIREMENT.sub(r'<a class="req" id="\1" href="#\1">\1</a>', html)
    pieces = _UNTOUCHED.split(html)
    pieces[::2] = [_NAMED.sub(lambda found: _link(found[0], page, files), piece) for piece in pieces[::2]]
    return "".join(pieces)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give a page with a diagram the script that draws it, which the theme would fetch from elsewhere."""
    del config
    if _DIAGRAM not in output:
        return output
    source = "../" * page.url.count("/") + "assets/mermaid.min.js"
    return output.replace("</head>", f'<script src="{source}"></script></head>', 1)


def on_post_build(config: MkDocsConfig) -> None:
    """Let requirements be found by their numbers, and look over the built site.

    Raises:
        BuildError: A page loads something from elsewhere, or links to nowhere.
    """
    index = Path(config.site_dir, "search", "search_index.json")
    found = json.loads(index.read_text("utf-8"))
    found["docs"] += [
        {"location": f"spec/{one.page}/#{one.id}", "title": one.id, "text": escape(one.text), "boost": 4}
        for one in requirements()
    ]
    index.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), "utf-8")
    if found := check.problems(Path(config.site_dir).resolve()):
        raise BuildError("\n".join(found))


def _link(name: str, page: Page, files: Files) -> str:
    """A link to the requirement or code, or the bare name where there is no such page."""
    path, anchor = pages.target(name)
    target = files.get_file_from_path(path) if path else None
    if target is None:
        return name
    return f'<a class="ref" href="{escape(target.url_relative_to(page.file))}{anchor}">{name}</a>'
