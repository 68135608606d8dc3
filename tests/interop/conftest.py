"""The outside tools, and bundles for them to judge."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from awen_ref.execution.description import described
from awen_ref.rendering.work import Work
from tests import awkward, bundles

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "tests/assets"
CREATED = "2026-01-01T00:00:00+00:00"
MakeBundle = Callable[[str, Mapping[str, Any]], Path]

COMPLETE: dict[str, Any] = {
    "title": "Mach\u2013Zehnder <b>mesh</b> & 50% $\\alpha_{1}$ {loss}",
    "description": "A mesh of interferometers.\n\nTwo paragraphs, <script>alert(1)</script> among them.",
    "created": CREATED,
    "license": {
        "name": "CC BY 4.0",
        "spdx_id": "CC-BY-4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    },
    "version": "1.0.0",
    "keywords": ["photonics", "ring, resonator"],
    "notes": "Taken on a Sunday.",
    "creators": [
        {
            "type": "person",
            "family_name": "M\u00fcller",
            "given_name": "J\u00f6rg",
            "name_particle": "von",
            "name_suffix": "Jr.",
            "orcid": "0000-0002-1825-0097",
            "email": "joerg@example.org",
            "affiliations": [{"name": "CERN", "ror": "https://ror.org/01ggx4157"}],
        }
    ],
    "publisher": {"name": "CERN", "ror": "https://ror.org/01ggx4157"},
    "contact": {"name": "Desk", "email": "desk@example.org"},
    "funding": [
        # roc-validator wants a contact of every organisation; the record's contact is the publisher's.
        {
            "funder_name": "CERN",
            "funder_ror": "https://ror.org/01ggx4157",
            "award_number": "42",
            "award_title": "Light",
            "award_url": "https://example.org/award/42",
        }
    ],
    "identifiers": [{"type": "doi", "value": "10.5281/zenodo.1234567"}, {"type": "other", "value": "LAB-7"}],
    "related": [
        {"relation": "IsSupplementTo", "type": "doi", "value": "10.1234/paper", "title": "The paper"},
        {"relation": "References", "type": "other", "value": "ISBN 1"},
    ],
}
RECORDS = {"complete": COMPLETE, "default": described(None, name="mzi", artifact_type="run", created=CREATED)}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def make_bundle(tmp_path: Path) -> MakeBundle:
    """Writes the directory of a sealed bundle of some type under a record."""

    def make(kind: str, record: Mapping[str, Any]) -> Path:
        made = bundles.parts(kind)
        made.metadata = dict(record)
        folder = tmp_path / f"{kind}-{sum(1 for _ in tmp_path.iterdir())}"
        for path, data in bundles.files_of(bundles.build(made)).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return folder

    return make


@pytest.fixture(scope="session")
def crate_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for roc-validator in which the RO-Crate 1.2 context lies already."""
    prefix = tmp_path_factory.mktemp("roc") / "http_cache"
    subprocess.run(
        [
            sys.executable,
            Path(__file__).with_name("seed_context.py"),
            ASSETS / "ro-crate-1.2/context.json",
            prefix,
        ],
        check=True,
        capture_output=True,
    )
    return prefix


def _install(folder: Path, requirements: Path) -> None:
    """Make the judges' environment; a marker tells a finished one from the leavings of an interrupted one."""
    uv = Path(sys.executable).with_name("uv")
    python = folder / "bin/python"
    subprocess.run(
        [uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder], check=True, timeout=120
    )
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", python, "-r", requirements], check=True, timeout=600
    )
    (folder / "complete").touch()


@pytest.fixture(scope="session")
def judges(request: pytest.FixtureRequest) -> Path:
    """The `bin` of an environment with cffconvert, ocfl-py and swh.model, kept in the cache of pytest.

    cffconvert pins a jsonschema that nothing else here can live with.
    """
    requirements = ROOT / "requirements/judges.txt"
    name = f"awen-judges-{sha256(requirements.read_bytes())[:16]}"
    assert request.config.cache is not None
    folder = Path(request.config.cache.mkdir(name))
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            try:
                _install(folder, requirements)
            except (OSError, subprocess.SubprocessError) as error:
                if os.environ.get("CI"):
                    raise
                pytest.skip(f"the judges' environment cannot be made here: {error}")
    return folder / "bin"


@pytest.fixture(scope="session")
def records() -> dict[str, dict[str, Any]]:
    """A record that says all a crate can be asked for, that of a user who said nothing, an awkward one."""
    return {**RECORDS, "awkward": max(awkward.records(), key=lambda record: len(json.dumps(record)))}


@pytest.fixture(scope="session")
def works() -> Sequence[Work]:
    """Three hundred awkward works."""
    return awkward.works()
