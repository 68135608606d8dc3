"""OCFL, `.eln`, SWHID and the crate as a ZIP: out to the tools of others, and back."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.bundle import Bundle
from tests import bundles

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return bundles.sealed("run")


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_ocfl_validate_accepts_our_object_and_root(bundle: Bundle, tmp_path: Path, judges: Path) -> None:
    root = tmp_path / "shelf"
    objects = [archive.write_ocfl(item, root) for item in (bundle, bundles.sealed("gradient"))]
    said = run(judges / "python", judges / "ocfl-validate.py", *objects)
    assert "INVALID" not in said
    said = run(judges / "python", judges / "ocfl-root.py", "validate", "--root", root)
    assert "INVALID" not in said


def test_ocfl_py_writes_objects_that_we_read(bundle: Bundle, tmp_path: Path, judges: Path) -> None:
    archive.write_directory(bundle, tmp_path / "plain")
    run(
        judges / "python", judges / "ocfl-object.py", "create", "-q", "--srcdir", tmp_path / "plain",
        "--objdir", tmp_path / "object", "--id", "urn:x:1", "--message", "m", "--name", "n",
        "--address", "mailto:a@b.org",
    )  # fmt: skip
    assert bundles.files_of(archive.read_ocfl(tmp_path / "object")) == bundles.files_of(bundle)


def test_the_swhid_is_that_of_the_tool(bundle: Bundle, tmp_path: Path, judges: Path) -> None:
    archive.write_directory(bundle, tmp_path / "plain")
    said = run(judges / "swh.identify", "--no-filename", tmp_path / "plain").split()
    assert said == [archive.swhid_of(bundle)]


def test_the_canonical_zip_is_a_crate(bundle: Bundle, tmp_path: Path, crate_cache: Path) -> None:
    path = tmp_path / "bundle.zip"
    archive.write_zip(bundle, path)
    profiles = ("ro-crate-1.1", "ro-crate-1.2", "process-run-crate-0.5")
    found = json.loads(run(sys.executable, HERE / "crate_issues.py", path, crate_cache, *profiles))
    assert list(found) == list(profiles)
    assert [issue for issues in found.values() for issue in issues if issue[0] == "REQUIRED"] == []
