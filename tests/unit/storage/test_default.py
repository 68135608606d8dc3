import sys
from pathlib import Path

import pytest

from awen_ref.errors import UsageError
from awen_ref.storage import location_of


def test_awen_store_names_the_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWEN_STORE", str(tmp_path))
    assert location_of(None) == tmp_path


def test_a_tilde_in_awen_store_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWEN_STORE", "~/store")
    assert location_of(None) == tmp_path / "store"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are those of Linux")
def test_an_empty_awen_store_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWEN_STORE", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert location_of(None) == tmp_path / "awen" / "store"


@pytest.mark.parametrize(
    "named", ["/a/b", "file:///a/b", "FILE:///a/b", "file://localhost/a%2Fb", "file:///a/%62"]
)
def test_a_store_is_named_by_its_folder_or_the_url_of_it(named: str) -> None:
    assert location_of(named) == Path("/a/b")


def test_a_tilde_that_no_shell_took_is_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert location_of("~/store") == tmp_path / "store"
    assert location_of("a/~/b") == Path("a/~/b")


@pytest.mark.parametrize(
    "named", ["s3://bucket/x", "sqlite:///x", "https://host/x", "file://host/x", "~nobody-has-this-name/x"]
)
def test_what_names_no_folder_is_refused_and_makes_none(named: str) -> None:
    with pytest.raises(UsageError) as caught:
        location_of(named)
    assert named in caught.value.message
