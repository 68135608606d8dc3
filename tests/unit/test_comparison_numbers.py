"""Every number of a comparison computed a second time, in another way (AWB-R-310 to AWB-R-314)."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import stats

from awen_ref.compare import Tolerance, attribute, compare
from tests.unit.test_compare import CLAIM, ENVIRONMENT, EXPERIMENT, record


def entry(r: Any, x: Any, *, level: float = 1e-3, **described: Any) -> dict[str, Any]:  # noqa: ANN401 - arrays
    one = record({"a": np.asarray(r)}, **described)
    two = record(
        {"a": np.asarray(x)}, **{**described, "seed": "2"} if described.get("sampled") else described
    )
    return dict(compare(one, two, CLAIM, level=level)["outputs"]["a"])


def kolmogorov(z: float) -> float:
    """The limit distribution's survival function, by SciPy."""
    return float(stats.kstwobign.sf(z))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "m", "channels"), [(40, 40, 1), (17, 90, 1), (200, 150, 3), (5, 6, 2)])
def test_statistic_and_p_value_are_those_of_the_definition(n: int, m: int, channels: int, seed: int) -> None:
    """AWB-R-314."""
    draw = np.random.Generator(np.random.PCG64(seed))
    r, x = draw.normal(size=(n, channels)), draw.normal(0.2 * seed, 1.0, size=(m, channels))
    one, two = (record({"s": array}, sampled=True) for array in (r, x))
    from awen_ref.compare import _two_sample_test

    found = _two_sample_test(one.arrays["s"], two.arrays["s"], 1e-3)
    distance = max(stats.ks_2samp(r[:, k], x[:, k]).statistic for k in range(channels))
    root = math.sqrt(n * m / (n + m))
    p = min(1.0, channels * kolmogorov((root + 0.12 + 0.11 / root) * distance))
    assert found["statistic"] == pytest.approx(distance, rel=1e-12)
    assert found["p_value"] == pytest.approx(p, rel=5e-6, abs=1e-12)  # six digits are given
    assert (found["name"], found["level"]) == ("kolmogorov_smirnov", 1e-3)


def test_a_small_distance_has_the_p_value_one() -> None:
    """Below z = 0.2 the series is not summed; its value is 1 to twelve digits."""
    from awen_ref.compare import _kolmogorov

    assert _kolmogorov(0.0) == _kolmogorov(0.1999) == 1.0
    for z in (0.2, 0.35, 0.6, 1.0, 1.6, 3.0):
        assert _kolmogorov(z) == pytest.approx(kolmogorov(z), rel=1e-10)


def test_a_sample_is_consistent_at_its_very_level() -> None:
    """AWB-R-304: where the p-value is at least the level."""
    draw = np.random.Generator(np.random.PCG64(3))
    r, x = draw.normal(size=(60, 1)), draw.normal(0.3, 1.0, size=(60, 1))
    p = entry(r, x, sampled=True)["test"]["p_value"]
    assert 1e-3 < p < 1.0
    assert entry(r, x, sampled=True, level=p)["verdict"] == "statistically_consistent"
    assert entry(r, x, sampled=True, level=math.nextafter(p, 1.0))["verdict"] == "different"


def test_a_sample_without_shots_or_channels_is_consistent() -> None:
    assert entry(np.zeros((3, 0)), np.zeros((3, 0)), sampled=True)["test"]["statistic"] == 0.0
    assert entry(np.zeros((3, 0)), np.zeros((3, 0)), sampled=True)["test"]["p_value"] == 1.0


@pytest.mark.parametrize("scale", [1.0, 1e-200, 1e200])
def test_fidelity_is_the_normalised_overlap(scale: float) -> None:
    """AWB-R-310, with fields whose squares binary64 cannot hold."""
    draw = np.random.Generator(np.random.PCG64(8))
    r, x = draw.normal(size=(5, 3, 2)), draw.normal(size=(5, 3, 2))
    one, two = (array[..., 0] + 1j * array[..., 1] for array in (r, x))
    expected = abs(np.vdot(one, two)) ** 2 / (np.vdot(one, one).real * np.vdot(two, two).real)
    found = entry(r * scale, x / scale, quantity="optical_field")
    assert found["fidelity"] == pytest.approx(expected, rel=1e-12)
    assert 0.0 < expected < 0.9


@pytest.mark.parametrize("dark", ["recorded", "replayed", "both"])
def test_a_field_that_is_zero_throughout_has_no_fidelity(dark: str) -> None:
    light, none = np.array([[0.5, 0.25]]), np.zeros((1, 2))
    r, x = {"recorded": (none, light), "replayed": (light, none), "both": (none, none)}[dark]
    assert "fidelity" not in entry(r, x, quantity="optical_field")
    assert "fidelity" not in entry(np.zeros((0, 2)), np.zeros((0, 2)), quantity="optical_field")


def test_what_is_no_field_has_no_fidelity() -> None:
    assert "fidelity" not in entry([[1.0, 2.0]], [[1.0, 3.0]])


def test_distances_are_those_of_the_table() -> None:
    """AWB-R-310, AWB-R-313: over random elements, in exact arithmetic."""
    draw = np.random.Generator(np.random.PCG64(4))
    r, x = draw.normal(size=50), draw.normal(size=50)
    r[[3, 9, 20]], x[9] = 0.0, 0.0
    found = entry(r, x)
    exact = [abs(Fraction(b) - Fraction(a)) for a, b in zip(r.tolist(), x.tolist(), strict=True)]
    relative = [d / abs(Fraction(a)) for a, d in zip(r.tolist(), exact, strict=True) if a]
    assert found["elements"] == 50
    assert found["max_absolute_error"] == pytest.approx(float(max(exact)), rel=1e-12)
    assert found["max_relative_error"] == pytest.approx(float(max(relative)), rel=1e-12)
    assert found["rms_error"] == pytest.approx(math.sqrt(sum(d * d for d in exact) / 50), rel=1e-12)
    assert found["zero_mismatches"] == 2


def test_an_empty_output_has_no_distances_and_agrees() -> None:
    assert entry(np.zeros(0), np.zeros(0))["elements"] == 0
    assert set(entry(np.zeros(0), np.zeros(0))) == {
        "elements",
        "verdict",
        "tolerance_absolute",
        "tolerance_relative",
    }


def test_where_all_that_was_recorded_is_zero_there_is_no_relative_error() -> None:
    found = entry([0.0, 0.0], [0.0, 1e-3])
    assert "max_relative_error" not in found
    assert found["zero_mismatches"] == 1


def test_an_element_at_the_very_edge_of_the_tolerance_lies_within_it() -> None:
    """AWB-R-302."""
    claim = {**CLAIM, "tolerance": {"absolute": 0.25, "relative": 0.5}}
    for x, verdict in ((1.75, "within_tolerance"), (1.75 + 2.0**-40, "different")):
        pair = record({"a": np.array([1.0])}), record({"a": np.array([x])})
        assert compare(*pair, claim)["verdict"] == verdict


@pytest.mark.parametrize("part", ["absolute", "relative"])
def test_a_caller_tightens_each_part_by_itself(part: str) -> None:
    """AWB-R-303."""
    claim = {**CLAIM, "tolerance": {"absolute": 0.5, "relative": 0.25}}
    asked = Tolerance(**{"absolute": 9.0, "relative": 9.0, part: 0.125})
    pair = record({"a": np.array([1.0])}), record({"a": np.array([1.1])})
    found = compare(*pair, claim, stricter=asked)["outputs"]["a"]
    assert found["tolerance_absolute"] == (0.125 if part == "absolute" else 0.5)
    assert found["tolerance_relative"] == (0.125 if part == "relative" else 0.25)


def test_another_seed_does_not_touch_what_is_not_sampled() -> None:
    """AWB-R-306 is about samples alone."""
    same = record({"a": np.array([1.0])}), record({"a": np.array([1.0])}, seed="2")
    assert compare(*same, CLAIM)["outputs"]["a"]["verdict"] == "bit_exact"
    drawn = record({"a": np.array([1.0])}, sampled=True), record({"a": np.array([1.0])}, sampled=True)
    assert compare(*drawn, CLAIM)["outputs"]["a"]["verdict"] == "bit_exact"


# Attribution


@pytest.mark.parametrize(
    ("path", "pointer", "subject"),
    [
        (EXPERIMENT, ("seed",), "seed"),
        (EXPERIMENT, ("shots",), "experiment"),
        ("data/inputs/ir.json", ("nodes",), "graph"),
        ("data/inputs/parameters.json", ("theta",), "parameter"),
        ("data/inputs/calibration.json", ("phases",), "calibration"),
        ("data/inputs/device.json", ("type",), "device"),
        ("data/inputs/task.json", ("targets",), "task"),
        (ENVIRONMENT, ("runtime",), "engine"),
        (ENVIRONMENT, ("dependencies", "numpy"), "package"),
        (ENVIRONMENT, ("cpu",), "platform"),
        (ENVIRONMENT, ("os",), "platform"),
        (ENVIRONMENT, ("numerics",), "platform"),
        (ENVIRONMENT, ("python",), "platform"),
        (ENVIRONMENT, ("gpus",), "evidence"),
    ],
)
def test_a_difference_is_attributed_to_what_it_stands_in(
    path: str, pointer: tuple[str, ...], subject: str
) -> None:
    """AWB-R-311."""

    def document(value: object) -> dict[str, Any]:
        made: Any = value
        for key in reversed(pointer):
            made = {key: made}
        return dict(made)

    one, two = (record({}, {path: document(value)}) for value in ("old", "new"))
    (found,) = attribute(one, two)
    assert (found["subject"], found["path"], found["name"]) == (subject, path, "/" + "/".join(pointer))
    assert (found["recorded"], found["replayed"]) == ('"old"', '"new"')
    assert found["effect"] == ("irrelevant" if subject == "evidence" else "possible")


@pytest.mark.parametrize(("package", "effect"), [("numpy", "possible"), ("rich", "irrelevant")])
def test_only_packages_that_can_act_on_results_may_be_causes(package: str, effect: str) -> None:
    one, two = (record({}, {ENVIRONMENT: {"dependencies": {package: v}}}) for v in ("1", "2"))
    assert [found["effect"] for found in attribute(one, two)] == [effect]


@pytest.mark.parametrize("side", ["recorded", "replayed"])
def test_a_document_that_only_one_side_has_is_a_difference(side: str) -> None:
    """AWB-R-311."""
    having, lacking = record({}, {"data/inputs/task.json": {"a": 1}}), record({})
    one, two = (having, lacking) if side == "recorded" else (lacking, having)
    (found,) = attribute(one, two)
    assert (found["path"], found["name"], found[side]) == ("data/inputs/task.json", "/", '{"a":1}')
    assert ({"recorded", "replayed"} - {side}).isdisjoint(found)


@pytest.mark.parametrize(("one", "two"), [(True, 1), (0, False), (1.0, True)])
def test_a_truth_value_is_no_number(one: object, two: object) -> None:
    left, right = (record({}, {ENVIRONMENT: {"cpu": value}}) for value in (one, two))
    assert len(attribute(left, right)) == 1


def test_names_of_members_are_escaped_in_pointers() -> None:
    """AWB-R-311: RFC 6901."""
    one, two = (record({}, {ENVIRONMENT: {"cpu": {"a/b~c": value}}}) for value in (1, 2))
    assert [found["name"] for found in attribute(one, two)] == ["/cpu/a~1b~0c"]
