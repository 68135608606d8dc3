"""A bundle as a new directory."""

import os
from pathlib import Path

from awen_ref.archive.placing import new_folder, write_all
from awen_ref.archive.writing import check_names, exactly
from awen_ref.bundle.model import Bundle, Member

__all__ = ["write_directory"]

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write_directory(bundle: Bundle, target: Path) -> None:
    """Write a bundle as a new directory, which appears when every file of it is on the medium.

    Args:
        bundle: Any bundle whose names are in order; it is not verified here.
        target: The directory to make.

    Raises:
        ContainerError: A name is not in order, or a member cannot be read or is not of its size.
        UsageError: Something has the name already.
        MissingError: The folder it is to lie in is missing or closed to us.
        StorageError: The medium refuses a write or a flush.
    """
    check_names(bundle)
    with new_folder(target) as folder:
        for path, member in bundle.members.items():
            _write_file(folder / path, member)


def _write_file(path: Path, member: Member) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        for chunk in exactly(member):
            write_all(descriptor, chunk)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
