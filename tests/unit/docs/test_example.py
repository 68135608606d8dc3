"""The worked example of the specification is a valid bundle, and the text's own commands give its names."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from awen_ref import verify
from sitegen import example
from sitegen.registry import SPEC

PIPELINE = ("inputs_id", "results_id", "artifact_id", "seal")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as a directory."""
    root = tmp_path_factory.mktemp("example")
    for path, member in example.bundle().members.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(member.read())
    return root


def commands() -> list[str]:
    """The lines of the block that begins with the pipeline for `inputs_id`."""
    text = (SPEC / "artifacts.md").read_text("utf-8")
    block = re.search(r"```console\n(\$ grep -E .*?)```", text, flags=re.DOTALL)
    assert block is not None
    return [line.removeprefix("$ ") for line in block[1].splitlines()]


def run(command: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command], cwd=folder, capture_output=True, check=True, text=True
    )
    return done.stdout


def test_example_has_no_finding() -> None:
    assert verify.check(example.bundle()).findings == ()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="GNU coreutils are not here")
@pytest.mark.parametrize(("position", "name"), list(enumerate(PIPELINE)))
def test_commands_of_the_text_give_the_names(position: int, name: str, folder: Path) -> None:
    digest = run(commands()[position], folder).split()[0]

    assert example.bundle().ids._asdict()[name].partition("_")[2] == digest


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="GNU coreutils are not here")
def test_remaining_commands_of_the_text_pass(folder: Path) -> None:
    for command in commands()[len(PIPELINE) :]:
        run(command, folder)
