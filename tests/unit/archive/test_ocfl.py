"""An OCFL object of a stranger's: only the inventory's files are read, and nothing on the way is followed."""

import os
import shutil
from pathlib import Path

import pytest

from awen_ref import archive
from awen_ref.errors import AwenError, ContainerError
from tests import bundles

pytestmark = pytest.mark.usefixtures("nobody_waits")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An object in a storage root."""
    return archive.write_ocfl(bundles.sealed("run"), tmp_path / "shelf")


def test_the_object_is_read_through_a_link_of_the_caller(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert bundles.files_of(archive.read_ocfl(tmp_path / "link")) == bundles.files_of(bundles.sealed("run"))


@pytest.mark.parametrize("place", ["v1", "v1/content"])
def test_a_symbolic_link_on_the_way_to_the_content_is_not_followed(
    folder: Path, tmp_path: Path, place: str
) -> None:
    outside = tmp_path / "outside"
    shutil.move(folder / place, outside)
    (folder / place).symlink_to(outside)
    with pytest.raises(ContainerError) as caught:
        archive.read_ocfl(folder)
    assert {finding.code for finding in caught.value.findings} == {"AWB-PKG-006"}


@pytest.mark.parametrize("place", ["v1/content/data", "v1/content/metadata.json"])
def test_a_symbolic_link_in_the_content_is_not_followed(folder: Path, tmp_path: Path, place: str) -> None:
    outside = tmp_path / "outside"
    shutil.move(folder / place, outside)
    (folder / place).symlink_to(outside)
    with pytest.raises(ContainerError, match="is not there"):
        archive.read_ocfl(folder)


@pytest.mark.parametrize("kind", ["fifo", "link", "folder"])
def test_an_inventory_that_is_no_file_is_refused_at_once(folder: Path, tmp_path: Path, kind: str) -> None:
    inventory = folder / "inventory.json"
    shutil.move(inventory, tmp_path / "inventory.json")
    match kind:
        case "fifo":
            os.mkfifo(inventory)
        case "link":
            inventory.symlink_to(tmp_path / "inventory.json")
        case _:
            inventory.mkdir()
    with pytest.raises(AwenError, match="inventory"):
        archive.read_ocfl(folder)
