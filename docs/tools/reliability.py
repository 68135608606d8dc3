"""Write docs/reference/reliability.md from the results of the campaigns.

Usage: python docs/tools/reliability.py [--check]

Results lie in campaigns/results/, one JSON file a campaign, as `just campaign NAME` leaves them. With
`--check` nothing is written, and the exit code is 1 where the page is not what the results make of it.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/reliability.md"
RESULTS = ROOT / "campaigns/results"
ORDER = (
    "kill",
    "flips",
    "fuzz",
    "coverage_fuzz",
    "differential",
    "secrecy",
    "bounds",
    "planted",
    "requirements",
    "mutants",
)
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


def page() -> str:
    """The text of the page."""
    results = [_result(name) for name in ORDER if (RESULTS / f"{name}.json").exists()]
    return "\n".join([HEAD, *_summary(results), "", *(line for one in results for line in _section(one))])


def _result(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text("utf-8"))
    return value


def _summary(results: list[dict[str, Any]]) -> Iterator[str]:
    yield "| Promise | Campaign | Result | Control |"
    yield "|---|---|---|---|"
    for one in results:
        held = "held" if not one["problems"] else f"**broken in {len(one['problems'])} ways**"
        found = sum(bool(control["found"]) for control in one["controls"])
        name = one["campaign"]
        yield f"| {one['promise']} | [{name}](#{name}) | {held} | {found} of {len(one['controls'])} found |"


def _section(one: Mapping[str, Any]) -> Iterator[str]:
    name = one["campaign"]
    yield f"## {name}"
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
    if name == "mutants":
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
