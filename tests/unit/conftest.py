import signal
from collections.abc import Iterator

import pytest

LONGEST_WAIT_S = 20


@pytest.fixture
def nobody_waits() -> Iterator[None]:
    """What would wait for a FIFO forever fails instead."""

    def ring(*_: object) -> None:
        raise TimeoutError("it waits")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST_WAIT_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
