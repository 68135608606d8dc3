"""How a host's time is written (AWB-R-101); what is captured of the host has its campaign, `secrecy`."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awen_ref.bundle.description import impossible_instant
from awen_ref.environment import timestamp

INSTANT = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"([.][0-9]{0,8}[1-9])?[+]00:00"
)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00+00:00"),
        (datetime(2026, 1, 1, 0, 0, 10, 500_000, UTC), "2026-01-01T00:00:10.5+00:00"),
        (datetime(2026, 1, 1, 0, 0, 0, 7, UTC), "2026-01-01T00:00:00.000007+00:00"),
        (datetime(2026, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=2))), "2025-12-31T23:30:00+00:00"),
    ],
)
def test_a_moment_is_written_in_utc_with_the_fraction_that_it_has(moment: datetime, text: str) -> None:
    assert timestamp(moment) == text


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2))
def test_texts_are_instants_and_order_as_the_moments_do(moments: list[datetime]) -> None:
    texts = [timestamp(moment) for moment in moments]
    assert all(INSTANT.fullmatch(text) and impossible_instant(text, "", "") is None for text in texts)
    assert (texts[0] < texts[1]) == (moments[0] < moments[1])
    assert (texts[0] == texts[1]) == (moments[0] == moments[1])
