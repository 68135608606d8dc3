"""The driver of the reference: what it answers where there is nothing good to answer about."""

import json
from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.driver import answer
from tests import bundles


def asked(verb: str, given: Path, workdir: Path) -> dict[str, object]:
    """The result of one request."""
    request = {"verb": verb, "input": str(given), "workdir": str(workdir), "format": "bibtex"}
    request |= {"plan": str(given), "other": str(given), "now": "2026-01-01T00:00:00+00:00"}
    result: dict[str, object] = answer(request)["result"]
    return result


def codes(listed: object) -> set[str]:
    assert isinstance(listed, dict)
    return {finding["code"] for finding in listed["findings"]}


@pytest.mark.parametrize("verb", ["export", "import", "cite"])
def test_invalid_bundle_is_refused_with_its_findings_and_nothing_is_written(
    verb: str, tmp_path: Path
) -> None:
    given, workdir = tmp_path / "bundle", tmp_path / "work"
    workdir.mkdir()
    archive.write_directory(bundles.sealed("run"), given)
    (given / "metadata.json").write_bytes(b"{}")
    assert "AWB-INT-010" in codes(asked(verb, given, workdir)["refused"])
    assert list(workdir.iterdir()) == []


@pytest.mark.parametrize("verb", ["export", "import", "cite"])
def test_missing_input_is_refused(verb: str, tmp_path: Path) -> None:
    assert codes(asked(verb, tmp_path / "none", tmp_path)["refused"]) == {"AWB-PKG-001"}


@pytest.mark.parametrize("verb", ["canonicalize", "build", "run"])
def test_missing_input_of_what_makes_something_is_refused(verb: str, tmp_path: Path) -> None:
    # AWB-R-645, AWB-R-646
    refused = asked(verb, tmp_path / "none", tmp_path)["refused"]
    assert isinstance(refused, dict)
    found = refused["codes"] if verb == "canonicalize" else [one["code"] for one in refused["findings"]]
    assert found == ["AWB-PKG-001"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", ["replay", "compare"])
def test_missing_input_of_what_holds_results_together_is_refused(verb: str, tmp_path: Path) -> None:
    result = asked(verb, tmp_path / "none", tmp_path)
    assert result["verdict"] == "refused"
    assert codes(result) == {"AWB-PKG-001"}


def content_of(folder: Path) -> Path:
    """A folder with the files under `data/` of a run."""
    for path, member in bundles.sealed("run").members.items():
        if path.startswith("data/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(member.read())
    return folder


@pytest.mark.parametrize("plan", [b"{", b"[]", b"{}", b'{"metadata":{},"artifact_type":"run"}', None])
def test_a_plan_that_is_none_is_refused(plan: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    if plan is not None:
        file.write_bytes(plan)
    given = content_of(tmp_path / "content")
    request = {"verb": "build", "input": str(given), "plan": str(file), "workdir": str(tmp_path)}
    assert codes(answer(request)["result"]["refused"])
    assert not (tmp_path / "output").exists()


def test_a_plan_whose_description_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    tool = {"name": "t", "version": "1", "url": "https://example.org"}
    plan = {"metadata": {}, "artifact_type": "run", "created": "2026-01-01T00:00:00+00:00", "tool": tool}
    file.write_text(json.dumps(plan))
    request = {"verb": "build", "input": str(content_of(tmp_path / "content")), "plan": str(file)}
    result = answer({**request, "workdir": str(tmp_path)})["result"]
    assert codes(result["refused"])
    assert not (tmp_path / "output").exists()


def test_missing_input_has_no_id(tmp_path: Path) -> None:
    assert asked("id", tmp_path / "none", tmp_path) == {"refused": {"codes": ["AWB-PKG-001"]}}


def test_missing_input_is_invalid(tmp_path: Path) -> None:
    result = asked("verify", tmp_path / "none", tmp_path)
    assert result["verdict"] == "invalid"
    assert codes(result) == {"AWB-PKG-001"}


def test_valid_bundle_is_exported(tmp_path: Path) -> None:
    archive.write_directory(bundles.sealed("run"), tmp_path / "bundle")
    assert asked("export", tmp_path / "bundle", tmp_path) == {"output": "output"}
    assert archive.read(tmp_path / "output").ids == bundles.sealed("run").ids
