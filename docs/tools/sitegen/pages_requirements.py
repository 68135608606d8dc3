"""The traceability page: each requirement, what carries it out, what reports it, what holds it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from awen_schema.codes import CODES
from sitegen import pages_api, pages_corpus, pages_schema
from sitegen.cited import in_cases, in_code, in_tests
from sitegen.registry import PAGES, Carrier, Requirement, carriers, mutants, requirements
from sitegen.words import cell

_TITLES = {"artifacts": "AWEN artifacts", "ir": "awen-ir/1.0", "conformance": "Conformance"}
_PLACES = {"layout": "../reference/registries.md#files", "kinds": "ir.md#kinds"}
_FEW = 2


@cache
def pages_by_number() -> Mapping[str, str]:
    """Requirement number to the page that states it."""
    return {found.id: found.page for found in requirements()}


def texts() -> Mapping[str, str]:
    """The one page."""
    return {"spec/requirements.md": _page()}


def _page() -> str:
    """Counts, then a table per specification page."""
    found = requirements()
    counted = {page: sum(one.page == page for one in found) for page in PAGES}
    lines = [
        "---",
        "hide: [navigation, toc]",
        "---",
        "",
        "# Requirements",
        "",
        "Every numbered sentence of the specification, and what stands behind it. Made from the text, the",
        "schema, the registry of findings, the code, the corpus and the tests each time the site is built.",
        "",
        "- *Schema*: the class, member, type, file table or component kind that names the requirement.",
        "- *Codes*: the findings that report it as broken. *Code*: the modules that cite it.",
        "- *Cases*: the cases of the corpus that list it. *Mutants*: how the reference was broken on purpose",
        "  (a finding switched off, or a change planted), and how many of these cases noticed.",
        "- *Tests*: how many tests of this repository cite it, or why none does.",
        "",
        "| Document | Requirements |",
        "|---|---:|",
        *(f"| [{_TITLES[page]}]({page}.md) | {count} |" for page, count in counted.items()),
        f"| All | {len(found)} |",
    ]
    for page in PAGES:
        lines += [
            "",
            f"## {_TITLES[page]}",
            "",
            "| Requirement | Binds | Schema | Codes | Code | Cases | Mutants | Tests |",
            "|---|---|---|---|---|---|---|---|",
            *(_row(one) for one in found if one.page == page),
        ]
    return "\n".join(lines) + "\n"


def _row(one: Requirement) -> str:
    """One requirement."""
    codes = [code.code for code in CODES.values() if code.requirement == one.id]
    cited = len(in_tests().get(one.id, ()))
    cells = (
        f"{one.id} <br>{one.section}",
        f"{one.subject} <br>{one.level}",
        _folded(map(_carrier, _carriers().get(one.id, ()))),
        " ".join(codes),
        _folded(pages_api.link(name, base="../reference/api/") for name in in_code().get(one.id, ())),
        _folded(pages_corpus.link(id_, base="../reference/corpus/") for id_ in in_cases().get(one.id, ())),
        " ".join(_mutants(mutants()["requirements"].get(one.id, {}))),
        str(cited) if cited else f"none: {one.why}" if one.test == "none" else "",
    )
    return f"| {' | '.join(cells)} |"


def _folded(links: Iterable[str]) -> str:
    """A few links; many of them folded behind their number."""
    listed = list(links)
    if len(listed) <= _FEW:
        return " ".join(listed)
    return f"<details><summary>{len(listed)}</summary>{' '.join(listed)}</details>"


@cache
def _carriers() -> Mapping[str, Sequence[Carrier]]:
    """Requirement number to what carries it out."""
    found: dict[str, list[Carrier]] = {}
    for one in carriers():
        found.setdefault(one.requirement, []).append(one)
    return found


def _carrier(one: Carrier) -> str:
    """A place of the schema as a link."""
    if one.table == "schema" and not one.name:
        return "[every class](../reference/schema/index.md)"
    if one.table == "schema":
        return pages_schema.link(one.name, one.member, base="../reference/schema/")
    return f"[{one.table} `{one.name}`]({_PLACES[one.table]})"


def _mutants(broken: Mapping[str, Any]) -> Iterator[str]:
    """What was broken on purpose, and the cases that cite the requirement and fail then."""
    for code, cases in broken.get("unreported", {}).items():
        yield f"[{code[4:]} ({len(cases)})](../reference/codes/{code}.md#mutant)"
    if "changed" in broken:
        links = (
            pages_corpus.link(id_, base="../reference/corpus/") for id_ in broken["changed"]["killed_by"]
        )
        yield f"{cell(broken['changed']['change'])}: {_folded(links)}"
    if "reason" in broken:
        yield f"none: {cell(broken['reason'])}"
