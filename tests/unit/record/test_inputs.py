"""What a user wrote, in any order and from any file, is what findings point into."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from awen_ref import record
from awen_ref.errors import Finding, MissingError, UsageError
from awen_ref.record.inputs import as_written, in_one_form

EXAMPLE = Path(__file__).parents[3] / "examples" / "wdm_filter"


def at(pointer: str, document: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The value that a pointer without escapes refers to."""
    for token in pointer.split("/")[1:]:
        document = document[int(token)] if isinstance(document, list) else document[token]
    return document


@pytest.fixture
def shuffled(tmp_path: Path) -> record.Documents:
    """The example with every list in another order than its one order."""
    for file in EXAMPLE.glob("*.json"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    graph = json.loads((tmp_path / "ir.json").read_text())
    draw = random.Random(3)
    draw.shuffle(graph["edges"])
    for edge in graph["edges"]:
        draw.shuffle(edge["ends"])
    (tmp_path / "ir.json").write_text(json.dumps(graph))
    experiment = json.loads((tmp_path / "experiment.json").read_text())
    experiment["record"] = ["root_arm.o2", "laser.o1", "east_in.o3"]
    (tmp_path / "experiment.json").write_text(json.dumps(experiment))
    return record.load(tmp_path)


def test_pointers_into_the_one_form_become_pointers_into_what_was_written(shuffled: record.Documents) -> None:
    form = in_one_form(shuffled, "run")
    moved = 0
    for number, edge in enumerate(form.ir["edges"]):
        for end in (0, 1):
            given = Finding("AWB-SEM-109", "x", "data/inputs/ir.json", f"/edges/{number}/ends/{end}")
            (told,) = as_written([given], shuffled)
            assert told.path == shuffled.sources["ir"]
            assert at(told.pointer, shuffled.ir) == edge["ends"][end]
            moved += told.pointer != given.pointer
    for number, state in enumerate(form.experiment["record"]):
        given = Finding("AWB-SEM-109", "x", "data/inputs/experiment.json", f"/record/{number}")
        (told,) = as_written([given], shuffled)
        assert at(told.pointer, shuffled.experiment) == state
        moved += told.pointer != given.pointer
    assert moved > len(form.ir["edges"])


def test_pointers_to_whole_lists_and_other_places_stay(shuffled: record.Documents) -> None:
    for pointer in ("", "/edges", "/nodes/laser/params", "/nodes/edges/0"):
        given = Finding("AWB-SEM-109", "x", "data/inputs/ir.json", pointer)
        (told,) = as_written([given], shuffled)
        assert (told.path, told.pointer) == (shuffled.sources["ir"], pointer)


def test_what_came_from_no_file_is_named_by_its_place_in_the_bundle(shuffled: record.Documents) -> None:
    given = Finding("AWB-SCH-004", "x", "data/inputs/calibration.json", "/phases")
    assert as_written([given], record.with_document(shuffled, "calibration", {})) == [given]
    elsewhere = record.with_file(shuffled, "calibration", EXAMPLE / "parameters.json")
    (told,) = as_written([given], elsewhere)
    assert told.path == str(EXAMPLE / "parameters.json")


@pytest.mark.parametrize(
    "seed", ["", "x", "-1", "01", "1.0", "1e3", " 1", "1\n", "\u0661", str(2**64), "9" * 30]
)
def test_a_seed_that_is_none_is_a_usage_error(shuffled: record.Documents, seed: str) -> None:
    with pytest.raises(UsageError, match="18446744073709551615"):
        record.with_overrides(shuffled, seed=seed)


def test_seeds_and_shots_at_the_edge_are_taken(shuffled: record.Documents) -> None:
    for seed in ("0", str(2**64 - 1)):
        assert record.with_overrides(shuffled, seed=seed, shots=0).experiment["seed"] == seed


def test_overrides_that_no_experiment_can_have_are_usage_errors(shuffled: record.Documents) -> None:
    with pytest.raises(UsageError, match="number of shots"):
        record.with_overrides(shuffled, shots=-1)
    with pytest.raises(UsageError, match="finite"):
        record.with_overrides(shuffled, values={"delta_um": float("inf")})


def test_a_folder_in_the_place_of_a_file_is_not_called_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="no regular file"):
        record.read_object(tmp_path)
    with pytest.raises(MissingError, match="missing"):
        record.read_object(tmp_path / "x")
