"""The canonical archive, octet for octet, and targets that appear whole or not at all."""

import gc
import hashlib
import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.archive import placing
from awen_ref.archive.records import Entry, central_header, end_records, local_header
from awen_ref.bundle import Bundle, BytesMember, FileMember, Member
from awen_ref.bundle.model import CHUNK_BYTES
from awen_ref.errors import ContainerError, MissingError, StorageError, UsageError
from awen_ref.limits import DEFAULT

SMALL = {"bagit.txt": b"bag", "data/a": b"", "data/b.npy": bytes(range(200))}


def bundle(content: dict[str, bytes]) -> Bundle:
    return Bundle({path: BytesMember(data) for path, data in content.items()})


def octets(content: Bundle, *, compress: bool = False) -> bytes:
    """The archive as a stream gets it."""
    target = io.BytesIO()
    archive.write_zip(content, target, compress=compress)
    return target.getvalue()


def content_of(read: Bundle) -> dict[str, bytes]:
    return {path: member.read() for path, member in read.members.items()}


@dataclass(frozen=True)
class Failing:
    """A member that gives a piece and then fails, or gives another number of octets than it said."""

    size: int
    gives: int

    def chunks(self) -> Iterator[bytes | memoryview]:
        yield bytes(self.gives)
        if self.gives == self.size:
            raise ContainerError("the medium is gone")

    def read(self) -> bytes:
        return b"".join(map(bytes, self.chunks()))


def test_archive_of_one_file_is_these_octets() -> None:
    """AWB-R-134, AWB-R-135: stored and canonical unless asked otherwise."""
    expected = (
        "504b0304 1400 0000 0000 0000 2100 a8c8f65a 03000000 03000000 0900 0000"
        "62616769742e747874 626167"
        "504b0102 1403 1400 0000 0000 0000 2100 a8c8f65a 03000000 03000000 0900 0000 0000 0000 0000 0000a481"
        "00000000 62616769742e747874"
        "504b0506 0000 0000 0100 0100 37000000 2a000000 0000"
    )
    crc = struct.pack("<I", zlib.crc32(b"bag")).hex()
    assert octets(bundle({"bagit.txt": b"bag"})).hex() == expected.replace(" ", "").replace("a8c8f65a", crc)


def test_archive_of_nothing_is_one_end_record() -> None:
    assert octets(bundle({})) == b"PK\5\6" + bytes(18)


def test_entries_stand_in_the_order_of_their_octets_whatever_the_bundle_says() -> None:
    names = ["data/b", "data-0", "CITATION.cff", "data.txt", "a"]
    with zipfile.ZipFile(io.BytesIO(octets(bundle(dict.fromkeys(names, b"x"))))) as peer:
        assert peer.namelist() == sorted(names)


@pytest.mark.parametrize("compress", [False, True], ids=["stored", "deflated"])
def test_file_and_stream_get_the_same_octets(compress: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    content = bundle(
        {**SMALL, "data/large": os.urandom(CHUNK_BYTES * 3 + 1), "data/zeros": bytes(CHUNK_BYTES * 2)}
    )
    archive.write_zip(content, tmp_path / "b.zip", compress=compress)
    assert (tmp_path / "b.zip").read_bytes() == octets(content, compress=compress)
    assert content_of(archive.read(tmp_path / "b.zip")) == content_of(content)


def test_pipe_gets_the_archive() -> None:
    content = bundle({**SMALL, "data/large": bytes(CHUNK_BYTES + 1)})
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as pool, os.fdopen(reading, "rb") as source:
        received = pool.submit(source.read)
        with os.fdopen(writing, "wb") as pipe:
            archive.write_zip(content, pipe)
        assert received.result() == octets(content)


def test_compressed_archive_differs_only_where_it_says() -> None:
    """AWB-R-154."""
    content = {"data/noise": os.urandom(1000), "data/text": b"abc" * 1000, "manifest.json": b"{}"}
    infos = []
    for compress in (False, True):
        with zipfile.ZipFile(io.BytesIO(octets(bundle(content), compress=compress))) as peer:
            infos.append(peer.infolist())
            assert {info.filename: peer.read(info) for info in infos[-1]} == content
    assert [info.compress_type for info in infos[1]] == [0, 8, 0]
    for plain, packed in zip(*infos, strict=True):
        differing = {name for name in plain.__slots__ if getattr(plain, name, 0) != getattr(packed, name, 0)}
        assert differing <= {
            "compress_type",
            "compress_size",
            "header_offset",
            "_end_offset",
            "_compresslevel",
        }
    assert content_of(archive.read(io.BytesIO(octets(bundle(content), compress=True)))) == content


def test_what_a_reader_would_refuse_to_inflate_is_stored() -> None:
    content = bundle({"data/zeros": bytes(DEFAULT.deflate_ratio_floor_bytes * 4)})
    with zipfile.ZipFile(io.BytesIO(octets(content, compress=True))) as peer:
        assert peer.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert content_of(archive.read(io.BytesIO(octets(content, compress=True)))) == content_of(content)


@pytest.mark.parametrize("name", ["../evil", "/etc/x", "A", "con", "a/../b", ""])
def test_name_that_no_reader_takes_is_not_written(name: str, tmp_path: Path) -> None:
    for write in (archive.write_zip, archive.write_directory):
        with pytest.raises(ContainerError):
            write(bundle({name: b"x"}), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_name_that_is_file_and_folder_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ContainerError) as caught:
        archive.write_directory(bundle({"data": b"x", "data/b": b"y"}), tmp_path / "out")
    assert [finding.code for finding in caught.value.findings] == ["AWB-INV-004"]


@pytest.mark.parametrize(
    "member", [Failing(10, 10), Failing(10, 9), Failing(9, 10), Failing(CHUNK_BYTES * 2, 7)]
)
def test_member_that_fails_leaves_nothing_behind(member: Member, tmp_path: Path) -> None:
    """AWB-R-152."""
    broken = Bundle({"a": BytesMember(b"x"), "b": member})
    for write in (archive.write_zip, archive.write_directory):
        with pytest.raises(ContainerError):
            write(broken, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_existing_target_is_not_overwritten_unless_told(tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_bytes(b"mine")
    with pytest.raises(UsageError):
        archive.write_zip(bundle(SMALL), target)
    with pytest.raises(UsageError):
        archive.write_directory(bundle(SMALL), target)
    assert target.read_bytes() == b"mine"
    archive.write_zip(bundle(SMALL), target, overwrite=True)
    assert target.read_bytes() == octets(bundle(SMALL))
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


def test_dangling_link_at_the_target_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "b.zip").symlink_to("elsewhere")
    with pytest.raises(UsageError):
        archive.write_zip(bundle(SMALL), tmp_path / "b.zip")
    assert not (tmp_path / "elsewhere").exists()


def test_name_taken_while_the_archive_is_written_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.zip"
    monkeypatch.setattr(placing, "_refuse_existing", lambda *_, **__: None)
    target.write_bytes(b"mine")
    with pytest.raises(UsageError):
        archive.write_zip(bundle(SMALL), target)
    assert target.read_bytes() == b"mine"


def test_missing_folder_is_missing(tmp_path: Path) -> None:
    for write in (archive.write_zip, archive.write_directory):
        with pytest.raises(MissingError):
            write(bundle(SMALL), tmp_path / "no" / "out")


def test_failed_flush_is_final_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def failing(descriptor: int) -> None:
        calls.append(descriptor)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    for write in (archive.write_zip, archive.write_directory):
        with pytest.raises(StorageError):
            write(bundle({"a": b"x"}), tmp_path / "out")
    assert len(calls) == 2
    assert list(tmp_path.iterdir()) == []


def test_everything_is_flushed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    real_fsync, real_link, real_rename = os.fsync, os.link, Path.rename

    def fsync(descriptor: int) -> None:
        events.append("flush " + Path(f"/proc/self/fd/{descriptor}").readlink().name[:6])
        real_fsync(descriptor)

    def link(old: Path, new: Path) -> None:
        events.append("name")
        real_link(old, new)

    def rename(old: Path, new: Path) -> Path:
        events.append("name")
        return real_rename(old, new)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(Path, "rename", rename)
    home = tmp_path / "home"
    home.mkdir()
    archive.write_zip(bundle(SMALL), home / "b.zip")
    assert events == ["flush .awen-", "name", "flush home"]
    events.clear()
    archive.write_directory(bundle(SMALL), home / "b")
    assert events == [
        "flush bagit.",
        "flush a",
        "flush b.npy",
        "flush data",
        "flush .awen-",
        "name",
        "flush home",
    ]


def test_archive_has_an_ordinary_mode(tmp_path: Path) -> None:
    archive.write_zip(bundle(SMALL), tmp_path / "b.zip")
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "b.zip").stat().st_mode & 0o7777 == 0o666 & ~umask


def test_directory_has_ordinary_modes(tmp_path: Path) -> None:
    gc.collect()
    before = len(list(Path("/proc/self/fd").iterdir()))
    archive.write_directory(bundle(SMALL), tmp_path / "b")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "b").stat().st_mode & 0o7777 == 0o777 & ~umask
    assert (tmp_path / "b" / "bagit.txt").stat().st_mode & 0o7777 == 0o666 & ~umask


def test_file_members_of_the_producer_are_written(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(os.urandom(CHUNK_BYTES * 2 + 3))
    content = Bundle({"data/x": FileMember(source, source.stat().st_size)})
    assert content_of(archive.read(io.BytesIO(octets(content))))["data/x"] == source.read_bytes()


# ZIP64

BIG = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("entry", "local", "central"),
    [
        (Entry(b"a", 0, 1, BIG - 1, BIG - 1, BIG - 1), "", ""),
        (
            Entry(b"a", 0, 1, BIG, BIG, 0),
            "01001000" + "ffffffff00000000" * 2,
            "01001000" + "ffffffff00000000" * 2,
        ),
        (Entry(b"a", 0, 1, 5, 5, BIG), "", "01000800ffffffff00000000"),
        (
            Entry(b"a", 8, 1, 7, BIG, BIG + 1),
            "01001000ffffffff000000000700000000000000",
            "01001800ffffffff0000000007000000000000000000000001000000",
        ),
    ],
)
def test_zip64_fields_stand_exactly_where_a_value_does_not_fit(
    entry: Entry, local: str, central: str
) -> None:
    """AWB-R-137, AWB-R-138."""
    assert local_header(entry)[31:].hex() == local
    assert central_header(entry)[47:].hex() == central
    assert local_header(entry)[4] == (45 if local else 20)
    assert central_header(entry)[4] == central_header(entry)[6] == (45 if central else 20)
    needs = "ffffffff" if local else None
    assert (local_header(entry)[18:22].hex() == needs) is (local_header(entry)[22:26].hex() == needs)


def test_end_records_have_zip64_exactly_where_a_value_does_not_fit() -> None:
    """AWB-R-139."""
    assert len(end_records(0xFFFE, BIG - 1, BIG - 1)) == 22
    for values in ((0xFFFF, 10, 10), (1, BIG, 10), (1, 10, BIG)):
        records = end_records(*values)
        assert len(records) == 56 + 20 + 22
        assert struct.unpack_from("<3Q", records, 32) == values
        assert struct.unpack_from("<IQI", records, 60) == (0, values[1] + values[2], 1)


def test_archive_of_65535_entries_has_zip64_records_and_is_read() -> None:
    content = bundle({f"data/{number:05d}": b"" for number in range(0xFFFF)})
    written = octets(content)
    assert written[-98:-94] == b"PK\6\6"
    read = archive.read(io.BytesIO(written), limits=DEFAULT._replace(entries=0xFFFF))
    assert (len(read.members), read.findings) == (0xFFFF, ())


def test_sparse_archive_beyond_4_gib_is_read_by_us_and_by_python(tmp_path: Path) -> None:
    first = Entry(b"data/big", 0, 0, BIG + 10, BIG + 10, 0)
    second = Entry(b"data/small", 0, zlib.crc32(b"here"), 4, 4, first.end)
    path = tmp_path / "b.zip"
    with path.open("wb") as file:
        file.write(local_header(first))
        file.seek(second.offset)
        file.write(local_header(second) + b"here")
        directory = central_header(first) + central_header(second)
        file.write(directory + end_records(2, len(directory), second.end))
    read = archive.read(path)
    assert {name: member.size for name, member in read.members.items()} == {
        "data/big": BIG + 10,
        "data/small": 4,
    }
    assert read.members["data/small"].read() == b"here"
    assert read.findings == ()
    with zipfile.ZipFile(path) as peer:
        assert peer.read("data/small") == b"here"
        assert peer.getinfo("data/big").file_size == BIG + 10


@pytest.mark.slow
def test_file_beyond_4_gib_is_written_and_read_again(tmp_path: Path) -> None:
    source = tmp_path / "source"
    with source.open("wb") as file:
        file.truncate(BIG + 10)
    content = Bundle({"data/big": FileMember(source, BIG + 10), "data/small": BytesMember(b"here")})
    archive.write_zip(content, tmp_path / "b.zip")
    read = archive.read(tmp_path / "b.zip")
    wanted, found = hashlib.sha256(), hashlib.sha256()
    for chunk in content.members["data/big"].chunks():
        wanted.update(chunk)
    for chunk in read.members["data/big"].chunks():
        found.update(chunk)
    assert found.digest() == wanted.digest()
    assert read.members["data/small"].read() == b"here"


@pytest.mark.parametrize("form", ["directory", "stored", "deflated"])
def test_memory_does_not_grow_with_a_file(form: str, tmp_path: Path) -> None:
    """AWB-R-363: reading and writing a file takes a few pieces of it, whatever its size."""
    noise = os.urandom(1 << 16).hex().encode()
    source = tmp_path / "source"
    source.write_bytes(noise * 256)
    content = Bundle({"data/large": FileMember(source, len(noise) * 256)})
    place = tmp_path / form
    tracemalloc.start()
    try:
        if form == "directory":
            archive.write_directory(content, place)
        else:
            archive.write_zip(content, place, compress=form == "deflated")
        for chunk in archive.read(place).members["data/large"].chunks():
            assert len(chunk) <= CHUNK_BYTES
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # A compressed entry is held in memory up to 16 MiB while its size is being found out.
    assert peak < (20 << 20 if form == "deflated" else 4 << 20)


def test_folder_that_is_being_filled_is_its_owner_s_alone(tmp_path: Path) -> None:
    with placing.new_folder(tmp_path / "b") as folder:
        assert folder.stat().st_mode & 0o7777 == 0o700
        (folder / "x").write_bytes(b"")
    assert (tmp_path / "b").stat().st_mode & 0o077
