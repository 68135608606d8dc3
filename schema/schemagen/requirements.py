"""The registry of requirements: the numbered sentences of `docs/spec/*.md` to `requirements.json`.

A normative sentence begins its paragraph or list item with
`**AWB-R-050**{ #AWB-R-050 .req subject=bundle test=case } A manifest line MUST ...`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from schemagen import codes
from schemagen.sources import REPOSITORY, Files, SourceError

SPECIFICATION = REPOSITORY / "docs" / "spec"
RANGES = {"artifacts": range(1, 400), "ir": range(400, 600), "conformance": range(600, 700)}
"""Which numbers belong to which page."""

_HEAD = re.compile(
    r"\*\*(?P<id>AWB-R-[0-9]{3})\*\*\{ #(?P<anchor>AWB-R-[0-9]{3}) \.req "
    r"subject=(?P<subject>bundle|producer|validator|replayer|citer|store|engine) "
    r'test=(?P<test>case|unit|none)(?: why="(?P<why>[^"]+)")? \} (?P<text>\S.*)',
    re.DOTALL,
)
_MARK = "**AWB-R-"
_BOILERPLATE = "{ .req-boilerplate }"
_BINDING = re.compile(r"\b(?:MUST|SHALL|SHOULD|REQUIRED|RECOMMENDED)\b")
_LEVELS = (
    ("MUST", re.compile(r"\b(?:MUST|SHALL|REQUIRED)\b")),
    ("SHOULD", re.compile(r"\b(?:SHOULD|RECOMMENDED)\b")),
    ("MAY", re.compile(r"\b(?:MAY|OPTIONAL)\b")),
)
_CODE_SPAN = re.compile(r"`[^`]*`")
_NEW_BLOCK = re.compile(r"\s*(?:[-*+] |[0-9]+[.] |[|>#]|\*\*AWB-R-|```|~~~|<!--|:  )")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One numbered sentence of the specification.

    Attributes:
        id: Its number (`AWB-R-050`), which is its anchor too.
        level: The strongest key word in it: `MUST`, `SHOULD` or `MAY`.
        subject: Whom it binds.
        test: `case` where the corpus shows it, `unit` where only a test of the implementation can, `none`.
        why: Why there is no test, where there is none.
        page: The page of the specification, without its suffix.
        section: The heading it stands under.
        text: The sentence, in Markdown.
    """

    id: str
    level: str
    subject: str
    test: str
    why: str
    page: str
    section: str
    text: str


def load(folder: Path = SPECIFICATION) -> tuple[Requirement, ...]:
    """Every requirement, ascending by number.

    Raises:
        SourceError: A mark is malformed, a number is doubled or out of its page's range, a sentence has no
            key word, or a binding sentence has no number.
    """
    problems: list[str] = []
    found: list[Requirement] = []
    for page in RANGES:
        text = (folder / f"{page}.md").read_text("utf-8")
        for section, block in blocks(text):
            requirement = _read(page, section, block, problems)
            if requirement is not None:
                found.append(requirement)
    numbers = [requirement.id for requirement in found]
    doubled = sorted({number for number in numbers if numbers.count(number) > 1})
    problems += [f"docs/spec: {number} is given twice" for number in doubled]
    if problems:
        raise SourceError(problems)
    return tuple(sorted(found, key=lambda requirement: requirement.id))


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The paragraphs, list items and table rows of a page, each with the heading above it; no code."""
    section, fence, lines = "", "", list[str]()
    for line in [*text.splitlines(), ""]:
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
            continue
        if lines and (not line.strip() or _NEW_BLOCK.match(line)):
            yield section, " ".join(lines)
            lines = []
        if line.strip()[:3] in {"```", "~~~"}:
            fence = line.strip()[:3]
        elif line.startswith("#"):
            section = re.sub(r"\s*\{.*\}\s*$", "", line.lstrip("#")).strip()
        elif line.strip():
            lines.append(line.strip())


def _read(page: str, section: str, block: str, problems: list[str]) -> Requirement | None:
    """The requirement of one block, or `None` where it has none; what is wrong goes to `problems`."""
    where = f"docs/spec/{page}.md: {section}:"
    text = re.sub(r"^(?:[-*+]|[0-9]+[.]) ", "", block)
    found = _HEAD.fullmatch(text)
    if found is None:
        if _MARK in text:
            problems.append(f"{where} malformed mark: {text[:120]}")
        elif _BINDING.search(_CODE_SPAN.sub("", text)) and not text.endswith(_BOILERPLATE):
            problems.append(f"{where} a binding sentence without a number: {text[:120]}")
        return None
    level = next((name for name, pattern in _LEVELS if pattern.search(_CODE_SPAN.sub("", found["text"]))), "")
    checks = {
        "has no key word": bool(level),
        "has another anchor": found["id"] == found["anchor"],
        "is out of the page's range": int(found["id"][-3:]) in RANGES[page],
        "says why exactly where it has no test": (found["test"] == "none") == bool(found["why"]),
        "holds a second mark": _MARK not in found["text"],
    }
    wrong = [f"{where} {found['id']}: {what}" for what, holds in checks.items() if not holds]
    problems += wrong
    if wrong:
        return None
    return Requirement(
        found["id"], level, found["subject"], found["test"], found["why"] or "", page, section, found["text"]
    )


def dangling(rows: Iterable[codes.Row], requirements: Sequence[Requirement]) -> list[str]:
    """One line for each finding code whose requirement the specification does not state."""
    known = {requirement.id for requirement in requirements}
    return [
        f"schema/codes/{row.code[4:7]}.yaml: {row.code}: the specification has no {row.requirement}"
        for row in rows
        if row.requirement not in known
    ]


def emit(requirements: Sequence[Requirement]) -> Files:
    """The JSON file of the registry."""
    rows = [{name: value for name, value in asdict(row).items() if value} for row in requirements]
    return {"requirements.json": json.dumps(rows, indent=2, ensure_ascii=False) + "\n"}
