"""Other people's ZIP tools read the same names and octets from what we write and from what we accept."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.bundle import Bundle, BytesMember
from tests.unit.archive.test_odd_archives import PASSED_OVER

CONTENT = {
    "CITATION.cff": b"cff-version: 1.2.0\n",
    "data/results/arrays/pd1.power.npy": bytes(range(256)) * 2000,
    "data/results/empty": b"",
    "manifest.json": b"{}",
}


def bundle() -> Bundle:
    return Bundle({path: BytesMember(data) for path, data in CONTENT.items()})


def unzip(path: Path, target: Path) -> None:
    subprocess.run(["unzip", "-q", path, "-d", target], check=True)


def bsdtar(path: Path, target: Path) -> None:
    target.mkdir()
    subprocess.run(["bsdtar", "-xf", path, "-C", target], check=True)


def seven_zip(path: Path, target: Path) -> None:
    subprocess.run(["7z", "x", "-bso0", "-bsp0", f"-o{target}", path], check=True)


def python(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as peer:
        assert peer.testzip() is None
        peer.extractall(target)


PEERS: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
    "zipfile": ("", python),
    "unzip": ("unzip", unzip),
    "bsdtar": ("bsdtar", bsdtar),
    "7z": ("7z", seven_zip),
}


def extracted(peer: str, path: Path, target: Path) -> dict[str, bytes]:
    """What a peer makes of an archive, or a skip where it is not installed."""
    command, extract = PEERS[peer]
    if command and shutil.which(command) is None:
        pytest.skip(f"{command} is not installed")
    extract(path, target)
    return {
        file.relative_to(target).as_posix(): file.read_bytes() for file in target.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize("compress", [False, True], ids=["stored", "deflated"])
@pytest.mark.parametrize("peer", PEERS)
def test_peer_reads_what_we_write(peer: str, compress: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    path = tmp_path / "b.zip"
    archive.write_zip(bundle(), path, compress=compress)
    assert extracted(peer, path, tmp_path / "out") == CONTENT


@pytest.mark.parametrize("case", [case for case in PASSED_OVER if case != "no_entry"])
@pytest.mark.parametrize("peer", PEERS)
def test_peer_reads_what_we_accept_as_we_do(peer: str, case: str, tmp_path: Path) -> None:
    octets = PASSED_OVER[case][1].build()
    path = tmp_path / "b.zip"
    path.write_bytes(octets)
    ours = {name: member.read() for name, member in archive.read(path).members.items()}
    assert extracted(peer, path, tmp_path / "out") == ours


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_archive_by_python_is_read_with_a_warning(method: int, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w", method) as peer:
        for name, data in CONTENT.items():
            peer.writestr(name, data)
    read = archive.read(path)
    assert {name: member.read() for name, member in read.members.items()} == CONTENT
    assert [finding.code for finding in read.findings] == ["AWB-PKG-032"]


def test_archive_by_zip_without_extras_is_read_with_a_warning(tmp_path: Path) -> None:
    if shutil.which("zip") is None:
        pytest.skip("zip is not installed")
    archive.write_directory(bundle(), tmp_path / "b")
    subprocess.run(["zip", "-q", "-X", "-D", "-r", "../b.zip", "."], cwd=tmp_path / "b", check=True)
    read = archive.read(tmp_path / "b.zip")
    assert {name: member.read() for name, member in read.members.items()} == CONTENT
    assert {finding.code for finding in read.findings} <= {"AWB-PKG-032", "AWB-PKG-033"}


def test_canonical_archive_is_read_without_a_finding() -> None:
    target = io.BytesIO()
    archive.write_zip(bundle(), target)
    assert archive.read(io.BytesIO(target.getvalue())).findings == ()
