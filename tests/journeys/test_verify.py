"""`awen verify`: what a stranger's bundle is found to be."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from awen_ref import cli
from tests.journeys.command import Awen

NOISY = "mzi_mesh_4x4"


@pytest.fixture
def bundle(awen: Awen, example: Callable[[str], Path], tmp_path: Path) -> Path:
    kept = awen("run", example(NOISY), "--json").json
    target = tmp_path / "bundle"
    shutil.copytree(kept["path"], target)
    for folder, _, names in os.walk(target):
        Path(folder).chmod(0o755)
        for name in names:
            (Path(folder) / name).chmod(0o644)
    return target


def test_a_bundle_as_run_is_valid(awen: Awen, bundle: Path) -> None:
    done = awen("verify", bundle, "--json")
    assert done.status == 0
    assert done.json["verdict"] == "valid"
    assert done.json["findings"] == []


def rewritten_manifest(lines: list[bytes]) -> dict[str, bytes]:
    return {
        "unsorted line": b"".join([lines[1], lines[0], *lines[2:]]),
        "doubled line": b"".join([lines[0], *lines]),
        "upper-case digits": lines[0][:64].upper() + b"".join([lines[0][64:], *lines[1:]]),
        "dot-slash path": lines[0][:66] + b"./" + b"".join([lines[0][66:], *lines[1:]]),
        "no last line feed": b"".join(lines)[:-1],
    }


def damage(bundle: Path, how: str) -> None:
    match how:
        case "fetch.txt":
            (bundle / "fetch.txt").write_text("")
        case "second manifest":
            (bundle / "manifest-md5.txt").write_text("")
        case "empty folder":
            (bundle / "data/evidence/attachments").mkdir()
        case "altered file":
            path = bundle / "data/results/body.json"
            path.write_bytes(path.read_bytes() + b" ")
        case "missing file":
            (bundle / "data/inputs/ir.json").unlink()
        case "extra file":
            (bundle / "data/inputs/notes.txt").write_text("hello")
        case "renamed file":
            (bundle / "data/inputs/ir.json").rename(bundle / "data/inputs/ir2.json")
        case "symbolic link":
            (bundle / "data/inputs/ir.json").unlink()
            (bundle / "data/inputs/ir.json").symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    "how",
    [
        "unsorted line",
        "doubled line",
        "upper-case digits",
        "dot-slash path",
        "no last line feed",
    ],
)
def test_a_manifest_that_is_not_of_the_grammar_gives_a_finding_and_no_id(
    awen: Awen, bundle: Path, how: str
) -> None:
    manifest = bundle / "manifest-sha256.txt"
    manifest.write_bytes(rewritten_manifest(manifest.read_bytes().splitlines(keepends=True))[how])
    done = awen("verify", bundle, "--json")
    assert done.status == 1
    assert done.json["verdict"] == "invalid"
    assert done.json["artifact_id"] is None
    assert any(finding["path"] == "manifest-sha256.txt" for finding in done.json["findings"])
    refused = awen("id", bundle)
    assert refused.status == 1
    assert "awen_" not in refused.out


@pytest.mark.parametrize(
    ("how", "path"),
    [
        ("fetch.txt", "fetch.txt"),
        ("second manifest", "manifest-md5.txt"),
        ("empty folder", "data/evidence/attachments"),
        ("altered file", "data/results/body.json"),
        ("missing file", "data/inputs/ir.json"),
        ("extra file", "data/inputs/notes.txt"),
        ("renamed file", "data/inputs/ir2.json"),
        ("symbolic link", "data/inputs/ir.json"),
    ],
)
def test_damage_is_a_finding_with_code_requirement_and_path(
    awen: Awen, bundle: Path, how: str, path: str
) -> None:
    damage(bundle, how)
    done = awen("verify", bundle, "--json")
    assert done.status == 1
    assert done.json["verdict"] == "invalid"
    found = [finding for finding in done.json["findings"] if finding["path"].rstrip("/") == path]
    assert found
    assert all(finding["code"].startswith("AWB-") for finding in found)
    assert all(finding["requirement"].startswith("AWB-R-") for finding in found)


def test_an_unknown_member_is_found_at_its_pointer(awen: Awen, bundle: Path) -> None:
    path = bundle / "metadata.json"
    path.write_bytes(b'{"colour":"red",' + path.read_bytes()[1:])
    done = awen("verify", bundle, "--json")
    pointers = {(finding["path"], finding["pointer"]) for finding in done.json["findings"]}
    assert ("metadata.json", "/colour") in pointers


def test_what_is_not_a_bundle_at_all_is_invalid_not_a_crash(awen: Awen, tmp_path: Path) -> None:
    (tmp_path / "noise.zip").write_bytes(b"not a zip")
    done = awen("verify", tmp_path / "noise.zip", "--json")
    assert done.status == 1
    assert done.json["verdict"] == "invalid"
    assert done.json["findings"]


def test_a_path_that_is_not_there_is_exit_status_3(awen: Awen, tmp_path: Path) -> None:
    assert awen("verify", tmp_path / "nothing.zip").status == 3


@pytest.mark.parametrize("unwanted", [{"pydantic", "numpy", "rich"}, {"click", "inspect", "dataclasses"}])
def test_verifying_loads_nothing_that_it_has_no_need_of(bundle: Path, unwanted: set[str]) -> None:
    """The second ones: ADR 0105."""
    code = (
        "import sys\n"
        "from awen_ref.cli import execute\n"
        f"status = execute(['verify', {str(bundle)!r}])\n"
        f"loaded = {unwanted!r} & set(sys.modules)\n"
        "sys.exit(f'loaded {loaded}' if loaded else status)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("what", ["valid", "altered", "no archive", "missing", "empty"])
def test_a_check_says_the_same_with_and_without_the_parser(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, options: list[str]
) -> None:
    """ADR 0105: the plain command line is not parsed by click."""
    place = tmp_path / "place"
    if what in ("valid", "altered"):
        shutil.copytree(bundle, place)
    if what == "altered":
        (place / "metadata.json").write_bytes(b"{}")
    if what == "no archive":
        place.write_bytes(b"not a zip")
    if what == "empty":
        place.mkdir()
    plain = cli.execute(["verify", str(place), *options]), capsys.readouterr()
    parsed = parsed_by_click(["verify", str(place), *options]), capsys.readouterr()
    assert plain == parsed
    assert plain[0] == {"valid": 0, "missing": 3}.get(what, 1)


def parsed_by_click(arguments: list[str]) -> int:
    """The exit code by way of the parser: an option that changes nothing keeps it from being plain."""
    return cli.execute([*arguments, "--store", "unused"])
