from awen_ref.engine.elimination import Step, markowitz


def test_a_ring_of_three_leaves_one_self_loop() -> None:
    steps = markowitz(3, [(1, 0), (2, 1), (0, 2)])
    assert steps == (
        Step(0, own=False, inputs=(2,), outputs=(1,)),
        Step(1, own=False, inputs=(2,), outputs=(2,)),
        Step(2, own=True, inputs=(), outputs=()),
    )


def test_the_cheapest_goes_first_and_ties_go_to_the_lowest_index() -> None:
    # AWB-R-473
    arrows = [(0, 1), (1, 0), (0, 2), (2, 0), (0, 3), (3, 0)]
    assert [step.pivot for step in markowitz(4, arrows)][:2] == [1, 2]


def test_a_variable_that_feeds_itself_waits_for_one_that_does_not() -> None:
    arrows = [(0, 0), (0, 1), (1, 0)]
    assert [(step.pivot, step.own) for step in markowitz(2, arrows)] == [(1, False), (0, True)]


def test_the_order_of_the_arrows_is_nothing() -> None:
    arrows = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 2), (1, 3)]
    assert markowitz(4, arrows) == markowitz(4, list(reversed(arrows)))
