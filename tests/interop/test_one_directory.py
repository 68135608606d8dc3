"""One unmodified bundle directory is a bag, a crate, a citable work and a PROV record to other tools."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PROFILES = ("ro-crate-1.1", "ro-crate-1.2", "process-run-crate-0.5")
SINGLE_CONFORMS_TO = "Metadata File Descriptor: RECOMMENDED single `conformsTo` value"

MakeBundle = Callable[[str, Mapping[str, Any]], Path]
Records = Mapping[str, dict[str, Any]]


def run(*command: str | Path, cwd: Path | None = None) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"


def issues(bundle: Path, cache: Path, *profiles: str) -> dict[str, list[list[str]]]:
    done = subprocess.run(
        [sys.executable, HERE / "crate_issues.py", bundle, cache, *profiles],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[list[str]]] = json.loads(done.stdout)
    return found


def state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", ["complete", "default"])
def test_every_outside_tool_accepts_the_same_directory(
    name: str,
    records: Records,
    make_bundle: MakeBundle,
    crate_cache: Path,
    judges: Path,
) -> None:
    bundle = make_bundle("gradient" if name == "complete" else "run", records[name])
    before = state(bundle)

    run("sha256sum", "-c", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt", cwd=bundle)
    run(Path(sys.executable).with_name("bagit.py"), "--validate", "--quiet", bundle)
    run(judges / "cffconvert", "--validate", "-i", bundle / "CITATION.cff")
    run(
        Path(sys.executable).with_name("prov-convert"),
        "-f",
        "provn",
        bundle / "data/evidence/provenance.json",
        "-",
    )
    for profile, found in issues(bundle, crate_cache, *PROFILES).items():
        assert [issue for issue in found if issue[0] == "REQUIRED"] == [], profile
        if name == "complete":
            assert [issue for issue in found if issue[1] != SINGLE_CONFORMS_TO] == [], profile

    assert state(bundle) == before, "a tool changed the directory"


@pytest.mark.slow
def test_the_validator_does_find_faults(records: Records, make_bundle: MakeBundle, crate_cache: Path) -> None:
    bundle = make_bundle("run", records["default"])
    crate = json.loads((bundle / "ro-crate-metadata.json").read_bytes())
    root = next(entity for entity in crate["@graph"] if entity["@id"] == "./")
    del root["license"]
    (bundle / "ro-crate-metadata.json").write_text(json.dumps(crate))

    found = issues(bundle, crate_cache, "ro-crate-1.1")
    assert any(severity == "REQUIRED" for severity, _, _ in found["ro-crate-1.1"])
