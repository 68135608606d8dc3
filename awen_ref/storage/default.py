"""Where a user's store lies unless something else is said."""

import os
from pathlib import Path

__all__ = ["default_location"]


def default_location() -> Path:
    """`$AWEN_STORE`, else `store` in the user's data folder (`~/.local/share/awen/store` on Linux)."""
    if named := os.environ.get("AWEN_STORE"):
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("awen", appauthor=False) / "store"
