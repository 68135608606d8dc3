"""Every bit of a header's flags and attributes, one at a time; and where an archive may end."""

import errno
import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.archive.records import LOCATOR64
from awen_ref.bundle.model import CHUNK_BYTES
from awen_ref.errors import ContainerError
from tests.ziplab import Archive, File, deflated

A = File(b"a.txt", b"alpha")
B = File(b"data/b.txt", b"beta" * 10)
EMPTY = b"PK\5\6" + bytes(18)

ENCRYPTED, DESCRIPTOR, UNKNOWN, UTF8, LEVEL = {0, 6, 13}, {3}, "AWB-PKG-019", 11, {1, 2}


def code_of(made: Archive | bytes) -> str:
    """The code that an archive is refused or passed over with; empty where it is canonical."""
    octets = made if isinstance(made, bytes) else made.build()
    try:
        findings = archive.read(io.BytesIO(octets)).findings
    except ContainerError as error:
        findings = tuple(error.findings)
    return findings[0].code if findings else ""


@pytest.mark.parametrize("bit", range(16))
@pytest.mark.parametrize("method", ["stored", "deflated"])
def test_each_flag_has_its_meaning(bit: int, method: str) -> None:
    """AWB-R-147: encryption, a descriptor behind the data, what is harmless, and everything else."""
    first = replace(A, flags=1 << bit) if method == "stored" else deflated(b"a.txt", b"alpha", flags=1 << bit)
    code = code_of(Archive((first, B)))
    if bit in ENCRYPTED:
        assert code == "AWB-PKG-017"
    elif bit in DESCRIPTOR:
        assert code == "AWB-PKG-018"
    elif bit == UTF8 or (bit in LEVEL and method == "deflated"):
        assert code == "AWB-PKG-032"
    else:
        assert code == UNKNOWN


@pytest.mark.parametrize("version", [9, 10, 11, 19, 20, 21, 44, 45, 46, 51, 63])
def test_versions_that_a_reader_needs_are_three(version: int) -> None:
    code = code_of(Archive((replace(A, needed=version), B)))
    assert code == {10: "AWB-PKG-032", 20: "", 45: "AWB-PKG-032"}.get(version, "AWB-PKG-021")


@pytest.mark.parametrize("bit", range(16))
def test_each_attribute_of_dos_has_its_meaning(bit: int) -> None:
    code = code_of(Archive((replace(A, external=(0o100644 << 16) | 1 << bit), B)))
    expected = {3: "AWB-PKG-026", 4: "AWB-PKG-025", 10: "AWB-PKG-026"}
    assert code == expected.get(bit, "AWB-PKG-032")


@pytest.mark.parametrize("octets", [b"x", bytes(100)])
def test_octets_behind_the_end_of_an_empty_archive_are_told(octets: bytes) -> None:
    assert code_of(EMPTY + octets) == "AWB-PKG-011"
    assert code_of(EMPTY) != "AWB-PKG-011"


def test_a_stream_that_inflates_piece_by_piece_is_read_to_its_end() -> None:
    """More than one piece of output for the last octets of input."""
    content = bytes(300_000) + b"end"
    read = archive.read(io.BytesIO(Archive((deflated(b"a.txt", content), B)).build()))
    assert read.members["a.txt"].read() == content
    assert b"".join(map(bytes, read.members["a.txt"].chunks())) == content


def test_a_folder_that_fails_while_it_is_listed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_bytes(b"alpha")

    def failing(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "scandir", failing)
    with pytest.raises(ContainerError, match="cannot be read: Input/output error"):
        archive.read(tmp_path)


@pytest.mark.parametrize("beyond", [1, 2, 30, 58, 200, 240])
def test_a_stream_whose_last_octets_give_more_than_a_piece_is_read_to_its_end(beyond: int) -> None:
    """The decompressor has taken all of the input, and holds output back."""
    content = bytes(CHUNK_BYTES + beyond)
    read = archive.read(io.BytesIO(Archive((deflated(b"a.txt", content), B)).build()))
    assert read.members["a.txt"].read() == content


def test_a_locator_alone_before_the_end_record_is_told_as_zip64() -> None:
    locator = LOCATOR64.pack(b"PK\6\7", 0, 0, 1)
    told = {locator: "AWB-PKG-024", b"x" + locator: "AWB-PKG-024", bytes(20): "AWB-PKG-014"}
    assert {before: code_of(Archive((A, B), before_end=before)) for before in told} == told


def test_a_name_that_is_one_slash_is_no_folder() -> None:
    assert code_of(Archive((File(b"/", b"alpha"), B))) == "AWB-INV-001"
    assert code_of(Archive((File(b"x/", b""), B))) == "AWB-PKG-025"
