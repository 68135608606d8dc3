import numpy as np
import pytest

from awen_ref.engine.cost import evaluate
from awen_ref.engine.expression import CostError, parse_cost
from awen_ref.engine.numerics.double_double import Array

A = np.array([[1.0, 2.0, 4.0]])
B = np.array([[0.5, -1.0, 3.0]])
FIELD = np.array([[[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]])
OUTPUTS = {"a.power": A, "b.power": B, "c.field": FIELD}


def value(text: str) -> float:
    return float(evaluate(parse_cost(text), OUTPUTS).values[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sum(a.power)", 7.0),
        ("mean(a.power)", 7.0 / 3.0),
        ("a.power[1]", 2.0),
        ("a.power[-1]", 4.0),
        ("sum(a.power[1:3])", 6.0),
        ("sum(a.power * b.power)", 0.5 - 2.0 + 12.0),
        ("sum(a.power / 2 - 1)", 0.5),
        ("sum(2 * -a.power)", -14.0),
        ("sum(a.power ** 3)", 73.0),
        ("sum(a.power ** 0)", 3.0),
        ("sum(abs2(c.field))", 5.0 + 1.0 + 9.25),
        ("sum(re(c.field) * im(c.field))", 3.5),
        ("abs2(c.field[2])", 9.25),
        ("square_error(a.power, [1, 1, 1])", 10.0),
        ("square_error(a.power, b.power)", 0.25 + 9.0 + 1.0),
        ("(3 - 1) / 4", 0.5),
    ],
)
def test_a_cost_has_its_value(text: str, expected: float) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a.power", "AWB-SEM-132"),
        ("c.field", "AWB-SEM-132"),
        ("sum(c.field)", "AWB-SEM-132"),
        ("c.field[0]", "AWB-SEM-132"),
        ("abs2(a.power[0])", "AWB-SEM-132"),
        ("sum(1 / (a.power - 2))", "AWB-SEM-132"),
        ("sum(a.power - [1, 2])", "AWB-SEM-130"),
        ("a.power[3]", "AWB-SEM-130"),
        ("a.power[-4]", "AWB-SEM-130"),
        ("sum(a.power[2:2])", "AWB-SEM-130"),
        ("sum([a.power])", "AWB-SEM-130"),
    ],
)
def test_a_cost_without_one_real_number_is_a_finding(text: str, code: str) -> None:
    with pytest.raises(CostError) as caught:
        value(text)
    assert caught.value.findings[0].code == code


@pytest.mark.parametrize(
    "text",
    [
        "sum(a.power * b.power) + mean(a.power) ** 2",
        "sum(a.power / (b.power + 10)) - a.power[1] * sum(b.power)",
        "abs2(c.field[0]) * sum(re(c.field)) - sum(im(c.field) * a.power)",
        "square_error(a.power * 2, [1, b.power[0], 3]) ** 2",
        "sum(-(a.power[0:2] ** 3) * b.power[2])",
        "a.power[-1] / mean(abs2(c.field))",
    ],
)
def test_derivatives_are_the_limits_of_differences(text: str) -> None:
    expression = parse_cost(text)
    gradient = evaluate(expression, OUTPUTS).gradient
    for name, array in OUTPUTS.items():
        for place in np.ndindex(*array.shape):
            step = np.zeros_like(array)
            step[place] = 1e-6

            def at(changed: Array, name: str = name) -> float:
                return float(evaluate(expression, {**OUTPUTS, name: changed}).values[0])

            slope = (at(array + step) - at(array - step)) / 2e-6
            found = float(np.broadcast_to(gradient.get(name, np.zeros(())), array.shape)[place])
            assert found == pytest.approx(slope, rel=1e-8, abs=1e-8)


def test_shots_are_evaluated_one_by_one() -> None:
    shots = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    found = evaluate(
        parse_cost("sum(s.samples) * k.power"), {"s.samples": shots, "k.power": np.array([[2.0]])}
    )
    assert found.values.tolist() == [6.0, 14.0, 22.0]
    assert found.gradient["s.samples"].tolist() == [[2.0, 2.0]] * 3
    assert found.gradient["k.power"].tolist() == [[3.0], [7.0], [11.0]]
