"""Output that cannot be written: told in one line, and never called a bug or a finding."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.command import Awen

COMMANDS = {
    "verify": ["verify", "BUNDLE"],
    "verify --json": ["verify", "BUNDLE", "--json"],
    "inspect": ["inspect", "BUNDLE"],
    "id": ["id", "BUNDLE"],
    "export": ["export", "BUNDLE", "-"],
    "schema": ["schema", "Manifest"],
    "list": ["list"],
    "error --json": ["verify", "nothing-of-that-name", "--json"],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, example: Callable[[str], Path]) -> Path:
    """A home with a bundle in its store, and a link to it."""
    home = tmp_path_factory.mktemp("home")
    kept = Awen(home)("run", example("wdm_filter"), "--json").json
    (home / "BUNDLE").symlink_to(kept["path"])
    return home


def through_shell(home: Path, name: str, rest: str) -> subprocess.CompletedProcess[str]:
    """The command as bash runs it, with something done to its output; standard error is kept apart."""
    awen = " ".join([sys.executable, "-m", "awen_ref", *COMMANDS[name]])
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "AWEN_STORE": str(home / "store")}
    return subprocess.run(
        ["bash", "-c", f"{awen} {rest}"],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("where", [">&-", "> /dev/full"])
def test_output_that_is_closed_or_full_is_status_3_and_one_message(home: Path, name: str, where: str) -> None:
    done = through_shell(home, name, where)
    assert done.returncode == 3
    assert done.stderr.startswith("awen: ")
    assert ("cannot write to standard output" in done.stderr) == ("error" not in name)
    assert "bug" not in done.stderr


@pytest.mark.parametrize("name", [name for name in COMMANDS if "error" not in name])
def test_a_reader_that_has_gone_is_no_error(home: Path, name: str) -> None:
    """`true` reads nothing; click alone would make exit code 1 of it, which says that there is a finding."""
    done = through_shell(home, name, '| true; exit "${PIPESTATUS[0]}"')
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_the_marks_is_shown_escapes(home: Path) -> None:
    done = Awen(home)("verify", "-", stdin=b"no archive", env={"PYTHONIOENCODING": "ascii"})
    assert done.status == 1
    assert done.out.startswith("\\u2717 AWB-PKG-001")


def test_closed_input_and_an_empty_reference_are_told(home: Path) -> None:
    closed = through_shell(home, "list", f"> /dev/null; {sys.executable} -m awen_ref verify - <&-")
    assert (closed.returncode, "standard input is closed" in closed.stderr) == (3, True)
    empty = Awen(home)("verify", "")
    assert (empty.status, "names nothing" in empty.err) == (2, True)


@pytest.mark.parametrize("store", ["s3://bucket/x", "sqlite:///x", "~nobody-has-this-name/x"])
def test_store_that_is_no_folder_is_refused_before_anything_is_made(home: Path, store: str) -> None:
    before = sorted(home.iterdir())
    done = Awen(home)("list", "--store", store)
    assert (done.status, store in done.err) == (2, True)
    assert sorted(home.iterdir()) == before
