import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is such a file system: thousands of flushes cost nothing there."""
    memory = Path("/dev/shm")  # noqa: S108 (not a shared name: a fresh folder is made in it)
    if not memory.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="awen-crash-", dir=memory))
    yield folder
    shutil.rmtree(folder)
