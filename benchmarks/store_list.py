"""How long it takes to list a store of many small bundles, and what a put costs; with peers in one run.

    python benchmarks/store_list.py [--records 10000] [--puts 50] [--folder FOLDER] [--json]

Listing is compared with reading the same small files by hand (the limit) and with opening each bundle's
manifest and metadata (what a store without an index has to do). A put is compared with writing the same files
flushed, and with copying them unflushed.
"""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from awen_ref.storage import Blob, Entry, FilesystemBackend, durable
from awen_ref.storage.layout import names_in
from awen_ref.testing.records import blob

FILES = 20
LISTED_FILES = 6  # listing opens none of them: fewer make the store sooner
SHARED = {f"data/evidence/shared{number}.json": os.urandom(400) for number in range(6)}
LIMIT_SECONDS = 1.0


def record(number: int, files: int = FILES) -> tuple[Entry, dict[str, Blob]]:
    """A bundle of small files, some of which all bundles share."""
    key = hashlib.sha256(b"%d" % number).hexdigest()
    document = json.dumps(
        {"title": f"Run {number} of a Mach-Zehnder mesh", "keywords": ["mesh", "benchmark"] * 5}
    )
    members = {"manifest.json": document.encode(), "metadata.json": document.encode()}
    members |= dict(list(SHARED.items())[: files - 4])
    for index in range(files - len(members)):
        members[f"data/results/arrays/out{index}.npy"] = b"%d %d " % (number, index) * 100
    entry = Entry(
        seal=f"seal_{key}",
        artifact_id=f"awen_{key}",
        inputs_id=f"inp_{key}",
        results_id=f"res_{key}",
        artifact_type="run",
        created="2026-01-02T03:04:05+00:00",
        title=f"Run {number}",
        size_bytes=sum(map(len, members.values())),
    )
    return entry, {path: blob(data) for path, data in members.items()}


@contextmanager
def unflushed() -> Iterator[None]:
    """Fill a store quickly: what is measured afterwards is reading."""
    with mock.patch.object(durable, "_sync", return_value=None):
        yield


def seconds(task: Callable[[], object], repeats: int = 5) -> float:
    """The median time of a task."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def by_hand(store: FilesystemBackend) -> int:
    """Read and parse every entry file, and nothing else: what listing cannot go below in this language."""
    found = 0
    folder = f"{store.root}/records"
    for name in sorted(names_in(store.root / "records")):
        descriptor = os.open(f"{folder}/{name}/entry.json", os.O_RDONLY)
        found += bool(json.loads(os.read(descriptor, 1 << 16)))
        os.close(descriptor)
    return found


def by_bundle(store: FilesystemBackend) -> int:
    """Read manifest and metadata of every bundle."""
    found = 0
    for bundle in store.root.glob("records/*/bundle"):
        manifest, metadata = (
            json.loads((bundle / name).read_bytes()) for name in ("manifest.json", "metadata.json")
        )
        found += bool(manifest and metadata)
    return found


def listing(folder: Path, records: int) -> dict[str, float]:
    """Times of listing in seconds."""
    store = FilesystemBackend(folder / "list")
    with unflushed():
        for number in range(records):
            store.put(*record(number, LISTED_FILES))
    one = record(records // 2)[0].artifact_id
    return {
        "list": seconds(lambda: list(store.entries())),
        "entry files by hand (limit)": seconds(lambda: by_hand(store)),
        "manifest and metadata of each": seconds(lambda: by_bundle(store), repeats=3),
        "find one artifact by 16 digits": seconds(lambda: list(store.entries(artifact_id=one[:21]))),
    }


def putting(folder: Path, puts: int) -> dict[str, float]:
    """Times for one bundle in seconds."""
    store, plain, copy = FilesystemBackend(folder / "put"), folder / "plain", folder / "copy"
    store.put(*record(0))
    records = [record(number) for number in range(1, puts + 1)]

    def flushed(members: dict[str, Blob], target: Path) -> None:
        for path, content in members.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            durable.write_new(target / path, content.chunks())

    times: dict[str, list[float]] = {"put": [], "the same files, flushed": [], "copied, unflushed": []}
    for number, (entry, members) in enumerate(records):
        times["put"].append(seconds(lambda: store.put(entry, members), 1))  # noqa: B023 (called at once)
        target = plain / str(number)
        times["the same files, flushed"].append(seconds(lambda: flushed(members, target), 1))  # noqa: B023 (called at once)
        start = time.perf_counter()
        shutil.copytree(target, copy / str(number))
        times["copied, unflushed"].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> int:
    """Print the table; exit code 1 if 10,000 bundles take longer than a second to list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--puts", type=int, default=50)
    parser.add_argument("--folder", type=Path, help="on the file system to measure")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        lists, puts = listing(Path(folder), options.records), putting(Path(folder), options.puts)
    limit = LIMIT_SECONDS * options.records / 10_000
    result = {"records": options.records, "files": FILES, "list_s": lists, "put_s": puts, "limit_s": limit}
    if options.json:
        print(json.dumps(result))
    else:
        print(f"{options.records} bundles; limit for the list {limit:.1f} s")
        for name, value in lists.items():
            print(f"  {name:34} {value:8.4f} s   {value / lists['list']:6.2f} x")
        print(f"one bundle of {FILES} files, {len(SHARED)} of them shared")
        for name, value in puts.items():
            print(f"  {name:34} {value * 1e3:8.2f} ms  {value / puts['put']:6.2f} x")
    return int(lists["list"] > limit)


if __name__ == "__main__":
    raise SystemExit(main())
