"""Reading every file of archives and directories, beside Python's zipfile and a plain loop, in one run.

    python benchmarks/archive_read.py [--files 5000] [--size 4096] [--large MIB] [--rounds N] [--json]

CPU time, system included, of reading and hashing each file; ours checks names, headers and CRC-32 on the way,
zipfile the CRC-32. Rounds are interleaved and the best of each is kept.
"""

import argparse
import hashlib
import json
import os
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from awen_ref import archive
from awen_ref.bundle import Bundle, BytesMember, FileMember
from awen_ref.digest import sha256_of


def by_us(path: Path) -> None:
    """Every member of a directory or archive."""
    for member in archive.read(path).members.values():
        sha256_of(member)


def by_zipfile(path: Path) -> None:
    """Every entry, in pieces, as zipfile's documentation has it."""
    with zipfile.ZipFile(path) as peer:
        for info in peer.infolist():
            with peer.open(info) as stream:
                digest = hashlib.sha256()
                while chunk := stream.read(1 << 18):
                    digest.update(chunk)
                digest.hexdigest()


def by_loop(path: Path) -> None:
    """Every file below a folder, opened and hashed."""
    for folder, _, names in os.walk(path):
        for name in sorted(names):
            with open(os.path.join(folder, name), "rb", buffering=0) as stream:  # noqa: PTH118, PTH123 - the plain loop
                hashlib.file_digest(stream, "sha256").hexdigest()


def write(bundle: Bundle, folder: Path, name: str) -> dict[str, Path]:
    """A bundle as directory, archive and compressed archive."""
    places = {
        "directory": folder / name,
        "stored": folder / f"{name}.zip",
        "deflated": folder / f"{name}-small.zip",
    }
    archive.write_directory(bundle, places["directory"])
    archive.write_zip(bundle, places["stored"])
    archive.write_zip(bundle, places["deflated"], compress=True)
    return places


def many(folder: Path, files: int, size: int) -> dict[str, Path]:
    """Small files that deflate to about a half."""
    content = {
        f"data/evidence/attachments/f{n:06}.txt": os.urandom(size // 2).hex().encode() for n in range(files)
    }
    return write(Bundle({path: BytesMember(data) for path, data in content.items()}), folder, "many")


def one(folder: Path, mebibytes: int) -> dict[str, Path]:
    """One large file of the same kind."""
    source = folder / "source"
    with source.open("wb") as file:
        for _ in range(mebibytes):
            file.write(os.urandom(1 << 19).hex().encode())
    member = FileMember(source, source.stat().st_size)
    places = write(Bundle({"data/evidence/attachments/large.txt": member}), folder, "one")
    source.unlink()
    return places


def best(tasks: dict[str, tuple[Callable[[Path], None], Path]], rounds: int) -> dict[str, float]:
    """Least CPU seconds of each."""
    seconds = dict.fromkeys(tasks, float("inf"))
    for _ in range(rounds):
        for name, (read, path) in tasks.items():
            start = time.process_time()
            read(path)
            seconds[name] = min(seconds[name], time.process_time() - start)
    return seconds


def tasks_of(places: dict[str, Path]) -> dict[str, tuple[Callable[[Path], None], Path]]:
    """Each reader on each form that it reads."""
    return {
        "plain loop, directory": (by_loop, places["directory"]),
        "awen, directory": (by_us, places["directory"]),
        "awen, stored": (by_us, places["stored"]),
        "zipfile, stored": (by_zipfile, places["stored"]),
        "awen, deflated": (by_us, places["deflated"]),
        "zipfile, deflated": (by_zipfile, places["deflated"]),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--size", type=int, default=4096)
    parser.add_argument("--large", type=int, default=256, metavar="MIB")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = {
            f"{options.files} files of {options.size} bytes": best(
                tasks_of(many(Path(folder), options.files, options.size)), options.rounds
            ),
            f"one file of {options.large} MiB": best(
                tasks_of(one(Path(folder), options.large)), options.rounds
            ),
        }
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for title, seconds in figures.items():
        print(f"{title:38}{'CPU ms':>10}{'of loop':>10}")
        for name, value in seconds.items():
            print(f"  {name:36}{value * 1e3:10.1f}{value / seconds['plain loop, directory']:10.2f}")


if __name__ == "__main__":
    main()
