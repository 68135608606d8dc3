from pathlib import Path

import pytest

from awen_ref.storage import FilesystemBackend, StorageBackend
from awen_ref.testing import StoreTests


class TestFilesystemBackend(StoreTests):
    @pytest.fixture
    def backend(self, tmp_path: Path) -> StorageBackend:
        backend = FilesystemBackend(tmp_path / "store")
        backend.create()
        return backend

    def reopen(self, backend: StorageBackend) -> StorageBackend:
        assert backend.root is not None
        return FilesystemBackend(backend.root)
