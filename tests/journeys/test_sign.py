"""`awen sign` and `awen verify --policy`: from a key to a trusted bundle."""

import errno
import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from awen_ref.bundle.dsse import Envelope, Signed, Statement
from awen_ref.cli import execute
from tests.journeys.command import Awen
from tests.sigstore_world import ISSUER, SUBJECT, World
from tests.time_authority import found, openssl

EXAMPLE = "mzi_mesh_4x4"


@pytest.fixture
def kept(awen: Awen, example: Callable[[str], Path]) -> dict[str, Any]:
    return awen("run", example(EXAMPLE), "--json").json


@pytest.fixture
def key(awen: Awen) -> Path:
    path = awen.home / "lab.pem"
    assert awen("sign", "--generate-key", path).status == 0
    return path


@pytest.fixture
def policy(awen: Awen, key: Path) -> Path:
    path = awen.home / "trusted.json"
    public = key.with_name("lab.pem.pub").read_text()
    path.write_text(json.dumps({"keys": [{"name": "Lab", "public_key": public}], "max_age_days": 1}))
    return path


def test_a_record_in_the_store_is_signed_and_trusted(
    awen: Awen, kept: dict[str, Any], key: Path, policy: Path
) -> None:
    assert awen("verify", kept["seal"], "--policy", policy).status == 1
    assert awen("sign", kept["seal"], "--key", key).status == 0
    trusted = awen("verify", kept["seal"], "--policy", policy, "--json")
    assert trusted.status == 0
    assert (trusted.json["trusted"], trusted.json["signers"], trusted.json["findings"]) == (True, ["Lab"], [])
    assert awen("id", kept["seal"], "--json").json["seal"] == kept["seal"]


def test_a_directory_gets_one_file_and_stays_valid(
    awen: Awen, kept: dict[str, Any], key: Path, policy: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(kept["path"], folder, copy_function=shutil.copyfile)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = {path for path in folder.rglob("*") if path.is_file()}
    assert awen("sign", folder, "--key", key).status == 0
    (new,) = {path for path in folder.rglob("*") if path.is_file()} - before
    assert new.parent == folder / "signatures"
    assert awen("verify", folder, "--policy", policy).status == 0
    assert awen("sign", folder, "--key", key).status == 2, "once is enough"


def test_the_private_key_is_for_its_owner_alone(key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_strangers_signature_is_told_and_not_trusted(
    awen: Awen, kept: dict[str, Any], policy: Path
) -> None:
    """AWB-R-373."""
    stranger = awen.home / "stranger.pem"
    awen("sign", kept["seal"], "--generate-key", stranger)
    done = awen("verify", kept["seal"], "--policy", policy, "--json")
    assert done.status == 1
    assert (done.json["verdict"], done.json["trusted"]) == ("valid", False)
    assert {finding["code"] for finding in done.json["findings"]} == {"AWB-SIG-003", "AWB-SIG-007"}


def test_a_time_stamp_is_attached_judged_and_checked_by_openssl(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    authority = found(tmp_path / "authority")
    answer = tmp_path / "answer.tsr"
    answer.write_bytes(authority.stamp(kept["seal"].removeprefix("seal_")))
    policy = tmp_path / "policy.json"
    rows = [{"name": "Authority", "certificates": authority.pem}]
    policy.write_text(json.dumps({"time_authorities": rows}))
    assert awen("verify", kept["seal"], "--policy", policy).status == 1
    assert awen("sign", kept["seal"], "--attach", answer).status == 0
    judged = awen("verify", kept["seal"], "--policy", policy, "--json").json
    assert (judged["trusted"], judged["signers"], judged["findings"]) == (True, [], [])
    assert [row["authority"] for row in judged["time_stamps"]] == ["Authority"]
    assert "record there by 20" in awen("verify", kept["seal"], "--policy", policy).out
    assert awen("sign", kept["seal"], "--attach", answer).status == 2, "once is enough"
    (path,) = awen("sign", kept["seal"], "--list", "--json").json["others"]
    folder = tmp_path / "bundle"
    assert awen("export", kept["seal"], folder, "--directory").status == 0
    command = [openssl(), "ts", "-verify", "-data", "tagmanifest-sha256.txt", "-in", path]
    roots = ["-CAfile", str(authority.folder / "root.pem")]
    assert subprocess.run([*command, *roots], cwd=folder, capture_output=True, check=False).returncode == 0
    assert awen("verify", folder, "--json").json["findings"] == []


def test_a_sigstore_bundle_over_our_statement_is_attached_and_judged(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    world = World()
    (tmp_path / "trusted_root.json").write_text(json.dumps(world.trusted_root()))
    policy = tmp_path / "policy.json"
    rows = [{"name": "The lab", "issuer": ISSUER, "subject": SUBJECT}]
    policy.write_text(json.dumps({"identities": rows, "trusted_root": "trusted_root.json"}))
    statement, bundle, archive = tmp_path / "statement", tmp_path / "made.json", tmp_path / "signed.zip"
    assert awen("sign", kept["seal"], "--statement", statement).status == 0
    bundle.write_text(json.dumps(world.bundle(statement.read_bytes())))
    assert awen("sign", kept["seal"], "--attach", bundle, "-o", archive).status == 0
    judged = awen("verify", archive, "--policy", policy, "--json")
    assert (judged.status, judged.json["signers"], judged.json["findings"]) == (0, ["The lab"], [])
    assert awen("verify", kept["seal"], "--policy", policy).status == 1, "the store was not touched"
    bundle.write_text(json.dumps(world.bundle(b"{}")))
    assert awen("sign", kept["seal"], "--attach", bundle).status == 1


def test_a_strangers_envelope_cannot_drive_a_terminal(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    """AWB-R-371."""
    folder = tmp_path / "bundle"
    assert awen("export", kept["seal"], folder, "--format", "directory").status == 0
    hostile = "\x1b]0;owned\x07\x9b2J\u202e"
    statement = Statement(kept["artifact_id"], kept["seal"], hostile, hostile).encode()
    (folder / "signatures").mkdir()
    envelope = Envelope(statement, (Signed(hostile, b"no signature"),)).encode()
    (folder / "signatures/theirs.dsse.json").write_bytes(envelope)
    listed = awen("sign", folder, "--list")
    assert listed.status == 0
    assert "\\x1b]0;owned" in listed.out
    assert all(line.isprintable() for line in listed.out.splitlines())
    assert awen("sign", folder, "--list", "--json").out.isascii()


def test_a_signature_that_cannot_be_written_leaves_the_bundle_valid(
    awen: Awen, kept: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bundle"
    assert awen("export", kept["seal"], folder, "--format", "directory").status == 0

    def other_device(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", other_device)
    monkeypatch.chdir(awen.home)
    assert execute(["sign", str(folder), "--generate-key", "lab.pem"]) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "home"]
    assert awen("verify", folder).status == 0


def test_asking_wrongly_ends_without_a_trace(awen: Awen, kept: dict[str, Any], key: Path) -> None:
    assert awen("sign").status == 2
    assert awen("sign", kept["seal"]).status == 2
    assert awen("sign", kept["seal"], "--key", awen.home / "none.pem").status == 3
    assert awen("sign", "--generate-key", key).status == 2
    assert awen("sign", kept["seal"], "--attach", awen.home / "none.tsr").status == 3
    assert awen("sign", kept["seal"], "--attach", key).status == 1
    assert awen("sign", kept["seal"], "--attach", key, "--key", key).status == 2
    assert awen("verify", kept["seal"], "--policy", awen.home / "none.json").status == 3
    broken = awen.home / "broken.json"
    broken.write_text("{}")
    assert awen("verify", kept["seal"], "--policy", broken).status == 1
