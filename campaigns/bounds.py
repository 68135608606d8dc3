"""What hostile bundles of 100 MB cost: memory, and time against what zlib and SHA-256 alone take.

    python -m campaigns.bounds [--megabytes N] [--out FILE]

Each input is made in a file and checked in a process of its own, whose largest resident size is read when it
has ended. What is refused for its structure has to be refused within two seconds of the clock; what has to be
read, within one and a half times the processor time of inflating and hashing the same octets, and so much
more for each octet and value of JSON that the limits let through (ADR 0093).

The control reads one of them as one would without limits: the entry inflated whole into memory.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from awen_ref.canonical.values import at_most
from awen_ref.limits import DEFAULT
from campaigns.hostile import CASES, Case, zipped
from campaigns.outcome import Begun, Control, Outcome, parser, report

__all__ = ["campaign"]

MOST_BYTES = 200 << 20
MOST_SECONDS = 2.0
MOST_FACTOR = 1.5
START_SECONDS = 0.5
"""What a process that only starts and checks a bundle of a few kilobytes may take, in noise and imports."""
SECONDS_A_VALUE = 10e-6
"""For a value of JSON within the limits: parsed, compared with its canonical text, judged by its class."""
SECONDS_AN_OCTET = 60e-9
"""For an octet of JSON within the limits."""

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
start, used = time.perf_counter(), time.process_time()
try:
    found = check(archive.read(Path(sys.argv[1])))
    said = [found.verdict, *sorted({finding.code for finding in found.findings})]
except AwenError as error:
    said = ["refused", *sorted({finding.code for finding in error.findings})]
seconds, used = time.perf_counter() - start, time.process_time() - used
# Not ru_maxrss, which a process inherits from the one that started it.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([seconds, used, int(peak.split()[1]) * 1024, said]))
"""


def inflating(path: Path, _: int) -> None:
    """What the control reads without limits: 256 MiB of zeros."""
    zipped(path, iter([("data/a", bytes(256 << 20))]), level=1)


@contextmanager
def made(case: Case, size: int) -> Iterator[Path]:
    """The archive of a case in a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "hostile.zip")
        case.make(path, size)
        yield path


class Measured(NamedTuple):
    """Seconds by the clock and of the processor, octets of memory, and what was said."""

    clock: float
    used: float
    size: int
    said: list[str]


def measured(path: Path, how: str = "bounded") -> Measured:
    """Check an archive in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(path), how], capture_output=True, check=True, timeout=600
    )
    return Measured(*json.loads(done.stdout))


def reference_seconds(path: Path) -> float:
    """Processor time that inflating and hashing all the entries takes, without anything else."""
    start = time.process_time()
    with zipfile.ZipFile(path) as opened:
        for row in opened.infolist():
            digest = hashlib.sha256(usedforsecurity=False)
            with opened.open(row) as stream:
                while piece := stream.read(1 << 18):
                    digest.update(piece)
    return time.process_time() - start


def json_seconds(path: Path) -> float:
    """What the JSON of an archive may take, as far as the limits let it through."""
    octets, values = {".json": 0, ".jsonl": 0}, {".json": 0, ".jsonl": 0}
    with zipfile.ZipFile(path) as opened:
        for row in opened.infolist():
            kind = Path(row.filename).suffix
            if kind in octets and not row.filename.startswith("signatures/"):
                data = opened.read(row)
                octets[kind] += row.file_size
                values[kind] += at_most(data) + data.count(b"\n")
    documents = min(octets[".json"], DEFAULT.json_bytes_together)
    parsed = min(values[".json"], DEFAULT.json_values) + min(values[".jsonl"], DEFAULT.json_line_values)
    return SECONDS_AN_OCTET * (documents + octets[".jsonl"]) + SECONDS_A_VALUE * parsed


def campaign(megabytes: int, only: tuple[str, ...] = ()) -> Outcome:
    """Measure every case at a size."""
    figures: dict[str, int | float | str] = {"megabytes_each": megabytes}
    problems = []
    worst_memory, worst_structural = 0, 0.0
    for case in CASES:
        if only and case.name not in only:
            continue
        with made(case, megabytes << 20) as path:
            clock, used, size, said = measured(path)
            seconds, allowed = clock, MOST_SECONDS
            if case.structural:
                worst_structural = max(worst_structural, seconds)
            else:
                seconds = used
                allowed = MOST_FACTOR * reference_seconds(path) + START_SECONDS + json_seconds(path)
        worst_memory = max(worst_memory, size)
        figures[case.name] = f"{seconds:.2f} s of {allowed:.2f} s, {size >> 20} MiB, {' '.join(said)}"[:160]
        if size > MOST_BYTES:
            problems.append(f"{case.name}: {size >> 20} MiB of memory")
        if seconds > allowed:
            problems.append(f"{case.name}: {seconds:.2f} s where {allowed:.2f} s are allowed")
        if said[0] == "valid" and case.structural:
            problems.append(f"{case.name}: accepted")
    with made(Case("", inflating, structural=True), megabytes << 20) as path:
        size = measured(path, "unbounded").size
    figures |= {
        "most_memory_mib": worst_memory >> 20,
        "slowest_structural_refusal_seconds": round(worst_structural, 2),
        "microseconds_a_json_value": round(SECONDS_A_VALUE * 1e6),
        "nanoseconds_an_octet_of_json": round(SECONDS_AN_OCTET * 1e9),
        "control_memory_mib": size >> 20,
    }
    return Outcome(
        campaign="bounds",
        promise="A hostile archive of 100 MB costs at most 200 MiB of memory, and no more time than stated.",
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
    begun = Begun("bounds")
    return report(campaign(options.megabytes, tuple(options.only)), begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
