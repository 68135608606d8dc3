"""Structure-aware fuzzing: whatever comes in, the answer is a value or findings, and nothing is touched.

    python -m campaigns.fuzz [--texts N] [--documents N] [--archives N] [--seed N] [--add] [--out FILE]

Texts are JSON documents, JSON Lines, array files and manifests; documents are put into a bundle that is
sealed again and then checked whole; archives are read to the last octet, and those that are accepted are held
against Python's `zipfile` and written out as directories. While inputs are worked on, an audit hook watches
for files opened for writing, renames, links, processes and sockets: anything outside a folder of ours is a
problem.

The control plants a crash in each reader, which the same inputs have to find, and a write outside.
"""

import io
import json
import os
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from awen_ref import archive, canonical, npy
from awen_ref.digest import MANIFEST, TAG_MANIFEST, ids_of, parse_manifest
from awen_ref.errors import AwenError
from awen_ref.verify import check
from campaigns import mutations
from campaigns.outcome import Begun, Control, Outcome, parser, report
from tests import bundles

__all__ = ["Rig", "campaign"]

LONGEST_SECONDS = 2.0
SHORT = 2000
"""Seeds are documents up to this size: many small inputs find more than few large ones."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
ACTIONS = frozenset(
    {"os.rename", "os.mkdir", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.chmod", "os.truncate"}
)
NEVER = ("subprocess.", "socket.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.", "pickle.")

Reader = Callable[[bytes], object]


class Watch:
    """An audit hook, on only while an input is worked on. Python has no way to take a hook off again."""

    def __init__(self, folder: Path) -> None:
        self.on = False
        self.seen: list[str] = []
        self._allowed = (f"{folder}/", str(folder))
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & WRITING:
                self._judge(event, path)
        elif event in ACTIONS:
            for path in arguments[: 1 + (event in {"os.rename", "os.link"})]:
                self._judge(event, path)
        elif event.startswith(NEVER):
            self.seen.append(event)

    def _judge(self, event: str, path: object) -> None:
        # A descriptor or a name relative to one was opened by path before, and judged then.
        if isinstance(path, str | bytes) and not os.fsdecode(path).startswith(self._allowed):
            self.seen.append(f"{event} {os.fsdecode(path)}")


@dataclass(slots=True)
class Rig:
    """Readers under watch, and what became of the inputs."""

    folder: Path
    watch: Watch
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def take(self, kind: str, reader: Reader, data: bytes) -> None:
        """Give an input to a reader and judge how it ends."""
        start = time.process_time()
        self.watch.on = True
        try:
            reader(data)
        except AwenError as error:
            ended = "refused" if error.findings else "refused without a finding"
        except Exception as error:  # noqa: BLE001 - a foreign exception is what is looked for
            ended = f"{type(error).__name__}: {error}"[:200]
        else:
            ended = "accepted"
        self.watch.on = False
        seconds = time.process_time() - start
        self.slowest = max(self.slowest, seconds)
        self.counts[kind] += 1
        self.counts[f"{kind}, {ended}" if ended in {"accepted", "refused"} else "problem"] += 1
        if ended not in {"accepted", "refused"}:
            self.problems.append(f"{kind}: {ended}: {data[:300]!r}")
        if seconds > LONGEST_SECONDS:
            self.problems.append(f"{kind}: {seconds:.1f} s: {data[:300]!r}")
        if self.watch.seen:
            self.problems.append(f"{kind}: {self.watch.seen[0]}: {data[:300]!r}")
            self.watch.seen.clear()


@contextmanager
def rig() -> Iterator[Rig]:
    """A rig with a folder of its own, which is also where temporary files go.

    What is imported meanwhile is not cached: the writing of that would be seen.
    """
    before = tempfile.tempdir, sys.dont_write_bytecode
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir, sys.dont_write_bytecode = folder, True
        try:
            yield Rig(Path(folder), Watch(Path(folder)))
        finally:
            tempfile.tempdir, sys.dont_write_bytecode = before


class Disagreement(Exception):  # noqa: N818 - it is what the campaign looks for, not an error of a caller
    """Two readers of one input do not agree."""


def read_json(data: bytes) -> None:
    """Both parsers; what the strict one takes has to be its own canonical text."""
    try:
        strict = canonical.loads_canonical(data)
    except AwenError:
        canonical.loads(data)
        return
    if canonical.dumps(strict) != data:
        raise Disagreement("accepted, but not the canonical text of its value")


def read_lines(data: bytes) -> None:
    """JSON Lines in pieces; the pieces must make no difference."""
    whole = canonical.loads_lines(data)
    if list(canonical.iter_lines([data[:7], data[7:50], data[50:]])) != whole:
        raise Disagreement("the pieces of a JSON Lines file matter")


def read_array(data: bytes) -> None:
    """The check in pieces, and the array; what is accepted NumPy has to read as the same."""
    if (found := npy.check([data[:9], data[9:80], data[80:]])) != npy.check([data]):
        raise Disagreement(f"the pieces of an array file matter: {found}")
    import numpy as np

    ours = npy.read(data)
    theirs = np.load(io.BytesIO(data), allow_pickle=False)
    if ours.dtype != theirs.dtype or ours.shape != theirs.shape or ours.tobytes() != theirs.tobytes():
        raise Disagreement("NumPy reads another array")


def read_manifest(data: bytes) -> None:
    """The grammar; what is accepted renders as itself."""
    lines, findings = parse_manifest(data)
    if findings:
        raise AwenError(findings[0].message, findings=findings)
    if b"".join(f"{line.sha256}  {line.path}\n".encode() for line in lines) != data:
        raise Disagreement("a manifest that was accepted is not its own lines")
    ids_of(data, data)


def read_archive(folder: Path, *, every: int = 1) -> Reader:
    """An archive to its last octet; what is accepted, `zipfile` reads alike; every n-th is written out."""
    target = folder / "out"
    accepted = count(1)

    def read(data: bytes) -> None:
        bundle = archive.read(io.BytesIO(data))
        ours = bundles.files_of(bundle)
        with zipfile.ZipFile(io.BytesIO(data)) as peer:
            if {name: peer.read(name) for name in sorted(peer.namelist())} != ours:
                raise Disagreement("zipfile reads other names or octets")
        if ours and next(accepted) % every == 0:
            archive.write_directory(bundle, target)
            if bundles.files_of(archive.read(target)) != ours:
                raise Disagreement("the directory that was written is another bundle")

    return read


def read_bundle(files: Mapping[str, bytes]) -> Callable[[str, bytes], None]:
    """A document put into a bundle that is sealed again: whatever it holds, the check ends with findings."""

    def read(path: str, data: bytes) -> None:
        check(bundles.resealed({**files, path: data}))

    return read


def seeds() -> tuple[list[object], list[bytes]]:
    """Documents and manifests of valid bundles."""
    trees: list[object] = []
    manifests: list[bytes] = []
    for kind in bundles.KINDS:
        files = bundles.files_of(bundles.sealed(kind))
        manifests += [files[MANIFEST], files[TAG_MANIFEST]]
        trees += [
            json.loads(data) for path, data in files.items() if path.endswith(".json") and len(data) < SHORT
        ]
    return trees, manifests


def texts(chance: random.Random, number: int, readers: Mapping[str, Reader], rigged: Rig) -> None:
    """Mutated texts, of each kind in turn."""
    trees, manifests = seeds()
    for turn in range(number):
        match turn % 4:
            case 0 | 1:
                kind, data = "json", mutations.document(chance, chance.choice(trees))
                if turn % 40 == 0:
                    kind = "lines"
                    data = b"".join(
                        mutations.document(chance, chance.choice(trees)) + b"\n" for _ in range(2)
                    )
            case 2:
                kind, data = "array", mutations.array(chance)
            case _:
                kind, data = "manifest", mutations.manifest(chance, chance.choice(manifests))
        rigged.take(kind, readers[kind], data)


def documents(chance: random.Random, number: int, rigged: Rig) -> None:
    """Mutated documents inside bundles that are sealed again."""
    golden = [bundles.files_of(bundles.sealed(kind)) for kind in bundles.KINDS]
    for _ in range(number):
        files = chance.choice(golden)
        path = chance.choice([path for path in files if path.endswith((".json", ".jsonl", ".npy"))])
        data = files[path]
        if path.endswith(".json"):
            tree = mutations.altered(chance, json.loads(data))
            # Canonical, so that it gets past the bytes and to the rules behind them.
            try:
                data = canonical.dumps(tree)
            except AwenError:
                data = mutations.document(chance, tree)
        else:
            data = mutations.noise(chance, data)
        read = read_bundle(files)
        rigged.take("bundle", lambda content, read=read, path=path: read(path, content), data)  # type: ignore[misc]


def archives(chance: random.Random, number: int, reader: Reader, rigged: Rig) -> None:
    """Archives made wrong field by field."""
    for _ in range(number):
        rigged.take("archive", reader, mutations.archive(chance))
        shutil.rmtree(rigged.folder / "out", ignore_errors=True)


ARCHIVE = "archive"
READERS: dict[str, Reader] = {
    "json": read_json,
    "lines": read_lines,
    "array": read_array,
    "manifest": read_manifest,
}


def controls(chance: random.Random, rigged: Rig) -> tuple[Control, ...]:
    """A crash planted in each reader behind a condition that few inputs meet; and a write outside."""

    def crashing(kind: str, reader: Reader, needle: bytes) -> Reader:
        def read(data: bytes) -> None:
            if needle in data:
                raise IndexError(f"planted in {kind}")
            reader(data)

        return read

    def writing(data: bytes) -> None:
        if b"data/" in data:
            Path(os.devnull).write_bytes(b"")
        READERS["manifest"](data)

    needles = {"json": b"\\ud800", "lines": b"\\u0000", "array": b"(1e3,)", "manifest": b" *"}
    planted = {kind: crashing(kind, READERS[kind], needles[kind]) for kind in READERS}
    inner = Rig(rigged.folder, rigged.watch)
    texts(chance, 4000, planted, inner)
    archives(chance, 400, crashing("archive", read_archive(rigged.folder), b"PK\5\6\0\0\0\0\1"), inner)
    inner.take("manifest", writing, b"data/")
    found = Counter(problem.partition(":")[0] for problem in inner.problems if "planted in" in problem)
    wrote = sum(os.devnull in problem for problem in inner.problems)
    return (
        *(
            Control(f"a crash planted in the reader of kind {kind}", found[kind])
            for kind in (*READERS, "archive")
        ),
        Control("a write outside", wrote),
    )


def campaign(*, seed: int, text_count: int, document_count: int, archive_count: int) -> Outcome:
    """Run all of it."""
    import numpy as np  # noqa: F401 - loaded before the hook watches, since importing starts things

    check(bundles.sealed("run"))
    with rig() as rigged:
        archives(random.Random(seed), 1, read_archive(rigged.folder), Rig(rigged.folder, rigged.watch))
        texts(random.Random(seed), text_count, READERS, rigged)
        documents(random.Random(seed + 1), document_count, rigged)
        archives(random.Random(seed + 2), archive_count, read_archive(rigged.folder, every=16), rigged)
        found = controls(random.Random(seed + 3), rigged)
        kinds = ("json", "lines", "array", "manifest", "bundle", "archive")
        figures = {
            "inputs": sum(rigged.counts[kind] for kind in kinds),
            **{f"{kind}_inputs": rigged.counts[kind] for kind in kinds},
            **{f"{kind}_accepted": rigged.counts[f"{kind}, accepted"] for kind in (*READERS, ARCHIVE)},
            "foreign_exceptions_or_disagreements": rigged.counts["problem"],
            "slowest_seconds": round(rigged.slowest, 3),
            "seed": seed,
        }
        return Outcome(
            campaign="fuzz",
            promise="Hostile input ends in a value or in findings, within bounded time, and writes nowhere.",
            figures=figures,
            problems=tuple(rigged.problems),
            controls=found,
        )


def added(outcome: Outcome, earlier: Mapping[str, Any]) -> Outcome:
    """An outcome and the figures of earlier runs with other seeds.

    Args:
        outcome: What this run found.
        earlier: The kept result.

    Raises:
        ValueError: The seed is among the earlier ones, so that nothing new was tried.
    """
    before = earlier["figures"]
    seeds = str(before["seed"]).split(", ")
    if str(outcome.figures["seed"]) in seeds:
        raise ValueError(f"seed {outcome.figures['seed']} was run before")
    figures: dict[str, int | float | str] = {}
    for name, figure in outcome.figures.items():
        if name == "seed":
            figures[name] = ", ".join([*seeds, str(figure)])
        elif name == "slowest_seconds":
            figures[name] = max(before[name], figure)
        elif isinstance(figure, int):
            figures[name] = before[name] + figure
    return replace(outcome, figures=figures, problems=(*earlier["problems"], *outcome.problems))


def main() -> int:
    """Run it."""
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--texts", type=int, default=1_000_000)
    line.add_argument("--documents", type=int, default=20_000)
    line.add_argument("--archives", type=int, default=200_000)
    line.add_argument("--seed", type=int, default=1)
    line.add_argument(
        "--add", action="store_true", help="to what an earlier run with another seed left at --out"
    )
    options = line.parse_args()
    begun = Begun("fuzz")
    earlier = json.loads(options.out.read_text("utf-8")) if options.add else None
    if earlier and earlier["sources"] != begun.exercised:
        raise ValueError("what is kept speaks for other code")
    outcome = campaign(
        seed=options.seed,
        text_count=options.texts,
        document_count=options.documents,
        archive_count=options.archives,
    )
    if earlier:
        outcome, begun.earlier = added(outcome, earlier), earlier["seconds"]
    return report(outcome, begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
