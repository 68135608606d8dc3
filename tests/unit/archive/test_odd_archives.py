"""Archives with one thing odd: each is refused, or passed over, with its own code."""

import io
import struct
import tracemalloc
import zlib
from dataclasses import replace

import pytest

from awen_ref import archive
from awen_ref.archive.records import END64, LOCATOR64
from awen_ref.bundle import Bundle
from awen_ref.errors import ContainerError
from awen_ref.limits import DEFAULT
from tests.ziplab import Archive, File, deflated, patched

A = File(b"a.txt", b"alpha")
B = File(b"data/b.txt", b"beta" * 10)
PLAIN = Archive((A, B))
OCTETS = PLAIN.build()
DIRECTORY = len(A.body() + B.body())


def first(**fields: object) -> Archive:
    """The plain archive with fields of its first entry changed."""
    return Archive((replace(A, **fields), B))  # type: ignore[arg-type]


def local(**fields: int | bytes) -> Archive:
    """The plain archive with fields of its first entry's local header changed."""
    return first(local=fields)


def named(name: bytes) -> Archive:
    """The plain archive with another name for its first entry."""
    return first(name=name)


def end64(count: int, size: int, offset: int) -> bytes:
    """A ZIP64 end record and its locator."""
    record = END64.pack(b"PK\6\6", 44, 0x032D, 45, 0, 0, count, count, size, offset)
    return record + LOCATOR64.pack(b"PK\6\7", 0, offset + size, 1)


ZIP64_SIZES = struct.pack("<2H2Q", 1, 16, 5, 5)
NTFS = struct.pack("<2HI2H3Q", 0x0A, 32, 0, 1, 24, 1, 2, 3)
UNICODE_PATH = struct.pack("<2HBI", 0x7075, 11, 1, zlib.crc32(b"a.txt")) + b"evil.t"
TWO_MB = bytes(2 << 20)

REFUSED: dict[str, tuple[str, Archive | bytes]] = {
    # The end
    "empty_file": ("AWB-PKG-001", b""),
    "text_file": ("AWB-PKG-001", b"hello, world\n" * 10),
    "end_record_cut": ("AWB-PKG-010", OCTETS[:-1]),
    "directory_missing": ("AWB-PKG-010", OCTETS[:DIRECTORY]),
    "suffix": ("AWB-PKG-011", replace(PLAIN, suffix=b"x")),
    "suffix_newline": ("AWB-PKG-011", replace(PLAIN, suffix=b"\n")),
    "comment": ("AWB-PKG-011", replace(PLAIN, comment=b"hello")),
    "comment_that_is_an_end_record": ("AWB-PKG-014", replace(PLAIN, comment=OCTETS[-22:])),
    "two_end_records": ("AWB-PKG-014", replace(PLAIN, before_end=OCTETS[-22:])),
    "two_archives": ("AWB-PKG-014", OCTETS + OCTETS),
    "disk_one": ("AWB-PKG-012", replace(PLAIN, end={"disk": 1})),
    "directory_on_disk_one": ("AWB-PKG-012", replace(PLAIN, end={"first_disk": 1})),
    "count_here_differs": ("AWB-PKG-013", replace(PLAIN, end={"here": 1})),
    "count_too_small": ("AWB-PKG-013", replace(PLAIN, end={"here": 1, "count": 1})),
    "count_too_large": ("AWB-PKG-013", replace(PLAIN, end={"here": 3, "count": 3})),
    "count_zero": ("AWB-PKG-013", replace(PLAIN, end={"here": 0, "count": 0})),
    "directory_size_too_small": ("AWB-PKG-014", replace(PLAIN, end={"size": 90})),
    "directory_size_too_large": ("AWB-PKG-013", replace(PLAIN, end={"size": 4000})),
    "directory_offset_beyond": ("AWB-PKG-013", replace(PLAIN, end={"offset": DIRECTORY + 1})),
    "directory_offset_before": ("AWB-PKG-014", replace(PLAIN, end={"offset": DIRECTORY - 1})),
    # Gaps and overlaps
    "prefix_with_old_offsets": ("AWB-PKG-014", b"#!/bin/sh\n" + OCTETS),
    "prefix_with_new_offsets": ("AWB-PKG-014", replace(PLAIN, prefix=b"#!/bin/sh\n")),
    "gap_between_entries": ("AWB-PKG-014", first(after=b"\0")),
    "gap_before_directory": ("AWB-PKG-014", replace(PLAIN, before_directory=b"\0")),
    "gap_after_directory": ("AWB-PKG-014", replace(PLAIN, before_end=b"\0")),
    "octets_in_directory": ("AWB-PKG-013", replace(PLAIN, after_directory=b"\0" * 8)),
    "digital_signature_in_directory": ("AWB-PKG-013", replace(PLAIN, after_directory=b"PK\5\5\0\0")),
    "ghost_entry": ("AWB-PKG-014", Archive((A, File(b"ghost", b"boo", in_directory=False), B))),
    "ghost_entry_last": ("AWB-PKG-014", Archive((A, B, File(b"ghost", b"boo", in_directory=False)))),
    "entry_without_body": ("AWB-PKG-014", Archive((A, replace(B, in_body=False, offset=0)))),
    "two_names_one_body": ("AWB-PKG-014", Archive((A, File(b"b", A.data, in_body=False, offset=0)))),
    "overlap": ("AWB-PKG-014", Archive((replace(A, compressed=20, size=20), B))),
    "data_reaches_into_directory": ("AWB-PKG-014", Archive((A, replace(B, compressed=99, size=99)))),
    "bodies_in_other_order": (
        "AWB-PKG-014",
        Archive((replace(A, offset=len(B.body())), replace(B, offset=0))),
    ),
    # Headers
    "no_local_header": ("AWB-PKG-015", first(local_signature=b"PK\7\x08")),
    "local_header_cut": (
        "AWB-PKG-015",
        Archive((replace(A, in_body=False),), before_directory=A.body()[:20]),
    ),
    "no_central_header": ("AWB-PKG-013", first(central_signature=b"PK\3\4")),
    "local_name_differs": ("AWB-PKG-016", local(name=b"b.txt")),
    "local_name_longer": ("AWB-PKG-016", local(name=b"a.txt2")),
    "local_method_differs": ("AWB-PKG-016", local(method=8)),
    "local_crc_differs": ("AWB-PKG-016", local(crc=1)),
    "local_size_differs": ("AWB-PKG-016", local(size=4)),
    "local_compressed_differs": ("AWB-PKG-016", local(compressed=4)),
    "local_flags_differ": ("AWB-PKG-016", local(flags=0x800)),
    "local_data_descriptor_flag": ("AWB-PKG-016", local(flags=8)),
    "local_encryption_flag": ("AWB-PKG-016", local(flags=1)),
    "local_time_differs": ("AWB-PKG-016", local(time=1)),
    "local_version_differs": ("AWB-PKG-016", local(needed=10)),
    "local_extra_field": ("AWB-PKG-016", local(extra=NTFS)),
    "encrypted": ("AWB-PKG-017", first(flags=0x01)),
    "strongly_encrypted": ("AWB-PKG-017", first(flags=0x41)),
    "masked_headers": ("AWB-PKG-017", first(flags=0x2000)),
    "data_descriptor": (
        "AWB-PKG-018",
        first(
            flags=8,
            local={"crc": 0, "size": 0, "compressed": 0},
            after=struct.pack("<4s3I", b"PK\7\x08", 1, 5, 5),
        ),
    ),
    "patch_data": ("AWB-PKG-019", first(flags=0x20)),
    "reserved_flag": ("AWB-PKG-019", first(flags=0x80)),
    "deflate_level_of_a_stored_entry": ("AWB-PKG-019", first(flags=2)),
    "method_bzip2": ("AWB-PKG-020", first(method=12)),
    "method_zstd": ("AWB-PKG-020", first(method=93)),
    "method_deflate64": ("AWB-PKG-020", first(method=9)),
    "version_63": ("AWB-PKG-021", first(needed=63)),
    "entry_on_disk_one": ("AWB-PKG-012", first(disk=1)),
    "extra_field": ("AWB-PKG-022", first(extra=NTFS)),
    "extra_field_in_both": ("AWB-PKG-022", first(extra=NTFS, local={"extra": NTFS})),
    "unicode_path_field": ("AWB-PKG-022", first(extra=UNICODE_PATH, local={"extra": UNICODE_PATH})),
    "extra_field_of_one_octet": ("AWB-PKG-022", first(extra=b"x")),
    "entry_comment": ("AWB-PKG-023", first(comment=b"note")),
    # ZIP64
    "zip64_field_not_needed": ("AWB-PKG-024", first(extra=ZIP64_SIZES)),
    "zip64_field_in_both_not_needed": (
        "AWB-PKG-024",
        first(
            needed=45,
            size=0xFFFFFFFF,
            compressed=0xFFFFFFFF,
            extra=ZIP64_SIZES,
            local={"extra": ZIP64_SIZES},
        ),
    ),
    "zip64_field_missing": ("AWB-PKG-024", first(size=0xFFFFFFFF, compressed=0xFFFFFFFF)),
    "zip64_field_cut": ("AWB-PKG-024", first(size=0xFFFFFFFF, compressed=0xFFFFFFFF, extra=ZIP64_SIZES[:12])),
    "zip64_offset_not_needed": ("AWB-PKG-024", first(offset=0xFFFFFFFF, extra=struct.pack("<2HQ", 1, 8, 0))),
    "zip64_end_not_needed": (
        "AWB-PKG-024",
        replace(PLAIN, before_end=end64(2, len(OCTETS) - 22 - DIRECTORY, DIRECTORY)),
    ),
    "zip64_end_pointed_to_not_needed": (
        "AWB-PKG-024",
        replace(
            PLAIN,
            before_end=end64(2, len(OCTETS) - 22 - DIRECTORY, DIRECTORY),
            end={"offset": 0xFFFFFFFF},
        ),
    ),
    "zip64_end_missing": ("AWB-PKG-024", replace(PLAIN, end={"offset": 0xFFFFFFFF})),
    "zip64_count_missing": ("AWB-PKG-024", replace(PLAIN, end={"here": 0xFFFF, "count": 0xFFFF})),
    # Kinds of entries
    "folder_entry": ("AWB-PKG-025", Archive((A, File(b"data/", external=0o40755 << 16 | 0x10), B))),
    "folder_by_mode": ("AWB-PKG-025", first(external=0o40755 << 16)),
    "folder_by_dos_attribute": ("AWB-PKG-025", first(external=0x10)),
    "symbolic_link": ("AWB-PKG-026", first(external=0o120777 << 16)),
    "fifo": ("AWB-PKG-026", first(external=0o10644 << 16)),
    "socket": ("AWB-PKG-026", first(external=0o140644 << 16)),
    "block_device": ("AWB-PKG-026", first(external=0o60644 << 16)),
    "character_device": ("AWB-PKG-026", first(external=0o20644 << 16)),
    "volume_label": ("AWB-PKG-026", first(external=0x08)),
    "windows_reparse_point": ("AWB-PKG-026", first(external=0x400)),
    "set_user_id": ("AWB-PKG-027", first(external=0o104755 << 16)),
    "set_group_id": ("AWB-PKG-027", first(external=0o102755 << 16)),
    "sticky": ("AWB-PKG-027", first(external=0o101644 << 16)),
    # Names
    "two_entries_one_name": ("AWB-PKG-028", Archive((A, A, B))),
    "two_entries_one_name_other_content": ("AWB-PKG-028", Archive((A, replace(A, data=b"other"), B))),
    "name_empty": ("AWB-INV-001", named(b"")),
    "name_parent": ("AWB-INV-001", named(b"../evil")),
    "name_parent_inside": ("AWB-INV-001", named(b"data/../../evil")),
    "name_absolute": ("AWB-INV-001", named(b"/etc/passwd")),
    "name_drive": ("AWB-INV-001", named(b"c:/evil")),
    "name_unc": ("AWB-INV-001", named(b"\\\\host\\share")),
    "name_backslash": ("AWB-INV-001", named(b"data\\evil")),
    "name_dot": ("AWB-INV-001", named(b"./a.txt")),
    "name_double_slash": ("AWB-INV-001", named(b"data//a")),
    "name_nul": ("AWB-INV-001", named(b"a.txt\0.png")),
    "name_newline": ("AWB-INV-001", named(b"a\nb")),
    "name_upper_case": ("AWB-INV-001", named(b"A.TXT")),
    "name_stream": ("AWB-INV-001", named(b"a.txt:evil")),
    "name_space": ("AWB-INV-001", named(b"a .txt")),
    "name_wildcard": ("AWB-INV-001", named(b"a*.txt")),
    "name_utf8": ("AWB-INV-001", first(name="ä.txt".encode(), flags=0x800)),
    "name_cp437": ("AWB-INV-001", named(b"\x84.txt")),
    "name_bidi": ("AWB-INV-001", first(name="a\u202etxt.exe".encode(), flags=0x800)),
    "name_overlong_utf8": ("AWB-INV-001", first(name=b"\xc0\xae\xc0\xae/evil", flags=0x800)),
    "name_trailing_dot": ("AWB-INV-002", named(b"a.txt.")),
    "name_device": ("AWB-INV-003", named(b"con.txt")),
    "name_device_folder": ("AWB-INV-003", named(b"data/lpt1/x")),
    "name_file_and_folder": ("AWB-INV-004", Archive((File(b"data", b""), B))),
    "name_too_long": ("AWB-LIM-002", named(b"/".join([b"a" * 200] * 6))),
    "name_segment_too_long": ("AWB-LIM-003", named(b"a" * 256)),
    "name_too_deep": ("AWB-LIM-004", named(b"/".join([b"a"] * 17))),
    "wrapper_folder": ("AWB-PKG-034", Archive((File(b"mine/data/b"), File(b"mine/manifest.json")))),
    # Sizes
    "stored_sizes_differ": ("AWB-PKG-029", first(size=4)),
    "ratio": ("AWB-LIM-005", Archive((deflated(b"a", TWO_MB), B))),
    "ratio_lie": ("AWB-LIM-005", Archive((deflated(b"a", b"alpha", size=1 << 30), B))),
}

DAMAGED: dict[str, tuple[str, Archive]] = {
    "crc_wrong": ("AWB-PKG-030", first(crc=1)),
    "content_wrong": ("AWB-PKG-030", first(content=b"alphb")),
    "deflated_crc_wrong": ("AWB-PKG-030", Archive((deflated(b"a", b"alpha", crc=1), B))),
    "deflate_garbage": ("AWB-PKG-031", first(data=b"\xff" * 5, method=8, content=b"alpha")),
    "deflate_cut": (
        "AWB-PKG-031",
        Archive((File(b"a", deflated(b"a", b"alpha" * 99).data[:-2], 8, b"alpha" * 99),)),
    ),
    "deflate_longer_than_stated": ("AWB-PKG-031", Archive((deflated(b"a", b"alpha", size=4),))),
    "deflate_shorter_than_stated": ("AWB-PKG-031", Archive((deflated(b"a", b"alpha", size=6),))),
    "octets_after_the_deflate_end": (
        "AWB-PKG-031",
        Archive((File(b"a", deflated(b"a", b"alpha").data + b"\0", 8, b"alpha"),)),
    ),
    "two_deflate_streams": ("AWB-PKG-031", Archive((File(b"a", deflated(b"a", b"al").data * 2, 8, b"al"),))),
    "zlib_header": ("AWB-PKG-031", Archive((File(b"a", zlib.compress(b"alpha"), 8, b"alpha"),))),
    "deflate_empty": ("AWB-PKG-031", Archive((File(b"a", b"", 8, b""),))),
}

PASSED_OVER: dict[str, tuple[tuple[str, ...], Archive]] = {
    "canonical": ((), PLAIN),
    "deflated": ((), Archive((deflated(b"a.txt", b"alpha"), B))),
    "deflated_nothing": ((), Archive((deflated(b"a.txt", b""), B))),
    "time": (("AWB-PKG-032",), first(time=0x6543, date=0x5A21)),
    "made_on_dos": (("AWB-PKG-032",), first(made=20, external=0x20)),
    "made_on_windows_ntfs": (("AWB-PKG-032",), first(made=0x0A14, external=0x20)),
    "made_by_zip_3": (("AWB-PKG-032",), first(made=0x031E, needed=10, internal=1)),
    "no_mode": (("AWB-PKG-032",), first(external=0)),
    "mode_0600": (("AWB-PKG-032",), first(external=0o100600 << 16)),
    "utf8_flag": (("AWB-PKG-032",), first(flags=0x800)),
    "deflate_level": (("AWB-PKG-032",), Archive((deflated(b"a.txt", b"alpha", flags=2), B))),
    "version_45": (("AWB-PKG-032",), first(needed=45)),
    "not_in_order": (("AWB-PKG-033",), Archive((B, A))),
    "not_in_order_with_times": (("AWB-PKG-033", "AWB-PKG-032"), Archive((B, replace(A, time=1)))),
    "no_entry": ((), Archive(())),
}


def read(content: Archive | bytes) -> Bundle:
    """Read an archive from memory."""
    return archive.read(io.BytesIO(content if isinstance(content, bytes) else content.build()))


@pytest.mark.parametrize("case", REFUSED)
def test_odd_archive_is_refused_with_its_code(case: str) -> None:
    code, content = REFUSED[case]
    with pytest.raises(ContainerError) as caught:
        read(content)
    assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize("case", DAMAGED)
@pytest.mark.parametrize("how", ["read", "chunks"])
def test_damaged_member_is_refused_when_its_content_is_asked_for(case: str, how: str) -> None:
    code, content = DAMAGED[case]
    member = next(iter(read(content).members.values()))
    with pytest.raises(ContainerError) as caught:
        member.read() if how == "read" else list(member.chunks())
    assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize("case", PASSED_OVER)
def test_harmless_oddity_is_passed_over_with_a_warning(case: str) -> None:
    codes, content = PASSED_OVER[case]
    bundle = read(content)
    assert tuple(finding.code for finding in bundle.findings) == codes
    expected = {
        file.name.decode(): file.content if file.content is not None else file.data for file in content.files
    }
    assert {path: member.read() for path, member in bundle.members.items()} == expected
    assert list(bundle.members) == sorted(expected)


def test_too_many_entries_are_refused_before_the_directory_is_read() -> None:
    """AWB-R-362."""
    content = Archive(tuple(File(f"f{i}".encode()) for i in range(DEFAULT.entries + 1))).build()
    lying = patched(content, len(content) - 14, struct.pack("<2H", 0xFFFE, 0xFFFE))
    for octets in (content, lying):
        with pytest.raises(ContainerError) as caught:
            archive.read(io.BytesIO(octets))
        assert caught.value.findings[0].code == "AWB-LIM-001"


def test_inflated_sizes_are_bounded_together() -> None:
    content = Archive((deflated(b"a", b"x" * 600), deflated(b"b", b"y" * 600))).build()
    with pytest.raises(ContainerError) as caught:
        archive.read(io.BytesIO(content), limits=DEFAULT._replace(inflated_bytes=1000))
    assert caught.value.findings[0].code == "AWB-LIM-006"


def test_stream_longer_than_may_be_kept_is_refused() -> None:
    with pytest.raises(ContainerError) as caught:
        archive.read(io.BytesIO(OCTETS), limits=DEFAULT._replace(spool_bytes=len(OCTETS) - 1))
    assert caught.value.findings[0].code == "AWB-LIM-016"
    assert list(archive.read(io.BytesIO(OCTETS), limits=DEFAULT._replace(spool_bytes=len(OCTETS))).members)


def test_every_truncation_is_refused() -> None:
    for length in range(len(OCTETS)):
        with pytest.raises(ContainerError):
            archive.read(io.BytesIO(OCTETS[:length]))


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("version made by", {"made": 0x031E}),
        ("version made by", {"made": 0x0714, "external": 0o100644 << 16}),
        ("version needed", {"needed": 10}),
        ("flags", {"flags": 0x800}),
        ("time", {"time": 1}),
        ("time", {"date": 0x5A21}),
        ("internal attributes", {"internal": 1}),
        ("external attributes", {"external": (0o100644 << 16) | 0x20}),
        ("external attributes", {"external": 0o100600 << 16}),
    ],
)
def test_a_warning_names_the_very_field_that_differs(field: str, fields: dict[str, int]) -> None:
    """AWB-R-134."""
    (warning,) = read(first(**fields)).findings
    others = {"version made by", "version needed", "flags", "time", "internal attributes"}
    assert field in warning.message
    assert not [other for other in (others | {"external attributes"}) - {field} if other in warning.message]


def test_inflated_sizes_are_allowed_to_the_very_octet() -> None:
    content = Archive((deflated(b"a", b"x" * 600), deflated(b"b", b"y" * 600))).build()
    assert archive.read(io.BytesIO(content), limits=DEFAULT._replace(inflated_bytes=1200)).members
    with pytest.raises(ContainerError) as caught:
        archive.read(io.BytesIO(content), limits=DEFAULT._replace(inflated_bytes=1199))
    assert caught.value.findings[0].code == "AWB-LIM-006"


def test_a_stream_that_lies_about_its_size_gives_no_octet_more_and_costs_no_memory() -> None:
    """AWB-R-362: the stream inflates to 64 MiB, and says that it is 1 MiB."""
    lie = Archive((deflated(b"a", bytes(64 << 20), size=1 << 20),)).build()
    member = archive.read(io.BytesIO(lie), limits=DEFAULT._replace(deflate_ratio=1 << 20)).members["a"]
    given: list[int] = []
    tracemalloc.start()
    with pytest.raises(ContainerError):
        given.extend(map(len, member.chunks()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(given) <= 1 << 20
    assert peak < 4 << 20


@pytest.mark.parametrize("place", [0, 56])
def test_each_zip64_record_has_to_be_what_it_is_called(place: int) -> None:
    """AWB-R-149: the end record and its locator."""
    sound = Archive((A, B)).build()
    start = len(sound) - 22
    size, offset = start - DIRECTORY, DIRECTORY
    records = end64(2, size, offset)
    octets = sound[:start] + records + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, 0xFFFFFFFF, offset, 0)
    wrong = bytearray(octets)
    wrong[start + place] ^= 1
    with pytest.raises(ContainerError) as caught:
        read(bytes(wrong))
    assert [(one.code, "right before it" in one.message) for one in caught.value.findings] == [
        ("AWB-PKG-024", True)
    ]


@pytest.mark.parametrize("left", [0, 1, 4, 45])
def test_a_directory_that_ends_within_a_header_is_refused(left: int) -> None:
    """AWB-R-146: the end record counts two entries, and the directory has room for one and a piece."""
    one = len(PLAIN.files[0].header(0))
    body = OCTETS[: DIRECTORY + one + left]
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, one + left, DIRECTORY, 0)
    with pytest.raises(ContainerError) as caught:
        read(body + end)
    assert [finding.code for finding in caught.value.findings] == ["AWB-PKG-013"]


def test_level_of_compression_in_the_flags_is_told_as_a_difference() -> None:
    odd = Archive((deflated(b"a.txt", b"alpha" * 9, flags=2, made=0x0314), B))
    (finding,) = archive.read(io.BytesIO(odd.build())).findings
    assert (finding.code, finding.message.rpartition(": ")[2]) == ("AWB-PKG-032", "flags")
