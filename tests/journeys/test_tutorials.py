"""Every tutorial does what it shows: its console blocks are run in order, in a fresh folder, and compared.

In a `console` block a line `$ command` is run by bash, lines `> more` continue it, and the lines up to the
next command are what it prints, on either stream. `…` stands for any text within a line; a line of `…` alone
for any number of lines. A command that ends with another status than 0 is followed by `[exit status N]`.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIALS = (
    *(path for path in sorted((ROOT / "docs" / "tutorials").glob("*.md")) if path.stem != "index"),
    ROOT / "docs" / "reference" / "bindings.md",
)
BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One command of a tutorial and what it says that the command prints."""

    command: str
    shown: tuple[str, ...]


def steps(text: str) -> Iterator[Step]:
    """The commands of a tutorial in order."""
    for block in BLOCK.findall(text):
        command = ""
        shown: list[str] = []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield Step(command, tuple(shown))
                command, shown = line[2:], []
            elif line.startswith("> ") or line == ">":
                command += "\n" + line[2:]
            else:
                shown.append(line)
        yield Step(command, tuple(shown))


def pattern(shown: tuple[str, ...]) -> re.Pattern[str]:
    """An expression for what is shown."""
    lines = [
        r"(?:.*\n)*" if line.strip() == "…" else r".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in shown
    ]
    return re.compile("".join(lines))


def printed(command: str, folder: Path) -> str:
    """What a command prints, and its status where it is not 0."""
    done = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env={
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder.parent / "home"),
            "LC_ALL": "C.UTF-8",
            "PYTHONWARNINGS": "default",
        },
        timeout=120,
        check=False,
    )
    text = done.stdout.decode("utf-8", "replace")
    text += "" if not text or text.endswith("\n") else "\n"
    return text if done.returncode == 0 else f"{text}[exit status {done.returncode}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shipped examples, as a checkout has them, and an empty home beside it."""
    (tmp_path / "home").mkdir()
    copytree(ROOT / "examples", tmp_path / "work" / "examples", ignore=ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "work"


@pytest.mark.parametrize("tutorial", TUTORIALS, ids=lambda path: path.stem)
def test_tutorial_does_what_it_shows(tutorial: Path, folder: Path) -> None:
    for step in steps(tutorial.read_text("utf-8")):
        text = printed(step.command, folder)

        assert pattern(step.shown).fullmatch(text), f"$ {step.command}\n{text}"


def test_console_block_is_read_as_commands_and_what_they_print() -> None:
    text = "```console\n$ echo a \\\n> b\na b\n$ true\n```\n\n```text\n$ no\n```\n"

    assert list(steps(text)) == [Step("echo a \\\nb", ("a b",)), Step("true", ())]


def test_ellipsis_stands_for_text_or_for_lines() -> None:
    assert pattern(("id awen_…", "…", "end")).fullmatch("id awen_12\none\ntwo\nend\n")
    assert not pattern(("id awen_…",)).fullmatch("id res_12\n")


def test_failing_command_shows_its_status(folder: Path) -> None:
    assert printed("echo no; exit 3", folder) == "no\n[exit status 3]\n"
