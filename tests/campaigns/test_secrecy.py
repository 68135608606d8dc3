import pytest

from awen_ref import canonical
from awen_ref.environment import capture
from campaigns import secrecy


def test_no_secret_gets_into_a_bundle() -> None:
    """AWB-R-210; AWB-R-211: the remote of a work tree and `direct_url.json` carry credentials in URLs."""
    outcome = secrecy.campaign(further=False)
    assert outcome.problems == ()
    assert outcome.passed


def test_nothing_of_the_environment_is_captured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWEN_TEST_TOKEN", "GITHUB_TOKEN", "HOME", "USER", "HOSTNAME"):
        monkeypatch.setenv(name, secrecy.SECRETS["environ"])
    captured = {"environment.json": canonical.dumps(capture())}
    assert list(secrecy.leaks(captured)) == []


@pytest.mark.parametrize("spelling", secrecy.spellings("x" * 16))
def test_a_secret_is_found_in_any_spelling(spelling: str) -> None:
    octets = secrecy.spellings(secrecy.SECRETS["remote"])[spelling]
    (found, *_) = secrecy.leaks({"a": b"before" + octets + b"after"})
    assert found.startswith("a: the secret of kind remote")
