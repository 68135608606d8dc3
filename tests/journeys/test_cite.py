"""`awen cite`: from a run to a citation, and a better description later."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.command import Awen

EXAMPLE = "mzi_mesh_4x4"
BETTER: Mapping[str, Any] = {
    "title": "A mesh, described better",
    "creators": [
        {"type": "person", "family_name": "Müller", "given_name": "Jörg", "orcid": "0000-0002-1825-0097"}
    ],
    "license": {"name": "CC BY 4.0", "spdx_id": "CC-BY-4.0"},
    "identifiers": [{"type": "doi", "value": "10.5281/zenodo.1234567"}],
}


@pytest.fixture
def kept(awen: Awen, example: Callable[[str], Path]) -> dict[str, Any]:
    return awen("run", example(EXAMPLE), "--json").json


def test_one_verb_gives_several_formats_as_files(awen: Awen, kept: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    done = awen("cite", kept["artifact_id"], "-f", "cff", "-f", "ris", "-f", "datacite-xml", "-o", folder)
    assert done.status == 0
    assert sorted(path.name for path in folder.iterdir()) == ["CITATION.cff", "citation.ris", "datacite.xml"]
    document = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert [row["value"] for row in document["identifiers"]] == [
        f"urn:awen:{kept['artifact_id']}",
        kept["seal"],
    ]
    assert b"\r\n" in (folder / "citation.ris").read_bytes()


def test_the_plain_line_carries_id_and_seal(awen: Awen, kept: dict[str, Any]) -> None:
    done = awen("cite", kept["artifact_id"])
    assert done.out.count("\n") == 1
    assert kept["artifact_id"] in done.out
    assert kept["seal"] in done.out


def test_describing_again_keeps_the_id_and_changes_the_seal(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "better.json"
    file.write_text(json.dumps(BETTER), encoding="utf-8")
    cited = awen("cite", kept["artifact_id"], "--edit", file, "--json").json
    assert cited["artifact_id"] == kept["artifact_id"]
    assert cited["seal"] != kept["seal"]
    assert cited["metadata"]["title"] == BETTER["title"]
    assert cited["url"] == "https://doi.org/10.5281/zenodo.1234567"
    assert awen("verify", cited["seal"]).status == 0
    assert awen("cite", kept["seal"]).status == 0, "the first description is still there"


@pytest.mark.parametrize("change", [{"title": ""}, {"licence": {}}, {"creators": []}, {"title": None}])
def test_a_record_that_breaks_the_schema_is_refused_and_nothing_is_kept(
    change: dict[str, Any], awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "worse.json"
    file.write_text(json.dumps(change), encoding="utf-8")
    done = awen("cite", kept["artifact_id"], "--edit", file)
    assert done.status == 1
    assert "metadata.json" in done.err
    assert awen("cite", kept["artifact_id"]).status == 0


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"title": "a", "title": "b"}', '{"title": NaN}', "[]", "", '{"title": "\\ud800"}'],
)
def test_a_file_that_is_no_sound_object_changes_nothing(
    text: str, awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "odd.json"
    file.write_text(text, encoding="utf-8")
    done = awen("cite", kept["artifact_id"], "--edit", file)
    assert done.status == 1, done.err
    assert "odd.json" in done.err
    assert len(awen("list", "--json").json["bundles"]) == 1


@pytest.mark.parametrize("arguments", [("-f", "docx"), ("--resolver", "https://x.org/")])
def test_a_refused_argument_keeps_no_new_description(
    arguments: tuple[str, str], awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "better.json"
    file.write_text(json.dumps(BETTER), encoding="utf-8")
    assert awen("cite", kept["artifact_id"], "--edit", file, *arguments).status == 2
    assert len(awen("list", "--json").json["bundles"]) == 1


def test_what_a_format_leaves_out_is_said_beside_the_citation(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    """AWB-R-291."""
    file = tmp_path / "better.json"
    file.write_text(json.dumps(BETTER), encoding="utf-8")
    told = awen("cite", kept["artifact_id"], "--edit", file, "-f", "ris", "-f", "datacite-json")
    assert "awen: ris leaves out: ORCID iDs, licence; json leaves out nothing\n" in told.err
    assert "datacite-json leaves out" not in told.err
    assert "leaves out" not in told.out
    assert awen("cite", kept["seal"], "--json").err == ""


def test_creators_have_their_whole_names_wherever_they_are_shown(
    awen: Awen, kept: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "names.json"
    creators = [
        {"type": "person", "family_name": "Waals", "given_name": "Johannes", "name_particle": "van der",
         "name_suffix": "Jr."},
        {"type": "person", "family_name": "李", "given_name": "小龙"},
    ]  # fmt: skip
    file.write_text(json.dumps({"creators": creators}), encoding="utf-8")
    seal = awen("cite", kept["artifact_id"], "--edit", file, "--json").json["seal"]
    assert "  Johannes van der Waals Jr., 李小龙; " in awen("inspect", seal).out


def test_unknown_formats_templates_and_files_end_without_a_trace(awen: Awen, kept: dict[str, Any]) -> None:
    assert awen("cite", kept["seal"], "-f", "docx").status == 2
    assert awen("cite", kept["seal"], "--resolver", "https://x.org/").status == 2
    assert awen("cite", kept["seal"], "--edit", "nowhere.json").status == 3
    assert awen("cite", "awen_" + "0" * 64).status == 3
