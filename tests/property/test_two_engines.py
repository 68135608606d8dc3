"""The engine that was written from the text alone gives the octets of the reference, on whatever is drawn.

AWB-R-431 to 551: where the two differ, one of them or the text is wrong.
"""

import json
import math
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from awen_ref import driver
from awen_ref.canonical import dumps
from tests.random_experiments import Mode, drawn

ROOT = Path(__file__).resolve().parents[2]
OTHER = ROOT / "conformance" / "implementations" / "awen-js" / "driver"
EACH = 40


class Other:
    """The other engine, asked one line after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.asked = 0

    def run(self, request: dict[str, str]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.asked += 1
        self.process.stdin.write(json.dumps(request | {"seq": self.asked}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer["result"]  # type: ignore[no-any-return]  # of a JSON answer


@pytest.fixture(scope="module")
def other() -> Iterator[Other]:
    if shutil.which("node") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("node is missing, so that the second engine cannot be asked")
        pytest.skip("node is not installed")
    command = [str(OTHER), "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Other(process)
        assert process.stdin is not None
        process.stdin.close()


def outcome(answer: dict[str, Any], folder: Path) -> dict[str, bytes] | None:
    """The files of `results/`, or `None` where the experiment is refused."""
    if "refused" in answer:
        return None
    results = folder / answer["output"] / "results"
    return {path.relative_to(results).as_posix(): path.read_bytes() for path in results.rglob("*.*")}


def request(seed: int, mode: Mode, folder: Path, name: str) -> dict[str, str]:
    """A request to run a drawn experiment."""
    given, work = folder / "input", folder / name
    work.mkdir(parents=True)
    given.mkdir(exist_ok=True)
    for document, value in drawn(seed, mode).items():
        (given / f"{document}.json").write_bytes(dumps(value))
    now = "2026-01-01T00:00:00+00:00"
    plain = {"protocol": "awen-driver/1", "verb": "run", "now": now}
    return plain | {"workdir": str(work), "input": str(given)}


@pytest.mark.parametrize("mode", ["plain", "device", "control"])
def test_both_engines_give_the_same_octets(mode: Mode, other: Other, tmp_path: Path) -> None:
    ended: Counter[str] = Counter()
    for seed in range(EACH):
        folder = tmp_path / str(seed)
        ours = outcome(driver.answer(request(seed, mode, folder, "ours"))["result"], folder / "ours")
        theirs = outcome(other.run(request(seed, mode, folder, "theirs")), folder / "theirs")
        assert ours == theirs, f"{mode} {seed}"
        ended["refused" if ours is None else json.loads(ours["body.json"])["status"]] += 1
    assert ended["completed"] > EACH / 3, ended


def test_one_unit_in_the_last_place_of_one_length_is_noticed(other: Other, tmp_path: Path) -> None:
    """The control: an engine that rounds a phase otherwise would be found out."""
    golden = ROOT / "conformance" / "golden" / "engine" / "add_drop_ring.json"
    texts: dict[str, str] = json.loads(golden.read_text("utf-8"))["inputs"]
    graph = json.loads(texts["ir.json"])
    length = graph["nodes"]["ring"]["params"]["length_um"]
    found = []
    for number, value in enumerate((length, math.nextafter(length, math.inf))):
        graph["nodes"]["ring"]["params"]["length_um"] = value
        folder = tmp_path / str(number)
        asked = request(0, "plain", folder, "theirs")
        for name, text in (texts | {"ir.json": json.dumps(graph)}).items():
            (folder / "input" / name).write_text(text, "utf-8")
        found.append(outcome(other.run(asked), folder / "theirs"))
    assert None not in found
    assert found[0] != found[1]
