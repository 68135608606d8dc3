"""What the system refuses, output and paths: told in one line, and never called a bug or a finding."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from awen_ref import cli
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


LONG = "a" * 5000


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", LONG],
        ["inspect", LONG],
        ["run", LONG],
        ["import", LONG],
        ["migrate", LONG],
        ["run", ".", "--store", LONG],
        ["store", "profile", LONG],
    ],
    ids=lambda arguments: " ".join(arguments)[:24],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_path_that_the_system_refuses_is_status_3(
    home: Path, example: Callable[[str], Path], arguments: list[str], form: str
) -> None:
    done = Awen(home)(*arguments, *(["--json"] if form == "json" else []), cwd=example("wdm_filter"))
    assert done.status == 3
    message = done.json["error"]["message"] if form == "json" else done.err
    assert "File name too long" in message
    assert len(message) < 400


@pytest.mark.parametrize("form", ["zip", "directory"])
def test_export_into_a_folder_that_is_not_there_names_the_folder(home: Path, form: str) -> None:
    done = Awen(home)("export", "BUNDLE", "nowhere/x", "--format", form)
    assert (done.status, "there is no folder nowhere\n" in done.err) == (3, True)
    assert ".tmp" not in done.err
    assert not (home / "nowhere").exists()


def test_what_may_not_be_read_is_status_3(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a user without the permission; whoever runs the tests may have every one."""

    def denied(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "stat", denied)
    assert cli.execute(["verify", str(home / "locked" / "x.zip")]) == 3
    assert cli.execute(["run", str(home / "locked")]) == 3
