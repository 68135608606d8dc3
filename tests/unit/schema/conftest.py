"""Node's tools, for the tests that ask for another opinion."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.unit.schema.corpus import SCHEMA

NPM = SCHEMA / "npm"


@pytest.fixture(scope="session")
def node(request: pytest.FixtureRequest) -> Path:
    """A folder with the npm packages of `schema/npm`, installed once and kept while its lock file stays."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        if "CI" in os.environ:
            pytest.fail("node and npm are needed for the checks against ajv and tsc")
        pytest.skip("node and npm are not installed")
    sources = sorted(path for path in NPM.iterdir() if path.is_file())
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    cache_folder = request.config.cache
    assert cache_folder is not None
    home = cache_folder.mkdir("npm")
    folder = home / digest
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=home) as scratch:
            made = Path(scratch) / digest
            shutil.copytree(NPM, made, ignore=shutil.ignore_patterns("node_modules"))
            subprocess.run([npm, "ci", "--silent", "--ignore-scripts"], cwd=made, check=True)
            if not folder.is_dir():  # another process may have been faster
                made.rename(folder)
    return folder
