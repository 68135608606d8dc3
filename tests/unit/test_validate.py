"""The procedure `awen-validate/1.0`: what each measure gives, and what has none (AWB-R-227, AWB-R-228)."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, getcontext
from math import fsum
from typing import Any

import pytest

from awen_ref.replay import replay
from awen_ref.validate import judge, validate
from awen_ref.verify import VerifiedBundle
from awen_ref.verify import verify as verified
from tests.experiments import ENGINE, ENVIRONMENT, Clock, interferometer, run


@pytest.fixture(scope="module")
def subject() -> VerifiedBundle:
    return run(interferometer())


def measured(subject: VerifiedBundle, **constraint: object) -> dict[str, Any]:
    """How one constraint fares."""
    return judge(subject, {"it": constraint}, as_of_ps=5_000_000_000_000)["it"]


def powers(subject: VerifiedBundle, name: str) -> list[float]:
    values: list[float] = subject.array(name).reshape(-1).tolist()
    return values


def decibels(above: float, below: float) -> float:
    getcontext().prec = 50
    return float(10 * (Decimal(above) / Decimal(below)).log10())


def mean(values: list[float]) -> float:
    return fsum(values) / len(values)


@pytest.mark.parametrize(
    ("measure", "of"), [("minimum", min), ("maximum", max), ("mean", mean)], ids=["least", "most", "mean"]
)
def test_elements_are_measured_in_the_unit_of_their_output(
    subject: VerifiedBundle, measure: str, of: Callable[[list[float]], float]
) -> None:
    found = measured(subject, measure=measure, output="field.power", unit="W", minimum=0.0, maximum=1.0)
    value = of(powers(subject, "field.power"))
    assert found["measured"] == value
    assert found["margin"] == min(value - 0.0, 1.0 - value)
    assert found["passed"]


def test_ratios_are_rounded_once(subject: VerifiedBundle) -> None:
    here, there = powers(subject, "field.power"), powers(subject, "diode.power")
    pair = {"output": "field.power", "reference": "diode.power", "unit": "dB"}
    assert measured(subject, measure="extinction_ratio", **pair)["measured"] == decibels(
        mean(here), mean(there)
    )
    assert measured(subject, measure="insertion_loss", **pair)["measured"] == decibels(
        mean(there), mean(here)
    )
    alone = {"output": "field.power", "unit": "dB"}
    assert measured(subject, measure="extinction_ratio", **alone)["measured"] == decibels(
        max(here), min(here)
    )
    assert measured(subject, measure="insertion_loss", **alone)["measured"] == decibels(1e-3, mean(here))


def test_no_more_light_leaves_than_sources_give(subject: VerifiedBundle) -> None:
    found = measured(subject, measure="passivity", unit="1", maximum=1.0 + 1e-9)
    sums = map(sum, zip(powers(subject, "field.power"), powers(subject, "diode.power"), strict=True))
    assert found["measured"] == pytest.approx(max(sums) / 1e-3, rel=1e-15)
    assert found["passed"]


def test_a_field_overlaps_itself_wholly(subject: VerifiedBundle) -> None:
    pair = {"output": "field.field", "reference": "field.field"}
    assert measured(subject, measure="fidelity", unit="1", **pair)["measured"] == pytest.approx(1.0)


def test_the_age_of_a_calibration_is_counted_to_the_as_of_time(subject: VerifiedBundle) -> None:
    made = int(subject.document("data/inputs/calibration.json")["calibrated_at_ps"])
    found = measured(subject, measure="calibration_age", unit="s", maximum=10.0)
    assert found["measured"] == (5_000_000_000_000 - made) / 10**12


@pytest.mark.parametrize(
    "constraint",
    [
        {"measure": "mean", "output": "moon.power", "unit": "W"},
        {"measure": "mean", "unit": "W"},
        {"measure": "mean", "output": "field.power", "unit": "dB", "minimum": -100.0},
        {"measure": "extinction_ratio", "output": "field.power", "unit": "1"},
        {"measure": "passivity", "unit": "W"},
        {"measure": "calibration_age", "unit": "ps"},
        {"measure": "fidelity", "output": "field.power", "reference": "field.power", "unit": "1"},
        {"measure": "fidelity", "output": "field.field", "unit": "1"},
        {"measure": "coherence", "unit": "1"},
        {"measure": "reproducibility", "unit": "1"},
        {"measure": "count", "unit": "1"},
    ],
)
def test_what_has_no_value_has_not_passed_and_says_why(
    subject: VerifiedBundle, constraint: dict[str, Any]
) -> None:
    found = measured(subject, **constraint)
    assert not found["passed"]
    assert "measured" not in found
    assert found["message"]


@pytest.mark.parametrize(("start", "kept"), [("0", 1.0), ("5", 0.0)])
def test_coherence_is_whether_the_window_was_kept(start: str, kept: float) -> None:
    given = interferometer()
    window = {
        "start_ps": start,
        "end_ps": "1000",
        "idle_budget_ps": "1000",
        "decoherence_time_ps": "1000000",
        "linewidth_hz": 0,
        "minimum_visibility": 0,
    }
    timed = {**given.experiment, "clock": {"origin_ps": "0"}, "coherence_window": window}
    assert measured(run(replace(given, experiment=timed)), measure="coherence", unit="1")["measured"] == kept


def test_a_validation_carries_its_subject_s_inputs_and_no_outputs(subject: VerifiedBundle) -> None:
    again = replay(subject, engine=ENGINE, clock=Clock(), environment=ENVIRONMENT)
    made = validate(
        subject,
        {"same": {"measure": "reproducibility", "unit": "1", "maximum": 0.0}},
        clock=Clock(),
        environment=ENVIRONMENT,
        replay=again,
    )
    body = verified(made.bundle).document("data/results/body.json")
    assert (body["passed"], body["constraints"]["same"]["measured"]) == (True, 0.0)
    assert made.document("data/results/outputs.json") == {}
    for name in ("ir", "parameters", "calibration", "device"):
        path = f"data/inputs/{name}.json"
        assert made.bundle.members[path].read() == subject.bundle.members[path].read()
    experiment = json.loads(made.bundle.members["data/inputs/experiment.json"].read())
    former = dict(subject.document("data/inputs/experiment.json"))
    assert experiment == {**former, "artifact_type": "validation"}
