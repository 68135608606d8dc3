"""Fuzzing steered by coverage: atheris and libFuzzer seek inputs that reach code which none reached before.

    python -m campaigns.coverage_fuzz [--runs N] [--seed N] [--out FILE]

Each target runs in a process of its own, since libFuzzer ends the process that it runs in; the process is the
same module with `--target`. Its seeds are the kept corpus in `campaigns/corpus/`, which holds what reaches
different code; a run adds what it finds to a copy, and `--keep` writes the smallest set that reaches as much
back. The readers and what they have to hold are those of `campaigns.fuzz`.

The control is a crash planted behind five octets in a row, which no list of tokens names: without coverage it
would take a thousand billion inputs to come upon them.
"""

import io
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from campaigns.outcome import Begun, Control, Outcome, parser, report

__all__ = ["TARGETS", "available", "campaign"]

CORPUS = Path(__file__).parent / "corpus"
TARGETS = ("json", "lines", "array", "manifest", "archive", "bundle")
SHARE = {"json": 40, "lines": 14, "array": 20, "manifest": 20, "archive": 5, "bundle": 1}
"""Parts of all runs that a target gets: quick ones more."""
INSTRUMENTED = ("canonical", "npy", "digest", "bundle", "archive", "verify")
LONGEST_INPUT = {"archive": 4096, "bundle": 8192}
LONGEST_SECONDS = 5
CONTROL_RUNS = 4_000_000
"""Most that the control may take; it ends at the crash, which seeds 1 to 10 came upon within a million."""
NEEDLE = b"Crash"

Reader = Callable[[bytes], object]


def available() -> bool:
    """Whether atheris is installed (`requirements/fuzz.txt`)."""
    return find_spec("atheris") is not None


def campaign(*, runs: int, seed: int, keep: bool = False) -> Outcome:
    """Fuzz every target, and the control.

    Args:
        runs: Inputs in all.
        seed: For libFuzzer's random choices.
        keep: Write the kept corpus anew.
    """
    figures: dict[str, int | float | str] = {"inputs": 0}
    problems = []
    for name in TARGETS:
        count = runs * SHARE[name] // sum(SHARE.values())
        with tempfile.TemporaryDirectory() as folder:
            made, told = fuzzed(name, count, seed, Path(folder))
            figures["inputs"] = int(figures["inputs"]) + made
            figures[f"{name}_inputs"] = made
            figures[f"{name}_features_of_the_code_reached"] = _number(r"\bft: (\d+)", told)
            problems += [f"{name}: {text}" for text in crashes(told, Path(folder))]
            if made < count and not problems:
                problems.append(f"{name}: ended after {made} of {count} inputs: {told[-300:]}")
            if keep:
                keep_smallest(name, Path(folder))
    files = [path for path in CORPUS.rglob("*") if path.is_file()]
    figures |= {
        "kept_inputs": len(files),
        "kept_octets": sum(path.stat().st_size for path in files),
        "seed": seed,
    }
    with tempfile.TemporaryDirectory() as folder:
        _, told = fuzzed("control", CONTROL_RUNS, seed, Path(folder))
        found = len(crashes(told, Path(folder)))
    return Outcome(
        campaign="coverage_fuzz",
        promise="Nor does any input crash a reader that was made to reach code which no other input reached.",
        figures=figures,
        problems=tuple(problems),
        controls=(Control(f"a crash planted behind {len(NEEDLE)} octets in a row", found),),
    )


def fuzzed(name: str, runs: int, seed: int, folder: Path) -> tuple[int, str]:
    """Fuzz one target in a process; gives the number of inputs and what libFuzzer said."""
    for part in ("corpus", "found"):
        (folder / part).mkdir()
    if (CORPUS / name).exists():
        shutil.copytree(CORPUS / name, folder / "corpus", dirs_exist_ok=True)
    # Imported here, since in the process of a target nothing may load ours before it is instrumented.
    from campaigns.first_seeds import first_seeds

    for number, data in enumerate(first_seeds(name)):
        (folder / "corpus" / f"seed-{number:03d}").write_bytes(data)
    done = subprocess.run(
        [
            *(
                str(program(name, folder)),
                f"-runs={runs}",
                f"-seed={seed}",
                f"-timeout={LONGEST_SECONDS}",
                "-rss_limit_mb=2048",
            ),
            *(f"-max_len={LONGEST_INPUT.get(name, 1024)}", "-print_final_stats=1"),
            *(f"-artifact_prefix={folder / 'found'}/", str(folder / "corpus")),
        ],
        capture_output=True,
        check=False,
        cwd=CORPUS.parents[1],
        env={**os.environ, "TMPDIR": str(folder)},  # libFuzzer ends the process before it can tidy up
    )
    told = (done.stdout + done.stderr).decode(errors="replace")
    return _number(r"stat::number_of_executed_units: (\d+)", told), told


def in_bundle(files: Mapping[str, bytes]) -> list[str]:
    """The files of a bundle that a target puts its input into, chosen by the first octet."""
    return sorted(path for path in files if path.endswith((".json", ".jsonl", ".npy")))


def program(name: str, folder: Path) -> Path:
    """A program that fuzzes one target; libFuzzer calls it again by its name when it merges."""
    path = folder / "target"
    path.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m campaigns.coverage_fuzz --target {name} "$0" "$@"\n', "utf-8"
    )
    path.chmod(0o755)
    return path


def crashes(told: str, folder: Path) -> list[str]:
    """What libFuzzer left of inputs that ended badly, each with the last line of the error."""
    said = re.findall(r"^(?:\w+Error|\w*Disagreement|\w+Exception).*$|^SUMMARY.*$", told, re.MULTILINE)
    return [
        f"{path.name[:16]} {path.read_bytes()[:200]!r} {' '.join(said[:2])}"
        for path in sorted((folder / "found").iterdir())
    ]


def keep_smallest(name: str, folder: Path) -> None:
    """Write the smallest set of inputs that reaches as much into the kept corpus."""
    merged = folder / "merged"
    merged.mkdir()
    subprocess.run(
        [
            *(str(program(name, folder)), "-merge=1", f"-max_len={LONGEST_INPUT.get(name, 1024)}"),
            *(str(merged), str(folder / "corpus")),
        ],
        capture_output=True,
        check=True,
        cwd=CORPUS.parents[1],
        env={**os.environ, "TMPDIR": str(folder)},
    )
    if not any(merged.iterdir()):
        raise RuntimeError(f"{name}: nothing was kept")
    target = CORPUS / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(merged, target)


def _number(pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def run_target(name: str, command: list[str]) -> None:
    """Fuzz a target in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["awen_ref"]):
        for part in INSTRUMENTED:  # what they load on demand would be loaded too late
            package = import_module(f"awen_ref.{part}")
            for module in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
                import_module(module.name)
    from awen_ref.errors import AwenError
    from campaigns import fuzz
    from tests import bundles

    folder = Path(tempfile.mkdtemp(prefix="awen-fuzz-"))
    golden = bundles.files_of(bundles.sealed("run"))
    put = fuzz.read_bundle(golden)
    paths = in_bundle(golden)
    readers: dict[str, Reader] = {
        **fuzz.READERS,
        "archive": archive_and_check(fuzz.read_archive(folder, every=64)),
        "bundle": lambda data: put(paths[data[0] % len(paths)], data[1:]) if data else None,
        "control": planted,
    }
    reader = atheris.instrument_func(planted) if name == "control" else readers[name]

    def one(data: bytes) -> None:
        try:
            reader(data)
        except AwenError as error:
            if not error.findings:
                raise
        shutil.rmtree(folder / "out", ignore_errors=True)

    atheris.Setup(command, one)
    atheris.Fuzz()


def archive_and_check(reader: Reader) -> Reader:
    """An archive read, written, read again, and its bundle checked."""

    def read(data: bytes) -> None:
        from awen_ref import archive
        from awen_ref.verify import check

        reader(data)
        check(archive.read(io.BytesIO(data)))

    return read


def planted(data: bytes) -> None:
    """Octet by octet, as a parser does it, and then a crash."""
    for at, octet in enumerate(NEEDLE):
        if len(data) <= at or data[at] != octet:
            return
    raise IndexError("planted")


def main() -> int:
    """Run it."""
    if sys.argv[1:2] == ["--target"]:
        run_target(sys.argv[2], sys.argv[3:])
        return 0
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--runs", type=int, default=4_000_000)
    line.add_argument("--seed", type=int, default=1)
    line.add_argument("--keep", action="store_true", help="write the kept corpus anew")
    options = line.parse_args()
    begun = Begun("coverage_fuzz")
    outcome = campaign(runs=options.runs, seed=options.seed, keep=options.keep)
    return report(outcome, begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
