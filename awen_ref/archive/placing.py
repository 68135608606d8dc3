"""New files and folders that appear whole or not at all, and survive a loss of power once they have appeared.

They are made under another name beside their target, flushed to the medium, and renamed (AWB-R-152). An error
of the medium while flushing is final: nothing is tried again and nothing appears.
"""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from awen_ref.errors import MissingError, UsageError
from awen_ref.storage.durable import faults, sync_folder, sync_folders_below

__all__ = ["new_file", "new_folder", "write_all"]

_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@contextmanager
def new_file(target: Path, *, overwrite: bool) -> Iterator[int]:
    """A descriptor to write to, in any order; the file gets its name when the block ends without an error.

    Args:
        target: The name.
        overwrite: Whether it may take the place of a file that has the name.

    Raises:
        UsageError: Something has the name, and `overwrite` was not asked for.
        MissingError: The folder it is to lie in is missing or closed to us.
        StorageError: The medium refuses a write or a flush.
    """
    _refuse_existing(target, overwrite=overwrite)
    temporary = _sibling(target)
    with faults("write", target):
        with _told_of(target):
            descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            try:
                yield descriptor
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if overwrite:
                temporary.replace(target)
            else:
                _take_free_name(temporary, target)
            sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to fill with flushed files; it gets its name when the block ends without an error.

    Raises:
        UsageError: Something has the name.
        MissingError: The folder it is to lie in is missing or closed to us.
        StorageError: The medium refuses a write or a flush.
    """
    _refuse_existing(target, overwrite=False)
    temporary = _sibling(target)
    with faults("write", target):
        with _told_of(target):
            temporary.mkdir()
        mode = stat.S_IMODE(temporary.stat().st_mode)
        try:
            temporary.chmod(0o700)  # nobody else may put anything into it while it is being filled
            yield temporary
            sync_folders_below(temporary)
            temporary.chmod(mode)
            _refuse_existing(target, overwrite=False)
            temporary.rename(target)  # onto an empty folder at worst
            sync_folder(target.parent)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write every octet, however many calls the system makes of it."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


@contextmanager
def _told_of(target: Path) -> Iterator[None]:
    """Of a name that nobody gave, errors say nothing."""
    try:
        yield
    except FileNotFoundError:
        raise MissingError(
            f"there is no folder {target.parent}", advice="Make it, or choose another."
        ) from None
    except OSError as error:
        error.filename = str(target)
        raise


def _sibling(target: Path) -> Path:
    return target.parent / f".awen-{secrets.token_hex(8)}.tmp"


def _refuse_existing(target: Path, *, overwrite: bool) -> None:
    if not overwrite and os.path.lexists(target):
        raise UsageError(f"{target} exists already", advice="Choose a name that is free.")


def _take_free_name(temporary: Path, target: Path) -> None:
    """Rename, but never over something: unlike a rename, a hard link fails where the name is taken."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise UsageError(f"{target} exists already", advice="Choose a name that is free.") from None
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _refuse_existing(target, overwrite=False)
        temporary.replace(target)
