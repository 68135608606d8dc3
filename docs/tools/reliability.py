"""Write docs/reference/reliability.md from the results of the campaigns.

Usage: python docs/tools/reliability.py [--check]

Results lie in campaigns/results/, one JSON file a campaign, as `just campaign NAME` leaves them. With
`--check` nothing is written, and the exit code is 1 where the page is not what the results make of it.
"""

import json
import sys
from collections.abc import Iterator, Sequence

from sitegen.registry import ROOT
from sitegen.results import PLACE, Result, results

PAGE = ROOT / "docs/reference/reliability.md"
HEAD = """\
# Reliability

What the reference implementation promises, and what was done to break each promise. Every campaign is one
command (`just campaign NAME`), and has a control: the same rig against something that is wrong on purpose,
which it has to find. A slice of each runs with the tests of every change. This page is made from the results
in `campaigns/results/` by `docs/tools/reliability.py`.

A bundle is tamper-evident given an id that you hold from elsewhere. A signature says who; a time stamp or a
witness says when; neither is promised here. Who might do what, and which defence answers it, stands in the
[threat model](threat-model.md).
"""
CODE = f"""\
A result outlives the code it was found of, so it carries the digest of every file that the campaign exercises
([ADR 0108](../adr/0108-which-code-a-result-speaks-for.md)). What the site says below was compared when it was
built; `python -m campaigns.sources` and the report of a delivery compare again.

{PLACE}
"""


def page() -> str:
    """The text of the page."""
    found = results()
    sections = (line for one in found for line in _section(one))
    return "\n".join([HEAD, *_summary(found), "", CODE, *sections])


def _summary(found: Sequence[Result]) -> Iterator[str]:
    yield "| Promise | Campaign | Result | Control |"
    yield "|---|---|---|---|"
    for one in found:
        held = one.verdict if one.verdict == "held" else f"**{one.verdict}**"
        yield f"| {one.kept['promise']} | [{one.name}](#{one.name}) | {held} | {one.controls} |"


def _section(result: Result) -> Iterator[str]:
    one = result.kept
    yield f"## {result.name}"
    yield ""
    yield f"{one['promise']} It took {_number(one['seconds'])} s with Python {one['python']}."
    yield ""
    yield "| What | Figure |"
    yield "|---|---|"
    for label, figure in one["figures"].items():
        yield f"| {_label(label)} | {_number(figure)} |"
    for control in one["controls"]:
        yield f"| Control: {control['what']} | found {_number(control['found'])} times |"
    yield ""
    if result.name == "mutants":
        yield from _survivors()
    if one["problems"]:
        yield "What does not hold:"
        yield ""
        yield from (f"- {_cell(problem)}" for problem in one["problems"])
        yield ""


def _survivors() -> Iterator[str]:
    """Why changes that no test notices are none that one should."""
    yield "Changes that survive with a reason:"
    yield ""
    for group in json.loads((ROOT / "campaigns" / "survivors.json").read_text("utf-8")):
        yield f"- {group['reason']}"
        yield ""
        yield from (f"    - `{name}`" for name in group["mutants"])
        yield ""


def _label(name: str) -> str:
    text = name.replace("_", " ")
    return _cell(text[:1].upper() + text[1:])


def _number(figure: float | str) -> str:
    if isinstance(figure, str):
        return f"`{figure}`" if "::" in figure else _cell(figure)
    return f"{figure:,}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Run from the command line."""
    text = page()
    if "--check" in sys.argv[1:]:
        if PAGE.read_text("utf-8") == text:
            return 0
        print(f"{PAGE.relative_to(ROOT)} is not what the results make; run docs/tools/reliability.py")
        return 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
