"""How long look-ups and lineage take in the index of a large store, beside the same questions without one.

    python benchmarks/catalog.py [--artifacts 100000] [--links 300000] [--json]

The index is filled with made-up records, for what is measured is the index: a line of 1,000 ancestors, and a
family in which every artifact has three parents among those before it. Without an index, a store has to read
the claim of every bundle (measured on plain files by `benchmarks/store_list.py`); here, a dictionary that
holds all links in memory stands for the least that any answer can cost.
"""

import argparse
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from awen_ref.catalog.facts import Facts
from awen_ref.catalog.index import Index, opened
from awen_ref.catalog.query import Condition, Query
from awen_ref.storage import Entry

LINE = 1_000
TYPES = ("run", "gradient", "calibration", "replay", "validation")
RELATIONS = ("derived_from", "gradient_of", "calibration_for", "replay_of", "validation_of")
LIMITS_S = {"look-up": 0.020, "ancestors, 1,000 deep": 0.050, "closure": 0.500}


def name(number: int, prefix: str = "awen") -> str:
    """The made-up id of an artifact."""
    return f"{prefix}_{hashlib.sha256(b'%d' % number).hexdigest()}"


def records(artifacts: int, links: int) -> Iterator[Facts]:
    """Made-up records: the first thousand in a line, the others with parents anywhere before them."""
    chance = random.Random(1)  # noqa: S311 (the same family each time)
    left = links - (LINE - 1)
    for number in range(artifacts):
        if number < LINE:
            parents = [number - 1] if number else []
        else:
            wanted = round(left / (artifacts - LINE) * (number - LINE + 1)) - round(
                left / (artifacts - LINE) * (number - LINE)
            )
            parents = chance.sample(range(number), min(wanted, number))
        kind = number % len(TYPES)
        yield Facts(
            entry=Entry(
                seal=name(number, "seal"),
                artifact_id=name(number),
                inputs_id=name(number // 2, "inp"),
                results_id=name(number // 4, "res"),
                artifact_type=TYPES[kind],
                created=f"20{26 + number % 4}-{1 + number % 12:02}-{1 + number % 28:02}T00:00:00+00:00",
                title=f"Artifact {number}",
                size_bytes=number,
            ),
            parents=tuple(sorted((name(parent), RELATIONS[kind]) for parent in parents)),
            keywords=(f"campaign {number // 50}", "mesh"),
            creators=(f"author {number // 100}",),
            parameters=(("phi", number / artifacts, "rad"), ("power", 1e-3, "W")),
        )


def least_s(task: Callable[[], object], repeats: int) -> float:
    """The least processor time of a task; nothing here waits, for what is read lies in memory by then."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return min(times)


def in_memory(parents: dict[str, list[str]], start: str) -> set[str]:
    """A closure over a dictionary: what no index can beat."""
    reached, waiting = {start}, [start]
    while waiting:
        fresh = [one for one in parents.get(waiting.pop(), []) if one not in reached]
        reached.update(fresh)
        waiting += fresh
    return reached - {start}


def lookups(artifacts: int) -> dict[str, Query]:
    """Questions with few answers among many records."""
    middle = artifacts // 2
    step = 10 / artifacts
    return {
        "by inputs_id": Query(inputs_id=name(middle // 2, "inp")),
        "by 16 digits of results_id": Query(results_id=name(middle // 4, "res")[:20]),
        "by parent": Query(parent=name(middle)),
        "by tag": Query(keywords=(f"campaign {middle // 50}",)),
        "by creator": Query(creator=f"author {middle // 100}"),
        "by parameter range": Query(
            parameters=(Condition("phi", ">=", 0.5), Condition("phi", "<", 0.5 + step))
        ),
        "by parameter value and type": Query(
            artifact_type=TYPES[middle % len(TYPES)], parameters=(Condition("phi", "=", middle / artifacts),)
        ),
        "newest 20 of a type": Query(artifact_type="replay", limit=20),
        "newest 20 of a month": Query(since="2027-02", until="2027-02", limit=20),
    }


def measure(index: Index, artifacts: int, parents: dict[str, list[str]]) -> dict[str, float]:
    """Times in seconds."""
    last = name(artifacts - 1)
    times = {what: least_s(partial(index.find, query), 9) for what, query in lookups(artifacts).items()}
    reached = index.ancestors(last)
    if reached != in_memory(parents, last) or len(index.ancestors(name(LINE - 1))) != LINE - 1:
        raise SystemExit("the index reaches others than the links do")
    times["ancestors, 1,000 deep"] = least_s(lambda: index.ancestors(name(LINE - 1)), 9)
    times[f"closure, {len(reached)} ancestors"] = least_s(lambda: index.ancestors(last), 5)
    below = index.descendants(name(0))
    times[f"closure, {len(below)} descendants"] = least_s(lambda: index.descendants(name(0)), 5)
    times["the closure of a dictionary in memory"] = least_s(lambda: in_memory(parents, last), 5)
    return times


def limit_of(what: str) -> float:
    """What a question may take."""
    return next((limit for start, limit in LIMITS_S.items() if what.startswith(start)), LIMITS_S["look-up"])


def main() -> int:
    """Print the table; exit code 1 if a look-up or a closure takes longer than its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--artifacts", type=int, default=100_000)
    parser.add_argument("--links", type=int, default=300_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    parents: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "catalog.db") as index:
        start = time.perf_counter()
        with index.writing():
            for facts in records(options.artifacts, options.links):
                index.add(facts)
                parents[facts.entry.artifact_id] = [parent for parent, _ in facts.parents]
        filling = time.perf_counter() - start
        times = measure(index, options.artifacts, parents)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    links = sum(map(len, parents.values()))
    slow = [what for what, value in times.items() if "memory" not in what and value > limit_of(what)]
    result = {"artifacts": options.artifacts, "links": links, "size_bytes": size, "filling_s": filling}
    if options.json:
        print(json.dumps({**result, "times_s": times, "slow": slow}))
    else:
        print(f"{options.artifacts} artifacts, {links} links, {size / 1e6:.0f} MB, filled in {filling:.1f} s")
        for what, value in times.items():
            bound = "" if "memory" in what else f"   limit {limit_of(what) * 1e3:4.0f} ms"
            print(f"  {what:40} {value * 1e3:9.3f} ms{bound}")
    return int(bool(slow))


if __name__ == "__main__":
    raise SystemExit(main())
