import pytest

from awen_ref.engine.expression import CostError, Expression, parse_cost


def test_products_bind_tighter_than_sums_and_powers_than_signs() -> None:
    found = parse_cost("1 + 2 * -a.power ** 2")
    assert found.op == "+"
    assert found.args[1].op == "*"
    assert found.args[1].args[1].op == "negative"
    assert found.args[1].args[1].args[0] == Expression(
        "**", (Expression("output", name="a.power"),), number=2.0
    )


def test_differences_go_from_the_left() -> None:
    assert parse_cost("1 - 2 - 3") == parse_cost("(1 - 2) - 3")
    assert parse_cost("8 / 2 / 2") == parse_cost("(8 / 2) / 2")


def test_numbers_have_points_and_exponents() -> None:
    assert [parse_cost(text).number for text in ("2", ".5", "1e-3", "2.5E+4")] == [2.0, 0.5, 1e-3, 2.5e4]


def test_square_error_is_the_sum_of_squares() -> None:
    assert parse_cost("square_error(a.power, [1, 2])") == parse_cost("sum((a.power - [1, 2])**2)")


def test_the_last_element_is_counted_from_the_end() -> None:
    assert parse_cost("a.power[-1]").bounds == (-1, None)
    assert parse_cost("a.power[2]").bounds == (2, 3)
    assert parse_cost("a.power[2:5]").bounds == (2, 5)


def test_outputs_are_found_wherever_they_stand() -> None:
    cost = parse_cost("sum([a.power[0], 2]) + abs2(b.o1.incident) / mean(a.power)")
    assert sorted(set(cost.outputs())) == ["a.power", "b.o1.incident"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.power +",
        "a.power b.power",
        "(a.power",
        "a.power ** 2.5",
        "a.power ** 17",
        "a.power ** b.power",
        "exp(a.power)",
        "sum(a.power, b.power)",
        "square_error(a.power)",
        "a.power[",
        "a.power[1.5]",
        "a.power[99999999999]",
        "__import__('os')",
        "a.power; b.power",
        "A.power",
        "1 = 1",
        "(" * 100 + "1" + ")" * 100,
        "[" * 100 + "1" + "]" * 100,
    ],
)
def test_what_does_not_follow_the_grammar_is_one_finding(text: str) -> None:
    with pytest.raises(CostError) as caught:
        parse_cost(text)
    (finding,) = caught.value.findings
    assert (finding.code, finding.path, finding.pointer) == ("AWB-SEM-130", "data/inputs/task.json", "/cost")


def test_a_thousand_signs_do_not_exhaust_the_stack() -> None:
    assert parse_cost("+".join(["a.power"] * 300)).op == "+"
    with pytest.raises(CostError):
        parse_cost("-" * 1000 + "1")
