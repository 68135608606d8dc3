"""`awen verify` of several bundles at once, as text, as JSON Lines and as SARIF."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry

from tests.journeys.command import Awen, Done

ASSETS = Path(__file__).resolve().parents[1] / "assets"
SARIF = json.loads((ASSETS / "sarif-2.1.0/sarif-schema.json").read_bytes())
CLOSED: Registry[Any] = Registry()


@pytest.fixture
def inbox(awen: Awen, example: Callable[[str], Path], tmp_path: Path) -> Path:
    """A valid archive, the same one with an altered octet, and a directory with an altered file."""
    folder = tmp_path / "in box"
    folder.mkdir()
    name = awen("run", example("wdm_filter"), "--json").json["artifact_id"]
    awen("export", name, folder / "good.zip")
    data = bytearray((folder / "good.zip").read_bytes())
    data[data.index(b"\x93NUMPY") + 130] ^= 1
    (folder / "bad.zip").write_bytes(data)
    awen("export", name, folder / "open", "--directory")
    body = folder / "open/data/results/body.json"
    body.chmod(0o644)
    body.write_bytes(body.read_bytes() + b" ")
    return folder


def checked(done: Done) -> dict[str, Any]:
    """The one run of a SARIF log that the format's own schema accepts."""
    log = done.json
    validator = jsonschema.Draft4Validator(SARIF, registry=CLOSED)
    assert [error.message for error in validator.iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_each_bundle_gets_its_verdict_and_the_status_is_the_worst(awen: Awen, inbox: Path) -> None:
    done = awen("verify", inbox / "good.zip", inbox / "bad.zip", inbox / "open")
    assert done.status == 1
    assert f"{inbox}/good.zip: valid run awen_" in done.out
    assert f"{inbox}/bad.zip: invalid run awen_" in done.out
    assert f"{inbox}/open: invalid run awen_" in done.out
    assert done.out.splitlines()[-1] == "1 valid, 2 invalid"


def test_all_valid_is_status_0(awen: Awen, inbox: Path) -> None:
    done = awen("verify", inbox / "good.zip", inbox / "good.zip")
    assert (done.status, done.out.splitlines()[-1]) == (0, "2 valid")


def test_one_that_is_not_there_keeps_no_other_from_its_verdict(awen: Awen, inbox: Path) -> None:
    done = awen("verify", inbox / "gone.zip", inbox / "good.zip")
    assert done.status == 3
    assert f"{inbox}/good.zip: valid" in done.out
    assert "gone.zip" in done.err
    assert done.out.splitlines()[-1] == "1 valid, 1 not judged"


def test_json_is_an_object_a_line_in_the_order_of_the_call(awen: Awen, inbox: Path) -> None:
    names = [str(inbox / name) for name in ("good.zip", "gone.zip", "open")]
    done = awen("verify", *names, "--json")
    good, gone, opened = map(json.loads, done.out.splitlines())
    assert done.status == 3
    assert [one["reference"] for one in (good, gone, opened)] == names
    assert (good["verdict"], opened["verdict"]) == ("valid", "invalid")
    assert "gone.zip" in gone["error"]["message"]
    alone = awen("verify", names[2], "--json").json
    assert opened == {"reference": names[2], **alone}


def test_sarif_shows_every_finding_where_a_reader_can_open_it(awen: Awen, inbox: Path) -> None:
    done = awen("verify", "good.zip", "bad.zip", "open", "--sarif", cwd=inbox)
    run = checked(done)
    assert done.status == 1
    places = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]}
    assert places == {"bad.zip", "open/data/results/body.json"}
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    inside = {one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for one in run["results"]}
    assert any(name.endswith(".npy") for name in inside)
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_of_one_valid_bundle_has_no_result(awen: Awen, inbox: Path) -> None:
    done = awen("verify", inbox / "good.zip", "--sarif")
    assert (done.status, checked(done)["results"]) == (0, [])


def test_sarif_tells_what_could_not_be_judged(awen: Awen, inbox: Path) -> None:
    done = awen("verify", inbox / "gone.zip", "--sarif")
    (invocation,) = checked(done)["invocations"]
    assert (done.status, invocation["executionSuccessful"]) == (3, False)
    assert "gone.zip" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_place_that_is_no_uri_as_it_stands_is_written_as_one(awen: Awen, inbox: Path) -> None:
    (result, *_) = checked(awen("verify", inbox / "bad.zip", "--sarif"))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.endswith("/in%20box/bad.zip")


@pytest.mark.parametrize(
    "options", [["--sarif", "--json"], ["--expect", "awen_0000000000000000"], ["--expect", "x", "--sarif"]]
)
def test_options_that_do_not_go_together_are_usage_errors(
    awen: Awen, inbox: Path, options: list[str]
) -> None:
    done = awen("verify", inbox / "good.zip", inbox / "good.zip", *options)
    assert done.status == 2
    assert "Traceback" not in done.err
