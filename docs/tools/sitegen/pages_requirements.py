"""The traceability page: every requirement with its codes, and the tests and cases that cite it."""

from collections.abc import Mapping
from functools import cache

from awen_schema.codes import CODES
from sitegen import pages_corpus
from sitegen.cited import in_cases, in_tests
from sitegen.registry import PAGES, Requirement, requirements

_TITLES = {"artifacts": "AWEN artifacts", "ir": "awen-ir/1.0", "conformance": "Conformance"}


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
        "# Requirements",
        "",
        "Every numbered sentence of the specification, and what stands behind it. Made from the text, the",
        "registry of finding codes, the corpus and the tests each time the site is built.",
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
            "| Requirement | Section | Level | Binds | Codes | Cases | Tests |",
            "|---|---|---|---|---|---|---:|",
            *(_row(one) for one in found if one.page == page),
        ]
    return "\n".join(lines) + "\n"


def _row(one: Requirement) -> str:
    """One requirement."""
    codes = " ".join(code.code for code in CODES.values() if code.requirement == one.id)
    tested = len(in_tests().get(one.id, ())) or (f"none: {one.why}" if one.test == "none" else "")
    cases = pages_corpus.links(in_cases().get(one.id, ()), base="../reference/corpus/")
    return f"| {one.id} | {one.section} | {one.level} | {one.subject} | {codes} | {cases} | {tested} |"
