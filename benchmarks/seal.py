"""What sealing costs beside the hashing that nobody can do without; with bagit-python in one run.

    PYTHONPATH=. python benchmarks/seal.py [--files 5000] [--size 4096] [--rounds 5] [--json]

Ratios are of CPU time, system included, to a loop that hashes the same files with `hashlib.file_digest`.
Sealing digests the files where they lie and makes manifests, content index, citation files and crate in
memory; bagit-python's `make_bag` moves the files into `data/` and writes its manifests.
"""

import argparse
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bagit
from verify import best, hash_loop

from awen_ref.bundle import FileMember, Member
from tests import bundles

LIMIT = 2.0


def sealer(root: Path, size: int) -> Callable[[Path], object]:
    """Seals a run with every file of the folder as an attachment; who holds files knows their sizes."""
    attachments: dict[str, bytes | Member] = {
        place.name: FileMember(place, size) for place in sorted(root.iterdir())
    }
    made = replace(bundles.parts("run"), attachments=attachments)
    return lambda _: bundles.build(made)


def bag_maker(copies: Path) -> Callable[[Path], None]:
    """bagit-python on a copy of its own each time, made beforehand."""
    ready = [copies / str(number) for number in range(len(list(copies.iterdir())))]

    def make(root: Path) -> None:
        del root
        bagit.make_bag(str(ready.pop()), checksums=["sha256"])

    return make


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--size", type=int, default=4096)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # bagit tells every file
    with tempfile.TemporaryDirectory() as folder:
        root, copies = Path(folder) / "files", Path(folder) / "copies"
        root.mkdir()
        for number in range(options.files):
            (root / f"f{number:06}.bin").write_bytes(os.urandom(options.size))
        for number in range(options.rounds):
            shutil.copytree(root, copies / str(number))
        functions = {
            "hashlib loop": hash_loop,
            "awen": sealer(root, options.size),
            "bagit": bag_maker(copies),
        }
        seconds = best(functions, root, options.rounds)
    figures = {name: value / seconds["hashlib loop"] for name, value in seconds.items()}
    if options.json:
        print(json.dumps({"figures": figures, "limits": {"awen": LIMIT}}, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:16} {value:6.2f}" + (f"   limit {LIMIT}" if name == "awen" else ""))


if __name__ == "__main__":
    main()
