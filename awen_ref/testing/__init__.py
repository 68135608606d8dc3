"""Contracts as tests, for whoever implements them. Needs pytest."""

import pytest

pytest.register_assert_rewrite("awen_ref.testing.store")

from awen_ref.testing.store import StoreTests  # noqa: E402 (must follow, or a failing assert shows no values)

__all__ = ["StoreTests"]
