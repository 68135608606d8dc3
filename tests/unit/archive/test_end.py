"""The records at the end of an archive, octet by octet."""

import os
import tempfile

import pytest

from awen_ref.archive.end import Directory, read_end
from awen_ref.archive.records import END, END64, LOCATOR64, end_records
from awen_ref.archive.source import Source
from awen_ref.errors import ContainerError

COUNT, SIZE = 0xFFFF, 64
RECORDS = end_records(COUNT, SIZE, 0)
WRITER = range(12, 16)
"""Octets of the ZIP64 end record that say which software wrote it, and which can read it."""


def read(records: bytes) -> Directory:
    """What the end of an archive says whose directory is 64 zeros."""
    with tempfile.TemporaryFile() as file:
        file.write(bytes(SIZE) + records)
        file.flush()
        return read_end(Source(os.dup(file.fileno())))


def test_the_canonical_records_are_read_as_such() -> None:
    assert len(RECORDS) == END64.size + LOCATOR64.size + END.size
    assert read(RECORDS) == Directory(COUNT, SIZE, 0, canonical=True)


def test_octets_between_the_directory_and_its_zip64_end_record_are_a_gap() -> None:
    with pytest.raises(ContainerError) as caught:
        read(bytes(8) + RECORDS)
    assert [finding.code for finding in caught.value.findings] == ["AWB-PKG-014"]


@pytest.mark.parametrize("at", WRITER)
def test_another_writer_is_borne_and_not_canonical(at: int) -> None:
    altered = bytearray(RECORDS)
    altered[at] ^= 0x01
    assert read(bytes(altered)) == Directory(COUNT, SIZE, 0, canonical=False)


@pytest.mark.parametrize("at", [at for at in range(len(RECORDS)) if at not in WRITER])
def test_any_other_octet_that_differs_is_refused(at: int) -> None:
    altered = bytearray(RECORDS)
    altered[at] ^= 0x01
    with pytest.raises(ContainerError) as caught:
        read(bytes(altered))
    assert caught.value.findings
