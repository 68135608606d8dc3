"""The grammar of names, accepted and refused, one finding each."""

import pytest

from awen_ref.limits import DEFAULT
from awen_ref.paths import all_sound, path_problem, prefix_problems

SOUND = [
    "a",
    "0",
    "manifest.json",
    "CITATION.cff",
    "ro-crate-metadata.json",
    "data/results/arrays/pd1.power.npy",
    "a..b",
    "a.-_",
    "com",
    "com10",
    "console",
    "lpt.txt",
    "nul-0",
    "auxiliary.con",
    "a/" * 15 + "a",
    "a" * 255,
    "/".join(["a" * 203] * 5 + ["a" * 4]),
]

UNSOUND = {
    "": "AWB-INV-001",
    "/": "AWB-INV-001",
    "/a": "AWB-INV-001",
    "a/": "AWB-INV-001",
    "a//b": "AWB-INV-001",
    ".": "AWB-INV-001",
    "..": "AWB-INV-001",
    "../a": "AWB-INV-001",
    "a/../b": "AWB-INV-001",
    "./a": "AWB-INV-001",
    ".hidden": "AWB-INV-001",
    "-a": "AWB-INV-001",
    "_a": "AWB-INV-001",
    "A": "AWB-INV-001",
    "data/CITATION.cff": "AWB-INV-001",
    "citation.CFF": "AWB-INV-001",
    "a b": "AWB-INV-001",
    "a\tb": "AWB-INV-001",
    "a\n": "AWB-INV-001",
    "a\nb": "AWB-INV-001",
    "a\0b": "AWB-INV-001",
    "a\\b": "AWB-INV-001",
    "a:b": "AWB-INV-001",
    "c:/a": "AWB-INV-001",
    "a*": "AWB-INV-001",
    "a?": "AWB-INV-001",
    "a~1": "AWB-INV-001",
    "\u00e4": "AWB-INV-001",
    "a\u0308": "AWB-INV-001",
    "a\u200b": "AWB-INV-001",
    "a\u202eb": "AWB-INV-001",
    "\uff41": "AWB-INV-001",
    "\u0661": "AWB-INV-001",
    "\u212a": "AWB-INV-001",
    "\udcff": "AWB-INV-001",
    "a.": "AWB-INV-002",
    "a./b": "AWB-INV-002",
    "con": "AWB-INV-003",
    "con.txt": "AWB-INV-003",
    "con.a.b": "AWB-INV-003",
    "data/nul/a": "AWB-INV-003",
    "com0": "AWB-INV-003",
    "lpt9.npy": "AWB-INV-003",
    "/".join(["a" * 204] * 5): "",
    "/".join(["a" * 204] * 5 + ["a"]): "AWB-LIM-002",
    "a" * 256: "AWB-LIM-003",
    "a/" * 16 + "a": "AWB-LIM-004",
}


@pytest.mark.parametrize("path", SOUND)
def test_sound_path_has_no_problem(path: str) -> None:
    assert path_problem(path) is None


@pytest.mark.parametrize("path", UNSOUND, ids=ascii)
def test_unsound_path_has_its_code_and_a_printable_message(path: str) -> None:
    problem = path_problem(path)
    if not UNSOUND[path]:  # exactly as long as may be
        assert (len(path), problem) == (1024, None)
        return
    assert problem is not None
    assert problem.code == UNSOUND[path]
    assert problem.message.isascii()
    assert problem.message.isprintable()
    assert len(problem.path) <= 200


def test_bounds_follow_the_limits() -> None:
    small = DEFAULT._replace(path_bytes=10, segment_bytes=4, path_depth=2)
    assert path_problem("aaaa/bbbb", limits=small) is None
    found = {path: path_problem(path, limits=small) for path in ("aaaaa", "a/b/c", "aaaa/bbbbbbb")}
    assert {path: problem and problem.code for path, problem in found.items()} == {
        "aaaaa": "AWB-LIM-003",
        "a/b/c": "AWB-LIM-004",
        "aaaa/bbbbbbb": "AWB-LIM-002",
    }


@pytest.mark.parametrize("path", [*SOUND, *UNSOUND], ids=lambda path: ascii(path)[:40])
def test_paths_are_judged_together_as_they_are_one_by_one(path: str) -> None:
    sound = path_problem(path) is None
    assert all_sound([path]) is all_sound(["a", path, "b/c"]) is sound


def test_name_that_is_file_and_folder_is_found() -> None:
    paths = ["a", "a-b", "a/b/c", "a/b", "d/e", "f"]
    assert [(f.code, f.path) for f in prefix_problems(paths)] == [
        ("AWB-INV-004", "a"),
        ("AWB-INV-004", "a/b"),
    ]
    assert list(prefix_problems(["a", "ab/c", "a.b/c"])) == []
