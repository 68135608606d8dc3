"""The command line as a user runs it: a process, a folder, no environment of ours."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Done:
    """A finished process."""

    status: int
    out: str
    err: str
    raw: bytes

    @property
    def json(self) -> dict[str, Any]:
        """Standard output read as one JSON object."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


@dataclass(frozen=True)
class Awen:
    """The command line with a store and a home of its own."""

    home: Path

    def __call__(
        self,
        *arguments: str | Path,
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Done:
        process = subprocess.run(
            [sys.executable, "-m", "awen_ref", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=cwd or self.home,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.home),
                "AWEN_STORE": str(self.home / "store"),
                "LC_ALL": "C.UTF-8",
                **(env or {}),
            },
            check=False,
            timeout=120,
        )
        out = process.stdout.decode("utf-8", "replace")
        return Done(process.returncode, out, process.stderr.decode("utf-8", "replace"), process.stdout)
