"""One broken cross-reference at a time, sealed as a producer would: exactly the findings that follow."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

import pytest

from awen_ref import canonical
from awen_ref.verify import check
from tests import bundles
from tests.bundles import Parts

EXPERIMENT = "data/inputs/experiment.json"
TASK = "data/inputs/task.json"
GRAPH = "data/inputs/ir.json"
PARAMETERS = "data/inputs/parameters.json"
CLAIM = "data/claim/claim.json"
OUTPUTS = "data/results/outputs.json"
BODY = "data/results/body.json"
METADATA = "metadata.json"

Found = set[tuple[str, str, str]]
Change = Callable[[Parts], None]


def body(made: Parts) -> dict[str, Any]:
    return cast("dict[str, Any]", made.results.body)


def without(items: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in items.items() if key != name}


def found(made: Parts) -> Found:
    return {(f.code, f.path, f.pointer) for f in check(bundles.build(made)).findings}


CASES: dict[str, tuple[str, Change, Found]] = {}


def case(kind: str, *expected: tuple[str, str, str]) -> Callable[[Change], Change]:
    """Register a change to the parts of a bundle and the findings it leads to."""

    def register(change: Change) -> Change:
        CASES[change.__name__] = (kind, change, set(expected))
        return change

    return register


@pytest.mark.parametrize("kind", bundles.KINDS)
def test_bundle_of_every_type_is_valid(kind: str) -> None:
    report = check(bundles.sealed(kind))
    assert report.findings == ()
    assert (report.verdict, report.profile, report.artifact_type) == ("valid", "V3", kind)


# Experiment, body, recorded states


@case("run", ("AWB-SEM-001", EXPERIMENT, "/artifact_type"))
def experiment_of_another_type(made: Parts) -> None:
    made.inputs["experiment"]["artifact_type"] = "gradient"


@case("gradient", ("AWB-SEM-001", TASK, "/artifact_type"))
def task_of_another_type(made: Parts) -> None:
    made.inputs["task"] = bundles.parts("validation").inputs["task"]


@case("gradient", ("AWB-SEM-001", BODY, "/artifact_type"), ("AWB-INV-015", "data/results/control.jsonl", ""))
def body_of_another_type(made: Parts) -> None:
    made.results = bundles.run_results()


@case("run", ("AWB-SEM-002", EXPERIMENT, "/semantics"))
def unknown_semantics_leave_the_graph_unjudged(made: Parts) -> None:
    made.inputs["experiment"]["semantics"] = "other-ir/2.0"
    made.inputs["ir"]["nodes"]["laser"]["kind"] = "sun"


@case(
    "run",
    ("AWB-SEM-109", EXPERIMENT, "/record/1"),
    ("AWB-SEM-017", BODY, "/recorded_states"),
    ("AWB-SEM-005", OUTPUTS, ""),
)
def recorded_endpoint_of_no_node(made: Parts) -> None:
    made.inputs["experiment"]["record"].append("nowhere.o1")


@case(
    "run",
    ("AWB-SEM-110", EXPERIMENT, "/record/1"),
    ("AWB-SEM-017", BODY, "/recorded_states"),
    ("AWB-SEM-005", OUTPUTS, ""),
)
def recorded_endpoint_of_no_port(made: Parts) -> None:
    made.inputs["experiment"]["record"].append("laser.o2")


@case(
    "run",
    ("AWB-SEM-005", OUTPUTS, "/laser.o1.incident"),
    ("AWB-SEM-005", OUTPUTS, "/laser.o1.emergent"),
    ("AWB-SEM-017", BODY, "/recorded_states"),
)
def state_that_nobody_asked_for(made: Parts) -> None:
    made.inputs["experiment"]["record"] = []


@case("run", ("AWB-SEM-005", OUTPUTS, ""))
def state_with_one_wave_only(made: Parts) -> None:
    made.results = replace(
        made.results,
        outputs=without(made.results.outputs, "laser.o1.incident"),
        arrays=without(made.results.arrays, "laser.o1.incident"),
    )


@case("run", ("AWB-SEM-017", BODY, "/shots"))
def body_with_other_shots(made: Parts) -> None:
    made.inputs["experiment"]["shots"] = 5


# Graph


def nodes(made: Parts) -> Any:  # noqa: ANN401 - JSON
    return made.inputs["ir"]["nodes"]


@case("run", ("AWB-SEM-101", GRAPH, "/nodes/laser/kind"), ("AWB-SEM-106", PARAMETERS, "/power"))
def unknown_kind(made: Parts) -> None:
    nodes(made)["laser"] = {"kind": "sun", "params": {}}


@case("run", ("AWB-SEM-102", GRAPH, "/nodes/laser/params"))
def missing_parameter(made: Parts) -> None:
    del nodes(made)["laser"]["params"]["phase_rad"]


@case("run", ("AWB-SEM-103", GRAPH, "/nodes/laser/params/colour"))
def unknown_parameter(made: Parts) -> None:
    nodes(made)["laser"]["params"]["colour"] = 1


@case("run", ("AWB-SEM-104", GRAPH, "/nodes/shifter/params/phase_rad"), ("AWB-SEM-106", PARAMETERS, "/phi"))
def parameter_name_that_is_not_there(made: Parts) -> None:
    nodes(made)["shifter"]["params"]["phase_rad"] = "psi"


@case("run", ("AWB-SEM-105", PARAMETERS, "/phi/unit"))
def parameter_in_another_unit(made: Parts) -> None:
    made.inputs["parameters"]["phi"]["unit"] = "um"


@case("run", ("AWB-SEM-106", PARAMETERS, "/spare"))
def parameter_that_nothing_uses(made: Parts) -> None:
    made.inputs["parameters"]["spare"] = {"value": 1, "unit": "1"}


@case("run", ("AWB-SEM-107", GRAPH, "/nodes/counter/params/efficiency"))
def literal_out_of_bounds(made: Parts) -> None:
    nodes(made)["counter"]["params"]["efficiency"] = 1.5


@case("run", ("AWB-SEM-107", PARAMETERS, "/power/value"))
def parameter_out_of_bounds(made: Parts) -> None:
    made.inputs["parameters"]["power"]["value"] = -1


@case("run", ("AWB-SEM-107", GRAPH, "/nodes/counter/params/window_ps"))
def value_on_an_exclusive_bound(made: Parts) -> None:
    nodes(made)["counter"]["params"]["window_ps"] = 0


@case("run", ("AWB-SEM-109", GRAPH, "/edges/1/ends/0"), ("AWB-SEM-112", GRAPH, "/nodes/laser"))
def edge_to_no_node(made: Parts) -> None:
    made.inputs["ir"]["edges"][1]["ends"][0] = "lamp.o1"


@case("run", ("AWB-SEM-110", GRAPH, "/edges/1/ends/0"), ("AWB-SEM-112", GRAPH, "/nodes/laser"))
def edge_to_no_port(made: Parts) -> None:
    made.inputs["ir"]["edges"][1]["ends"][0] = "laser.o2"


@case("run", ("AWB-SEM-111", GRAPH, "/edges/1/ends/0"))
def port_connected_twice(made: Parts) -> None:
    made.inputs["ir"]["edges"] = [
        {"ends": ["counter.o1", "laser.o1"]},
        {"ends": ["counter.o1", "shifter.o2"]},
        {"ends": ["end.o1", "shifter.o1"]},
    ]
    nodes(made)["end"] = {"kind": "terminator", "params": {}}
    made.inputs["device"]["capabilities"].append("terminator")


@case("run", ("AWB-SEM-112", GRAPH, "/nodes/spare"))
def port_connected_to_nothing(made: Parts) -> None:
    nodes(made)["spare"] = {"kind": "phase_shifter", "params": {"phase_rad": 0}}


@case("run", ("AWB-SEM-113", GRAPH, "/edges/1"))
def edges_out_of_order(made: Parts) -> None:
    made.inputs["ir"]["edges"].reverse()


@case("run", ("AWB-SEM-113", GRAPH, "/edges/0/ends/1"))
def ends_out_of_order(made: Parts) -> None:
    made.inputs["ir"]["edges"] = [{"ends": ["laser.o1", "counter.o1"]}]
    del nodes(made)["shifter"]
    del made.inputs["parameters"]["phi"]


@case("run", ("AWB-SEM-114", GRAPH, "/nodes/laser"))
def table_where_none_belongs(made: Parts) -> None:
    nodes(made)["laser"]["table"] = {"ports": 1, "wavelengths_um": [1.5, 1.6], "entries": []}


def filter_of(made: Parts) -> Any:  # noqa: ANN401 - JSON
    """The table of an `s_matrix` put in the shifter's place."""
    row = {"re": [0.5, 0.5, 0.5], "im": [0, 0, 0]}
    table = {
        "ports": 2,
        "wavelengths_um": [1.4, 1.5, 1.7],
        "entries": [{"output": "o1", "input": "o2", **row}, {"output": "o2", "input": "o1", **row}],
    }
    nodes(made)["shifter"] = {"kind": "s_matrix", "params": {}, "table": table}
    del made.inputs["parameters"]["phi"]
    made.inputs["device"]["capabilities"] = ["photon_counter", "s_matrix", "source"]
    return table


@case("run")
def table_that_fits(made: Parts) -> None:
    filter_of(made)


@case("run", ("AWB-SEM-114", GRAPH, "/nodes/shifter"))
def table_that_is_missing(made: Parts) -> None:
    filter_of(made)
    del nodes(made)["shifter"]["table"]


@case("run", ("AWB-SEM-114", GRAPH, "/nodes/shifter/table"))
def table_with_entries_out_of_order(made: Parts) -> None:
    filter_of(made)["entries"].reverse()


@case("run", ("AWB-SEM-114", GRAPH, "/nodes/shifter/table"))
def table_with_an_entry_twice(made: Parts) -> None:
    entries = filter_of(made)["entries"]
    entries[1] = entries[0]


@case("run", ("AWB-SEM-114", GRAPH, "/nodes/shifter/table"))
def table_with_a_port_beyond_its_ports(made: Parts) -> None:
    filter_of(made)["entries"][1]["input"] = "o3"


@case("run", ("AWB-SEM-114", GRAPH, "/nodes/shifter/table"))
def table_with_a_value_too_few(made: Parts) -> None:
    filter_of(made)["entries"][1]["im"] = [0, 0]


@case("run", ("AWB-SEM-114", GRAPH, "/nodes/shifter/table"))
def table_from_the_wavelength_nought(made: Parts) -> None:
    filter_of(made)["wavelengths_um"][0] = 0


@case("run", ("AWB-SEM-116", GRAPH, "/nodes/shifter/table/wavelengths_um"))
def grid_outside_a_table(made: Parts) -> None:
    filter_of(made)["wavelengths_um"] = [1.55, 1.6, 1.7]


@case("run", ("AWB-SEM-116", GRAPH, "/nodes/shifter/table/wavelengths_um"))
def frequencies_outside_a_table(made: Parts) -> None:
    filter_of(made)
    grid = {"kind": "frequency", "start_thz": 170, "stop_thz": 200, "points": 3}
    made.inputs["experiment"]["grid"] = grid


@case("run", ("AWB-SEM-117", EXPERIMENT, "/grid"))
def grid_of_one_point_with_two_ends(made: Parts) -> None:
    made.inputs["experiment"]["grid"]["points"] = 1


@case("run", ("AWB-SEM-117", EXPERIMENT, "/grid"))
def grid_of_no_width(made: Parts) -> None:
    made.inputs["experiment"]["grid"]["stop_um"] = 1.5


@case("run", ("AWB-SEM-118", GRAPH, "/nodes"))
def graph_without_light(made: Parts) -> None:
    nodes(made)["laser"] = {"kind": "terminator", "params": {}}
    del made.inputs["parameters"]["power"]
    made.inputs["device"]["capabilities"].append("terminator")


@case("run", ("AWB-SEM-121", "data/inputs/device.json", "/limits/maximum_shots"))
def more_shots_than_the_device_takes(made: Parts) -> None:
    made.inputs["device"]["limits"] = {"maximum_shots": 3, "maximum_nodes": 3, "maximum_points": 3}


@case("run")
def as_much_power_as_the_device_bears(made: Parts) -> None:
    """Nodes that are no sources have none."""
    power = made.inputs["parameters"]["power"]["value"]
    made.inputs["device"]["limits"] = {"maximum_power_w": power}


@case("run", ("AWB-SEM-121", "data/inputs/device.json", "/limits/maximum_power_w"))
def more_power_than_the_device_bears(made: Parts) -> None:
    made.inputs["device"]["limits"] = {"maximum_power_w": 5e-10}


@case("gradient", ("AWB-SEM-104", TASK, "/parameters/0"))
def gradient_by_a_parameter_that_is_not_there(made: Parts) -> None:
    made.inputs["task"]["parameters"] = ["psi"]


@case("calibration", ("AWB-SEM-104", TASK, "/targets/0"), ("AWB-SEM-105", PARAMETERS, "/power/unit"))
def calibration_of_what_is_no_phase(made: Parts) -> None:
    made.inputs["task"] |= {"procedure": "phase_response", "targets": ["counter", "power"]}


@case("calibration")
def dark_counts_of_a_counter(made: Parts) -> None:
    made.inputs["task"]["targets"] = ["counter"]


@case("run", ("AWB-SEM-119", GRAPH, "/edges/0/delay_ps"))
def delay_without_a_clock(made: Parts) -> None:
    made.inputs["ir"]["edges"][0]["delay_ps"] = 3.5


@case("run", ("AWB-SEM-120", GRAPH, "/nodes/laser/kind"))
def kind_that_the_device_does_not_offer(made: Parts) -> None:
    made.inputs["device"]["capabilities"].remove("source")


# Order


@case("run", ("AWB-SEM-003", "data/inputs/device.json", "/capabilities/1"))
def capabilities_out_of_order(made: Parts) -> None:
    made.inputs["device"]["capabilities"] = ["photon_counter", "phase_shifter", "source"]


@case("run", ("AWB-SEM-003", METADATA, "/keywords/1"))
def keywords_out_of_order(made: Parts) -> None:
    made.metadata["keywords"].reverse()


@case("run", ("AWB-SEM-003", EXPERIMENT, "/grid/values_um/2"))
def wavelengths_out_of_order(made: Parts) -> None:
    made.inputs["experiment"]["grid"] = {"kind": "wavelength_list", "values_um": [1.5, 1.6, 1.55]}


@case("run", ("AWB-SEM-006", CLAIM, "/parents/1"))
def parents_out_of_order(made: Parts) -> None:
    made.claim["parents"] = [
        {"artifact_id": "awen_" + digit * 64, "relation": "derived_from"} for digit in ("b", "a")
    ]


@case("run", ("AWB-SEM-018", "data/results/control.jsonl", "/1"))
def decisions_out_of_order(made: Parts) -> None:
    made.results = replace(made.results, control=bundles.DECISIONS[::-1])


# Outputs


@case("run", ("AWB-SEM-010", OUTPUTS, "/locked/file"), ("AWB-SEM-012", "data/results/arrays/locked.npy", ""))
def output_with_the_file_of_another(made: Parts) -> None:
    made.results.outputs["locked"]["file"] = "arrays/open.npy"


@case("run", ("AWB-SEM-011", OUTPUTS, "/locked/file"))
def output_without_its_array(made: Parts) -> None:
    made.results = replace(made.results, arrays=without(made.results.arrays, "locked"))


@case("run", ("AWB-SEM-012", "data/results/arrays/locked.npy", ""))
def array_that_nothing_describes(made: Parts) -> None:
    made.results = replace(made.results, outputs=without(made.results.outputs, "locked"))


@case("run", ("AWB-SEM-013", OUTPUTS, "/counter.mean/dtype"))
def output_of_another_dtype(made: Parts) -> None:
    made.results.outputs["counter.mean"]["dtype"] = "<i8"


@case("run", ("AWB-SEM-013", OUTPUTS, "/counter.mean/shape"))
def output_of_another_shape(made: Parts) -> None:
    made.results.outputs["counter.mean"]["shape"] = [4]


@case("run", ("AWB-SEM-014", OUTPUTS, "/counter.mean/axes"))
def axes_of_another_number(made: Parts) -> None:
    made.results.outputs["counter.mean"]["axes"] = []


@case("run", ("AWB-SEM-014", OUTPUTS, "/laser.o1.emergent/axes"))
def complex_before_the_last_axis(made: Parts) -> None:
    made.results.outputs["laser.o1.emergent"]["axes"] = ["complex", "wavelength"]


@case("run", ("AWB-SEM-014", OUTPUTS, "/pairs/axes"))
def complex_before_the_last_axis_of_what_is_no_field(made: Parts) -> None:
    entry = bundles.output("<f8", [2, 3], "1", "ratio", ["complex", "sample"])
    made.results = replace(
        made.results,
        outputs={**made.results.outputs, "pairs": {**entry, "file": "arrays/pairs.npy"}},
        arrays={**made.results.arrays, "pairs": bundles.array([0.5] * 6, (2, 3))},
    )


@case("run", ("AWB-SEM-014", OUTPUTS, "/laser.o1.emergent/axes"))
def field_without_real_and_imaginary_part(made: Parts) -> None:
    made.results.outputs["laser.o1.emergent"]["axes"] = ["wavelength", "shot"]


@case(
    "run",
    ("AWB-SEM-014", OUTPUTS, "/laser.o1.emergent/axes"),
    ("AWB-SEM-013", OUTPUTS, "/laser.o1.emergent/dtype"),
)
def complex_integers(made: Parts) -> None:
    made.results.outputs["laser.o1.emergent"]["dtype"] = "<i8"


@case("run", ("AWB-SEM-015", OUTPUTS, "/counter.counts/sampled"), ("AWB-SEM-017", BODY, "/shots"))
def samples_without_shots(made: Parts) -> None:
    made.inputs["experiment"]["shots"] = 0


@case("replay", ("AWB-SEM-013", "data/results/replayed/outputs.json", "/counter.mean/dtype"))
def replayed_output_of_another_dtype(made: Parts) -> None:
    assert made.replayed is not None
    made.replayed.outputs["counter.mean"]["dtype"] = "<i8"


# Claim and relations


@case("run", ("AWB-SEM-007", CLAIM, "/output_tolerances/nothing"))
def tolerance_of_no_output(made: Parts) -> None:
    made.claim["output_tolerances"] = {"nothing": {"absolute": 1, "relative": 0}}


@case("run", ("AWB-SEM-008", CLAIM, "/environment_digest"))
def environment_digest_of_a_run(made: Parts) -> None:
    made.claim["environment_digest"] = "0" * 64


@case("replay", ("AWB-SEM-008", CLAIM, "/environment_digest"))
def environment_digest_of_another_environment(made: Parts) -> None:
    made.claim["environment_digest"] = "0" * 64


@case("run", ("AWB-SEM-009", CLAIM, "/parents/0/relation"))
def relation_of_another_type(made: Parts) -> None:
    made.claim["parents"] = [{"artifact_id": bundles.PARENT, "relation": "replay_of"}]


@case("replay", ("AWB-SEM-009", CLAIM, "/parents"))
def replay_of_nothing(made: Parts) -> None:
    made.claim["parents"] = []


@case("replay", ("AWB-SEM-020", CLAIM, "/parents"))
def replay_with_a_swapped_parent(made: Parts) -> None:
    made.claim["parents"][0]["artifact_id"] = "awen_" + "0" * 64


@case("gradient", ("AWB-SEM-009", CLAIM, "/parents"))
def gradient_of_another_run_than_the_task_says(made: Parts) -> None:
    made.claim["parents"][0]["artifact_id"] = "awen_" + "0" * 64


@case("validation", ("AWB-SEM-009", CLAIM, "/parents"))
def validation_of_another_subject_than_the_task_says(made: Parts) -> None:
    made.inputs["task"]["subjects"] = ["awen_" + "0" * 64]


# Validation


@case("validation", ("AWB-SEM-021", BODY, "/constraints/counts/passed"), ("AWB-SEM-021", BODY, "/passed"))
def constraint_that_passed_outside_its_bounds(made: Parts) -> None:
    body(made)["constraints"]["counts"]["measured"] = 3
    body(made)["passed"] = False


@case("validation", ("AWB-SEM-021", BODY, "/passed"))
def outcome_that_does_not_follow(made: Parts) -> None:
    body(made)["passed"] = False


@case("validation", ("AWB-SEM-021", BODY, "/constraints/counts"))
def bounds_that_were_loosened(made: Parts) -> None:
    body(made)["constraints"]["counts"]["maximum"] = 20


@case("validation", ("AWB-SEM-021", BODY, "/constraints"))
def constraint_that_was_not_judged(made: Parts) -> None:
    made.inputs["task"]["constraints"]["other"] = made.inputs["task"]["constraints"]["counts"]


# People and times


def test_day_that_does_not_exist_is_a_finding() -> None:
    files = bundles.files_of(bundles.sealed("run"))
    files[METADATA] = files[METADATA].replace(b"2026-01-02T", b"2026-02-30T")
    report = check(bundles.resealed(files))
    assert ("AWB-SEM-022", METADATA, "/created") in {(f.code, f.path, f.pointer) for f in report.findings}


def test_orcid_with_a_wrong_check_character_is_a_finding() -> None:
    files = bundles.files_of(bundles.sealed("run"))
    files[METADATA] = files[METADATA].replace(b"0000-0002-1825-0097", b"0000-0002-1825-0098")
    report = check(bundles.resealed(files))
    assert ("AWB-SEM-023", METADATA, "/creators/0/orcid") in {
        (f.code, f.path, f.pointer) for f in report.findings
    }


def test_creators_named_twice_and_texts_of_nothing_are_findings() -> None:
    files = bundles.files_of(bundles.sealed("run"))
    record = json.loads(files[METADATA])
    record["creators"] = [*record["creators"], record["creators"][0]]
    record["notes"] = "\u200b"
    report = check(bundles.resealed({**files, METADATA: canonical.dumps(record)}))
    again = f"/creators/{len(record['creators']) - 1}"
    assert {("AWB-SEM-036", again), ("AWB-SEM-037", "/notes")} <= {
        (f.code, f.pointer) for f in report.findings
    }


@pytest.mark.parametrize("name", CASES)
def test_one_broken_reference_gives_exactly_its_findings(name: str) -> None:
    kind, change, expected = CASES[name]
    made = bundles.parts(kind)
    change(made)
    assert found(made) == expected
