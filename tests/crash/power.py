"""Power-cut campaign: everything that a disk may have kept, after every call, for every scenario.

    python tests/crash/power.py FOLDER [--scenario NAME] [--control NAME] [--draws N] [--seed N]

Each distinct state of the disk is laid out and judged. Prints one JSON object. With `--control` one flush is
left out: the campaign must find that.
"""

import argparse
import json
import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from unittest import mock

from awen_ref import audit
from awen_ref.storage import Entry, FilesystemBackend, durable, filesystem, layout
from tests.crash.disk import Disk, Image, lay_out, load
from tests.crash.recorder import recorded
from tests.crash.scenarios import SCENARIOS, Scenario, promises_broken


def _nothing(*_: object) -> None:
    """Leave a call out."""


def _unless(name: str, real: Callable[[Path], None]) -> Callable[[Path], None]:
    """Flush every folder but those of one name."""
    return lambda path: None if path.name == name else real(path)


@contextmanager
def _files_unflushed() -> Iterator[None]:
    real = durable._sync
    skipping = lambda descriptor, path: None if not path.is_dir() else real(descriptor, path)  # noqa: E731
    with mock.patch.object(durable, "_sync", skipping):
        yield


@contextmanager
def _folder_unflushed(name: str) -> Iterator[None]:
    fake = _unless(name, durable.sync_folder)
    with mock.patch.object(filesystem, "sync_folder", fake), mock.patch.object(layout, "sync_folder", fake):
        yield


@contextmanager
def _built_unflushed() -> Iterator[None]:
    with mock.patch.object(filesystem, "sync_folders_below", _nothing):
        yield


@contextmanager
def _log_unflushed() -> Iterator[None]:
    with mock.patch.object(audit, "_write", os.write):
        yield


@contextmanager
def _parents_unflushed() -> Iterator[None]:
    with mock.patch.object(layout.Layout, "_sync_upwards", _nothing):
        yield


@contextmanager
def _flushed_after_the_commit() -> Iterator[None]:
    def commit(self: FilesystemBackend, record: Path, entry: Entry) -> bool:
        with mock.patch.object(durable, "_sync", _nothing):
            won = real_commit(self, record, entry)
        durable.sync_folders_below(self._layout.records / entry.seal)
        durable.sync_folder(self._layout.index)
        durable.sync_folder(self._layout.records)
        return won

    real_commit = FilesystemBackend._commit
    with _built_unflushed(), mock.patch.object(FilesystemBackend, "_commit", commit):
        yield


CONTROLS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "files unflushed": _files_unflushed,
    "folders of the record unflushed": _built_unflushed,
    "records unflushed": lambda: _folder_unflushed("records"),
    "index unflushed": lambda: _folder_unflushed("index"),
    "parents of the store unflushed": _parents_unflushed,
    "flushed after the commit": _flushed_after_the_commit,
    "log unflushed": _log_unflushed,
}


def campaign(
    scenario: Scenario, folder: Path, variant: AbstractContextManager[None], draws: int
) -> dict[str, object]:
    """Cut the power after every call of one scenario."""
    base, chance = folder / "disk", random.Random(scenario.name)
    root = base / "home" / "store"
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(parents=True)
    scenario.prepare(FilesystemBackend(root))
    disk = Disk(str(base))
    load(disk)
    during: set[Image] = set()
    calls = 0

    def after() -> None:
        nonlocal calls
        calls += 1
        during.update(disk.images(draws, chance))

    with variant, recorded(disk, after):
        scenario.act(FilesystemBackend(root))
    acknowledged = set(disk.images(draws * 4, chance))
    problems: list[str] = []
    for image in sorted(during | acknowledged, key=repr):
        shutil.rmtree(base)
        base.mkdir()
        lay_out(image, base)
        problems += promises_broken(root, scenario, acknowledged=image in acknowledged)
    return {
        "scenario": scenario.name,
        "calls": calls,
        "states": len(during | acknowledged),
        "problems": sorted(set(problems)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenario", choices=[scenario.name for scenario in SCENARIOS])
    parser.add_argument("--control", choices=CONTROLS)
    parser.add_argument("--draws", type=int, default=4)
    options = parser.parse_args()
    start = time.perf_counter()
    results = [
        campaign(scenario, options.folder, CONTROLS.get(options.control, nullcontext)(), options.draws)
        for scenario in SCENARIOS
        if options.scenario in {None, scenario.name}
    ]
    seconds = round(time.perf_counter() - start, 1)
    print(json.dumps({"control": options.control, "seconds": seconds, "results": results}, indent=1))
    return any(result["problems"] for result in results)


if __name__ == "__main__":
    sys.exit(main())
