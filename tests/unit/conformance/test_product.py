"""The suite as strangers get it: a wheel, a pytest plugin, an action, a hook; each in its own project."""

import os
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from awen_conformance import __version__, corpus
from tests import bundles
from tests.unit.conformance.drivers import CORPUS, REFERENCE, ROOT, cases, written

BIN = Path(sys.executable).parent
DRIVER = " ".join(REFERENCE)
BEYOND = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def ran(
    command: list[str], folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command as a stranger runs it, in a folder that knows nothing of ours."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **BEYOND, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def test_manifest_lists_every_file_of_the_corpus() -> None:
    made = ran([sys.executable, "conformance/make_manifest.py", "--check"], ROOT)
    assert made.returncode == 0, made.stdout
    assert (CORPUS / "VERSION").read_text(encoding="utf-8").strip() == __version__


def test_wheel_holds_the_corpus_and_runs_from_it(tmp_path: Path) -> None:
    built = ran([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], ROOT)
    assert built.returncode == 0, built.stderr
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path / "site")
    inside = tmp_path / "site" / "awen_conformance" / "corpus"
    assert corpus.corpus_digest(inside) == corpus.corpus_digest(CORPUS)
    command = [sys.executable, "-c", "from awen_conformance.cli import main; main()"]
    environment = {"PYTHONPATH": str(tmp_path / "site")}
    listed = ran([*command, "list"], tmp_path, environment)
    assert len(listed.stdout.splitlines()) == len(cases())
    shown = ran([*command, "show", "pkg/zlib-header"], tmp_path, environment).stdout
    assert str(inside) in shown
    assert corpus.clauses(["AWB-R-150"])["AWB-R-150"] in shown


def test_plugin_has_an_item_a_case_and_shows_what_failed(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text("def test_own() -> None:\n    pass\n", encoding="utf-8")
    wrong = " ".join(written(tmp_path, 'say(verb, {"verdict": "valid", "findings": []})\n'))
    options = ["-q", "-p", "no:cacheprovider", "-k", "golden or stray or own"]
    plain = ran([sys.executable, "-m", "pytest", *options], tmp_path)
    assert "1 passed" in plain.stdout, plain.stdout
    judged = ran(
        [sys.executable, "-m", "pytest", *options, "--awen-driver", wrong, "--awen-profile", "V2"], tmp_path
    )
    assert judged.returncode == 1, judged.stdout
    assert "inv/stray-top-level-file" in judged.stdout
    assert "AWB-R-002" in judged.stdout
    right = ran(
        [sys.executable, "-m", "pytest", *options, "--awen-driver", DRIVER, "--awen-profile", "V2"], tmp_path
    )
    assert right.returncode == 0, right.stdout


def step(name: str) -> dict[str, Any]:
    """The action's step with an id."""
    action = yaml.safe_load((CORPUS / "action" / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    return next(one for one in action["runs"]["steps"] if one.get("id") == name)


@pytest.mark.parametrize(("right", "status"), [(True, 0), (False, 1)])
def test_action_gives_the_suite_s_status_and_its_summary(tmp_path: Path, right: bool, status: int) -> None:  # noqa: FBT001
    driver = DRIVER if right else " ".join(written(tmp_path, "sys.exit(1)\n"))
    places = {"RUNNER_TEMP": "", "GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary"}
    environment = {name: str(tmp_path / file) for name, file in places.items()}
    inputs = {"DRIVER": driver, "PROFILE": "P1", "SERVE": "true" if right else "false", "XFAIL": ""}
    if not right:
        inputs["PROFILE"] = "V1"
        inputs["DRIVER"] = f"{driver}"
    done = ran(["bash", "-c", step("run")["run"]], tmp_path, environment | inputs)
    assert done.returncode == status, done.stdout + done.stderr
    assert "report=" in (tmp_path / "output").read_text(encoding="utf-8")
    summary = (tmp_path / "summary").read_text(encoding="utf-8")
    assert ("not conformant" in summary) is (not right)
    assert (tmp_path / "awen-conformance-bundle" / "bagit.txt").is_file()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A repository with a bundle in a folder, one as an archive, and a file that is of neither."""
    from awen_ref import archive

    (tmp_path / "runs").mkdir()
    archive.write_directory(bundles.sealed("run"), tmp_path / "runs" / "a run")
    archive.write_zip(bundles.sealed("run"), tmp_path / "run.awen.zip")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for words in (
        ("init",),
        ("add", "--all"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-m", "x"),
    ):
        done = ran(["git", *words], tmp_path)
        assert done.returncode == 0, done.stderr
    return tmp_path


def hooked(shelf: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """The hook as pre-commit runs it, with the files that are committed and still there."""
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
    assert (hook["always_run"], hook["require_serial"]) == (True, True)
    return ran([*shlex.split(hook["entry"]), *files], shelf)


def test_hook_verifies_bundles_of_which_a_file_is_committed(shelf: Path) -> None:
    whole = ("runs/a run/data/inputs/ir.json", "runs/a run/metadata.json", "run.awen.zip", "notes.txt")
    assert hooked(shelf, *whole).returncode == 0
    (shelf / "runs" / "a run" / "metadata.json").write_bytes(b"{}")
    changed = hooked(shelf, "runs/a run/metadata.json")
    assert changed.returncode == 1
    assert "AWB-R-053" in changed.stdout + changed.stderr
    assert hooked(shelf, "notes.txt").returncode == 0


def test_hook_verifies_a_bundle_of_which_a_file_is_taken_away(shelf: Path) -> None:
    assert ran(["git", "rm", "--quiet", "runs/a run/data/claim/claim.json"], shelf).returncode == 0
    assert hooked(shelf).returncode == 1


def test_hook_verifies_an_archive_that_is_committed(shelf: Path) -> None:
    octets = bytearray((shelf / "run.awen.zip").read_bytes())
    octets[len(octets) // 2] ^= 1
    (shelf / "run.awen.zip").write_bytes(octets)
    assert hooked(shelf, "run.awen.zip").returncode == 1
