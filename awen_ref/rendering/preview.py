"""`ro-crate-preview.html`: the bundle for a reader with a browser and nothing else.

Self-contained: no script, no font, no image, nothing fetched; a content security policy says so.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from urllib.parse import quote

from awen_ref.rendering.contents import Contents, experiment, results
from awen_ref.rendering.hypertext import code, link, region, text
from awen_ref.rendering.names import Creator, Organization
from awen_ref.rendering.relations import uri
from awen_ref.rendering.ro_crate import Crate, File
from awen_ref.rendering.text import Markup, apa
from awen_ref.rendering.work import Related, Work

__all__ = ["preview"]

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8881; --accent: #0b57d0; --quiet: #555; }
@media (prefers-color-scheme: dark) { :root { --accent: #8ab4f8; --quiet: #aaa; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; margin-bottom: .25rem; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 .5rem; } h3 { margin: 1.5rem 0 .5rem; }
a { color: var(--accent); } .by { margin-top: 0; } .text { white-space: pre-line; overflow-wrap: anywhere; }
.kind { color: var(--quiet); margin: 0; }
code, pre { font: .875em/1.5 ui-monospace, monospace; } code { overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .75rem 1rem; overflow-x: auto; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .25rem 1rem; }
dt { color: var(--quiet); } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: .5rem 0; } table { border-collapse: collapse; min-width: min(100%, 32rem); }
th, td { text-align: start; vertical-align: top; padding: .3rem 1.5rem .3rem 0; }
tr { border-bottom: 1px solid var(--line); } th, td:first-child { white-space: nowrap; }
td { min-width: 5rem; max-width: 28rem; }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
summary { cursor: pointer; font-weight: 600; margin-top: .75rem; }
svg { display: block; max-width: none; } polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; }
.circuit rect { fill: var(--soft); stroke: var(--quiet); } .circuit path { fill: none; stroke: var(--quiet); }
.circuit text { fill: currentColor; text-anchor: middle; font: 12px ui-monospace, monospace; }
.circuit .k { fill: var(--quiet); font: 11px system-ui, sans-serif; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print { details > * { display: block; } a { color: inherit; } }
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
_SHORT_LIST = 24
_SPDX = "https://spdx.org/licenses/"
_UNITS = ("B", "kB", "MB", "GB", "TB")
_LABELS = {
    "ark": "ARK",
    "doi": "DOI",
    "handle": "Handle",
    "other": "Identifier",
    "swhid": "SWHID",
    "url": "Address",
}
_HTML = Markup(text=text, italic=lambda said: f"<cite>{said}</cite>", code=code, link=link)


def _size(count: int) -> str:
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{count} B" if unit == 0 else f"{value:.3g} {_UNITS[unit]}"


def _creator(creator: Creator) -> str:
    if isinstance(creator, Organization):
        return link(creator.ror, creator.name)
    places = ", ".join(item.name for item in creator.affiliations)
    name = link(creator.orcid_url, creator.display)
    return f"{name} ({text(places)})" if places else name


def _related(related: Related) -> str:
    """How the work stands to another one, and which: `is derived from`."""
    relation = re.sub("(?<=[a-z])(?=[A-Z])", " ", related.relation).lower()
    address = link(uri(related.type, related.value), related.value)
    title = f"{text(related.title)} " if related.title else ""
    return f"{relation} {title}{address}"


def _identity(work: Work, crate: Crate) -> Iterable[tuple[str, str]]:
    tool, ids = crate.tool, crate.ids
    yield "Artifact", code(work.artifact_id)
    yield "Inputs", code(ids["inputs_id"])
    yield "Results", code(ids["results_id"])
    for parent in work.parents:
        yield "Parent", _related(parent)
    yield "Made", f"{text(crate.window[0])} to {text(crate.window[1])}"
    yield "Made by", f"{link(tool.url, tool.name)} {text(tool.version)}"


def _description(work: Work) -> Iterable[tuple[str, str]]:
    licence = work.licence
    yield (
        "Licence",
        link(licence.url or (f"{_SPDX}{licence.spdx_id}" if licence.spdx_id else ""), licence.name),
    )
    yield "Version", text(work.version) if work.version else ""
    yield "Publisher", link(work.publisher.ror, work.publisher.name) if work.publisher else ""
    yield "Contact", f"{text(work.contact.name)} {code(work.contact.email)}" if work.contact else ""
    yield "Keywords", "; ".join(text(word) for word in work.keywords)
    for item in work.identifiers:
        yield _LABELS[item.type], link(uri(item.type, item.value), item.value)
    for funding in work.funding:
        award = " ".join(part for part in (funding.award_title, funding.award_number) if part)
        yield "Funding", f"{link(funding.funder_ror, funding.funder_name)} {link(funding.award_url, award)}"
    for related in work.related:
        yield "Related", _related(related)


def _listed(facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{name}<dd>{value}\n" for name, value in facts if value)
    return f"<dl>\n{rows}</dl>\n"


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
    state = " open" if len(chosen) <= _SHORT_LIST and prefix != "data/evidence/" else ""
    heads = (
        '<th scope="col">File<th scope="col" class="n">Size<th scope="col">Media type<th scope="col">SHA-256'
    )
    listed = region(f"Files: {name}", f"<table>\n<tr>{heads}\n{rows}</table>")
    return f"<details{state}><summary>{name}: {meaning} ({count})</summary>\n{listed}</details>\n"


def _cited(work: Work) -> str:
    return (
        f"<h2>How to cite</h2>\n<p>{apa(work, _HTML)}</p>\n"
        "<p>The same for machines: "
        '<a href="CITATION.cff">CITATION.cff</a>, <a href="citation/citation.bib">BibTeX</a>, '
        '<a href="citation/csl.json">CSL-JSON</a>, <a href="citation/datacite.json">DataCite</a>, '
        '<a href="ro-crate-metadata.json">RO-Crate</a>.</p>\n'
    )


def _verified(work: Work) -> str:
    digits = work.artifact_id.rpartition("_")[2]
    return (
        "<h2>How to verify</h2>\n<p>In the directory of the bundle. The first line has to print nothing, "
        f"the second {code(digits)}. Only the last one needs AWEN.</p>\n<pre>{escape(_VERIFY)}</pre>\n"
    )


def preview(work: Work, crate: Crate, contents: Contents) -> str:
    """The page.

    Args:
        work: The work.
        crate: Files, tool, window and ids, as for the crate itself.
        contents: What was run and what came out.

    Returns:
        An HTML document, ending in a newline.
    """
    groups = "".join(_group(crate.files, *group) for group in _GROUPS)
    notes = f'<h2>Notes</h2>\n<p class="text" dir="auto">{escape(work.notes)}</p>\n' if work.notes else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(work.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<p class="kind">AWEN {escape(work.artifact_type)}</p>\n<h1 dir="auto">{escape(work.title)}</h1>\n'
        f'<p class="by">{", ".join(_creator(item) for item in work.creators)}, {work.day.isoformat()}</p>\n'
        f'<p class="text" dir="auto">{escape(work.description)}</p>\n'
        f"{_listed(_description(work))}{notes}{results(contents)}{experiment(contents)}"
        f"<h2>Identity</h2>\n{_listed(_identity(work, crate))}{_cited(work)}{_verified(work)}"
        f"<h2>Files</h2>\n{groups}</main>\n</body>\n</html>\n"
    )
