"""Which file systems cannot keep a store's promises, whatever this program does.

Over a network the server decides when `fsync` and `rename` are done, other clients may see a folder as it was
a minute ago, and a lost reply makes a call that worked look failed. Cluster file systems (Lustre, Spectrum
Scale, CephFS, BeeGFS) give every client the semantics of a local one and are not in the list.
"""

import os
import re
from pathlib import Path

from awen_ref.errors import StorageError

__all__ = ["file_system_of", "refuse_network"]

_MOUNTS = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")
_KINDS = ("9p", "afs", "cifs", "davfs", "drvfs", "ncpfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf")
_FUSE = ("davfs2", "gcsfuse", "goofys", "grpcfuse", "rclone", "s3fs", "smbnetfs", "sshfs")
_REFUSED = frozenset([*_KINDS, *(f"fuse.{name}" for name in _FUSE)])


def refuse_network(path: Path) -> None:
    """Refuse to write on a file system that cannot keep the promises.

    Systems without `/proc` are let through: there is nothing to ask.

    Raises:
        StorageError: It is one of those.
    """
    try:
        mounts = _MOUNTS.read_text("utf-8", errors="surrogateescape")
    except OSError:
        return
    kind = file_system_of(Path(os.path.realpath(path)), mounts)
    if kind in _REFUSED:
        raise StorageError(
            f"{path} is on a network file system ({kind}), which can lose what a store has acknowledged",
            advice="Keep the store on a local disk (--store, AWEN_STORE) and export bundles to this place.",
        )


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that a path lies on.

    Args:
        path: An absolute path without symbolic links; need not exist.
        mounts: Lines as in Linux's `/proc/self/mountinfo` (proc_pid_mountinfo(5)).

    Returns:
        The type (`ext4`, `nfs4`, `fuse.sshfs`), or an empty string where no line fits.
    """
    kind, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        # A later mount on the same point covers the earlier one.
        if path.is_relative_to(point) and len(point.parts) >= longest:
            kind, longest = after.split(" ")[0], len(point.parts)
    return kind
