"""One page per finding code: what it means, how to mend it, which sentence it reports as broken."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from itertools import groupby

from awen_schema.codes import CODES, Code
from sitegen import pages_corpus
from sitegen.phases import PHASES
from sitegen.registry import Requirement, mutants, requirements
from sitegen.words import plain

_LINK = re.compile(r"\]\((?!https?://)([^)]+)\)")


def texts() -> Mapping[str, str]:
    """The index and a page for every registered code."""
    folder = "reference/codes"
    return {f"{folder}/index.md": _index()} | {
        f"{folder}/{code.code}.md": _page(code) for code in CODES.values()
    }


def _index() -> str:
    """All codes by phase."""
    lines = [
        "# Finding codes",
        "",
        "A finding names one broken requirement at one place. Codes are never reused, and never change their",
        f"meaning or severity within version 1. {len(CODES)} codes are registered.",
    ]
    for phase, codes in groupby(CODES.values(), key=lambda code: code.code[4:7]):
        lines += [
            "",
            f"## {PHASES[phase]} ({phase})",
            "",
            "| Code | | Severity | Requirement |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| [{code.code}]({code.code}.md){{ .ref }} | {code.title} "
            f"| {code.severity} | {code.requirement} |"
            for code in codes
        ]
    return "\n".join(lines) + "\n"


def _page(code: Code) -> str:
    """One code."""
    sentence = _sentences().get(code.requirement, "")
    return "\n".join(
        [
            f"# {code.code}: {code.title}",
            "",
            "[All finding codes](index.md)",
            "",
            plain(code.message),
            "",
            f"Severity **{code.severity}**; phase {PHASES[code.code[4:7]]}; since {code.since}.",
            "",
            "## How to mend it",
            "",
            plain(code.mend),
            "",
            "## The requirement",
            "",
            f"> {code.requirement} {sentence}",
            "",
            *_mutant(code.code),
        ]
    )


def _mutant(code: str) -> Iterator[str]:
    """The cases that fail where the reference does not report a code."""
    if code not in mutants()["codes"]:
        return
    yield from (
        "## Mutant { #mutant }",
        "",
        "With this finding switched off in the reference, these cases fail:",
        "",
    )
    killed = mutants()["codes"][code]["killed_by"]
    yield ", ".join(pages_corpus.link(id_, base="../corpus/") for id_ in killed) or "none."
    yield ""


@cache
def _sentences() -> Mapping[str, str]:
    """Requirement number to its sentence, links made to fit this folder."""
    return {one.id: _LINK.sub(partial(_seen_from_here, one), one.text) for one in requirements()}


def _seen_from_here(one: Requirement, found: re.Match[str]) -> str:
    """A link of a specification page as it is seen from a code's page."""
    page = f"{one.page}.md" if found[1].startswith("#") else ""
    return f"](../../spec/{page}{found[1]})"
