"""The verdict, the metrics and the attribution of a comparison."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awen_ref.compare import Record, Tolerance, attribute, compare, worst

CLAIM: dict[str, Any] = {"tolerance": {"absolute": 1e-9, "relative": 1e-6}, "parents": []}
EXPERIMENT = "data/inputs/experiment.json"
ENVIRONMENT = "data/evidence/environment.json"


def record(
    arrays: dict[str, Any],
    documents: dict[str, dict[str, Any]] | None = None,
    *,
    sampled: bool = False,
    seed: str = "1",
    quantity: str = "optical_power",
) -> Record:
    values = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    return Record(
        documents={EXPERIMENT: {"seed": seed}, **(documents or {})},
        outputs={
            name: {
                "dtype": array.dtype.str,
                "shape": list(array.shape),
                "unit": "W",
                "quantity": quantity,
                "axes": [f"axis{number}" for number in range(array.ndim)],
                "sampled": sampled,
            }
            for name, array in values.items()
        },
        arrays=values,
        digests={name: str(hash(array.tobytes())) for name, array in values.items()},
        status="completed",
    )


def test_a_record_compared_with_itself_is_bit_exact_without_differences() -> None:
    one = record({"pd1.power": np.array([1.0, -0.0, 3.5])})
    found = compare(one, one, CLAIM)
    assert found["verdict"] == "bit_exact"
    assert found["attribution"] == []
    assert found["outputs"]["pd1.power"]["max_ulp"] == "0"
    assert found["outputs"]["pd1.power"]["max_absolute_error"] == 0.0


def test_an_output_perturbed_below_the_sealed_tolerance_is_within_it() -> None:
    found = compare(record({"p": np.array([1.0])}), record({"p": np.array([1.0 + 1e-7])}), CLAIM)
    assert found["verdict"] == "within_tolerance"


def test_an_output_perturbed_above_the_sealed_tolerance_is_different() -> None:
    found = compare(record({"p": np.array([1.0])}), record({"p": np.array([1.0 + 2e-6])}), CLAIM)
    assert found["verdict"] == "different"


def test_a_caller_may_tighten_the_sealed_tolerance() -> None:
    pair = record({"p": np.array([1.0])}), record({"p": np.array([1.0 + 1e-7])})
    assert compare(*pair, CLAIM, stricter=Tolerance(0.0, 1e-8))["verdict"] == "different"


def test_a_caller_may_not_loosen_the_sealed_tolerance() -> None:
    pair = record({"p": np.array([1.0])}), record({"p": np.array([1.1])})
    found = compare(*pair, CLAIM, stricter=Tolerance(1.0, 1.0))
    assert found["verdict"] == "different"
    assert found["outputs"]["p"]["tolerance_absolute"] == CLAIM["tolerance"]["absolute"]


def test_the_tolerance_of_a_single_output_overrides_the_common_one() -> None:
    claim = {**CLAIM, "output_tolerances": {"p": {"absolute": 0.5, "relative": 0.0}}}
    pair = record({"p": np.array([1.0])}), record({"p": np.array([1.4])})
    assert compare(*pair, claim)["verdict"] == "within_tolerance"


def test_the_metrics_are_those_of_the_table() -> None:
    r, x = np.array([0.0, 2.0, -4.0]), np.array([0.5, 2.0, -3.0])
    found = compare(record({"p": r}), record({"p": x}), CLAIM)["outputs"]["p"]
    assert found["max_absolute_error"] == 1.0
    assert found["max_relative_error"] == 0.25
    assert found["zero_mismatches"] == 1
    assert found["rms_error"] == math.sqrt((0.25 + 1.0) / 3)


def test_negative_and_positive_zero_are_one_ulp_apart() -> None:
    found = compare(record({"p": np.array([0.0])}), record({"p": np.array([-0.0])}), CLAIM)
    assert found["outputs"]["p"]["max_ulp"] == "1"
    assert found["verdict"] == "within_tolerance"


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 1000))
def test_ulp_distance_counts_steps_of_nextafter(start: float, steps: int) -> None:
    end = start
    for _ in range(steps):
        end = math.nextafter(end, math.inf)
    if math.isinf(end) or (start < 0.0 <= end) or (start == 0.0 and math.copysign(1.0, start) < 0.0):
        return  # crossing zero counts one more, since both zeros are values
    found = compare(record({"p": np.array([start])}), record({"p": np.array([end])}), CLAIM)
    assert found["outputs"]["p"]["max_ulp"] == str(steps)


def test_the_fidelity_of_a_field_ignores_a_global_phase_and_scale() -> None:
    field = np.array([[1.0, 0.0], [0.0, 2.0]])
    turned = 3.0 * np.stack([-field[:, 1], field[:, 0]], axis=1)
    found = compare(
        record({"f": field}, quantity="optical_field"), record({"f": turned}, quantity="optical_field"), CLAIM
    )
    assert found["outputs"]["f"]["fidelity"] == pytest.approx(1.0, abs=1e-15)


def test_orthogonal_fields_have_fidelity_zero() -> None:
    first, second = np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [1.0, 0.0]])
    found = compare(
        record({"f": first}, quantity="optical_field"), record({"f": second}, quantity="optical_field"), CLAIM
    )
    assert found["outputs"]["f"]["fidelity"] == 0.0


def test_samples_drawn_with_another_seed_are_at_best_statistically_consistent() -> None:
    drawn = np.random.Generator(np.random.Philox(5)).normal(size=(400, 3))
    found = compare(record({"s": drawn}, sampled=True), record({"s": drawn}, sampled=True, seed="2"), CLAIM)
    assert found["outputs"]["s"]["verdict"] == "statistically_consistent"
    assert found["outputs"]["s"]["test"]["p_value"] == 1.0


def test_samples_of_another_distribution_are_different() -> None:
    random = np.random.Generator(np.random.Philox(5))
    recorded, replayed = random.normal(size=(400, 3)), random.normal(loc=0.5, size=(400, 3))
    found = compare(
        record({"s": recorded}, sampled=True), record({"s": replayed}, sampled=True, seed="2"), CLAIM
    )
    assert found["verdict"] == "different"
    assert found["outputs"]["s"]["test"]["p_value"] < 1e-3


def test_the_test_of_samples_agrees_with_an_outside_one() -> None:
    from scipy.stats import ks_2samp

    random = np.random.Generator(np.random.Philox(7))
    recorded, replayed = random.normal(size=(500, 1)), random.normal(loc=0.1, size=(500, 1))
    found = compare(
        record({"s": recorded}, sampled=True), record({"s": replayed}, sampled=True, seed="2"), CLAIM
    )
    outside = ks_2samp(recorded[:, 0], replayed[:, 0])
    assert found["outputs"]["s"]["test"]["statistic"] == pytest.approx(outside.statistic, abs=1e-12)
    assert found["outputs"]["s"]["test"]["p_value"] == pytest.approx(outside.pvalue, rel=0.1)


def test_the_test_of_samples_raises_false_alarms_at_its_level() -> None:
    random = np.random.Generator(np.random.Philox(11))
    alarms = 0
    for _ in range(400):
        pair = (random.normal(size=(200, 1)) for _ in range(2))
        first, second = (
            record({"s": one}, sampled=True, seed=str(number)) for number, one in enumerate(pair)
        )
        alarms += compare(first, second, CLAIM, level=0.05)["verdict"] == "different"
    # 400 draws at 5 %: 20 expected; 36 are exceeded once in 2000 such tests.
    assert alarms <= 36


def test_an_output_of_another_shape_is_different_and_says_so() -> None:
    found = compare(record({"p": np.zeros(2)}), record({"p": np.zeros(3)}), CLAIM)
    assert found["outputs"]["p"] == {"verdict": "different", "mismatch": "shape"}


def test_an_output_that_only_one_side_has_is_listed_and_makes_it_different() -> None:
    found = compare(record({"p": np.zeros(2), "q": np.zeros(1)}), record({"p": np.zeros(2)}), CLAIM)
    assert found["only_recorded"] == ["q"]
    assert found["verdict"] == "different"


def test_attribution_ranks_inputs_before_packages_before_evidence() -> None:
    here = record(
        {"p": np.zeros(1)},
        {
            ENVIRONMENT: {"dependencies": {"numpy": {"version": "2.4"}}, "memory": {"total_bytes": 1}},
            "data/inputs/parameters.json": {"theta": {"value": 0.1, "unit": "rad"}},
        },
    )
    there = record(
        {"p": np.zeros(1)},
        {
            ENVIRONMENT: {"dependencies": {"numpy": {"version": "1.26"}}, "memory": {"total_bytes": 2}},
            "data/inputs/parameters.json": {"theta": {"value": 0.2, "unit": "rad"}},
        },
    )
    found = attribute(here, there)
    assert [(one["subject"], one["name"]) for one in found] == [
        ("parameter", "/theta/value"),
        ("package", "/dependencies/numpy/version"),
        ("evidence", "/memory/total_bytes"),
    ]
    assert found[0]["recorded"] == "0.1"
    assert found[0]["replayed"] == "0.2"
    assert found[2]["effect"] == "irrelevant"


def test_attribution_gives_a_value_that_only_one_side_has() -> None:
    here = record({"p": np.zeros(1)}, {ENVIRONMENT: {"dependencies": {"numpy": {"version": "2.4"}}}})
    there = record({"p": np.zeros(1)}, {ENVIRONMENT: {"dependencies": {}}})
    (only,) = attribute(here, there)
    assert "replayed" not in only
    assert only["recorded"] == '{"version":"2.4"}'


def test_the_worst_of_verdicts_counts() -> None:
    assert worst(["bit_exact", "statistically_consistent", "within_tolerance"]) == "statistically_consistent"


def test_distances_beyond_binary64_stay_finite() -> None:
    found = compare(
        record({"p": np.array([-1.7e308, 5e-324])}), record({"p": np.array([1.7e308, 1.0])}), CLAIM
    )
    metrics = found["outputs"]["p"]
    assert math.isfinite(metrics["max_absolute_error"])
    assert math.isfinite(metrics["max_relative_error"])
    assert math.isfinite(metrics["rms_error"])
