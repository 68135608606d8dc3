"""Tarballs give files and folders by sound names, or nothing (AWB-R-249)."""

import gzip
import io
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from awen_ref.archive import is_tar, read_tar
from awen_ref.errors import ContainerError
from awen_ref.limits import DEFAULT

FILES = {"manifest.json": b"{}", "ir/original.json": b'{"a":1}' * 200, "empty.txt": b""}
Entry = tuple[tarfile.TarInfo, bytes]


def entry(name: str, data: bytes = b"", **fields: object) -> Entry:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, data


def tarball(entries: Sequence[Entry], *, kind: int = tarfile.PAX_FORMAT) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=kind) as tar:
        for info, data in entries:
            tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def of(files: Mapping[str, bytes], *, prefix: str = "", kind: int = tarfile.PAX_FORMAT) -> bytes:
    return tarball([entry(f"{prefix}{name}", data) for name, data in files.items()], kind=kind)


def kept(data: bytes, folder: Path) -> Path:
    path = folder / "old.tar"
    path.write_bytes(data)
    return path


def contents(path: Path) -> dict[str, bytes]:
    return {name: member.read() for name, member in read_tar(path).members.items()}


def refusal(path: Path, **limits: int) -> set[str]:
    with pytest.raises(ContainerError) as caught:
        read_tar(path, limits=DEFAULT._replace(**limits))
    return {finding.code for finding in caught.value.findings}


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
@pytest.mark.parametrize("prefix", ["", "./", "awen_0123/", "./awen_0123/"])
@pytest.mark.parametrize("packed", [False, True])
def test_files_are_read_whatever_wrote_them(tmp_path: Path, kind: int, prefix: str, *, packed: bool) -> None:
    data = of(FILES, prefix=prefix, kind=kind)
    path = kept(gzip.compress(data) if packed else data, tmp_path)
    assert is_tar(path)
    assert contents(path) == FILES
    assert b"".join(read_tar(path).members["ir/original.json"].chunks()) == FILES["ir/original.json"]


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_a_long_name_is_one_name(tmp_path: Path, kind: int) -> None:
    name = "/".join(["folder" * 10] * 3) + "/file.json"
    assert contents(kept(of({"manifest.json": b"{}", name: b"x"}, kind=kind), tmp_path)) == {
        "manifest.json": b"{}",
        name: b"x",
    }


def test_times_and_owners_of_extended_headers_mean_nothing(tmp_path: Path) -> None:
    timed = entry("a.json", b"x", mtime=1.5, pax_headers={"uname": "somebody", "comment": "c"})
    assert contents(kept(tarball([entry("d", type=tarfile.DIRTYPE), timed]), tmp_path)) == {"a.json": b"x"}


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
        tarfile.CONTTYPE,
        tarfile.GNUTYPE_SPARSE,
        b"Z",
    ],
)
def test_what_is_neither_file_nor_folder_is_refused(tmp_path: Path, kind: bytes) -> None:
    special = entry("a.json", type=kind, linkname="/etc/passwd")
    assert refusal(kept(tarball([special], kind=tarfile.USTAR_FORMAT), tmp_path)) == {"AWB-PKG-026"}


def test_a_link_in_an_extended_header_is_refused(tmp_path: Path) -> None:
    hidden = entry("a.json", b"x", pax_headers={"linkpath": "/etc/passwd"})
    assert refusal(kept(tarball([hidden]), tmp_path)) == {"AWB-PKG-026"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../a.json", "AWB-INV-001"),
        ("/etc/a.json", "AWB-INV-001"),
        ("b/../../a.json", "AWB-INV-001"),
        ("b//a.json", "AWB-INV-001"),
        ("B/a.json", "AWB-INV-001"),
        ("b\\a.json", "AWB-INV-001"),
        ("ä.json", "AWB-INV-001"),
        ("con.json", "AWB-INV-003"),
        ("a" * 300, "AWB-LIM-003"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str, code: str) -> None:
    assert refusal(kept(of({"manifest.json": b"{}", name: b"x"}), tmp_path)) == {code}
    assert refusal(kept(of({name: b"x"}), tmp_path)) == {code}


def test_a_folder_around_all_files_is_no_way_out(tmp_path: Path) -> None:
    for prefix in ("../", "/", "./../", ".././"):
        assert refusal(kept(of(FILES, prefix=prefix), tmp_path)) == {"AWB-INV-001"}


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = tarball([entry("a.json", b"1"), entry("b.json", b"2"), entry("a.json", b"3")])
    with pytest.raises(ContainerError) as caught:
        read_tar(kept(twice, tmp_path))
    assert [(one.code, one.path) for one in caught.value.findings] == [("AWB-PKG-028", "a.json")]
    both = tarball([entry("c/a", b"1"), entry("c/a/b", b"2")])
    assert refusal(kept(both, tmp_path)) == {"AWB-INV-004"}


@pytest.mark.parametrize("keep", [1, 511, 513, 1000])
def test_a_tarball_that_is_cut_short_is_refused(tmp_path: Path, keep: int) -> None:
    data = of(FILES)
    assert refusal(kept(data[:keep], tmp_path)) <= {"AWB-PKG-001", "AWB-PKG-013"}
    assert refusal(kept(gzip.compress(data)[: keep // 8 + 3], tmp_path)) == {"AWB-PKG-031"}


@pytest.mark.parametrize("place", [0, 124, 148, 156, 257])
def test_a_header_with_a_flipped_octet_is_refused(tmp_path: Path, place: int) -> None:
    data = bytearray(of(FILES))
    data[place] ^= 1
    assert refusal(kept(bytes(data), tmp_path)) <= {"AWB-PKG-001", "AWB-PKG-013"}


def test_octets_behind_the_end_are_refused(tmp_path: Path) -> None:
    data = of(FILES)
    assert refusal(kept(data[:-1] + b"x", tmp_path)) == {"AWB-PKG-011"}
    assert refusal(kept(b"", tmp_path)) == {"AWB-PKG-001"}
    assert refusal(kept(bytes(1024), tmp_path)) == {"AWB-PKG-001"}


def test_limits_hold_before_anything_is_kept(tmp_path: Path) -> None:
    many = of({f"f{number}": b"" for number in range(5)})
    assert refusal(kept(many, tmp_path), entries=4) == {"AWB-LIM-001"}
    assert len(read_tar(kept(many, tmp_path), limits=DEFAULT._replace(entries=5)).members) == 5
    folders = tarball([entry(f"d{number}", type=tarfile.DIRTYPE) for number in range(20)])
    assert refusal(kept(folders, tmp_path), entries=4) == {"AWB-LIM-001"}
    bomb = gzip.compress(of({"zeros": bytes(4 << 20)}))
    assert refusal(kept(bomb, tmp_path)) == {"AWB-LIM-005"}
    assert refusal(kept(gzip.compress(of(FILES)), tmp_path), spool_bytes=100) == {"AWB-LIM-016"}


@pytest.mark.parametrize("record", [b"0 path=a\n", b"8 path=a\n", b"path=a\n", b"99 path=a\n", b"\xff"])
def test_a_malformed_extended_header_is_refused(tmp_path: Path, record: bytes) -> None:
    wrong = tarball([entry("pax", record, type=b"x"), entry("a.json", b"x")], kind=tarfile.USTAR_FORMAT)
    assert refusal(kept(wrong, tmp_path)) == {"AWB-PKG-013"}


def test_an_extended_header_is_bounded(tmp_path: Path) -> None:
    wide = tarball([entry("pax", bytes(1 << 17), type=b"x"), entry("a", b"x")], kind=tarfile.USTAR_FORMAT)
    assert refusal(kept(wide, tmp_path)) == {"AWB-PKG-013"}


def test_a_file_that_is_none_is_known_by_its_content(tmp_path: Path) -> None:
    assert not is_tar(tmp_path)
    assert not is_tar(kept(b"PK\x03\x04", tmp_path))
    assert refusal(kept(b"PK\x03\x04" + bytes(600), tmp_path)) == {"AWB-PKG-001"}


@pytest.mark.parametrize(("headers", "codes"), [(8, set()), (9, {"AWB-LIM-001"})])
def test_four_headers_a_file_are_read_and_no_more(tmp_path: Path, headers: int, codes: set[str]) -> None:
    folders = [entry(f"d{number}", type=tarfile.DIRTYPE) for number in range(headers - 1)]
    path = kept(tarball([*folders, entry("manifest.json", b"{}")]), tmp_path)
    limits = DEFAULT._replace(entries=2)
    if codes:
        assert refusal(path, entries=2) == codes
    else:
        assert list(read_tar(path, limits=limits).members) == ["manifest.json"]


@pytest.mark.parametrize(("size", "codes"), [(1 << 16, set()), ((1 << 16) + 1, {"AWB-PKG-013"})])
def test_an_extended_header_is_read_up_to_64_kib(tmp_path: Path, size: int, codes: set[str]) -> None:
    record = f"{size} comment=".encode()
    record += b"x" * (size - len(record) - 1) + b"\n"
    long = tarball([entry("pax", record, type=b"x"), entry("a.json", b"x")], kind=tarfile.USTAR_FORMAT)
    path = kept(long, tmp_path)
    if codes:
        assert refusal(path) == codes
    else:
        assert contents(path) == {"a.json": b"x"}


def test_a_stream_inflates_to_its_ratio_and_no_further(tmp_path: Path) -> None:
    data = of({"a.json": bytes(100_000)})
    packed = gzip.compress(data)
    ratio = -(-len(data) // len(packed))
    path = kept(packed, tmp_path)
    limits = DEFAULT._replace(deflate_ratio_floor_bytes=0, deflate_ratio=ratio)
    assert list(read_tar(path, limits=limits).members) == ["a.json"]
    assert refusal(path, deflate_ratio_floor_bytes=0, deflate_ratio=ratio // 2) == {"AWB-LIM-005"}


def test_a_name_of_a_hundred_octets_is_whole(tmp_path: Path) -> None:
    name = "/".join(["a" * 24] * 4) + "z"
    assert len(name) == 100
    data = of({name: b"x"}, kind=tarfile.USTAR_FORMAT)
    assert data[:100] == name.encode()
    assert contents(kept(data, tmp_path)) == {name: b"x"}


def test_a_size_in_an_extended_header_is_decimal_and_counts(tmp_path: Path) -> None:
    """POSIX pax: it stands in place of the header's."""
    record = b"11 size=10\n"
    extended = tarball([entry("pax", record, type=b"x")], kind=tarfile.USTAR_FORMAT)[:1024]
    header = bytearray(tarball([entry("a.json", b"0123456789")], kind=tarfile.USTAR_FORMAT)[:512])
    header[124:136] = b"00000000003\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    data = extended + bytes(header) + b"0123456789".ljust(512, b"\0") + bytes(1024)
    assert contents(kept(data, tmp_path)) == {"a.json": b"0123456789"}
    for record in (b"12 size=1_0\n", b"11 size=+1\n"):
        wrong = tarball([entry("pax", record, type=b"x")], kind=tarfile.USTAR_FORMAT)[:1024] + data[1024:]
        assert refusal(kept(wrong, tmp_path)) == {"AWB-PKG-013"}


def test_a_tarball_may_end_with_its_one_block_of_zeros(tmp_path: Path) -> None:
    data = of({"a.json": b"x"}, kind=tarfile.USTAR_FORMAT)[:1024]
    assert contents(kept(data + bytes(512), tmp_path)) == {"a.json": b"x"}
    assert refusal(kept(data + bytes(511), tmp_path)) == {"AWB-PKG-013"}


def test_a_stream_may_inflate_to_the_very_limit(tmp_path: Path) -> None:
    data = of({"a.json": b"x"})
    path = kept(gzip.compress(data), tmp_path)
    assert read_tar(path, limits=DEFAULT._replace(inflated_bytes=len(data))).members
    assert refusal(path, inflated_bytes=len(data) - 1) == {"AWB-LIM-005"}


def test_a_digit_that_is_not_octal_is_refused(tmp_path: Path) -> None:
    header = bytearray(tarball([entry("a.json", b"x")], kind=tarfile.USTAR_FORMAT)[:512])
    header[124:136] = b"00000000009\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    assert refusal(kept(bytes(header) + bytes(1536), tmp_path)) == {"AWB-PKG-013"}
