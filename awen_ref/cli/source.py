"""How a verb's argument becomes a bundle."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from awen_ref.errors import ContainerError, MissingError, UsageError

if TYPE_CHECKING:
    from awen_ref.bundle import Bundle
    from awen_ref.catalog import Catalog

__all__ = ["open_bundle", "open_catalog"]

_OTHERS = (
    "Or unpack it with the tool that made it and give the folder: no name of a bundle hangs on its container."
)
_REFERENCES = "Give the path of a bundle, an id (`awen_` and at least 16 digits), or - for a ZIP on stdin."
_ID = re.compile(r"(awen|seal)_[0-9a-f]{1,64}")


def open_catalog(store: str | None) -> "Catalog":
    """The catalogue of the store that `--store` names, or of the default one."""
    from awen_ref.catalog import Catalog
    from awen_ref.storage import FilesystemBackend, location_of

    return Catalog(FilesystemBackend(location_of(store)))


def open_bundle(reference: str, store: str | None) -> "Bundle":
    """The bundle that a path, an id or `-` (a ZIP on standard input) names.

    Raises:
        MissingError: There is neither such a path nor such an id.
        ContainerError: The path is no bundle.
    """
    from awen_ref import archive

    if reference == "-":
        if sys.stdin is None:
            raise MissingError("standard input is closed", advice="Pipe a ZIP into it, or give a path.")
        return archive.read(sys.stdin.buffer)
    if not reference:
        raise UsageError("an empty reference names nothing", advice=_REFERENCES)
    path = Path(reference)
    if archive.is_ocfl(path):
        return archive.read_ocfl(path)
    if path.exists():
        return _read(path)
    if _ID.fullmatch(reference):
        return open_catalog(store).get(reference)
    raise MissingError(
        f"there is no file, folder or artifact {reference!r}",
        advice=_REFERENCES,
    )


def _read(path: Path) -> "Bundle":
    """The bundle in a directory or a file.

    Raises:
        ContainerError: It is no bundle.
    """
    from awen_ref import archive

    try:
        return archive.read_eln(path) if path.suffix == ".eln" and path.is_file() else archive.read(path)
    except ContainerError as error:
        if not path.is_file():
            raise
        raise ContainerError(error.message, findings=error.findings, advice=_OTHERS) from error
