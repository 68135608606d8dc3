"""What the built site has to be: no foreign resource, no dead link, no dead anchor.

Read with expressions and not with a parser: every page is MkDocs' own well-formed output, in which code shows
`<` as a reference, and there are hundreds of thousands of elements.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
_NOT_LOADED = {"canonical", "prev", "next"}
_ANCHOR = re.compile(r"<(?:[a-zA-Z][^<>]*?\sid|a\s[^<>]*?\bname)=(?:\"([^\"]*)\"|([^\s\"'>]+))")
_ELEMENT = re.compile(r"<(a|script|img|link|iframe|source)\s((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one page offers and wants."""

    ids: frozenset[str]
    links: tuple[str, ...]
    loads: tuple[str, ...]


def problems(site: Path) -> list[str]:
    """One line for every foreign resource and every link that leads nowhere, in the order of the pages.

    Args:
        site: The folder that MkDocs built.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    names = sorted(name for name in files if name.endswith(".html"))
    pages = {name: _read((site / name).read_text("utf-8")) for name in names}
    return [line for name, seen in pages.items() for line in _of_page(name, seen, pages, files)]


def _read(text: str) -> _Seen:
    """What one page offers and wants."""
    links, loads = [], []
    for tag, rest in _ELEMENT.findall(text):
        values = {name: unescape("".join(value)) for name, *value in _ATTRIBUTE.findall(rest)}
        if tag == "a" and values.get("href"):
            links.append(values["href"])
        elif tag in _LOADING and values.get(_LOADING[tag]) and values.get("rel") not in _NOT_LOADED:
            loads.append(values[_LOADING[tag]])
    ids = frozenset(unescape(double or bare) for double, bare in _ANCHOR.findall(text))
    return _Seen(ids, tuple(dict.fromkeys(links)), tuple(loads))


def _of_page(name: str, seen: _Seen, pages: Mapping[str, _Seen], files: set[str]) -> Iterator[str]:
    """The complaints about one page."""
    for load in seen.loads:
        if urlsplit(load).netloc:
            yield f"{name}: loads {load} from elsewhere"
    folder = posixpath.dirname(name)
    for link in seen.links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or posixpath.basename(name) == "404.html":
            continue
        target = name
        if parts.path:
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            target = target if target in files else posixpath.normpath(f"{target}/index.html")
        if target not in files:
            yield f"{name}: {link} leads nowhere"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield f"{name}: {link} has no such anchor"
