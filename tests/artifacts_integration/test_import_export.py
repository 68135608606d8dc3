"""Import and export: out into directories and archives, and back in, without a bit lost."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.bundle import Bundle
from awen_ref.catalog import Catalog
from awen_ref.errors import VerificationError
from awen_ref.verify import check, verify
from tests.artifacts_integration.conftest import Family


def content(bundle: Bundle) -> dict[str, bytes]:
    return {path: member.read() for path, member in bundle.members.items()}


def test_bundle_creation_and_export(family: Family, catalog: Catalog, tmp_path: Path) -> None:
    """Run, keep, take out of the store again, export twice: one file, byte for byte."""
    stored = catalog.put(family.run)
    for name in ("one.zip", "two.zip"):
        archive.write_zip(catalog.get(stored.artifact_id), tmp_path / name)
    digests = {hashlib.sha256((tmp_path / n).read_bytes()).hexdigest() for n in ("one.zip", "two.zip")}
    assert len(digests) == 1
    assert check(archive.read(tmp_path / "one.zip")).verdict == "valid"


def test_a_directory_is_exported_that_coreutils_confirm(family: Family, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    archive.write_directory(family.gradient.bundle, folder)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=folder, check=True)


def test_a_zip_is_exported_that_other_tools_read(family: Family, tmp_path: Path) -> None:
    import zipfile

    archive.write_zip(family.run.bundle, tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == content(family.run.bundle)


@pytest.mark.parametrize("form", ["directory", "zip", "compressed"])
def test_artifact_import_export_roundtrip(
    family: Family, catalog: Catalog, tmp_path: Path, form: str
) -> None:
    """Every type comes back from each form with the same bytes, ids and place in the store."""
    for bundle in family.members:
        place = tmp_path / f"{bundle.artifact_type}.{form}"
        if form == "directory":
            archive.write_directory(bundle.bundle, place)
        else:
            archive.write_zip(bundle.bundle, place, compress=form == "compressed")
        again = verify(archive.read(place))
        assert content(again.bundle) == content(bundle.bundle)
        assert again.ids == bundle.ids
        assert catalog.put(again).artifact_id == bundle.ids.artifact_id
    assert {entry.seal for entry in catalog.entries()} == {bundle.ids.seal for bundle in family.members}


@pytest.mark.parametrize("form", ["directory", "zip"])
def test_what_does_not_verify_is_not_imported(
    family: Family, catalog: Catalog, tmp_path: Path, form: str
) -> None:
    members = dict(family.run.bundle.members)
    place = tmp_path / "damaged"
    if form == "directory":
        archive.write_directory(family.run.bundle, place)
        body = place / "data/results/body.json"
        body.write_bytes(body.read_bytes().replace(b"completed", b"compl3ted"))
    else:
        from awen_ref.bundle import BytesMember

        body_data = members["data/results/body.json"].read().replace(b"completed", b"compl3ted")
        archive.write_zip(Bundle({**members, "data/results/body.json": BytesMember(body_data)}), place)
    with pytest.raises(VerificationError) as caught:
        catalog.put(archive.read(place))
    assert "AWB-INT-010" in {finding.code for finding in caught.value.findings}
    assert catalog.location is not None
    assert not catalog.location.exists()
