"""The corpus browser: every case of the conformance suite, what it tries and what a right answer is."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from sitegen.phases import PHASES
from sitegen.registry import ROOT
from sitegen.words import cell

FOLDER = "reference/corpus"
CASES = ROOT / "conformance" / "cases"

_NAMED = {
    "bit": "Octets of results",
    "build": "Building",
    "cmp": "Comparison",
    "eng": "Results of the engine",
    "golden": "Golden inputs",
    "rel": "Relations between names",
    "trip": "Round trips",
    **{phase.lower(): title for phase, title in PHASES.items()},
}
_KINDS = "spec/conformance.md#cases"


@cache
def cases() -> tuple[Mapping[str, Any], ...]:
    """Every `case.json`, ascending by id."""
    return tuple(json.loads(path.read_bytes()) for path in sorted(CASES.glob("*/*/case.json")))


def texts() -> Mapping[str, str]:
    """The index and a page for each phase."""
    phases = {phase: tuple(found) for phase, found in groupby(cases(), key=_phase)}
    pages = {f"{FOLDER}/{phase}.md": _page(phase, found) for phase, found in phases.items()}
    return {f"{FOLDER}/index.md": _index(phases)} | pages


def link(id_: str, *, base: str) -> str:
    """A case as a link.

    Args:
        id_: Its id.
        base: The path from the page with the link to the folder of the corpus pages.
    """
    phase, _, name = id_.partition("/")
    return f"[{id_}]({base}{phase}.md#{name})"


def _phase(case: Mapping[str, Any]) -> str:
    return str(case["id"]).partition("/")[0]


def _index(phases: Mapping[str, tuple[Mapping[str, Any], ...]]) -> str:
    """Counts by phase and by profile."""
    profiles = Counter(case["profile"] for case in cases())
    lines = [
        "# Corpus",
        "",
        f"The {len(cases())} cases of the conformance suite, made from `conformance/cases`. A case that says",
        "no is a valid bundle and one declared change. `awen-conform show CASE` prints the same with the",
        "path of the input.",
        f"[Kinds and profiles](../../{_KINDS}) are explained in the specification.",
        "",
        "| Phase | | Cases |",
        "|---|---|---:|",
        *(
            f"| [{phase}]({phase}.md) | {_NAMED.get(phase, '')} | {len(found)} |"
            for phase, found in phases.items()
        ),
        "",
        "| Profile | Cases |",
        "|---|---:|",
        *(f"| {profile} | {count} |" for profile, count in sorted(profiles.items())),
    ]
    return "\n".join(lines) + "\n"


def _page(phase: str, found: Iterable[Mapping[str, Any]]) -> str:
    """One phase: a short section a case, so that each has an anchor."""
    lines = [f"# {_NAMED.get(phase, phase)} ({phase})", "", "[All phases](index.md)"]
    for case in found:
        lines += ["", *_section(case)]
    return "\n".join(lines) + "\n"


def _section(case: Mapping[str, Any]) -> Iterator[str]:
    """One case."""
    name = str(case["id"]).partition("/")[2]
    expect = case["expect"]
    answer = [str(expect["verdict"]), *expect.get("codes", ())]
    yield f"### {name} {{ #{name} }}"
    yield ""
    yield escape(cell(str(case["title"])), quote=False)
    yield ""
    yield f"- Profile {case['profile']}, verb `{case['verb']}`, kind {case['kind']}"
    yield f"- Tests {', '.join(case['requirements'])}"
    if case.get("operator"):
        yield f"- Made from `{case['parent']}` by {_operator(case['operator'])}"
    yield f"- Right answer: {' '.join(answer)}"
    if expect.get("allowed"):
        yield f"- May be added: {' '.join(expect['allowed'])}"


def _operator(operator: Mapping[str, Any]) -> str:
    """What was done to the parent, as code that no table or template can break."""
    rest = {key: value for key, value in operator.items() if key not in {"name", "parent"}}
    text = json.dumps(rest, ensure_ascii=True)
    shown = text if len(text) <= 160 else f"{text[:157]}..."
    return f"`{operator['name']}`" + (f" `` {shown} ``" if rest else "")
