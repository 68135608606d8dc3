from pathlib import Path

import pytest

from awen_ref.bundle import Bundle, BytesMember, FileMember
from awen_ref.bundle.hashed import hashed
from awen_ref.bundle.model import CHUNK_BYTES
from awen_ref.digest import MANIFEST, TAG_MANIFEST, sha256_hex, sha256_of
from awen_ref.errors import ContainerError, VerificationError
from tests import bundles


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1])
def test_bytes_member_gives_the_same_content_in_pieces(size: int) -> None:
    member = BytesMember(bytes(range(256)) * (size // 256) + b"x" * (size % 256))
    assert b"".join(member.chunks()) == member.read()
    assert member.size == size == len(member.read())
    assert all(len(chunk) <= CHUNK_BYTES for chunk in member.chunks())


def test_file_member_reads_again_and_again(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"x" * (CHUNK_BYTES + 5))
    member = FileMember(place, CHUNK_BYTES + 5)
    assert b"".join(member.chunks()) == member.read() == b"".join(member.chunks())
    assert sha256_of(member) == sha256_hex(place.read_bytes())


def test_file_member_that_is_gone_is_a_container_error(tmp_path: Path) -> None:
    member = FileMember(tmp_path / "gone", 1)
    with pytest.raises(ContainerError, match="cannot read"):
        list(member.chunks())
    with pytest.raises(ContainerError, match="cannot read"):
        member.read()


def test_hashing_twice_reads_once() -> None:
    class Counted:
        size = 3
        reads = 0

        def chunks(self) -> list[bytes]:
            return [self.read()]

        def read(self) -> bytes:
            self.reads += 1
            return b"abc"

    counted = Counted()
    known = hashed(hashed(counted))  # type: ignore[arg-type]  # a list is an iterator's worth here
    assert counted.reads == 1
    assert known.read() == b"abc"
    assert list(known.chunks()) == [b"abc"]
    assert known.size == 3


@pytest.mark.parametrize("path", [MANIFEST, TAG_MANIFEST])
def test_bundle_without_a_manifest_has_no_ids(path: str) -> None:
    files = bundles.files_of(bundles.sealed("run"))
    del files[path]
    with pytest.raises(VerificationError, match=path):
        _ = bundles.bundle_of(files).ids


def test_bundle_with_a_broken_manifest_has_no_ids() -> None:
    files = bundles.files_of(bundles.sealed("run"))
    files[MANIFEST] = files[MANIFEST].upper()
    with pytest.raises(VerificationError) as refusal:
        _ = bundles.bundle_of(files).ids
    assert {finding.path for finding in refusal.value.findings} == {MANIFEST}


def test_bundle_with_a_giant_manifest_has_no_ids() -> None:
    giant = Bundle({MANIFEST: BytesMember(bytes(17 << 20)), TAG_MANIFEST: BytesMember(b"")})
    with pytest.raises(VerificationError) as refusal:
        _ = giant.ids
    assert [finding.code for finding in refusal.value.findings] == ["AWB-LIM-007"]
