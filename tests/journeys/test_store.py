"""`awen store`: a store is looked after."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.command import Awen


@pytest.fixture
def kept(awen: Awen, example: Callable[[str], Path]) -> dict[str, Any]:
    return awen("run", example("mzi_mesh_4x4"), "--json").json


def test_a_record_is_deleted_with_a_reason_that_the_log_keeps(awen: Awen, kept: dict[str, Any]) -> None:
    assert awen("store", "delete", kept["seal"]).status == 2
    done = awen("store", "delete", kept["seal"], "--reason", "wrong laser", "--json")
    assert (done.status, done.json) == (0, {"deleted": kept["seal"]})
    assert awen("list", "--json").json == {"bundles": []}
    assert awen("verify", kept["artifact_id"]).status == 3
    log = (awen.home / "store" / "audit.jsonl").read_text().splitlines()
    assert json.loads(log[-1])["reason"] == "wrong laser"


def test_a_check_finds_a_damaged_file_and_names_it(awen: Awen, kept: dict[str, Any]) -> None:
    assert awen("store", "check", "--deep").status == 0
    file = Path(kept["path"]) / "data" / "results" / "body.json"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"r", b"s", 1))
    assert awen("store", "check").status == 0
    done = awen("store", "check", "--deep")
    assert done.status == 1
    assert f"{kept['seal']} data/results/body.json: " in done.out
    assert "awen import" in done.err
    found = awen("store", "check", "--deep", "--json").json
    assert found["seal"] == kept["seal"]
    assert "data/results/body.json" in found["damage"]
    assert awen("store", "check", "--deep", "--after", kept["seal"]).status == 0


def test_an_audit_holds_the_store_to_a_checkpoint_from_elsewhere(awen: Awen, kept: dict[str, Any]) -> None:
    checkpoint = awen.home / "checkpoint.json"
    assert awen("store", "audit", "--export", checkpoint).status == 0
    assert awen("store", "audit", "--checkpoint", checkpoint).out.startswith("1 lines, head ")
    (awen.home / "store" / "audit.jsonl").unlink()
    done = awen("store", "audit", "--checkpoint", checkpoint)
    assert done.status == 1
    assert "missing at its end" in done.out
    assert f"{kept['seal']} is not in the log" in done.out
    assert awen("store", "audit", "--checkpoint", awen.home / "absent").status == 3


def test_an_audit_tells_of_a_record_that_vanished(awen: Awen, kept: dict[str, Any]) -> None:
    shutil.rmtree(awen.home / "store" / "records" / kept["seal"])
    done = awen("store", "audit", "--json")
    assert (done.status, done.json["lost"], done.json["problems"]) == (1, [kept["seal"]], [])


def test_gc_says_what_it_removed(awen: Awen, kept: dict[str, Any]) -> None:
    (awen.home / "store" / "tmp" / "1-0").mkdir()
    (awen.home / "store" / "tmp" / "1-0" / "half.npy").write_bytes(b"123")
    assert awen("store", "gc", "--json").json == {"files": 1, "size_bytes": 3}
    assert awen("verify", kept["seal"]).status == 0
