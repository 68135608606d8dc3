"""The driver of the reference: what it answers where there is nothing good to answer about."""

from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.driver import answer
from tests import bundles


def asked(verb: str, given: Path, workdir: Path) -> dict[str, object]:
    """The result of one request."""
    request = {"verb": verb, "input": str(given), "workdir": str(workdir), "format": "bibtex"}
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
