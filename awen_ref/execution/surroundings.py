"""Where an execution takes place: the host as captured, and what its arithmetic is worth."""

from typing import Any

from awen_ref.environment import capture

__all__ = ["surroundings"]


def surroundings(*, anonymous: bool = False) -> dict[str, Any]:
    """The `environment.json` of this process, with the verdict of the numeric self-test.

    Args:
        anonymous: Leave out what could single out one machine.
    """
    from awen_ref.engine.numerics.selftest import determinism, probe_digest

    return {**capture(anonymous=anonymous), "numerics": {"level": determinism(), "digest": probe_digest()}}
