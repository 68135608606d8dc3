"""Power-cut campaign on a real file system: ext4 in an image, copied after every call and mounted again.

    python tests/crash/power_ext4.py FOLDER [--scenario NAME] [--control NAME]     # as root, on Linux

Mounting the copy replays the journal, as after a loss of power. Prints one JSON object.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from awen_ref.storage import FilesystemBackend
from tests.crash.disk import Disk, load
from tests.crash.power import CONTROLS
from tests.crash.recorder import recorded
from tests.crash.scenarios import SCENARIOS, Scenario, promises_broken

_IMAGE_BYTES = 8 << 20


@contextmanager
def mounted(image: Path, point: Path) -> Iterator[Path]:
    """The file system of an image, at a folder."""
    point.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, point], check=True)
    try:
        yield point
    finally:
        subprocess.run(["umount", point], check=True)


def campaign(scenario: Scenario, folder: Path, variant: AbstractContextManager[None]) -> dict[str, object]:
    """Cut the power after every call of one scenario."""
    image, left = folder / "image", []
    image.unlink(missing_ok=True)
    with image.open("wb") as file:
        file.truncate(_IMAGE_BYTES)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    with mounted(image, folder / "disk") as base:
        root = base / "home" / "store"
        scenario.prepare(FilesystemBackend(root))
        subprocess.run(["sync"], check=True)
        disk = Disk(str(base))
        load(disk)

        def after() -> None:
            left.append(image.read_bytes())

        with variant, recorded(disk, after):
            scenario.act(FilesystemBackend(root))
        after()
    problems = []
    for number, data in enumerate(left):
        copy = folder / "copy"
        copy.write_bytes(data)
        with mounted(copy, folder / "again") as again:
            acknowledged = number == len(left) - 1
            problems += [
                f"call {number + 1} of {len(left)}: {problem}"
                for problem in promises_broken(again / "home" / "store", scenario, acknowledged=acknowledged)
            ]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    return {"scenario": scenario.name, "calls": len(left), "problems": problems}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenario", choices=[scenario.name for scenario in SCENARIOS])
    parser.add_argument("--control", choices=CONTROLS)
    options = parser.parse_args()
    start = time.perf_counter()
    results = [
        campaign(scenario, options.folder, CONTROLS.get(options.control, nullcontext)())
        for scenario in SCENARIOS
        if options.scenario in {None, scenario.name}
    ]
    seconds = round(time.perf_counter() - start, 1)
    print(json.dumps({"control": options.control, "seconds": seconds, "results": results}, indent=1))
    return any(result["problems"] for result in results)


if __name__ == "__main__":
    sys.exit(main())
