"""What the built site has to be: no foreign resource, no dead link, no dead anchor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADING = {("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"), ("source", "src")}


@dataclass(slots=True)
class _Seen:
    """What one page offers and wants."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects anchors, links and loaded resources."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = _Seen()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        values = {name: value for name, value in attrs if value}
        self.seen.ids.update(values[name] for name in ("id", "name") if name in values)
        if tag == "a" and "href" in values:
            self.seen.links.append(values["href"])
        canonical = values.get("rel") in {"canonical", "prev", "next"}
        self.seen.loads += [
            value for name, value in values.items() if (tag, name) in _LOADING and not canonical
        ]


def problems(site: Path) -> list[str]:
    """One line for every foreign resource and every link that leads nowhere, in the order of the pages.

    Args:
        site: The folder that MkDocs built.
    """
    pages = {path: _read(path) for path in sorted(site.rglob("*.html"))}
    return [line for path, seen in pages.items() for line in _of_page(path, seen, pages, site)]


def _read(path: Path) -> _Seen:
    """What one page offers and wants."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.seen


def _of_page(path: Path, seen: _Seen, pages: Mapping[Path, _Seen], site: Path) -> Iterator[str]:
    """The complaints about one page."""
    name = path.relative_to(site).as_posix()
    for load in seen.loads:
        if urlsplit(load).netloc:
            yield f"{name}: loads {load} from elsewhere"
    for link in dict.fromkeys(seen.links):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or path.name == "404.html":
            continue
        target = path if not parts.path else (path.parent / unquote(parts.path)).resolve()
        target = target / "index.html" if target.is_dir() else target
        if not target.exists():
            yield f"{name}: {link} leads nowhere"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield f"{name}: {link} has no such anchor"
