"""Every call on a store, interrupted in every way; and every state that a loss of power may leave.

    python -m campaigns.kill [--step N] [--scenario NAME] [--draws N] [--out FILE]

Builds the shim and runs `tests/crash/kill.py` and `tests/crash/power.py`, which hold the scenarios: put, add,
delete and gc of the byte store; import, sign, delete, search and index of the catalogue; the log. Needs Linux
and a C compiler.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from campaigns.outcome import Begun, Control, Outcome, parser, report

__all__ = ["campaign"]

CRASH = Path(__file__).resolve().parents[1] / "tests/crash"
POWER_CONTROL = "files unflushed"


def campaign(*, step: int, draws: int, scenario: str = "") -> Outcome:
    """Interrupt at every `step`-th call; `draws` random states of a disk a call."""
    memory = Path("/dev/shm")  # noqa: S108 - a fresh folder is made in it: flushes cost nothing there
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        shim = Path(folder, "shim.so")
        compiler = shutil.which("cc")
        if compiler is None:
            raise SystemExit("needs a C compiler")
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(shim), str(CRASH / "shim.c"), "-ldl"]
        subprocess.run(command, check=True)
        preload = {"LD_PRELOAD": str(shim)}
        only = ["--scenario", scenario] if scenario else []
        killed = _run("kill.py", folder, ["--step", str(step), *only], preload)
        power = _run(
            "power.py",
            folder,
            ["--draws", str(draws), "--scenario", "put"] if scenario else ["--draws", str(draws)],
            {},
        )
        in_place = _run("kill.py", folder, ["--control", "--scenario", "put", "--step", "3"], preload)
        unflushed = _run("power.py", folder, ["--control", POWER_CONTROL, "--scenario", "put"], {})
    problems = [f"{row['scenario']}: {one}" for row in [*killed, *power] for one in row["problems"]]
    return Outcome(
        campaign="kill",
        promise="What a store acknowledged survives a kill, a fault or a loss of power at any call.",
        figures={
            "interrupted_runs": sum(row["runs"] for row in killed),
            "calls_interrupted": sum(-(-row["calls"] // step) for row in killed),
            "reading_calls_that_failed": sum(-(-row["reading"] // step) for row in killed),
            "scenarios": len(killed),
            "ways": max(row["ways"] for row in killed),
            "states_after_a_loss_of_power": sum(row["states"] for row in power),
            "lost_or_torn": len(problems),
        },
        problems=tuple(problems),
        controls=(
            Control("a backend that builds records in place", _found(in_place)),
            Control("files that are not flushed", _found(unflushed)),
        ),
    )


def _run(script: str, folder: str, options: list[str], environment: dict[str, str]) -> list[dict[str, Any]]:
    place = Path(tempfile.mkdtemp(dir=folder))
    done = subprocess.run(
        [sys.executable, str(CRASH / script), str(place), *options],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    if done.returncode not in {0, 1} or not done.stdout:
        raise SystemExit(done.stderr.decode())
    results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return results


def _found(results: list[dict[str, Any]]) -> int:
    return sum(len(row["problems"]) for row in results)


def main() -> int:
    """Run it."""
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--step", type=int, default=1, help="take every N-th call")
    line.add_argument("--draws", type=int, default=8, help="random states of the disk after each call")
    line.add_argument("--scenario", default="", help="only this one")
    options = line.parse_args()
    begun = Begun("kill")
    outcome = campaign(step=options.step, draws=options.draws, scenario=options.scenario)
    return report(outcome, begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
