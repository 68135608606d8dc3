import sys
from pathlib import Path

import pytest

from awen_ref.storage import default_location


def test_awen_store_names_the_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWEN_STORE", str(tmp_path))
    assert default_location() == tmp_path


def test_a_tilde_in_awen_store_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWEN_STORE", "~/store")
    assert default_location() == tmp_path / "store"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are those of Linux")
def test_an_empty_awen_store_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWEN_STORE", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_location() == tmp_path / "awen" / "store"
