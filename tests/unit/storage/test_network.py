from pathlib import Path

import pytest

from awen_ref.errors import StorageError
from awen_ref.storage import FilesystemBackend, network
from awen_ref.storage.network import file_system_of

MOUNTS = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /home rw - nfs4 server:/home rw,vers=4.2
31 30 0:27 / /home/me/my\040disk rw shared:7 master:2 - btrfs /dev/sdb rw
32 22 0:28 / /mnt/remote rw - fuse.sshfs me@server: rw
33 22 0:29 / /over rw - nfs server:/over rw
34 33 0:30 / /over rw - xfs /dev/sdc rw
torn line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/var/data", "ext4"),
        ("/home", "nfs4"),
        ("/home/me/store", "nfs4"),
        ("/homeless", "ext4"),
        ("/home/me/my disk/store", "btrfs"),
        ("/mnt/remote/x", "fuse.sshfs"),
        ("/over/store", "xfs"),
    ],
)
def test_the_innermost_and_latest_mount_decides(path: str, kind: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind


def test_without_any_mount_the_kind_is_empty() -> None:
    assert file_system_of(Path("/home"), "") == ""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.s3fs"])
def test_a_network_file_system_is_refused_with_the_reason(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"1 0 0:1 / / rw - {kind} x rw\n")
    monkeypatch.setattr(network, "_MOUNTS", mounts)
    with pytest.raises(StorageError, match=kind) as caught:
        FilesystemBackend(tmp_path / "store").create()
    assert "export" in caught.value.advice


@pytest.mark.parametrize(
    "kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "lustre", "gpfs", "ceph", "overlay"]
)
def test_a_local_or_cluster_file_system_is_let_through(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"1 0 0:1 / / rw - {kind} x rw\n")
    monkeypatch.setattr(network, "_MOUNTS", mounts)
    FilesystemBackend(tmp_path / "store").create()


def test_a_system_without_proc_is_let_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_MOUNTS", tmp_path / "absent")
    FilesystemBackend(tmp_path / "store").create()
