"""The same bits under every processor setting that this machine can be put in.

Usage: python benchmarks/determinism.py [--python PYTHON ...]

One worker process for each setting: numpy's dispatched instruction sets switched off level by level, OpenBLAS
told to be other processors, one thread and two, each further `--python` (say, one with numpy 1.26), and other
processors under qemu-user where it is installed. Each prints a digest for every case of
`awen_ref.engine.cases`, every example and a gradient. Canaries are operations that the engine does not use
because they are known to differ: if none of them does, the rig sees nothing and the campaign fails.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CORES = ("Prescott", "Nehalem", "Sandybridge", "Haswell", "SkylakeX", "Zen")
QEMU = ("Nehalem", "Haswell")

Setting = tuple[str, dict[str, str], list[str]]
Digests = dict[str, dict[str, str]]


def dispatched(python: str) -> list[str]:
    """The instruction sets that numpy chooses at run time and that this processor has, ascending."""
    probe = (
        "import numpy\n"
        "try:\n    from numpy._core import _multiarray_umath as m\n"
        "except ImportError:\n    from numpy.core import _multiarray_umath as m\n"
        "print(' '.join(f for f in m.__cpu_dispatch__ if m.__cpu_features__.get(f)))"
    )
    return subprocess.run([python, "-c", probe], check=True, capture_output=True, text=True).stdout.split()


def settings(pythons: list[str]) -> Iterator[Setting]:
    """Name, environment and command prefix of every setting."""
    for python in pythons:
        yield f"{python}: as it is", {}, [python]
        features = dispatched(python)
        for first in range(len(features)):
            off = " ".join(features[first:])
            yield f"{python}: without {off}", {"NPY_DISABLE_CPU_FEATURES": off}, [python]
        for core in CORES:
            yield f"{python}: OpenBLAS as {core}", {"OPENBLAS_CORETYPE": core}, [python]
        for threads in ("1", "2"):
            limits = {"OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
            yield f"{python}: {threads} threads", limits, [python]
    emulator = shutil.which("qemu-x86_64-static") or shutil.which("qemu-x86_64")
    for python in pythons if emulator else ():
        for processor in QEMU:
            # The path as given: behind a virtual environment's symbolic link its packages would be missing.
            yield f"{python}: emulated {processor}", {}, [str(emulator), "-cpu", processor, python]


def run(setting: Setting) -> Digests:
    """What a worker finds under a setting."""
    _, environment, command = setting
    path = os.pathsep.join([str(ROOT), str(ROOT / "generated" / "python")])
    done = subprocess.run(
        [*command, str(HERE / "peers" / "digests.py")],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
    )
    found: Digests = json.loads(done.stdout)
    return found


def main() -> int:
    """Run from the command line; 1 where a digest differs or no canary does."""
    parser = argparse.ArgumentParser(description="Run the engine under every processor setting.")
    parser.add_argument("--python", nargs="+", default=[], help="further interpreters, with other packages")
    arguments = parser.parse_args()
    expected: Digests | None = None
    sung: set[str] = set()
    wrong = 0
    for setting in settings([sys.executable, *arguments.python]):
        found = run(setting)
        expected = expected or found
        differing = [
            name for name, digest in found["results"].items() if expected["results"].get(name) != digest
        ]
        changed = [name for name, digest in found["canaries"].items() if expected["canaries"][name] != digest]
        sung.update(changed)
        wrong += len(differing)
        verdict = f"DIFFERS in {', '.join(differing)}" if differing else f"{len(found['results'])} equal"
        print(f"{setting[0]} (numpy {found['numpy']['version']})")
        print(f"    {verdict}; canaries that differ: {', '.join(changed) or 'none'}", flush=True)
    if not sung:
        print("no canary differed: the rig cannot see a difference")
    return int(wrong > 0 or not sung)


if __name__ == "__main__":
    sys.exit(main())
