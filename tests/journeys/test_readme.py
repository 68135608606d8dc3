"""What the README says is so."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_names_on_the_first_screen_are_those_of_the_example() -> None:
    expected = json.loads((ROOT / "examples/mzi_mesh_4x4/expected.json").read_text())
    screen = "\n".join(README.splitlines()[:40])
    assert set(expected.values()) <= set(re.findall(r"\b[a-z]+_[0-9a-f]{64}\b", screen))


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README))))
def test_a_linked_file_is_there(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_python_example_runs_as_it_stands(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    expected = json.loads((ROOT / "examples/wdm_filter/expected.json").read_text())
    assert done.stdout.startswith(expected["artifact_id"])


def test_every_example_is_in_the_table() -> None:
    folders = {path.parent.name for path in (ROOT / "examples").glob("*/expected.json")}
    assert folders == set(re.findall(r"\]\(examples/([a-z0-9_]+)/README\.md\)", README))
