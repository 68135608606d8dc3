"""The workflow names recipes and tests that exist, so that a job cannot fail or pass over a name."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/artifacts-conformance.yml").read_text(encoding="utf-8"))
JOBS: list[dict[str, Any]] = WORKFLOW["jobs"]["gate"]["strategy"]["matrix"]["include"]


def test_every_job_that_the_standard_asks_for_is_a_gate() -> None:
    names = {job["name"] for job in JOBS}
    asked = {
        "format",
        "lint",
        "unit",
        "integration",
        "export-import",
        "replay-determinism",
        "citation",
        "backend",
    }
    assert asked <= names
    assert "continue-on-error" not in str(WORKFLOW)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: str(job["name"]))
def test_a_job_runs_recipes_and_paths_that_are_there(job: dict[str, Any]) -> None:
    recipes = set(
        re.findall(r"^([a-z-]+)(?: [a-z*]+)*:", (ROOT / "justfile").read_text("utf-8"), re.MULTILINE)
    )
    for command in job["run"].split(" && "):
        program, *words = command.split()
        if program.endswith("just"):
            named = words[:1] if words[0] == "test" else words
            assert set(named) <= recipes, command
        for word in words:
            if "/" in word:
                assert (ROOT / word).exists(), word
