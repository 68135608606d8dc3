"""One unmodified bundle directory is a bag, a crate, a citable work and a PROV record to other tools."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from awen_ref import archive, signing, verify
from tests.sigstore_world import World
from tests.time_authority import found

HERE = Path(__file__).parent
PROFILES = ("ro-crate-1.1", "ro-crate-1.2", "process-run-crate-0.5")
SINGLE_CONFORMS_TO = "Metadata File Descriptor: RECOMMENDED single `conformsTo` value"

MakeBundle = Callable[[str, Mapping[str, Any]], Path]
Records = Mapping[str, dict[str, Any]]


def judged(bundle: Path, judges: Path) -> dict[str, str]:
    """What each tool that reads a directory has against it; nothing where it takes it."""
    here = Path(sys.executable).parent
    commands: dict[str, tuple[str | Path, ...]] = {
        "sha256sum": (
            "sha256sum",
            "-c",
            "--strict",
            "--quiet",
            "manifest-sha256.txt",
            "tagmanifest-sha256.txt",
        ),
        "bagit": (here / "bagit.py", "--validate", "--quiet", bundle),
        "cffconvert": (judges / "cffconvert", "--validate", "-i", bundle / "CITATION.cff"),
        "prov": (here / "prov-convert", "-f", "provn", bundle / "data/evidence/provenance.json", "-"),
    }
    told: dict[str, str] = {}
    for name, command in commands.items():
        done = subprocess.run(
            [str(part) for part in command], cwd=bundle, capture_output=True, text=True, check=False
        )
        if done.returncode:
            told[name] = done.stdout + done.stderr
    return told


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


def sign(folder: Path) -> None:
    """Put one of each kind of signature under a bundle's directory: by a key, by Sigstore, a time stamp."""
    bundle = archive.read(folder)
    seal = bundle.ids.seal.removeprefix("seal_")
    statement = signing.statement_for(bundle.ids, "run", signed_at="2026-01-01T12:00:00+00:00")
    signed = signing.sign(bundle, "run", signing.generate(), signed_at="2026-01-01T12:00:00+00:00")
    signed = signing.attach(signed, json.dumps(World().bundle(statement)).encode(), where="sigstore")
    signed = signing.attach(signed, found(folder.parent / "authority").stamp(seal), where="authority")
    (folder / "signatures").mkdir()
    for path in set(signed.members) - set(bundle.members):
        (folder / path).write_bytes(signed.members[path].read())
    assert verify.check(archive.read(folder)).findings == ()


@pytest.mark.parametrize("name", ["complete", "default", "signed", "awkward"])
def test_every_outside_tool_accepts_the_same_directory(
    name: str,
    records: Records,
    make_bundle: MakeBundle,
    crate_cache: Path,
    judges: Path,
) -> None:
    bundle = make_bundle("gradient" if name == "complete" else "run", records.get(name, records["default"]))
    if name == "signed":
        sign(bundle)
        assert len(list((bundle / "signatures").iterdir())) == 3
    before = state(bundle)

    assert judged(bundle, judges) == {}
    for profile, told in issues(bundle, crate_cache, *PROFILES).items():
        assert [issue for issue in told if issue[0] == "REQUIRED"] == [], profile
        if name == "complete":
            assert [issue for issue in told if issue[1] != SINGLE_CONFORMS_TO] == [], profile

    assert state(bundle) == before, "a tool changed the directory"


def _reworded(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


@pytest.mark.parametrize(
    ("path", "old", "new", "refusing"),
    [
        ("data/claim/claim.json", b"1e-9", b"1e-8", {"sha256sum", "bagit"}),
        ("CITATION.cff", b"authors:", b"autors:", {"sha256sum", "bagit", "cffconvert"}),
        ("data/evidence/provenance.json", b'"used":', b'"eaten":', {"sha256sum", "bagit", "prov"}),
        ("bagit.txt", b"BagIt-Version: 1.0", b"BagIt-Version: x", {"sha256sum", "bagit"}),
    ],
)
def test_each_tool_does_find_faults(
    path: str,
    old: bytes,
    new: bytes,
    refusing: set[str],
    records: Records,
    make_bundle: MakeBundle,
    judges: Path,
) -> None:
    bundle = make_bundle("run", records["default"])
    _reworded(bundle / path, old, new)
    assert set(judged(bundle, judges)) == refusing


def test_the_validator_does_find_faults(records: Records, make_bundle: MakeBundle, crate_cache: Path) -> None:
    bundle = make_bundle("run", records["default"])
    crate = json.loads((bundle / "ro-crate-metadata.json").read_bytes())
    root = next(entity for entity in crate["@graph"] if entity["@id"] == "./")
    del root["license"]
    (bundle / "ro-crate-metadata.json").write_text(json.dumps(crate))

    found = issues(bundle, crate_cache, "ro-crate-1.1")
    assert any(severity == "REQUIRED" for severity, _, _ in found["ro-crate-1.1"])
