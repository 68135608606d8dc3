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


def test_the_profile_of_a_store_stands_behind_what_an_experiment_says(
    awen: Awen, example: Callable[[str], Path], tmp_path: Path
) -> None:
    """Even where the profile comes before the first bundle, and with it the store."""
    folder = tmp_path / "experiment"
    shutil.copytree(example("mzi_mesh_4x4"), folder)
    (folder / "metadata.json").write_text(
        json.dumps({"title": "Own title", "license": {"name": "Own terms"}})
    )
    profile = tmp_path / "lab.json"
    lab = {"creators": [{"type": "organization", "name": "The Lab"}], "license": {"name": "The Lab's terms"}}
    profile.write_text(json.dumps(lab))
    assert json.loads(awen("store", "profile").out) == {}
    assert awen("store", "profile", profile).status == 0
    assert json.loads(awen("store", "profile").out) == lab
    made = awen("run", folder, "--json").json
    record = json.loads(Path(made["path"], "metadata.json").read_bytes())
    assert (record["title"], record["license"]) == ("Own title", {"name": "Own terms"})
    assert record["creators"] == lab["creators"]
    assert "The Lab. (" in awen("cite", made["seal"]).out
    replayed = awen("replay", made["seal"], "--json")
    (derived,) = (row for row in awen("list", "--json").json["bundles"] if row["artifact_type"] == "replay")
    record = json.loads(awen("cite", derived["artifact_id"], "--json").out)["metadata"]
    assert (replayed.status, record["creators"]) == (0, lab["creators"])
    assert (record["title"], record["license"]) == ("Replay of Own title", {"name": "Own terms"})
    assert awen("store", "check", "--deep").status == 0
    assert awen("store", "audit").status == 0
    profile.write_text("{}")
    assert awen("store", "profile", profile).status == 0
    again = awen("run", folder, "--seed", "9", "--json").json
    assert json.loads(Path(again["path"], "metadata.json").read_bytes())["creators"][0]["name"] == "AWEN user"


@pytest.mark.parametrize(
    "document", [{"title": "one artifact's"}, {"creators": []}, {"creators": [{"type": "organization"}]}, []]
)
def test_what_is_no_profile_is_refused_and_changes_nothing(
    awen: Awen, document: object, tmp_path: Path
) -> None:
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(document))
    assert awen("store", "profile", path).status == 1
    assert json.loads(awen("store", "profile").out) == {}
    assert awen("store", "profile", tmp_path / "none.json").status == 3
