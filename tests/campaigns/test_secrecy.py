from campaigns import secrecy


def test_no_secret_gets_into_a_bundle() -> None:
    """AWB-R-210."""
    outcome = secrecy.campaign()
    assert outcome.problems == ()
    assert outcome.passed
