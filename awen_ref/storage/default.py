"""Where a user's store lies."""

import os
import re
from pathlib import Path

from awen_ref.errors import UsageError

__all__ = ["location_of"]

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://.*", re.DOTALL)


def location_of(named: str | None) -> Path:
    """The folder that a path or a `file:` URL names; without one that of `$AWEN_STORE`, else the default.

    The default is `store` in the user's data folder (`~/.local/share/awen/store` on Linux).

    Raises:
        UsageError: It is the URL of another scheme, or begins with a user who has no home.
    """
    named = named or os.environ.get("AWEN_STORE")
    if not named:
        from platformdirs import user_data_path

        return user_data_path("awen", appauthor=False) / "store"
    if url := _URL.fullmatch(named):
        from urllib.parse import unquote, urlsplit  # most stores are named by a path

        parts = urlsplit(named)
        if url[1].lower() != "file" or parts.netloc not in {"", "localhost"}:
            raise UsageError(f"there is no store for {url[1]}: URLs: {named}", advice=_ADVICE)
        return Path(unquote(parts.path))
    try:
        return Path(named).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{named} begins with a user who has no home here", advice=_ADVICE) from error


_ADVICE = "Name a folder; another backend is used from Python, through awen_ref.storage.StorageBackend."
