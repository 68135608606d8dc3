import json
import math
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from scipy import stats

from awen_ref.engine.compiled import Documents, compile_experiment
from awen_ref.engine.control import Rule, event_times, read_rules
from awen_schema import models
from tests.engine_documents import experiment, phase_calibration, refused, run

FALSE_ALARM = 1e-3  # of each statistical test here, had its seed not been fixed
SHOTS = 400
WINDOW_PS = 100.0


def rule(**changes: str | float) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "at_ps": "1000",
        "detector": "first",
        "target": "shift.phase_rad",
        "gain": 0.5,
        "offset": 0.1,
        "measure_ps": "100000",
        "decide_ps": "50000",
        "actuate_ps": "50000",
    }
    return plain | changes


def link(*rules: dict[str, Any], shots: int = SHOTS, **members: object) -> dict[str, Any]:
    """A laser split in two: one half is measured first, the other passes a shifter to a second detector."""
    homodyne: dict[str, float | str] = {
        "efficiency": 1.0,
        "lo_phase_rad": 0.0,
        "electronic_variance": 0.0,
        "window_ps": WINDOW_PS,
    }
    nodes: dict[str, tuple[str, dict[str, float | str]]] = {
        "laser": ("source", {"power_w": 4e-9, "phase_rad": 0.0}),
        "tap": ("splitter", {"ratio": 0.5}),
        "first": ("homodyne", homodyne),
        "shift": ("phase_shifter", {"phase_rad": "phi"}),
        "second": ("homodyne", homodyne),
    }
    edges = [
        ("first.o1", "tap.o2"),
        ("laser.o1", "tap.o1"),
        ("second.o1", "shift.o2"),
        ("shift.o1", "tap.o3"),
    ]
    documents = experiment(nodes, edges, shots=shots, **members)
    documents["parameters"]["phi"] = {"value": 0.2, "unit": "rad"}
    if rules:
        documents["ir"]["control"] = list(rules)
    return documents


def test_a_feed_forward_sets_each_shot_by_its_own_measurement() -> None:
    """AWB-R-506, AWB-R-533."""
    result = run(link(rule()))
    measured = result.outputs["first.samples"].array[:, 0]
    means = result.outputs["second.mean"]
    assert means.axes == ("shot", "wavelength")
    assert means.sampled
    plain = run(link(shots=0))
    amplitude = float(plain.outputs["second.mean"].array[0]) / math.cos(0.2)
    assert np.allclose(means.array[:, 0], amplitude * np.cos(0.1 + 0.5 * measured), rtol=1e-12)


def test_what_decided_is_what_the_detector_leaves() -> None:
    result = run(link(rule()))
    assert [line["measured"] for line in result.control] == result.outputs["first.samples"].array[
        :, 0
    ].tolist()
    assert np.array_equal(result.outputs["first.samples"].array, run(link()).outputs["first.samples"].array)


def test_noise_after_feed_forward_is_still_the_vacuum() -> None:
    result = run(link(rule(), shots=20_000))
    noise = (result.outputs["second.samples"].array - result.outputs["second.mean"].array)[:, 0]
    assert stats.kstest(noise / math.sqrt(0.5), "norm").pvalue > FALSE_ALARM
    first = result.outputs["first.samples"].array[:, 0]
    assert abs(stats.pearsonr(noise, first).statistic) < stats.norm.isf(FALSE_ALARM / 2) / math.sqrt(20_000)


def test_a_decision_names_times_rule_shot_and_calibration() -> None:
    """AWB-R-536, AWB-R-561."""
    result = run(link(rule(), shots=3))
    first = result.control[0]
    assert first["at_ps"] == "151000"
    assert first["action"]["effective_at_ps"] == "201000"
    assert first["action"]["value"] == 0.1 + 0.5 * first["measured"]
    assert [line["shot"] for line in result.control] == [0, 1, 2]
    assert {line["calibrated_at_ps"] for line in result.control} == {"0"}
    events = [event for event in result.telemetry.events if event["name"] == "awen.control.decision"]
    assert len(events) == 3
    assert events[0]["clock_ps"] == "151000"
    for line in result.control:
        models.ControlDecision.model_validate_json(json.dumps(line))


def test_without_shots_expectations_decide() -> None:
    """AWB-R-532."""
    result = run(link(rule(), shots=0))
    assert len(result.control) == 1
    assert "shot" not in result.control[0]
    assert result.outputs["second.mean"].axes == ("wavelength",)
    assert not result.outputs["second.mean"].sampled
    assert result.control[0]["measured"] == float(run(link(shots=0)).outputs["first.mean"].array[0])


def test_a_threshold_leaves_the_setting_of_shots_below_it() -> None:
    """AWB-R-533."""
    result = run(link(rule(threshold=0.0, gain=0.0, offset=1.0)))
    measured = result.outputs["first.samples"].array[:, 0]
    assert 0 < (measured >= 0).sum() < SHOTS
    assert [("action" in line) for line in result.control] == (measured >= 0).tolist()
    phases = np.where(measured >= 0, 1.0, 0.2)
    amplitude = float(run(link(shots=0)).outputs["second.mean"].array[0]) / math.cos(0.2)
    assert np.allclose(result.outputs["second.mean"].array[:, 0], amplitude * np.cos(phases), rtol=1e-12)


def test_an_adaptive_measurement_turns_its_local_oscillator_by_an_earlier_outcome() -> None:
    adaptive = rule(target="second.lo_phase_rad", gain=1.0, offset=0.0)
    result = run(link(adaptive))
    measured = result.outputs["first.samples"].array[:, 0]
    amplitude = float(run(link(shots=0)).outputs["second.mean"].array[0]) / math.cos(0.2)
    assert np.allclose(
        result.outputs["second.mean"].array[:, 0], amplitude * np.cos(0.2 - measured), rtol=1e-12
    )


def test_a_later_measurement_sees_a_setting_only_from_the_end_of_its_latency() -> None:
    """AWB-R-531, AWB-R-532."""
    later = rule(detector="second", target="tap.ratio", gain=0.0, offset=0.5)
    for at_ps, moved in (("200999", False), ("201001", True)):
        result = run(link(rule(gain=0.0, offset=1.5), later | {"at_ps": at_ps}))
        mean = result.outputs["second.mean"].array
        still = run(link(shots=0)).outputs["second.mean"].array[0]
        assert bool(abs(mean.ravel()[0] - still) > 1e-3 * abs(still)) is moved


def test_at_one_time_settings_of_a_node_come_before_its_measurement_and_nodes_by_name() -> None:
    """AWB-R-531."""
    steer = rule(target="second.lo_phase_rad", gain=0.0, offset=1.0)
    watch = rule(at_ps="201000", detector="second", target="tap.ratio", gain=0.0, offset=0.5)
    result = run(link(steer, watch))
    alone = run(link(shots=0)).outputs["second.mean"].array[0]
    assert not np.allclose(result.outputs["second.mean"].array, alone, rtol=1e-3)


def test_repeated_measurements_of_a_detector_draw_anew() -> None:
    """AWB-R-535."""
    again = [rule(gain=0.0), rule(at_ps="500000", gain=0.0)]
    result = run(link(*again))
    first = [line["measured"] for line in result.control if line["rule"] == 0]
    second = [line["measured"] for line in result.control if line["rule"] == 1]
    assert abs(stats.pearsonr(first, second).statistic) < stats.norm.isf(FALSE_ALARM / 2) / math.sqrt(SHOTS)
    assert result.outputs["first.samples"].array[:, 0].tolist() == second


def test_a_run_with_control_replays_bit_for_bit() -> None:
    one, two = run(link(rule())), run(link(rule()))
    assert one.control == two.control
    for name, output in one.outputs.items():
        assert np.array_equal(output.array, two.outputs[name].array)
    fewer = run(link(rule(), shots=10))
    assert list(fewer.control) == list(one.control[:10])


def test_a_setting_beyond_a_limit_of_the_device_aborts_the_run() -> None:
    documents = link(rule(gain=0.0, offset=4.0))
    documents["device"]["limits"] = {"maximum_phase_rad": 3.0}
    result = run(documents)
    assert result.body["status"] == "aborted"
    assert result.body["reason"]["code"] == "AWB-SEM-240"
    assert result.body["reason"]["node"] == "shift"
    assert result.outputs == {}
    assert len(result.control) == SHOTS  # AWB-R-564: what was decided before it ended stays


def test_a_setting_that_crosstalk_carries_to_another_drive_is_judged_there() -> None:
    documents = link(rule(gain=0.0, offset=1.0))
    documents["parameters"]["other"] = {"value": 0.0, "unit": "rad"}
    documents["ir"]["nodes"]["laser"]["params"]["phase_rad"] = "other"
    documents["calibration"]["crosstalk"] = {"order": ["other", "phi"], "matrix": [[1.0, 2.0], [0.0, 1.0]]}
    documents["device"]["limits"] = {"maximum_phase_rad": 1.5}
    result = run(documents)
    assert (result.body["status"], result.body["reason"]["code"]) == ("aborted", "AWB-SEM-240")
    assert "'other'" in str(result.telemetry.events[-1])


def test_a_setting_outside_the_bounds_of_its_kind_aborts_the_run() -> None:
    result = run(link(rule(target="tap.ratio", gain=10.0, offset=0.0)))
    assert (result.body["status"], result.body["reason"]["code"]) == ("aborted", "AWB-SEM-240")
    models.RunBody.model_validate_json(json.dumps(result.body))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"detector": "shift"}, "AWB-SEM-232"),
        ({"detector": "nobody"}, "AWB-SEM-232"),
        ({"target": "nobody.phase_rad"}, "AWB-SEM-233"),
        ({"target": "shift.length_um"}, "AWB-SEM-233"),
        ({"decide_ps": str(2**64 - 1)}, "AWB-SEM-234"),
    ],
)
def test_rules_that_make_no_sense_are_refused(changes: dict[str, str], code: str) -> None:
    assert code in refused(link(rule(**changes)))


def test_rules_before_the_start_or_out_of_order_are_refused() -> None:
    assert refused(link(rule(), clock={"origin_ps": "2000"})) == {"AWB-SEM-204", "AWB-SEM-234"} - {
        "AWB-SEM-204"
    }
    assert refused(link(rule(at_ps="2000"), rule())) == {"AWB-SEM-235"}
    assert refused(link(rule(), rule())) == {"AWB-SEM-235"}


def test_control_without_a_clock_or_on_a_grid_is_refused() -> None:
    documents = link(rule())
    del documents["experiment"]["clock"]
    assert "AWB-SEM-230" in refused(documents)
    grid = {"kind": "wavelength", "start_um": 1.5, "stop_um": 1.6, "points": 3}
    assert refused(link(rule(), grid=grid)) == {"AWB-SEM-231"}


def test_more_decisions_than_a_log_can_hold_are_refused() -> None:
    assert refused(link(rule(), shots=100_001)) == {"AWB-SEM-236"}


def test_a_calibration_that_expires_between_start_and_decision_aborts() -> None:
    documents = link(rule())
    documents["calibration"]["expires_at_ps"] = "150000"
    result = run(documents)
    assert (result.body["status"], result.body["reason"]["code"]) == ("aborted", "AWB-SEM-205")
    assert result.control == ()


def test_rules_are_read_with_absolute_times() -> None:
    """AWB-R-531."""
    documents = deepcopy(link(rule()))
    read = Documents(**documents)
    (only,) = read_rules(read, compile_experiment(read), [])
    assert only == Rule(0, "first", ("shift", "phase_rad"), 0.5, 0.1, None, 1000, 151000, 201000)
    assert event_times((only,), 0) == [0, 1000, 151000, 201000]


INSTANT = {"measure_ps": "0", "decide_ps": "0", "actuate_ps": "0"}


@pytest.mark.parametrize("name", ["a", "z"])
def test_a_setting_without_latency_follows_its_decision_whatever_its_node_is_called(name: str) -> None:
    """AWB-R-531: by its id alone the setting of `a` would come before the measurement of `first`."""
    documents = link(rule(target=f"{name}.phase_rad", **INSTANT), shots=3)
    text = json.dumps(documents["ir"]).replace("shift.o", f"{name}.o").replace('"shift"', f'"{name}"')
    documents["ir"] = json.loads(text)
    documents["ir"]["edges"].sort(key=lambda edge: [end.encode() for end in edge["ends"]])
    for edge in documents["ir"]["edges"]:
        edge["ends"].sort()
    documents["ir"]["edges"].sort(key=lambda edge: edge["ends"])
    result = run(documents)
    assert [line["action"]["effective_at_ps"] for line in result.control] == ["1000"] * 3
    mean = run(link(rule(), shots=3)).outputs["second.mean"].array
    assert np.array_equal(result.outputs["second.mean"].array, mean)


def test_a_setting_that_no_shot_asked_for_still_makes_what_follows_one_of_shots() -> None:
    """AWB-R-506: shapes follow from the schedule, not from what was measured."""
    result = run(link(rule(threshold=1e6), shots=4))
    assert not any("action" in line for line in result.control)
    means = result.outputs["second.mean"]
    assert means.axes == ("shot", "wavelength")
    assert len(set(means.array[:, 0].tolist())) == 1


def test_a_calibrated_phase_that_two_nodes_share_takes_what_was_set_last() -> None:
    """AWB-R-545: what control sets at one node is asked for of the parameter."""
    documents = link(
        rule(gain=0.0, offset=0.3),
        rule(at_ps="300000", gain=0.0, offset=0.9, target="third.phase_rad"),
        rule(at_ps="600000", gain=0.0, offset=0.6),
        shots=0,
    )
    documents["ir"]["nodes"]["third"] = {"kind": "phase_shifter", "params": {"phase_rad": "phi"}}
    documents["ir"]["edges"] = [
        {"ends": ends}
        for ends in (
            ["first.o1", "tap.o2"],
            ["laser.o1", "tap.o1"],
            ["second.o1", "third.o2"],
            ["shift.o1", "tap.o3"],
            ["shift.o2", "third.o1"],
        )
    ]
    documents["calibration"]["phases"]["phi"] = phase_calibration()
    amplitude = run(link(shots=0)).outputs["second.mean"].array[0] / math.cos(0.2)
    assert math.isclose(run(documents).outputs["second.mean"].array[0], amplitude * math.cos(2 * 0.6))
