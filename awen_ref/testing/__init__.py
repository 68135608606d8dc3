"""Contracts as tests, for whoever implements them. Needs pytest."""

import pytest

pytest.register_assert_rewrite("awen_ref.testing.engine", "awen_ref.testing.store")

# Imports must follow, or a failing assert shows no values.
from awen_ref.testing.engine import EngineTests  # noqa: E402
from awen_ref.testing.store import StoreTests  # noqa: E402

__all__ = ["EngineTests", "StoreTests"]
