"""Directories of strangers: links, special files, races and odd names."""

import gc
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.archive import directory
from awen_ref.bundle.model import CHUNK_BYTES
from awen_ref.errors import ContainerError, MissingError
from awen_ref.limits import DEFAULT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small sound directory."""
    folder = tmp_path / "bundle"
    (folder / "data" / "inputs").mkdir(parents=True)
    (folder / "manifest.json").write_bytes(b"{}")
    (folder / "data" / "inputs" / "a.json").write_bytes(b"[1]")
    return folder


def open_descriptors() -> int:
    """How many files this process has open."""
    gc.collect()  # an earlier test's folders may still be waiting for it
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def codes(root: Path) -> list[tuple[str, str]]:
    """Code and path of every finding."""
    return [(finding.code, finding.path) for finding in archive.read(root).findings]


def test_sound_directory_has_its_files_in_order_and_no_finding(root: Path) -> None:
    (root / "data-0").write_bytes(b"")
    (root / "data.txt").write_bytes(b"x")
    bundle = archive.read(root)
    assert list(bundle.members) == ["data-0", "data.txt", "data/inputs/a.json", "manifest.json"]
    assert bundle.members["data/inputs/a.json"].read() == b"[1]"
    assert bundle.members["data-0"].read() == b""
    assert not bundle.findings


def test_directory_reached_through_a_link_of_the_caller_is_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert "manifest.json" in archive.read(tmp_path / "link").members


def test_missing_path_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        archive.read(tmp_path / "nothing")


def test_fifo_as_the_container_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ContainerError) as caught:
        archive.read(tmp_path / "pipe")
    assert caught.value.findings[0].code == "AWB-PKG-001"


def test_symbolic_links_are_findings_and_not_members(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (root / "data" / "secret").symlink_to(tmp_path / "secret")
    (root / "data" / "dangling").symlink_to("nowhere")
    (root / "outside").symlink_to(tmp_path)
    bundle = archive.read(root)
    assert set(bundle.members) == {"manifest.json", "data/inputs/a.json"}
    found = {(finding.code, finding.path) for finding in bundle.findings}
    assert found == {("AWB-PKG-002", path) for path in ("data/secret", "data/dangling", "outside")}


def test_special_files_are_findings_and_not_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "pipe")
    monkeypatch.chdir(root)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert sorted(codes(root)) == [("AWB-PKG-003", "pipe"), ("AWB-PKG-003", "socket")]


def test_empty_folders_are_findings(root: Path) -> None:
    (root / "data" / "claim").mkdir()
    (root / "a" / "b").mkdir(parents=True)
    assert sorted(codes(root)) == [("AWB-PKG-005", "a/b"), ("AWB-PKG-005", "data/claim")]


def test_empty_directory_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert codes(tmp_path / "empty") == [("AWB-PKG-005", ".")]


@pytest.mark.parametrize("mode", [0o4755, 0o2755, 0o1644])
def test_special_permission_bits_are_a_warning_and_the_file_is_read(root: Path, mode: int) -> None:
    (root / "manifest.json").chmod(mode)
    bundle = archive.read(root)
    for _ in range(2):
        assert bundle.members["manifest.json"].read() == b"{}"
        assert [(found.code, found.severity) for found in bundle.findings] == [("AWB-PKG-004", "warning")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (b"README.md", "AWB-INV-001"),
        (b"a b", "AWB-INV-001"),
        (b"a\\b", "AWB-INV-001"),
        (b"a\nb", "AWB-INV-001"),
        (b".hidden", "AWB-INV-001"),
        ("\u00e4".encode(), "AWB-INV-001"),
        (b"\xff\xfe", "AWB-INV-001"),
        (b"dot.", "AWB-INV-002"),
        (b"aux.txt", "AWB-INV-003"),
        (b"com9", "AWB-INV-003"),
    ],
)
def test_name_outside_the_grammar_is_a_finding_and_no_member(root: Path, name: bytes, code: str) -> None:
    (Path(os.fsdecode(os.fsencode(root) + b"/data/" + name))).write_bytes(b"x")
    bundle = archive.read(root)
    assert [finding.code for finding in bundle.findings] == [code]
    assert set(bundle.members) == {"manifest.json", "data/inputs/a.json"}
    assert bundle.findings[0].path.isascii()


def test_citation_file_is_the_one_upper_case_name_and_only_at_the_top(root: Path) -> None:
    (root / "CITATION.cff").write_bytes(b"x")
    (root / "data" / "CITATION.cff").write_bytes(b"x")
    bundle = archive.read(root)
    assert "CITATION.cff" in bundle.members
    assert [finding.path for finding in bundle.findings] == ["data/CITATION.cff"]


def test_long_and_deep_paths_are_findings(root: Path) -> None:
    deep = root.joinpath(*["d"] * 16)
    deep.mkdir(parents=True)
    (deep / "x").write_bytes(b"x")
    (deep.parent / "y").write_bytes(b"y")
    bundle = archive.read(root)
    not_entered = "/".join(["d"] * 16)
    assert [(finding.code, finding.path) for finding in bundle.findings] == [("AWB-LIM-004", not_entered)]
    assert f"{'d/' * 15}y" in bundle.members


def test_too_long_a_path_is_a_finding(root: Path) -> None:
    folder = root.joinpath(*["d" * 200] * 5)
    folder.mkdir(parents=True)
    (folder / ("f" * 20)).write_bytes(b"x")
    assert [finding.code for finding in archive.read(root).findings] == ["AWB-LIM-002"]


@pytest.mark.parametrize("kind", ["files", "folders", "links"])
def test_more_than_the_allowed_number_is_refused(root: Path, kind: str) -> None:
    make: dict[str, Callable[[Path], object]] = {
        "files": lambda path: path.write_bytes(b""),
        "folders": lambda path: path.mkdir(),
        "links": lambda path: path.symlink_to("x"),
    }
    for number in range(5):
        make[kind](root / f"n{number}")
    with pytest.raises(ContainerError) as caught:
        archive.read(root, limits=DEFAULT._replace(entries=4))
    assert [finding.code for finding in caught.value.findings] == ["AWB-LIM-001"]


def _replace_by_other_file(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.rename(path)


def _replace_by_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def _replace_by_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _replace_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("old"))
    path.parent.mkdir()
    path.write_bytes(b"[1]")


def _replace_folder_by_link(path: Path) -> None:
    path.parent.rename(path.parent.with_name("old"))
    path.parent.symlink_to("old")


def _rewrite_in_place(path: Path) -> None:
    path.write_bytes(b"[2]")
    os.utime(path, (1, 1))


RACES: dict[str, Callable[[Path], object]] = {
    "removed": Path.unlink,
    "grown": lambda path: path.write_bytes(b"[1,2]"),
    "shrunk": lambda path: path.write_bytes(b""),
    "same_content_other_file": _replace_by_other_file,
    "rewritten_in_place": _rewrite_in_place,
    "link": _replace_by_link,
    "fifo": _replace_by_fifo,
}


def test_large_file_is_read_in_pieces_and_its_descriptor_closed(root: Path) -> None:
    content = bytes(range(256)) * (CHUNK_BYTES // 128)
    (root / "data" / "inputs" / "large").write_bytes(content)
    member = archive.read(root).members["data/inputs/large"]
    before = open_descriptors()
    assert b"".join(map(bytes, member.chunks())) == content
    assert open_descriptors() == before


@pytest.mark.parametrize("race", RACES)
def test_file_changed_after_it_was_looked_at_is_an_error_and_never_read(root: Path, race: str) -> None:
    member = archive.read(root).members["data/inputs/a.json"]
    assert member.size == 3
    RACES[race](root / "data" / "inputs" / "a.json")
    before = open_descriptors()
    for read in (member.read, lambda: list(member.chunks())):
        with pytest.raises(ContainerError) as caught:
            read()
        finding = caught.value.findings[0]
        assert (finding.code, finding.path) == ("AWB-PKG-006", "data/inputs/a.json")
    assert open_descriptors() == before


@pytest.mark.parametrize("replace_it", [_replace_by_link, _replace_by_fifo, Path.unlink])
def test_what_is_no_regular_file_by_the_time_it_is_opened_is_never_read(
    root: Path, replace_it: Callable[[Path], object]
) -> None:
    member = archive.read(root).members["data/inputs/a.json"]
    replace_it(root / "data" / "inputs" / "a.json")
    assert member.size == 0
    for read in (member.read, lambda: list(member.chunks())):
        with pytest.raises(ContainerError) as caught:
            read()
        assert caught.value.findings[0].code == "AWB-PKG-006"


@pytest.mark.parametrize("swap", [_replace_folder, _replace_folder_by_link])
def test_folder_swapped_after_it_was_seen_does_not_lead_elsewhere(
    root: Path, swap: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "_MOST_OPEN_FOLDERS", 1)  # reading elsewhere gives the folder up
    (root / "elsewhere").mkdir()
    (root / "elsewhere" / "b").write_bytes(b"")
    bundle = archive.read(root)
    member = bundle.members["data/inputs/a.json"]
    assert (member.read(), bundle.members["elsewhere/b"].read()) == (b"[1]", b"")
    swap(root / "data" / "inputs" / "a.json")
    with pytest.raises(ContainerError) as caught:
        member.read()
    assert caught.value.findings[0].code == "AWB-PKG-006"


def test_folder_swapped_while_it_is_open_is_still_the_one_that_was_seen(root: Path) -> None:
    member = archive.read(root).members["data/inputs/a.json"]
    _replace_folder(root / "data" / "inputs" / "a.json")
    assert member.read() == b"[1]"


def test_more_folders_than_may_be_open_are_opened_anew(root: Path) -> None:
    for number in range(3 * directory._MOST_OPEN_FOLDERS):
        folder = root / f"f{number}" / "g"
        folder.mkdir(parents=True)
        (folder / "x").write_bytes(str(number).encode())
    gc.collect()  # what earlier tests left in tracebacks
    before = open_descriptors()
    bundle = archive.read(root)
    assert open_descriptors() <= before + directory._MOST_OPEN_FOLDERS + 2
    for _ in range(2):
        assert [bundle.members[f"f{number}/g/x"].read() for number in range(150)] == [
            str(number).encode() for number in range(150)
        ]
    del bundle
    assert open_descriptors() == before


def test_large_file_comes_in_pieces_and_whole(root: Path) -> None:
    content = os.urandom(CHUNK_BYTES * 2 + 17)
    (root / "data" / "big").write_bytes(content)
    member = archive.read(root).members["data/big"]
    assert b"".join(bytes(chunk) for chunk in member.chunks()) == content
    assert member.read() == content


def test_large_file_cut_while_it_is_read_is_an_error(root: Path) -> None:
    path = root / "data" / "big"
    path.write_bytes(bytes(CHUNK_BYTES * 3))
    chunks = archive.read(root).members["data/big"].chunks()
    next(chunks)
    os.truncate(path, CHUNK_BYTES)
    with pytest.raises(ContainerError) as caught:
        list(chunks)
    assert caught.value.findings[0].code == "AWB-PKG-006"


def test_large_file_growing_while_it_is_read_is_an_error(root: Path) -> None:
    path = root / "data" / "big"
    path.write_bytes(bytes(CHUNK_BYTES * 2))
    chunks = archive.read(root).members["data/big"].chunks()
    next(chunks)
    with path.open("ab") as growing:
        growing.write(b"x")
    with pytest.raises(ContainerError):
        list(chunks)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_told_apart_from_an_absent_one(root: Path) -> None:
    (root / "manifest.json").chmod(0)
    with pytest.raises(ContainerError) as caught:
        archive.read(root).members["manifest.json"].read()
    assert caught.value.findings[0].code == "AWB-PKG-007"


def test_error_of_the_medium_is_told_apart_from_a_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    member = archive.read(root).members["manifest.json"]

    def failing(*_: object, **__: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", failing)
    with pytest.raises(ContainerError) as caught:
        member.read()
    assert (caught.value.findings[0].code, caught.value.findings[0].path) == ("AWB-PKG-007", "manifest.json")


def test_small_file_growing_while_it_is_read_is_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    member = archive.read(root).members["manifest.json"]
    read = os.read

    def growing(descriptor: int, size: int) -> bytes:
        with (root / "manifest.json").open("ab") as file:
            file.write(b"x")
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", growing)
    with pytest.raises(ContainerError) as caught:
        member.read()
    assert [finding.code for finding in caught.value.findings] == ["AWB-PKG-006"]


def test_what_is_left_out_counts_towards_the_number_of_files(root: Path) -> None:
    """AWB-R-362: findings are bounded with the files."""
    (root / "links").mkdir()
    for number in range(3):
        (root / "links" / f"n{number}").symlink_to("x")
        (root / "more").mkdir(exist_ok=True)
        (root / "more" / f"n{number}").write_bytes(b"")
    there = sum(len(files) for _, _, files in os.walk(root))
    assert len(codes(root)) == 3
    assert archive.read(root, limits=DEFAULT._replace(entries=there)).findings
    with pytest.raises(ContainerError) as caught:
        archive.read(root, limits=DEFAULT._replace(entries=there - 1))
    assert [finding.code for finding in caught.value.findings] == ["AWB-LIM-001"]
