"""Export of one large file as an archive, beside other tools that write ZIP archives, in one run.

    python benchmarks/archive_export.py [--size MIB] [--rounds N] [--folder FOLDER] [--json]

Ours is measured as it is used, flushed to the medium, and also without the flush, as the others do it: they
leave the data in the page cache. Rounds are interleaved and the best of each is kept; each target is removed
before the next one is written. The last column is CPU time, system included.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from awen_ref import archive
from awen_ref.bundle import Bundle, FileMember

NAME = "data/evidence/attachments/large.bin"


def make(folder: Path, mebibytes: int) -> Path:
    """A file of noise in the page cache."""
    path = folder / "bundle" / NAME
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        for _ in range(mebibytes):
            file.write(os.urandom(1 << 20))
    return path


def ours(source: Path, target: Path) -> None:
    """The canonical archive, flushed."""
    archive.write_zip(Bundle({NAME: FileMember(source, source.stat().st_size)}), target)


def ours_unflushed(source: Path, target: Path) -> None:
    """The same without the flush."""
    with mock.patch.object(os, "fsync", return_value=None):
        ours(source, target)


def ours_to_a_pipe(source: Path, target: Path) -> None:
    """To a stream that cannot go back, written down by `cat`."""
    with target.open("wb") as file, subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file) as cat:
        if cat.stdin is None:
            raise SystemExit("no pipe")
        archive.write_zip(Bundle({NAME: FileMember(source, source.stat().st_size)}), cat.stdin)


def by_zipfile(source: Path, target: Path) -> None:
    """Python's zipfile, stored."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as peer:
        peer.write(source, NAME)


def by_copy(source: Path, target: Path) -> None:
    """No archive at all: a copy by the system."""
    subprocess.run(["cp", "--reflink=never", source, target], check=True)


def by_command(*command: str) -> Callable[[Path, Path], None]:
    """A tool that takes the archive and the bundle's folder."""

    def run(source: Path, target: Path) -> None:
        root = source.parents[NAME.count("/")]
        subprocess.run([*command, target, "data"], cwd=root, check=True, stdout=subprocess.DEVNULL)

    return run


def contenders() -> dict[str, Callable[[Path, Path], None]]:
    """Everything that is installed."""
    tools = {
        "7z -mx=0": ("7z", "a", "-tzip", "-mx=0", "-bso0", "-bsp0"),
        "zip -0": ("zip", "-q", "-0", "-X", "-r"),
        "bsdtar": ("bsdtar", "--format", "zip", "--options", "zip:compression=store", "-cf"),
    }
    return {
        "awen": ours,
        "awen, not flushed": ours_unflushed,
        "awen, to a pipe": ours_to_a_pipe,
        "zipfile": by_zipfile,
        "cp": by_copy,
        **{name: by_command(*command) for name, command in tools.items() if shutil.which(command[0])},
    }


def cpu() -> float:
    """CPU seconds of this process and its children."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measure(folder: Path, mebibytes: int, rounds: int) -> dict[str, dict[str, float]]:
    """Least wall and CPU seconds of each."""
    source, target = make(folder, mebibytes), folder / "out.zip"
    best: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for name, write in contenders().items():
            target.unlink(missing_ok=True)
            os.sync()  # what the last one left unwritten is not to slow this one down
            before, start = cpu(), time.perf_counter()
            write(source, target)
            found = {"wall_s": time.perf_counter() - start, "cpu_s": cpu() - before}
            old = best.setdefault(name, found)
            best[name] = {key: min(old[key], found[key]) for key in found}
    return best


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=1024, metavar="MIB")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="on the file system to measure")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        figures = measure(Path(folder), options.size, options.rounds)
    if options.json:
        print(json.dumps({"mebibytes": options.size, "figures": figures}, indent=2))
        return
    reference = figures.get("7z -mx=0", figures["cp"])["wall_s"]
    print(f"{options.size} MiB{'wall s':>22}{'GB/s':>8}{'of 7z':>8}{'CPU s':>8}")
    for name, figure in figures.items():
        speed = options.size * (1 << 20) / figure["wall_s"] / 1e9
        ratio = figure["wall_s"] / reference
        print(f"{name:20}{figure['wall_s']:10.2f}{speed:8.2f}{ratio:8.2f}{figure['cpu_s']:8.2f}")


if __name__ == "__main__":
    main()
