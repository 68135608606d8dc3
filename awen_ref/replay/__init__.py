"""Execute a verified bundle again, from itself alone, and seal what that showed."""

from awen_ref.replay.bisect import bisect
from awen_ref.replay.replay import Changes, RefusedError, replay
from awen_ref.replay.sides import recorded_side

__all__ = ["Changes", "RefusedError", "bisect", "recorded_side", "replay"]
