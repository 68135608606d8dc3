"""The one writer of generated/: complete, the same every time, and frank about what is stale."""

import os
import subprocess
import sys
from pathlib import Path

import generate
import pytest

from tests.unit.schema.corpus import GENERATED, SCHEMA


@pytest.mark.slow  # every `just check` asks the same with a hash seed of its own
def test_generated_is_what_the_sources_give_under_any_hash_seed_time_zone_and_folder(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, SCHEMA / "generate.py", "--check"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("up to date\n", "", 0)


def test_a_stale_missing_and_surplus_file_are_named(tmp_path: Path) -> None:
    generate.write({"a/one.txt": "1\n", "two.txt": "2\n"}, tmp_path)
    (tmp_path / "two.txt").write_text("3\n")
    (tmp_path / "three.txt").write_text("3\n")
    wanted = {"a/one.txt": "1\n", "two.txt": "2\n", "four.txt": "4\n"}
    assert generate.differences(wanted, tmp_path) == [
        "missing four.txt",
        "surplus three.txt",
        "stale   two.txt",
    ]


def test_writing_makes_the_folder_hold_exactly_the_files(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("0\n")
    files = {"a/one.txt": "1\n", "two.txt": "2\n"}
    generate.write(files, tmp_path)
    assert generate.differences(files, tmp_path) == []
    assert generate.write(files, tmp_path) == []


@pytest.mark.parametrize("suffix", [".py", ".json", ".ts", ".ttl", ".jsonld"])
def test_no_generated_file_tells_when_or_where_it_was_made(suffix: str) -> None:
    paths = [path for path in GENERATED.rglob(f"*{suffix}") if "__pycache__" not in path.parts]
    assert paths
    for path in paths:
        text = path.read_text("utf-8")
        assert str(SCHEMA.parent) not in text
        assert "timestamp:" not in text
