"""What we accept, others read alike: Python's zipfile, bsdtar, 7z and unzip, names and octets.

    python -m campaigns.differential [--bundles N] [--archives N] [--seed N] [--out FILE]

The inputs are the odd archives of the tests that are passed over with a warning, random bundles as our writer
puts them down, stored and deflated, and mutated archives as far as our reader takes them.

The control takes Python's `zipfile` for our reader: of the odd archives that we refuse and it accepts, others
have to read some otherwise.
"""

import io
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from awen_ref import archive
from awen_ref.errors import AwenError
from awen_ref.paths import path_problem, prefix_problems
from campaigns import mutations
from campaigns.outcome import Begun, Control, Outcome, parser, report
from tests import bundles
from tests.unit.archive.test_odd_archives import PASSED_OVER, REFUSED

__all__ = ["campaign"]

Content = dict[str, bytes]
COMMANDS: dict[str, Callable[[str, str], list[str]]] = {
    "unzip": lambda path, target: ["unzip", "-q", "-P", "", path, "-d", target],
    "bsdtar": lambda path, target: ["bsdtar", "-xf", path, "-C", target],
    "7z": lambda path, target: ["7z", "x", "-p", "-bso0", "-bsp0", f"-o{target}", path],
}


def by_zipfile(octets: bytes) -> Content:
    """Names and octets as Python's reader gives them.

    Raises:
        Exception: Whatever it raises.
    """
    with zipfile.ZipFile(io.BytesIO(octets)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def by_us(octets: bytes) -> Content | None:
    """Names and octets as we read them; none where we refuse."""
    try:
        return bundles.files_of(archive.read(io.BytesIO(octets)))
    except AwenError:
        return None


def by_command(name: str, octets: bytes) -> Content | str:
    """Names and octets as a program extracts them, or what it complains of."""
    with tempfile.TemporaryDirectory() as folder:
        path, target = Path(folder, "a.zip"), Path(folder, "out")
        path.write_bytes(octets)
        target.mkdir()
        program = shutil.which(name)
        command = [program or name, *COMMANDS[name](str(path), str(target))[1:]]
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        if done.returncode:
            return f"exit code {done.returncode}"
        return {
            file.relative_to(target).as_posix(): file.read_bytes()
            for file in target.rglob("*")
            if file.is_file() and not file.is_symlink()
        }


def random_content(chance: random.Random) -> Content:
    """The files of a random bundle, whose names are in order."""
    content: Content = {}
    for _ in range(chance.randint(1, 12)):
        depth = chance.randint(1, 4)
        letters = "abcxyz0189"
        path = "/".join("".join(chance.choices(letters, k=chance.randint(1, 9))) for _ in range(depth))
        if path_problem(path) is None:
            data = chance.randbytes(chance.choice((0, 1, 100, 5000)))
            content[path] = chance.choice((data, data[:7] * 50))
    folders = {problem.path for problem in prefix_problems(content)}
    return {path: content[path] for path in sorted(content) if path not in folders} or {"a": b""}


def inputs(seed: int, bundle_count: int, archive_count: int, step: int) -> Iterator[tuple[str, bytes]]:
    """Archives of all three kinds; not all of them are ones that we accept."""
    odd = list(PASSED_OVER.items())[::step]
    yield from ((f"odd archive {name}", made.build()) for name, (_, made) in odd)
    for kind in bundles.KINDS[::step]:
        yield from _written(f"bundle {kind}", bundles.files_of(bundles.sealed(kind)))
    chance = random.Random(seed)
    for number in range(bundle_count):
        yield from _written(f"random bundle {number}", random_content(chance))
    for number in range(archive_count):
        yield f"mutated archive {number}", mutations.archive(chance)


def _written(name: str, content: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for compress in (False, True):
        stream = io.BytesIO()
        archive.write_zip(bundles.bundle_of(content), stream, compress=compress)
        yield f"{name}, {'deflated' if compress else 'stored'}", stream.getvalue()


def disagreements(octets: bytes, ours: Content, tools: tuple[str, ...]) -> Iterator[str]:
    """Who reads anything else."""
    try:
        if by_zipfile(octets) != ours:
            yield "zipfile"
    except Exception as error:  # noqa: BLE001 - whatever it raises on what we accept is a disagreement
        yield f"zipfile ({type(error).__name__})"
    for name in tools:
        if (found := by_command(name, octets)) != ours:
            yield f"{name} ({found})" if isinstance(found, str) else name


def control(tools: tuple[str, ...], step: int) -> int:
    """How many of the archives that we refuse Python's reader takes, and others read otherwise."""
    found = 0
    for _, made in list(REFUSED.values())[::step]:
        octets = made if isinstance(made, bytes) else made.build()
        try:
            theirs = by_zipfile(octets)
        except Exception:  # noqa: BLE001, S112 - it refuses, too
            continue
        found += any(by_command(name, octets) != theirs for name in tools)
    return found


def campaign(*, seed: int, bundle_count: int, archive_count: int, step: int = 1) -> Outcome:
    """Read everything five times; of the odd archives and the control's, every `step`-th."""
    tools = tuple(name for name in COMMANDS if shutil.which(name))
    accepted, seen, problems = 0, 0, []
    for name, octets in inputs(seed, bundle_count, archive_count, step):
        seen += 1
        ours = by_us(octets)
        if not ours:  # refused, or an archive of nothing, which some of the others do not take for one
            continue
        accepted += 1
        problems += [f"{name}: {who} reads otherwise" for who in disagreements(octets, ours, tools)]
    return Outcome(
        campaign="differential",
        promise="What we accept, other readers read as the same names and octets.",
        figures={
            "archives": seen,
            "accepted": accepted,
            "readers": ", ".join(["zipfile", *tools]),
            "disagreements": len(problems),
        },
        problems=tuple(problems),
        controls=(Control("Python's zipfile in place of our reader", control(tools, step)),),
    )


def main() -> int:
    """Run it."""
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--bundles", type=int, default=300)
    line.add_argument("--archives", type=int, default=5000)
    line.add_argument("--seed", type=int, default=1)
    options = line.parse_args()
    begun = Begun("differential")
    outcome = campaign(seed=options.seed, bundle_count=options.bundles, archive_count=options.archives)
    return report(outcome, begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
