"""`awen run`: the main job, from a folder to a sealed bundle."""

import json
import platform
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.command import Awen

NOISY = "mzi_mesh_4x4"
EXAMPLES = sorted(
    path.parent.name for path in (Path(__file__).parents[2] / "examples").glob("*/expected.json")
)
QUICK = [name for name in EXAMPLES if name in {NOISY, "wdm_filter", "add_drop_ring"}]


@pytest.mark.parametrize("name", QUICK)
def test_a_shipped_example_gets_the_names_that_it_expects(
    awen: Awen, example: Callable[[str], Path], name: str
) -> None:
    done = awen("run", example(name), "--json")
    assert done.status == 0, done.err
    expected = json.loads((example(name) / "expected.json").read_text())
    assert {key: done.json[key] for key in ("artifact_id", "inputs_id", "results_id")} == expected


def test_run_says_where_the_bundle_lies_and_coreutils_confirm_it(
    awen: Awen, example: Callable[[str], Path]
) -> None:
    done = awen("run", example(NOISY), "--json").json
    assert set(done) == {"artifact_id", "inputs_id", "results_id", "seal", "path", "duplicate"}
    bundle = Path(done["path"])
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=bundle, check=True)
    pipeline = "grep -E '^[0-9a-f]{64}  data/(inputs|claim|results)/' manifest-sha256.txt | sha256sum"
    selected = subprocess.run(
        ["sh", "-c", pipeline],
        cwd=bundle,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done["artifact_id"] == f"awen_{selected.stdout.split()[0]}"


def test_the_same_run_has_the_same_artifact_id_anywhere_and_another_seal(
    awen: Awen, example: Callable[[str], Path], tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere" / "copy"
    shutil.copytree(example(NOISY), copy)
    first = awen("run", example(NOISY), "--json", env={"TZ": "Asia/Tokyo"}).json
    second = awen(
        "run", copy / "ir.json", "--json", env={"TZ": "America/Lima", "LC_ALL": "C"}, cwd=tmp_path
    ).json
    assert first["artifact_id"] == second["artifact_id"]
    same_evidence = (Path(first["path"]) / "tagmanifest-sha256.txt").read_bytes() == (
        Path(second["path"]) / "tagmanifest-sha256.txt"
    ).read_bytes()
    assert (first["seal"] == second["seal"]) == same_evidence


def test_another_seed_changes_inputs_and_samples_and_nothing_that_is_not_drawn(
    awen: Awen, example: Callable[[str], Path]
) -> None:
    first, second = (awen("run", example(NOISY), "--seed", seed, "--json").json for seed in ("1", "2"))
    assert first["inputs_id"] != second["inputs_id"]
    assert first["results_id"] != second["results_id"]
    outputs = json.loads((Path(first["path"]) / "data/results/outputs.json").read_text())
    for output in outputs.values():
        same = [(Path(run["path"]) / "data/results" / output["file"]).read_bytes() for run in (first, second)]
        assert (same[0] == same[1]) == (not output["sampled"])


def test_a_parameter_set_on_the_command_line_is_sealed(awen: Awen, example: Callable[[str], Path]) -> None:
    name = next(iter(json.loads((example(NOISY) / "parameters.json").read_text())))
    done = awen("run", example(NOISY), "--set", f"{name}=0.25", "--json").json
    sealed = json.loads((Path(done["path"]) / "data/inputs/parameters.json").read_text())
    assert sealed[name]["value"] == 0.25


def test_an_unknown_parameter_is_a_usage_error_that_names_the_known_ones(
    awen: Awen, example: Callable[[str], Path]
) -> None:
    done = awen("run", example(NOISY), "--set", "nonsense=1")
    assert done.status == 2
    assert "nonsense" in done.err
    assert "Traceback" not in done.err


def test_a_missing_experiment_is_exit_status_3_with_advice(awen: Awen, tmp_path: Path) -> None:
    done = awen("run", tmp_path / "nowhere")
    assert done.status == 3
    assert "ir.json" in done.err


def test_a_broken_graph_is_refused_with_code_place_and_mend_and_nothing_is_kept(
    awen: Awen, example: Callable[[str], Path], tmp_path: Path
) -> None:
    """AWB-R-221."""
    folder = tmp_path / "broken"
    shutil.copytree(example(NOISY), folder)
    graph = json.loads((folder / "ir.json").read_text())
    node = next(name for name, node in graph["nodes"].items() if node["kind"] == "mzi")
    graph["nodes"][node]["kind"] = "teleporter"
    (folder / "ir.json").write_text(json.dumps(graph))
    done = awen("run", folder, "--json")
    assert done.status == 1
    findings = done.json["error"]["findings"]
    assert any(node in finding["pointer"] and finding["code"].startswith("AWB-") for finding in findings)
    assert {finding["path"] for finding in findings} == {str(folder / "ir.json")}
    assert awen("list", "--json").json == {"bundles": []}


def test_a_repeated_member_in_an_input_file_is_refused_at_its_place(
    awen: Awen, example: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "doubled"
    shutil.copytree(example(NOISY), folder)
    (folder / "parameters.json").write_text('{"a": {"value": 1, "unit": "rad", "value": 2}}')
    done = awen("run", folder, "--json")
    assert done.status == 1
    (finding,) = done.json["error"]["findings"]
    assert finding["pointer"] == "/a/value"
    assert finding["path"].endswith("parameters.json")


def test_show_environment_prints_what_would_be_recorded_and_keeps_nothing(awen: Awen) -> None:
    done = awen("run", "--show-environment", env={"SECRET_TOKEN": "hunter2", "USER": "alice"})
    assert done.status == 0
    assert done.json["python"]["implementation"]
    assert "hunter2" not in done.out
    assert "alice" not in done.out
    assert awen("list", "--json").json == {"bundles": []}


def test_an_anonymous_run_records_neither_cpu_model_nor_kernel_nor_memory_nor_a_build_time(
    awen: Awen, example: Callable[[str], Path]
) -> None:
    done = awen("run", example(NOISY), "--anonymous", "--json").json
    recorded = json.loads((Path(done["path"]) / "data/evidence/environment.json").read_text())
    assert recorded["python"]["build"] == platform.python_build()[0]
    assert "model" not in recorded["cpu"]
    assert "release" not in recorded["os"]
    assert "memory" not in recorded
