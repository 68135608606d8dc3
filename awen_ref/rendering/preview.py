"""`ro-crate-preview.html`: the bundle for a reader with a browser and nothing else.

Self-contained: no script, no font, no image, nothing fetched; a content security policy says so.
Every text of the record is escaped and isolated (`<bdi>`), so that neither markup nor the direction
of one name reaches the rest of the page.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from urllib.parse import quote

from awen_ref.rendering.names import Creator, Organization
from awen_ref.rendering.ro_crate import Crate, File
from awen_ref.rendering.text import Markup, apa
from awen_ref.rendering.work import Related, Work

__all__ = ["preview"]

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #06c; }
@media (prefers-color-scheme: dark) { :root { --accent: #6bf; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; margin-bottom: .25rem; } h2 { margin-top: 2rem; }
a { color: var(--accent); } .by { margin-top: 0; } .text { white-space: pre-line; }
code, pre { font: .875em/1.5 ui-monospace, monospace; } code { overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .75rem 1rem; overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dd { margin: 0; min-width: 0; }
.files { overflow-x: auto; } table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th:first-child { width: 45%; } th:nth-child(3) { width: 25%; }
th, td { text-align: start; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
summary { cursor: pointer; font-weight: 600; margin-top: .75rem; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_VERIFY = """sha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt
grep -E '^[0-9a-f]{64}  data/(inputs|claim|results)/' manifest-sha256.txt | sha256sum
awen verify ."""
_GROUPS = (
    ("Inputs", "everything that determines the results", "data/inputs/"),
    ("Claim", "what the results are said to be", "data/claim/"),
    ("Results", "what came out", "data/results/"),
    ("Evidence", "sealed, but not part of the identity", "data/evidence/"),
)
_UNITS = ("B", "kB", "MB", "GB", "TB")
_WEB = re.compile(r"https?://[^\s<>\"']+")


def _text(value: str) -> str:
    return f"<bdi>{escape(value)}</bdi>"


def _code(value: str) -> str:
    return f"<code>{escape(value)}</code>"


def _link(target: str, label: str = "") -> str:
    """A link for web addresses only: no other scheme is ever made clickable."""
    if not _WEB.fullmatch(target):
        return _text(label or target)
    return f'<a href="{escape(target)}" rel="noreferrer">{escape(label or target)}</a>'


_HTML = Markup(text=_text, italic=lambda text: f"<cite>{text}</cite>", code=_code, link=_link)


def _size(count: int) -> str:
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{count} B" if unit == 0 else f"{value:.3g} {_UNITS[unit]}"


def _creator(creator: Creator) -> str:
    if isinstance(creator, Organization):
        return _link(creator.ror, creator.name)
    places = ", ".join(item.name for item in creator.affiliations)
    name = _link(creator.orcid_url, creator.display)
    return f"{name} ({_text(places)})" if places else name


def _related(related: Related) -> str:
    target = f"https://doi.org/{related.value}" if related.type == "doi" else related.value
    name = _link(target, related.value) if _WEB.fullmatch(target) else _code(related.value)
    title = f"{_text(related.title)} " if related.title else ""
    return f"{_text(related.relation)}: {title}{name}"


def _facts(work: Work, crate: Crate) -> Iterable[tuple[str, str]]:
    tool, ids = crate.tool, crate.ids
    yield "Artifact", _code(work.artifact_id)
    yield "Type", _text(work.artifact_type)
    yield "Inputs", _code(ids["inputs_id"])
    yield "Results", _code(ids["results_id"])
    yield "Run", f"{_text(crate.window[0])} to {_text(crate.window[1])}"
    yield "Made by", f"{_link(tool.url, tool.name)} {_text(tool.version)}"
    yield "Version", _text(work.version) if work.version else ""
    yield "Licence", _link(work.licence.url, work.licence.name)
    yield "Publisher", _link(work.publisher.ror, work.publisher.name) if work.publisher else ""
    yield "Contact", f"{_text(work.contact.name)} {_code(work.contact.email)}" if work.contact else ""
    yield "Keywords", _text(", ".join(work.keywords)) if work.keywords else ""
    for item in work.identifiers:
        target = f"https://doi.org/{item.value}" if item.type == "doi" else item.value
        yield item.type.upper() if item.type != "other" else "Identifier", _link(target, item.value)
    for funding in work.funding:
        award = " ".join(part for part in (funding.award_title, funding.award_number) if part)
        yield "Funding", f"{_link(funding.funder_ror, funding.funder_name)} {_link(funding.award_url, award)}"
    for parent in work.parents:
        yield "Parent", _related(parent)
    for related in work.related:
        yield "Related", _related(related)


def _row(path: str, prefix: str, file: File) -> str:
    sha256, size, media_type = file
    link = f'<a href="{quote(path)}">{escape(path.removeprefix(prefix))}</a>'
    # The digest is cut for the eye; the whole one stands in the manifest and in the tooltip.
    digest = f'<code title="{sha256}">{sha256[:12]}…</code>'
    return f'<tr><td>{link}<td class="n">{_size(size)}<td>{_media_type(media_type)}<td>{digest}\n'


@lru_cache
def _media_type(name: str) -> str:
    """There are thousands of files and a handful of types."""
    return escape(name)


def _group(files: Mapping[str, File], name: str, meaning: str, prefix: str) -> str:
    chosen = {path: file for path, file in files.items() if path.startswith(prefix)}
    if not chosen:
        return ""
    total = _size(sum(size for _, size, _ in chosen.values()))
    count = f"{len(chosen)} file{'s' if len(chosen) != 1 else ''}, {total}"
    rows = "".join(_row(path, prefix, file) for path, file in chosen.items())
    state = "" if prefix == "data/evidence/" else " open"
    return (
        f"<details{state}><summary>{name}: {meaning} ({count})</summary>\n"
        '<div class="files"><table>\n<tr><th>File<th class="n">Size<th>Media type<th>SHA-256\n'
        f"{rows}</table></div></details>\n"
    )


def preview(work: Work, crate: Crate) -> str:
    """The page.

    Args:
        work: The work.
        crate: Files, tool, window and ids, as for the crate itself.

    Returns:
        An HTML document, ending in a newline.
    """
    facts = "".join(f"<dt>{name}<dd>{value}\n" for name, value in _facts(work, crate) if value)
    groups = "".join(_group(crate.files, *group) for group in _GROUPS)
    notes = f'<h2>Notes</h2>\n<p class="text" dir="auto">{escape(work.notes)}</p>\n' if work.notes else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(work.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{escape(work.title)}</h1>\n'
        f'<p class="by">{", ".join(_creator(item) for item in work.creators)}, {work.day.isoformat()}</p>\n'
        f'<p class="text" dir="auto">{escape(work.description)}</p>\n'
        f"<dl>\n{facts}</dl>\n"
        f"<h2>How to cite</h2>\n<p>{apa(work, _HTML)}</p>\n"
        "<p>The same for machines: "
        '<a href="CITATION.cff">CITATION.cff</a>, <a href="citation/citation.bib">BibTeX</a>, '
        '<a href="citation/csl.json">CSL-JSON</a>, <a href="citation/datacite.json">DataCite</a>, '
        '<a href="ro-crate-metadata.json">RO-Crate</a>.</p>\n'
        f"<h2>How to verify</h2>\n<p>In the bundle's directory; the second line prints the hex digits of the "
        f"artifact id. The last one needs AWEN, the others do not.</p>\n<pre>{escape(_VERIFY)}</pre>\n"
        f"<h2>Files</h2>\n{groups}{notes}</body>\n</html>\n"
    )
