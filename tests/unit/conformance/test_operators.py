"""Cause isolation: what a case is about appears with its operator and only with it (AWB-R-621)."""

import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from awen_conformance import corpus
from awen_conformance.archive_operators import ARCHIVE_OPERATORS
from awen_conformance.archives import Entry, canonical, deflated
from awen_conformance.operators import OPERATORS, apply
from awen_conformance.sealer import manifests, names_of
from awen_ref import archive, verify
from awen_ref.errors import ContainerError
from tests import bundles
from tests.unit.conformance.drivers import CORPUS, cases

GOLDEN = corpus.golden(CORPUS / "cases")
NAMES = sorted(one.case_id.removeprefix("golden/") for one in cases() if one.phase == "golden")


def codes(path: Path | io.BytesIO) -> set[str]:
    """What the reference finds."""
    try:
        return {finding.code for finding in verify.check(archive.read(path)).findings}
    except ContainerError as refusal:
        return {finding.code for finding in refusal.findings}


def parents() -> list[tuple[str, str, bool]]:
    """Every combination of golden bundle, resealing and container that a negative case starts from."""
    found = {
        (one.recipe["parent"], one.recipe["operator"]["reseal"], "archive" in one.recipe)
        for one in cases()
        if one.kind == "verdict" and one.recipe
    }
    return sorted(found)


@pytest.mark.parametrize(("parent", "reseal", "archived"), parents())
def test_parent_without_the_operator_has_no_finding(parent: str, reseal: str, archived: bool) -> None:  # noqa: FBT001
    keep: dict[str, Any] = {"name": "keep", "arguments": {}, "reseal": reseal}
    tree = apply(GOLDEN(parent), keep)
    if archived:
        assert codes(io.BytesIO(canonical(tree).build())) == set()
    assert verify.check(bundles.bundle_of(tree)).findings == ()


@pytest.mark.parametrize("name", NAMES)
def test_sealing_anew_without_a_change_gives_back_every_octet_of_manifests_and_names(name: str) -> None:
    tree = GOLDEN(name)
    again = apply(tree, {"name": "keep", "arguments": {}, "reseal": "all"})
    assert names_of(again) == names_of(tree) | {"seal": names_of(again)["seal"]}
    assert manifests(again)["manifest-sha256.txt"] == tree["manifest-sha256.txt"]
    assert manifests(tree)["tagmanifest-sha256.txt"] == tree["tagmanifest-sha256.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_canonical_archive_is_the_reference_s_octet_for_octet(name: str, tmp_path: Path) -> None:
    tree = GOLDEN(name)
    archive.write_zip(bundles.bundle_of(tree), tmp_path / "a.zip")
    assert canonical(tree).build() == (tmp_path / "a.zip").read_bytes()


def test_deflated_entries_inflate_to_what_they_stand_for() -> None:
    for content in (b"", b"a", bytes(100_000), bytes(range(256)) * 9, b"ab" * 300):
        entry = deflated(Entry(b"x", content))
        assert zlib.decompress(entry.data or b"", -15) == content
        assert entry.method == 8


def test_canonical_archive_is_read_by_python_s_own_reader() -> None:
    tree = GOLDEN("minimal")
    with zipfile.ZipFile(io.BytesIO(canonical(tree).build())) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == tree


def test_every_operator_is_used_by_a_case() -> None:
    plan = json.loads((CORPUS / "plan.json").read_text(encoding="utf-8"))
    recipes = [*plan, *(row["other"] for row in plan if "other" in row)]
    assert {row["operator"]["name"] for row in recipes if "operator" in row} >= OPERATORS.keys() - {
        "many_members"
    }
    assert {row["archive"]["name"] for row in recipes if "archive" in row} == ARCHIVE_OPERATORS.keys()


def test_operators_leave_their_parent_as_it_was() -> None:
    tree = GOLDEN("run")
    before = dict(tree)
    for row in json.loads((CORPUS / "plan.json").read_text(encoding="utf-8")):
        if row.get("parent") == "run" and not row.get("large"):
            apply(tree, row["operator"])
    assert tree == before
