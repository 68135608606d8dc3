"""The corpus: stable ids, inputs as described, regenerated octet for octet (AWB-R-610, 620 to 623)."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from awen_conformance import claims, corpus
from awen_conformance.corpus import NotRepresentableError
from awen_schema.codes import CODES
from tests.unit.conformance.drivers import CORPUS, ROOT, case, cases


def test_there_are_at_least_400_cases_of_every_profile_and_kind() -> None:
    assert len(cases()) >= 400
    assert {one.kind for one in cases()} == set(corpus.KINDS)
    assert {one.profile for one in cases()} == set(claims.NEEDS)


def test_ids_are_unique_and_lie_where_they_say() -> None:
    counts = Counter(one.case_id for one in cases())
    assert max(counts.values()) == 1
    assert all(one.folder == CORPUS / "cases" / one.case_id for one in cases())


def test_every_case_cites_a_requirement_and_expects_codes_of_the_registry() -> None:
    """AWB-R-623."""
    for one in cases():
        assert one.requirements, one.case_id
        assert one.expect.codes | one.expect.allowed <= CODES.keys(), one.case_id
        assert not one.expect.codes & one.expect.allowed, one.case_id


def test_verdict_follows_from_the_severities_of_the_expected_codes() -> None:
    for one in cases():
        if one.kind == "verdict" and not one.expect.stated.get("verdict_only"):
            errors = any(CODES[code].severity == "error" for code in one.expect.codes)
            assert one.expect.verdict == ("invalid" if errors else "valid"), one.case_id


def test_every_negative_case_states_how_it_was_made_from_a_valid_parent() -> None:
    accepted = {one.case_id.removeprefix("golden/") for one in cases() if one.phase == "golden"}
    for one in cases():
        if one.kind == "verdict" and one.expect.verdict == "invalid":
            assert one.recipe["parent"] in accepted, one.case_id
            assert {"name", "arguments", "reseal"} <= one.recipe["operator"].keys(), one.case_id


def test_required_cases_exist_and_every_case_is_required() -> None:
    frozen = claims.required(CORPUS)
    listed = {case_id for required in frozen.values() for case_id in required}
    assert listed == {one.case_id for one in cases()}


def test_a_case_of_the_frozen_set_is_never_edited_and_a_superseded_one_names_its_successor() -> None:
    """AWB-R-620: what a set was frozen with is there, octet for octet."""
    known = {one.case_id: one for one in cases()}
    for path in (CORPUS / "required").glob("*.json"):
        frozen = json.loads(path.read_text(encoding="utf-8"))
        assert frozen["sha256"] == {name: corpus.case_digest(known[name]) for name in frozen["sha256"]}
        assert frozen["sha256"].keys() == {name for ids in frozen["profiles"].values() for name in ids}
    for one in known.values():
        stated = json.loads((one.folder / "case.json").read_text(encoding="utf-8"))
        assert stated.get("superseded_by", one.case_id) in known


def test_digest_of_a_case_changes_with_any_of_its_files(tmp_path: Path) -> None:
    """AWB-R-620."""
    original = case("int/extra-file")
    folder = tmp_path / "cases" / "int" / "extra-file"
    shutil.copytree(original.folder, folder)
    copied = replace(original, folder=folder)
    assert corpus.case_digest(copied) == corpus.case_digest(original)
    (folder / "more").write_bytes(b"")
    assert corpus.case_digest(copied) != corpus.case_digest(original)


def test_every_code_names_a_requirement_of_the_text() -> None:
    """AWB-R-611."""
    registry = json.loads((ROOT / "generated" / "requirements.json").read_text(encoding="utf-8"))
    numbers = {entry["id"] for entry in registry}
    assert CODES
    assert {code.requirement for code in CODES.values()} <= numbers


def test_corpus_is_what_its_plan_makes_of_it() -> None:
    made = subprocess.run(
        [sys.executable, "conformance/make_cases.py", "--check"], cwd=ROOT, capture_output=True, check=False
    )
    assert made.returncode == 0, made.stdout.decode()


def test_corpus_digest_changes_with_any_octet(tmp_path: Path) -> None:
    (tmp_path / "cases" / "a" / "b").mkdir(parents=True)
    file = tmp_path / "cases" / "a" / "b" / "case.json"
    file.write_bytes(b"{}")
    before = corpus.corpus_digest(tmp_path)
    file.write_bytes(b"{ }")
    assert corpus.corpus_digest(tmp_path) != before


def test_description_is_laid_out_with_links_folders_pipes_and_modes(tmp_path: Path) -> None:
    """AWB-R-622."""
    tree = {
        "entries": {
            "a/b.txt": {"text": "é", "mode": "755"},
            "c": {"base64": "AP8="},
            "d": {"link": "c"},
            "e": {"folder": True},
            "f": {"fifo": True},
        }
    }
    target = tmp_path / "input"
    corpus.lay_out_tree(tree, target)
    assert (target / "a" / "b.txt").read_bytes() == "é".encode()
    assert stat.S_IMODE((target / "a" / "b.txt").stat().st_mode) == 0o755
    assert (target / "c").read_bytes() == b"\x00\xff"
    assert (target / "d").readlink() == Path("c")
    assert (target / "e").is_dir()
    assert (target / "f").is_fifo()


def test_what_the_file_system_cannot_hold_is_not_runnable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AWB-R-622."""

    def refuse(path: str, *_: object) -> None:
        raise OSError(1, "Operation not permitted", path)

    monkeypatch.setattr(os, "mkfifo", refuse)
    with pytest.raises(NotRepresentableError, match="pkg/dir-fifo"):
        corpus.lay_out(case("pkg/dir-fifo"), tmp_path / "input")


def test_recipe_of_a_large_case_gives_the_same_octets_each_time(tmp_path: Path) -> None:
    large = case("lim/string-of-1-mib")
    for name in ("one", "two"):
        corpus.lay_out(large, tmp_path / name)
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )
    assert one == two


def test_case_whose_id_is_not_its_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "case.json").write_text(json.dumps({"id": "a/c", "kind": "verdict"}), encoding="utf-8")
    with pytest.raises(ValueError, match="its id is not its folder"):
        corpus.load(tmp_path)


def test_exported_case_holds_its_input_laid_out(tmp_path: Path) -> None:
    corpus.export(case("int/extra-file"), tmp_path / "x")
    assert (tmp_path / "x" / "input" / "bagit.txt").is_file()
    assert json.loads((tmp_path / "x" / "case.json").read_text(encoding="utf-8"))["id"] == "int/extra-file"
    corpus.export(case("rel/directory-and-archive"), tmp_path / "y")
    assert (tmp_path / "y" / "other").is_file()
