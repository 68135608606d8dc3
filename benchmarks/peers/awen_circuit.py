"""One circuit in our engine, as its peers are run: one process, one JSON line.

Usage: python awen_circuit.py EXPERIMENT.json [--gradient PARAMETER_FILE] [--warm SECONDS], with the documents
{experiment, ir, parameters, calibration, device} in one file.
"""

import argparse
import json
import time
from collections.abc import Callable

BEGAN = time.perf_counter()


def main() -> None:
    """Compile, run, time, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("experiment")
    parser.add_argument("--gradient", action="store_true")
    parser.add_argument("--warm", type=float, default=3.0)
    arguments = parser.parse_args()
    from awen_ref.engine.compiled import Documents, compile_experiment

    with open(arguments.experiment, encoding="utf-8") as stream:  # noqa: PTH123 - no pathlib before the clock stops
        documents = Documents(**json.load(stream))
    imported = time.perf_counter()
    compiled = compile_experiment(documents)
    run: Callable[[], object]
    if arguments.gradient:
        from awen_ref.engine.derivatives import METHODS
        from awen_ref.engine.objective import make_objective

        detector = min(node.id for node in compiled.given.nodes.values() if node.kind.role == "detector")
        objective = make_objective(documents, compiled, f"sum({detector}.power)")
        live = {node.id for group in objective.compiled.plan.groups for node in group.nodes}
        places = {
            name: [place for place in objective.compiled.places(name) if place[0] in live]
            for name in documents.parameters
        }
        uses = {name: found for name, found in places.items() if found}

        def run() -> object:
            return METHODS["adjoint"](objective, uses, 0.0)
    else:

        def run() -> object:
            return compiled.solve()

    built = time.perf_counter()
    run()
    first = time.perf_counter()
    print(
        json.dumps(
            {
                "tool": "awen",
                "import_s": imported - BEGAN,
                "build_s": built - imported,
                "first_s": first - built,
                "cold_s": first - BEGAN,
                "warm_s": _best(run, arguments.warm),
            }
        )
    )


def _best(run: Callable[[], object], seconds: float) -> float:
    """Least time of a call that has run before: what the machine can do when nobody disturbs it."""
    began = time.perf_counter()
    timings: list[float] = []
    while len(timings) < 50 and (not timings or time.perf_counter() - began < seconds):
        before = time.perf_counter()
        run()
        timings.append(time.perf_counter() - before)
    return min(timings)


if __name__ == "__main__":
    main()
