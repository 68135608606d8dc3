"""The hostile inputs of the conformance suite, each in the other form too: an archive and a directory of it.

A case of the suite has one form. What is wrong with the content of a bundle has to be found in both, by the
same codes; what is wrong with a container can exist in one of them only.
"""

import base64
import io
import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from awen_ref import archive
from awen_ref.bundle import Bundle
from awen_ref.errors import AwenError
from awen_ref.verify import check
from tests.ziplab import Archive, File

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "conformance/cases"

Files = Mapping[str, bytes]


@cache
def hostile() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Id, file of the input and codes of every case that has to be refused or found invalid."""
    found = []
    for path in sorted(CASES.glob("*/*/case.json")):
        case = json.loads(path.read_text("utf-8"))
        if case["verb"] == "verify" and case["expect"]["verdict"] in {"invalid", "refused"}:
            kept = [one for one in path.parent.iterdir() if one.name.startswith("input")]
            found += [
                (str(path.parent.relative_to(CASES)), str(one), frozenset(case["expect"].get("codes", ())))
                for one in kept
            ]
    return tuple(found)


def tree(path: str) -> Files | None:
    """The files of a description of a directory; `None` where it holds anything but files."""
    entries: Mapping[str, Mapping[str, Any]] = json.loads(Path(path).read_text("utf-8"))["entries"]
    if not all({"text", "base64"} & node.keys() and len(node) == 1 for node in entries.values()):
        return None
    return {
        name: node["text"].encode() if "text" in node else base64.b64decode(node["base64"])
        for name, node in entries.items()
    }


def zipped(files: Files) -> bytes:
    """A stored archive of the files in the order of their paths, made without any of our writers."""
    return Archive(tuple(File(name.encode(), data) for name, data in sorted(files.items()))).build()


def codes(bundle: Bundle | bytes | Path) -> frozenset[str]:
    """What is found in a bundle, an archive or a directory, refused or not."""
    try:
        if isinstance(bundle, bytes):
            bundle = archive.read(io.BytesIO(bundle))
        elif isinstance(bundle, Path):
            bundle = archive.read(bundle)
        return frozenset(finding.code for finding in check(bundle).findings)
    except AwenError as error:
        return frozenset(finding.code for finding in error.findings)


def test_there_are_at_least_250_distinct_hostile_inputs_that_exist_in_both_forms() -> None:
    both = {path for _, path, _ in hostile() if path.endswith(".tree.json") and tree(path) is not None}
    assert len({Path(path).read_bytes() for path in both}) >= 250
    assert len(hostile()) >= 500


@pytest.mark.parametrize("part", range(4))
def test_hostile_content_is_found_in_an_archive_as_in_a_directory(part: int, tmp_path: Path) -> None:
    """AWB-R-370, AWB-R-146: the codes of the case, and in both forms the same ones."""
    judged = 0
    for number, (name, path, wanted) in enumerate(hostile()):
        files = tree(path) if number % 4 == part and path.endswith(".tree.json") else None
        if files is None or not _can_be_written(files):
            continue
        folder = tmp_path / str(number)
        for inner, data in files.items():
            target = folder / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        in_directory, in_archive = codes(folder), codes(zipped(files))
        assert wanted <= in_directory, name
        assert wanted <= in_archive, name
        assert in_archive == in_directory, name
        judged += 1
    assert judged > 50


def _can_be_written(files: Files) -> bool:
    """Whether this file system can hold the names; Windows and macOS hold fewer."""
    return sys.platform == "linux" or all(name.isascii() and name.isprintable() for name in files)
