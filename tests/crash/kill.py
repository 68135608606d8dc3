"""Kill and fault campaign: every call on the store's folder, interrupted in every way.

    cc -shared -fPIC -O1 -o shim.so tests/crash/shim.c -ldl
    LD_PRELOAD=$PWD/shim.so python tests/crash/kill.py FOLDER [--scenario NAME] [--control] [--step N]

For each scenario a child is forked for each call and each way; the parent then judges the folder that is
left. Prints one JSON object. With `--control` the backend builds records where they will lie: the campaign
must find that.
"""

import argparse
import ctypes
import errno
import gc
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from awen_ref.errors import AwenError
from awen_ref.storage import Blob, Entry, FilesystemBackend
from tests.crash.catalogue import CATALOGUE
from tests.crash.scenarios import SCENARIOS, Scenario, promises_broken

KILL_BEFORE, KILL_AFTER, TORN_WRITE, SHORT_WRITE, FAIL, FAIL_READING = 1, 2, 3, 4, 5, 6
ALL = (*SCENARIOS, *CATALOGUE)
WAYS: dict[str, tuple[int, int, int]] = {  # action, errno, persistent
    "kill before": (KILL_BEFORE, 0, 0),
    "kill after": (KILL_AFTER, 0, 0),
    "torn write": (TORN_WRITE, 0, 0),
    "short write": (SHORT_WRITE, 0, 0),
    "EINTR once": (FAIL, errno.EINTR, 0),
    "EIO once": (FAIL, errno.EIO, 0),
    "EIO from then on": (FAIL, errno.EIO, 1),
    "ENOSPC once": (FAIL, errno.ENOSPC, 0),
    "ENOSPC from then on": (FAIL, errno.ENOSPC, 1),
    "EACCES once": (FAIL, errno.EACCES, 0),
    "EROFS from then on": (FAIL, errno.EROFS, 1),
    "EIO reading once": (FAIL_READING, errno.EIO, 0),
    "EIO reading from then on": (FAIL_READING, errno.EIO, 1),
    "EMFILE reading once": (FAIL_READING, errno.EMFILE, 0),
}


class InPlace(FilesystemBackend):
    """The control: a record is built where it will lie."""

    def put(self, entry: Entry, members: dict[str, Blob]) -> bool:  # type: ignore[override]  # wrong on purpose
        with self._writing("store the record"):
            if self._layout.bundle(entry.seal).is_dir():
                return False
            (self._layout.index / f"{entry.artifact_id}.{entry.seal}").touch()
            self._build(self._layout.records / entry.seal, entry, members)
            return True


class Shim:
    """The preloaded library."""

    def __init__(self) -> None:
        library = ctypes.CDLL(None)
        self.count = library.shim_count
        self.count.restype = ctypes.c_long
        self._arm = library.shim_arm
        self._arm.argtypes = [ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_int]

    def arm(self, root: Path, call: int, way: tuple[int, int, int]) -> None:
        self._arm(os.fsencode(root), call, *way)

    def disarm(self) -> None:
        self._arm(b"", 0, 0, 0, 0)


def in_child(task: Callable[[], str]) -> str:
    """What a task returns in a child of its own; empty if the child was killed."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.close(reader)
        try:
            said = task()
        except AwenError as error:
            said = f"refused: {error.message}"
        except BaseException as error:  # noqa: BLE001 (a foreign exception is a finding)
            said = f"foreign {type(error).__name__}: {error}"
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
        return f"foreign signal {os.WTERMSIG(status)}"
    return said


def campaign(
    scenario: Scenario, folder: Path, backend: type[FilesystemBackend], step: int
) -> dict[str, object]:
    """Interrupt one scenario at every `step`-th call in every way."""
    shim, template, root = Shim(), folder / "template", folder / "store"
    shutil.rmtree(template, ignore_errors=True)
    scenario.prepare(backend(template))
    kept = _content(template)
    gc.freeze()  # a child that collects nothing of its parent's copies none of its memory

    def attempt(call: int, way: tuple[int, int, int]) -> str:
        shutil.rmtree(root, ignore_errors=True)
        _lay(kept, root)

        def act() -> str:
            store = backend(root)
            shim.arm(root, call, way)
            try:
                scenario.act(store)
                return f"done {shim.count()}"
            finally:
                shim.disarm()

        return in_child(act)

    calls = {}
    for kind in (0, FAIL_READING):
        said = attempt(0, (kind, 0, 0))
        if not said.startswith("done "):
            raise SystemExit(f"{scenario.name} fails without an interruption: {said}")
        calls[kind] = int(said.removeprefix("done "))
    runs, problems = 0, []
    for way, code in WAYS.items():
        for call in range(1, calls[FAIL_READING if code[0] == FAIL_READING else 0] + 1, step):
            said = attempt(call, code)
            runs += 1
            if said.startswith("foreign"):
                problems.append(f"{way}, call {call}: {said}")
            done = said.startswith("done")
            broken = _broken(root, scenario, acknowledged=done)
            problems += [f"{way}, call {call}, {said or 'killed'}: {problem}" for problem in broken]
    return {
        "scenario": scenario.name,
        "calls": calls[0],
        "reading": calls[FAIL_READING],
        "ways": len(WAYS),
        "runs": runs,
        "problems": problems,
    }


def _broken(root: Path, scenario: Scenario, *, acknowledged: bool) -> list[str]:
    """What is wrong with the folder that is left; a foreign exception over it is wrong, too."""
    try:
        return list((scenario.judge or promises_broken)(root, scenario, acknowledged=acknowledged))
    except Exception as error:  # noqa: BLE001 (whatever it is, it is a finding)
        return [f"foreign {type(error).__name__} afterwards: {error}"]


Kept = tuple[list[str], dict[str, tuple[bytes, int]], dict[str, str]]
"""The folders of a store, its files with their modes, and further names of those; paths below its root."""


def _content(template: Path) -> Kept:
    """All that a store consists of; nothing where there is none."""
    folders, files, links = [], {}, {}
    seen: dict[int, str] = {}
    for folder, _, names in os.walk(template):
        place = folder.removeprefix(str(template))
        folders.append(place)
        for name in names:
            path, status = f"{place}/{name}", Path(folder, name).stat()
            first = seen.setdefault(status.st_ino, path)
            if first == path:
                files[path] = (Path(folder, name).read_bytes(), status.st_mode)
            else:
                links[path] = first
    return folders, files, links


def _lay(kept: Kept, root: Path) -> None:
    """Make such a store."""
    folders, files, links = kept
    for folder in folders:
        os.mkdir(f"{root}{folder}")  # noqa: PTH102 (thousands of stores, a hundred files each)
    for path, (data, mode) in files.items():
        descriptor = os.open(f"{root}{path}", os.O_WRONLY | os.O_CREAT, mode)
        os.write(descriptor, data)
        os.close(descriptor)
    for path, first in links.items():
        os.link(f"{root}{first}", f"{root}{path}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenario", choices=[scenario.name for scenario in ALL])
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--step", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    results = [
        campaign(scenario, options.folder, InPlace if options.control else FilesystemBackend, options.step)
        for scenario in ALL
        if options.scenario in {None, scenario.name}
    ]
    seconds = round(time.perf_counter() - start, 1)
    print(json.dumps({"control": options.control, "seconds": seconds, "results": results}, indent=1))
    return any(result["problems"] for result in results)


if __name__ == "__main__":
    sys.exit(main())
