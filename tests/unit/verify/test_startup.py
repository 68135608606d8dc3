"""Checking a small bundle loads nothing that takes longer than the check (architecture: command line)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import bundles

PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from awen_ref.bundle import Bundle, BytesMember
from awen_ref.verify import check
members = {}
for path in sorted(Path(sys.argv[2]).rglob("*")):
    if path.is_file():
        members[path.relative_to(sys.argv[2]).as_posix()] = BytesMember(path.read_bytes())
report = check(Bundle(dict(sorted(members.items()))))
assert report.verdict == "valid", report.findings
print(*sorted({"numpy", "pydantic", "rich", "click", "asyncio"} & set(sys.modules)))
"""


def test_check_of_a_small_bundle_loads_no_numpy_pydantic_or_rich(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for path, data in bundles.files_of(bundles.sealed("run")).items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(request.config.rootpath), str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == []
