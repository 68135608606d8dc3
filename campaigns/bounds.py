"""What hostile bundles of 100 MB cost: memory, and time against what zlib and SHA-256 alone take.

    python -m campaigns.bounds [--megabytes N] [--out FILE]

Each input is made in a file and checked in a process of its own, whose largest resident size is read when it
has ended. What is refused for its structure has to be refused within two seconds; what is within the limits
may take one and a half times as long as inflating and hashing the same octets.

The control reads one of them as one would without limits: the entry inflated whole into memory.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from awen_ref import npy
from campaigns.outcome import Control, Outcome, Stopwatch, parser, report
from tests import bundles
from tests.ziplab import Archive, File, deflated

__all__ = ["campaign"]

MOST_BYTES = 200 << 20
MOST_SECONDS = 2.0
MOST_FACTOR = 1.5
START_SECONDS = 0.5
"""What a process that only starts and checks a bundle of a few kilobytes may take, in noise and imports."""

CHECK = """
import json, sys, time
from pathlib import Path
from awen_ref import archive
from awen_ref.errors import AwenError
from awen_ref.verify import check
if sys.argv[2] == "unbounded":
    import zipfile
    with zipfile.ZipFile(sys.argv[1]) as opened:
        held = [opened.read(name) for name in opened.namelist()]
start = time.perf_counter()
try:
    found = check(archive.read(Path(sys.argv[1])))
    said = [found.verdict, *sorted({finding.code for finding in found.findings})]
except AwenError as error:
    said = ["refused", *sorted({finding.code for finding in error.findings})]
seconds = time.perf_counter() - start
# Not ru_maxrss, which a process inherits from the one that started it.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([seconds, int(peak.split()[1]) * 1024, said]))
"""

Make = Callable[[Path, int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile archive.

    Attributes:
        name: What is hostile in it.
        make: Writes it to a path, about so many bytes large.
        structural: Whether it has to be refused within two seconds, however large it is.
    """

    name: str
    make: Make
    structural: bool


def _zipped(path: Path, entries: Iterator[tuple[str, bytes]], *, level: int = 0) -> None:
    """An archive with the date and mode of a canonical one."""
    with zipfile.ZipFile(path, "w") as made:
        for name, data in entries:
            row = zipfile.ZipInfo(name)
            row.create_system, row.external_attr = 3, 0o100644 << 16
            row.compress_type = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
            made.writestr(row, data, compresslevel=level or None)


def beside_a_bundle(path: Path, content: dict[str, bytes], *, level: int = 0) -> None:
    """A valid bundle, sealed again with other content, as an archive."""
    files = bundles.files_of(bundles.sealed("run")) | content
    made = bundles.files_of(bundles.resealed(files))
    _zipped(path, iter(sorted(made.items())), level=level)


def bomb(path: Path, size: int) -> None:
    """Files of zeros, deflated a thousandfold."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    # What is flushed fully stands alone, so that it may be repeated.
    block = packed.compress(bytes(8 << 20)) + packed.flush(zlib.Z_FULL_FLUSH)
    data = block * ((1 << 20) // len(block))
    rows = (
        File(b"data/%d" % i, data, 8, b"", size=len(data) // len(block) << 23)
        for i in range(size // len(data))
    )
    path.write_bytes(Archive(tuple(rows)).build())


def quoted_bomb(path: Path, size: int) -> None:
    """Many names over one body."""
    body = deflated(b"data/a", os.urandom(1 << 20))
    rows = tuple(File(f"data/{i}".encode(), body.data, 8, b"", in_body=False, offset=0) for i in range(9000))
    path.write_bytes(Archive((File(b"data/a", bytes(size)), *rows)).build())


def within_ratio(path: Path, size: int) -> None:
    """As much as the ratio of 100 lets through: a tenth of the size, inflating to ten times it."""
    block = os.urandom(10_600) + bytes(1 << 20)
    beside_a_bundle(path, {"data/evidence/attachments/a": block * (size * 8 // len(block))}, level=6)


def entry_flood(path: Path, size: int) -> None:
    """Hundreds of thousands of empty files."""
    header = len(Archive((File(b"f0000000"),)).build()) - 22
    count = size // header
    files = [File(f"f{i:07d}".encode()) for i in range(count)]
    bodies = b"".join(file.body() for file in files)
    step = len(files[0].body())
    directory = b"".join(file.header(i * step) for i, file in enumerate(files))
    end = Archive((), end={"here": 0xFFFE, "count": 0xFFFE, "size": len(directory), "offset": len(bodies)})
    path.write_bytes(bodies + directory + end.build())


def huge_headers(path: Path, size: int) -> None:
    """Names and comments of 64 KiB each."""
    count = min(9000, size // (3 * 0xFFFF))
    files = (
        File(f"{i:05d}".encode() * 13106, comment=b"c" * 0xFFFF, extra=b"x" * 0xFFFF) for i in range(count)
    )
    path.write_bytes(Archive(tuple(files)).build())


def stored(path: Path, size: int) -> None:
    """One honest large attachment."""
    beside_a_bundle(path, {"data/evidence/attachments/a": os.urandom(1 << 20) * (size >> 20)})


def many_files(path: Path, size: int) -> None:
    """As many honest attachments as a bundle may hold."""
    each = os.urandom(size // 9900)
    beside_a_bundle(path, {f"data/evidence/attachments/a{i:04d}": each for i in range(9900)})


def large_array(path: Path, size: int) -> None:
    """One array of zeros, in an output that is not listed."""
    data = npy.Header("<f8", (size // 8,)).render() + bytes(size // 8 * 8)
    beside_a_bundle(path, {"data/results/arrays/a.npy": data})


def json_of(text: Callable[[int], bytes]) -> Make:
    """Two documents of hostile JSON, each close to the limit."""

    def make(path: Path, size: int) -> None:
        half = min(size // 2, (64 << 20) - 100)
        data = text(half)
        beside_a_bundle(path, {"data/inputs/ir.json": data, "data/evidence/timeline.json": data})

    return make


def deep_json(size: int) -> bytes:
    """Arrays in arrays."""
    return b"[" * (size // 2) + b"]" * (size // 2)


def wide_json(size: int) -> bytes:
    """As many numbers as fit."""
    return b"[" + b"0," * (size // 2 - 2) + b"0]"


def object_flood(size: int) -> bytes:
    """As many empty objects as fit."""
    return b"[" + b"{}," * (size // 3 - 2) + b"{}]"


def key_flood(size: int) -> bytes:
    """Millions of members in one object."""
    return b"{" + b",".join(b'"%07d":0' % i for i in range(size // 12)) + b"}"


def long_string(size: int) -> bytes:
    """One string."""
    return b'{"a":"' + b"a" * (size - 8) + b'"}'


def long_lines(path: Path, size: int) -> None:
    """JSON Lines without a line feed."""
    beside_a_bundle(path, {"data/evidence/events.jsonl": b'{"a":"' + b"a" * size + b'"}\n'})


def signature_flood(path: Path, size: int) -> None:
    """Signatures of many megabytes."""
    files = bundles.files_of(bundles.sealed("run"))
    flood = {f"signatures/{i:016d}.dsse.json": bytes(size // 20) for i in range(20)}
    _zipped(path, iter(sorted({**files, **flood}.items())))


def long_manifest(path: Path, size: int) -> None:
    """A manifest of many megabytes."""
    files = bundles.files_of(bundles.sealed("run"))
    line = b"0" * 64 + b"  data/x\n"
    _zipped(path, iter(sorted({**files, "manifest-sha256.txt": line * (size // len(line))}.items())))


def inflating(path: Path, _: int) -> None:
    """What the control reads without limits: 256 MiB of zeros."""
    _zipped(path, iter([("data/a", bytes(256 << 20))]), level=1)


CASES = (
    Case("deflate bomb", bomb, structural=True),
    Case("one body under many names", quoted_bomb, structural=True),
    Case("entry flood", entry_flood, structural=True),
    Case("names, comments and fields of 64 KiB", huge_headers, structural=True),
    Case("deep JSON", json_of(deep_json), structural=False),
    Case("wide JSON", json_of(wide_json), structural=False),
    Case("flood of objects", json_of(object_flood), structural=False),
    Case("flood of keys", json_of(key_flood), structural=False),
    Case("long string", json_of(long_string), structural=False),
    Case("line without end", long_lines, structural=False),
    Case("flood of signatures", signature_flood, structural=False),
    Case("long manifest", long_manifest, structural=False),
    Case("inflated as far as the ratio lets", within_ratio, structural=False),
    Case("large stored file", stored, structural=False),
    Case("large array", large_array, structural=False),
    Case("9,900 files", many_files, structural=False),
)


@contextmanager
def made(case: Case, size: int) -> Iterator[Path]:
    """The archive of a case in a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "hostile.zip")
        case.make(path, size)
        yield path


def measured(path: Path, how: str = "bounded") -> tuple[float, int, list[str]]:
    """Seconds, largest resident size in bytes and what was said, of a check in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(path), how], capture_output=True, check=True, timeout=600
    )
    seconds, size, said = json.loads(done.stdout)
    return float(seconds), int(size), list(said)


def reference_seconds(path: Path) -> float:
    """What inflating and hashing all the entries takes, without anything else."""
    watch = Stopwatch()
    with zipfile.ZipFile(path) as opened:
        for row in opened.infolist():
            digest = hashlib.sha256(usedforsecurity=False)
            with opened.open(row) as stream:
                while piece := stream.read(1 << 18):
                    digest.update(piece)
    return watch.seconds


def campaign(megabytes: int, only: tuple[str, ...] = ()) -> Outcome:
    """Measure every case at a size."""
    figures: dict[str, int | float | str] = {"megabytes_each": megabytes}
    problems = []
    worst_memory, worst_structural, worst_factor = 0, 0.0, 0.0
    for case in CASES:
        if only and case.name not in only:
            continue
        with made(case, megabytes << 20) as path:
            seconds, size, said = measured(path)
            allowed = MOST_SECONDS
            if not case.structural:
                reference = reference_seconds(path)
                allowed = MOST_FACTOR * reference + START_SECONDS
                worst_factor = max(worst_factor, seconds / reference)
            else:
                worst_structural = max(worst_structural, seconds)
        worst_memory = max(worst_memory, size)
        figures[case.name] = f"{seconds:.2f} s of {allowed:.2f} s, {size >> 20} MiB, {' '.join(said)}"[:160]
        if size > MOST_BYTES:
            problems.append(f"{case.name}: {size >> 20} MiB of memory")
        if seconds > allowed:
            problems.append(f"{case.name}: {seconds:.2f} s where {allowed:.2f} s are allowed")
        if said[0] == "valid" and case.structural:
            problems.append(f"{case.name}: accepted")
    with made(Case("", inflating, structural=True), megabytes << 20) as path:
        _, size, _ = measured(path, "unbounded")
    figures |= {
        "most_memory_mib": worst_memory >> 20,
        "slowest_structural_refusal_seconds": round(worst_structural, 2),
        "control_memory_mib": size >> 20,
    }
    return Outcome(
        campaign="bounds",
        promise="A hostile archive of 100 MB costs at most 200 MiB of memory, and time in proportion.",
        figures=figures,
        problems=tuple(problems),
        controls=(Control("every entry inflated whole into memory", int(size > MOST_BYTES)),),
    )


def main() -> int:
    """Run it."""
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--megabytes", type=int, default=100)
    line.add_argument("--only", action="append", default=[], help="name of a case; repeatable")
    options = line.parse_args()
    watch = Stopwatch()
    return report(campaign(options.megabytes, tuple(options.only)), watch, options.out)


if __name__ == "__main__":
    sys.exit(main())
