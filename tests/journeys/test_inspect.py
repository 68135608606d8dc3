"""`awen inspect`, `awen id`, `awen list`, `awen schema`: looking without changing."""

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from packaging.pylock import Pylock, PylockValidationError

from awen_ref import cli
from awen_ref.cli import group, store
from tests.journeys.command import Awen

NOISY = "mzi_mesh_4x4"


@pytest.fixture
def kept(awen: Awen, example: Callable[[str], Path]) -> dict[str, Any]:
    done: dict[str, Any] = awen("run", example(NOISY), "--json").json
    return done


def test_inspect_shows_names_parameters_values_units_and_environment(
    awen: Awen, kept: dict[str, Any], example: Callable[[str], Path]
) -> None:
    done = awen("inspect", kept["artifact_id"])
    assert done.status == 0
    for name in ("artifact_id", "inputs_id", "results_id", "seal"):
        assert kept[name] in done.out
    parameters = json.loads((example(NOISY) / "parameters.json").read_text())
    for name, parameter in parameters.items():
        assert f"{name:24} {parameter['value']!r} {parameter['unit']}" in done.out
    assert "out_00.power" in done.out
    assert "CPython" in done.out


def test_inspect_for_machines_has_every_output_with_its_unit(awen: Awen, kept: dict[str, Any]) -> None:
    account = awen("inspect", kept["path"], "--json").json
    outputs = json.loads((Path(kept["path"]) / "data/results/outputs.json").read_text())
    assert account["outputs"].keys() == outputs.keys()
    assert {name: output["unit"] for name, output in account["outputs"].items()} == {
        name: output["unit"] for name, output in outputs.items()
    }
    assert account["seal"] == kept["seal"]


def test_every_value_of_an_output_is_printed_one_a_line(awen: Awen, kept: dict[str, Any]) -> None:
    done = awen("inspect", kept["artifact_id"], "--output", "out_01.counts")
    counts = [int(line) for line in done.out.splitlines()]
    assert len(counts) == 1000
    shown = awen("inspect", kept["artifact_id"], "--output", "out_01.counts", "--json").json
    assert [row[0] for row in shown["values"]] == counts


def test_an_unknown_output_is_exit_status_3_and_names_those_there_are(
    awen: Awen, kept: dict[str, Any]
) -> None:
    done = awen("inspect", kept["artifact_id"], "--output", "nobody.power")
    assert done.status == 3
    assert "out_00.power" in done.err


def test_the_recorded_environment_is_written_as_a_lock_file(awen: Awen, kept: dict[str, Any]) -> None:
    text = awen("inspect", kept["artifact_id"], "--lock", "-").out
    lock = tomllib.loads(text)
    recorded = json.loads((Path(kept["path"]) / "data/evidence/environment.json").read_text())
    assert {package["name"]: package["version"] for package in lock["packages"]} == {
        name: package["version"] for name, package in recorded["dependencies"].items()
    }
    # A record knows versions, not where wheels lie: that is all an outside reader may miss in it.
    with pytest.raises(PylockValidationError, match="if sdist and wheels are not set"):
        Pylock.from_dict(lock)


def test_the_four_names_are_printed_for_people_and_machines(awen: Awen, kept: dict[str, Any]) -> None:
    names = {name: kept[name] for name in ("inputs_id", "results_id", "artifact_id", "seal")}
    assert awen("id", kept["path"], "--json").json == names
    assert dict(line.split() for line in awen("id", kept["path"]).out.splitlines()) == names


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ("fetch.txt", "AWB-INV-016"),
        ("manifest-md5.txt", "AWB-INV-016"),
        ("tagmanifest-sha512.txt", "AWB-INV-016"),
        ("data/evidence/empty/", "AWB-PKG-005"),
        ("data/evidence/link", "AWB-PKG-002"),
    ],
)
def test_no_id_is_printed_of_a_bundle_with_another_list_a_link_or_an_empty_folder(
    awen: Awen, kept: dict[str, Any], tmp_path: Path, added: str, code: str
) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(kept["path"], bundle)
    assert awen("id", bundle, "--json").json["seal"] == kept["seal"]
    place = bundle / added
    if added.endswith("/"):
        place.mkdir()
    elif added.endswith("link"):
        place.symlink_to("environment.json")
    else:
        place.touch()
    done = awen("id", bundle)
    assert (done.status, done.out) == (1, "")
    assert code in done.err


def test_list_shows_short_id_type_and_title(awen: Awen, kept: dict[str, Any]) -> None:
    (line,) = awen("list").out.splitlines()
    assert line.startswith(kept["artifact_id"][:21])
    assert awen("list", "--type", "gradient", "--json").json == {"bundles": []}


def test_a_schema_is_printed_as_it_is_published(awen: Awen) -> None:
    published = json.loads(awen("schema", "Manifest").out)
    assert published["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "Manifest" in awen("schema", "--json").json["schemas"]
    assert awen("schema", "Nonsense").status == 3


def test_a_bundle_cannot_drive_the_terminal_with_its_title(
    awen: Awen, example: Callable[[str], Path], tmp_path: Path
) -> None:
    described = json.loads((example(NOISY) / "metadata.json").read_text())
    described["title"] = "plain \u202e reversed"
    (tmp_path / "metadata.json").write_text(json.dumps(described))
    kept = awen("run", example(NOISY), "--metadata", tmp_path / "metadata.json", "--json").json
    out = awen("inspect", kept["artifact_id"]).out + awen("list").out
    assert "reversed" in out
    assert "\u202e" not in out


def test_a_bug_of_ours_is_exit_status_70_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(group.awen, "main", broken)
    assert cli.execute(["list"]) == 70
    shown = capsys.readouterr().err
    assert "planted" in shown
    assert "report it" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    "verb", [*sorted(cli.VERBS.keys() - {"store"}), *map("store {}".format, store.command.commands)]
)
def test_every_verb_speaks_to_machines(awen: Awen, verb: str) -> None:
    assert "--json" in awen(*verb.split(), "--help").out


@pytest.mark.parametrize("verb", sorted(cli.VERBS))
def test_every_verb_has_help_with_an_example(awen: Awen, verb: str) -> None:
    done = awen(verb, "--help")
    assert done.status == 0
    if verb != "store":
        assert "Example:" in done.out
        assert f"awen {verb}" in done.out.split("Example:")[1]
