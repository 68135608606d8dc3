"""What a check costs beside the hashing that nobody can do without; with peers in one run.

    PYTHONPATH=. python benchmarks/verify.py [--files 5000] [--size 4096] [--large 1024] [--peer PYTHON]

Ratios are of CPU time, system included, to a loop that hashes the same files with `hashlib.file_digest`, the
way the standard library documents it. Rounds are interleaved and the best of each is kept. `--peer` names the
Python of an environment with ocfl-py, which validates the same files as an OCFL object. `--large` is the size
in MiB of one attachment and of one array, each a bundle of its own, checked in a process whose peak memory is
shown.
"""

import argparse
import hashlib
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import bagit

from awen_ref import archive, npy
from awen_ref.bundle import FileMember, Member
from awen_ref.verify import check
from tests import bundles

HERE = Path(__file__).resolve().parent
LIMITS = {"files": 1.6, "large": 1.05, "process": 8.0}
CHECK = """
import resource, sys, time
from pathlib import Path
from awen_ref import archive
from awen_ref.verify import check
start = time.process_time()
report = check(archive.read(Path(sys.argv[1])))
assert report.verdict == "valid", report.findings
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def hash_loop(root: Path) -> None:
    """Every file below a folder, once."""
    for folder, _, names in os.walk(root):
        for name in sorted(names):
            with open(os.path.join(folder, name), "rb", buffering=0) as stream:  # noqa: PTH118, PTH123 - the plain loop
                hashlib.file_digest(stream, "sha256").hexdigest()


def tight_loop(root: Path) -> None:
    """The same, each file in one read: as little as Python can do."""
    for folder, _, names in os.walk(root):
        for name in sorted(names):
            with open(os.path.join(folder, name), "rb") as stream:  # noqa: PTH118, PTH123 - the plain loop
                hashlib.sha256(stream.read()).hexdigest()


def awen_check(root: Path) -> None:
    """A whole check, reading the directory included."""
    report = check(archive.read(root))
    if report.verdict != "valid":
        raise SystemExit(f"the benchmark's own bundle is not valid: {report.findings[:3]}")


def bagit_validate(root: Path) -> None:
    """bagit-python's validation of the same directory."""
    bagit.Bag(str(root)).validate()


def best(functions: Mapping[str, Callable[[Path], object]], root: Path, rounds: int) -> dict[str, float]:
    """Least CPU seconds of each over interleaved rounds."""
    seconds = dict.fromkeys(functions, float("inf"))
    for _ in range(rounds):
        for name, function in functions.items():
            start = time.process_time()
            function(root)
            seconds[name] = min(seconds[name], time.process_time() - start)
    return seconds


def many_files(folder: Path, count: int, size: int) -> Path:
    """A run with that many attachments, as a directory."""
    source = folder / "source"
    source.mkdir()
    made = bundles.parts("run")
    attachments: dict[str, bytes | Member] = {}
    for number in range(count):
        place = source / f"f{number:06}.bin"
        place.write_bytes(os.urandom(size))
        attachments[place.name] = FileMember(place, size)
    archive.write_directory(bundles.build(replace(made, attachments=attachments)), folder / "many")
    return folder / "many"


def one_large(folder: Path, mebibytes: int, *, as_array: bool) -> Path:
    """A run with one large attachment or array, as a directory."""
    size = mebibytes << 20
    source, header = folder / f"large-{as_array}", b""
    if as_array:
        header = npy.Header("<f8", (size // 8,)).render()
    block = os.urandom(1 << 20) if not as_array else (b"\x9a\x99\x99\x99\x99\x99\xb9?" * (1 << 17))
    with source.open("wb") as stream:
        stream.write(header)
        for _ in range(mebibytes):
            stream.write(block)
    member = FileMember(source, len(header) + size)
    made = bundles.parts("run")
    if as_array:
        entry = bundles.output("<f8", [size // 8], "1", "ratio", ["sample"])
        made.results = replace(
            made.results,
            outputs={**made.results.outputs, "large": {**entry, "file": "arrays/large.npy"}},
            arrays={**made.results.arrays, "large": member},
        )
    else:
        made.attachments = {"large.bin": member}
    place = folder / f"bundle-{as_array}"
    archive.write_directory(bundles.build(made), place)
    source.unlink()
    return place


def large(folder: Path, mebibytes: int) -> dict[str, float]:
    """CPU ratio to hashing, and peak memory, of bundles with one large file."""
    figures = {}
    for name, as_array in (("attachment", False), ("array", True)):
        place = one_large(folder, mebibytes, as_array=as_array)
        loop = best({"loop": hash_loop}, place, 3)["loop"]
        runs = [
            subprocess.run(
                [sys.executable, "-c", CHECK, str(place)], check=True, capture_output=True, text=True
            )
            for _ in range(3)
        ]
        results = [tuple(map(float, done.stdout.split())) for done in runs]
        figures[f"{name} ratio"] = min(seconds for seconds, _ in results) / loop
        figures[f"{name} peak MB"] = max(peak for _, peak in results)
    return figures


def child_cpu(command: list[str]) -> float:
    """CPU seconds of one process; as anybody's does, it keeps the bytecode of what it imports."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def whole_process(folder: Path, rounds: int = 15) -> float:
    """`awen verify` of a small bundle over a Python that does nothing."""
    place = folder / "small"
    archive.write_directory(bundles.sealed("run"), place)
    commands = {
        "pass": [sys.executable, "-c", "pass"],
        "awen": [sys.executable, "-m", "awen_ref", "verify", str(place)],
    }
    seconds = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            seconds[name] = min(seconds[name], child_cpu(command))
    return seconds["awen"] / seconds["pass"]


def ocfl_ratio(peer: str, folder: Path, root: Path, loop: float) -> float:
    """ocfl-py on the same files as an OCFL object, over the same loop."""
    place = archive.write_ocfl(archive.read(root), folder / "ocfl")
    done = subprocess.run(
        [peer, str(HERE / "peers" / "ocfl_validate.py"), str(place)],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout) / loop


def measure(options: argparse.Namespace, folder: Path) -> dict[str, float]:
    """Every figure."""
    root = many_files(folder, options.files, options.size)
    functions = {
        "hashlib loop": hash_loop,
        "tight loop": tight_loop,
        "awen": awen_check,
        "bagit": bagit_validate,
    }
    seconds = best(functions, root, options.rounds)
    loop = seconds["hashlib loop"]
    figures = {f"files: {name}": value / loop for name, value in seconds.items()}
    figures["files: hashlib loop, ms"] = loop * 1e3
    if options.peer:
        figures["files: ocfl-py"] = ocfl_ratio(options.peer, folder, root, loop)
    figures |= {f"large: {name}": value for name, value in large(folder, options.large).items()}
    figures["process: awen verify"] = whole_process(folder)
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--size", type=int, default=4096)
    parser.add_argument("--large", type=int, default=1024, metavar="MIB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer", metavar="PYTHON")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # bagit tells every file
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options, Path(folder))
    if options.json:
        print(json.dumps({"figures": figures, "limits": LIMITS}, indent=2))
        return
    for name, value in figures.items():
        limit = LIMITS.get(name.partition(":")[0]) if "awen" in name or "ratio" in name else None
        print(f"{name:32} {value:8.2f}" + (f"   limit {limit}" if limit else ""))


if __name__ == "__main__":
    main()
