"""Test vectors of every algorithm, from the files that the tests themselves read."""

from collections.abc import Mapping


def texts() -> Mapping[str, str]:
    """The one page."""
    return {"spec/vectors.md": "# Test vectors\n"}
