"""The engine against SAX, and against itself as problems grow.

Usage: python benchmarks/engine.py [--peer PYTHON] [--only NAME ...] [--growth | --walks]

`--peer` names the Python of an environment with SAX (see `peers/sax_circuit.py`); without it only our own
times are shown. Cold is the whole process from its first statement to the first result, warm the best of
further calls. SAX compiles the whole scattering matrix; ours follows the light of one source, which is what
an experiment asks for. Compiling a 64x64 mesh takes SAX minutes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from awen_ref.engine.bindings import bind, coefficients, injections
from awen_ref.engine.compiled import Compiled, Documents, compile_experiment
from awen_ref.engine.derivatives import METHODS
from awen_ref.engine.gallery import clements, ring_bus
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.engine.objective import make_objective
from awen_ref.engine.solver import blocks, walk
from engine_circuits import CIRCUITS, ONE_POINT, documents_of, peer_circuit

HERE = Path(__file__).resolve().parent
LIMITS = {  # smallest ratio of SAX's time to ours: cold, warm
    "ring": (15.0, 2.0),
    "bus64": (20.0, 2.0),
    "crow64": (20.0, 2.0),
    "mesh16": (20.0, 0.0),
    "mesh64": (20.0, 10.0),
    "mesh16 gradient": (20.0, 0.0),
    "mesh64 gradient": (20.0, 10.0),
}
WALK_LIMIT = 4.0  # a gradient over a generic forward walk of the same circuit
HAND_LIMIT = 6.0  # our warm time over that of a layer scan written by hand


def measure(python: str, script: str, *arguments: str) -> dict[str, Any]:
    """Run one peer in a process of its own."""
    command = [python, str(HERE / "peers" / script), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    timings: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return timings


def compare(folder: Path, peer: str | None, names: list[str]) -> bool:
    """Print one row for each circuit; whether every limit holds."""
    print(f"{'circuit':18} {'ours cold':>10} {'warm':>10} {'peer cold':>10} {'warm':>10} {'ratios':>14}")
    good = True
    for name in names:
        circuit, _, gradient = name.partition(" ")
        net, grid = CIRCUITS[circuit]
        documents = documents_of(net(), grid)
        ours, theirs = folder / "ours.json", folder / "peer.json"
        ours.write_text(json.dumps(documents), "utf-8")
        theirs.write_text(json.dumps(peer_circuit(documents)), "utf-8")
        flags = ["--gradient"] if gradient else []
        a = measure(sys.executable, "awen_circuit.py", str(ours), *flags)
        row = f"{name:18} {a['cold_s']:9.3f}s {1e3 * a['warm_s']:8.2f}ms"
        if peer:
            b = measure(peer, "sax_circuit.py", str(theirs), *flags)
            cold, warm = b["cold_s"] / a["cold_s"], b["warm_s"] / a["warm_s"]
            holds = cold >= LIMITS[name][0] and warm >= LIMITS[name][1]
            good &= holds
            row += f" {b['cold_s']:9.2f}s {1e3 * b['warm_s']:8.2f}ms {cold:6.1f} {warm:6.1f}"
            row += "" if holds else "  below its limit"
        print(row, flush=True)
        if peer and circuit == "mesh64":
            good &= by_hand(peer, theirs, a, gradient)
    return good


def by_hand(peer: str, circuit: Path, ours: dict[str, Any], gradient: str) -> bool:
    """Hold a mesh against a layer scan written by hand in JAX."""
    hand = measure(peer, "jax_mesh.py", str(circuit))
    ratio = ours["warm_s"] / hand[f"{gradient}_warm_s" if gradient else "warm_s"]
    print(f"{'':18} {ratio:.1f} times a layer scan written by hand (limit {HAND_LIMIT:g})", flush=True)
    return bool(ratio <= HAND_LIMIT)


def growth(folder: Path) -> None:
    """Our warm time as modes, rings and wavelengths grow."""
    cases = [(f"mesh {n}", clements(n), ONE_POINT) for n in (8, 16, 32, 64, 128)]
    cases += [(f"{n} rings", ring_bus(n), wavelengths(1.5, 1.6, 501)) for n in (1, 8, 64, 512)]
    cases += [
        (f"{n} wavelengths", ring_bus(1), wavelengths(1.5, 1.6, n)) for n in (100, 1000, 10_000, 100_000)
    ]
    for name, net, grid in cases:
        path = folder / "ours.json"
        path.write_text(json.dumps(documents_of(net, grid)), "utf-8")
        timings = measure(sys.executable, "awen_circuit.py", str(path), "--warm", "1")
        print(
            f"{name:20} plan {1e3 * timings['build_s']:9.2f}ms  warm {1e3 * timings['warm_s']:9.2f}ms",
            flush=True,
        )


def walks() -> bool:
    """Print what a gradient costs in forward walks; whether every limit holds."""
    good = True
    for name, (net, grid) in CIRCUITS.items():
        documents = Documents(**documents_of(named(net()), grid))
        compiled = compile_experiment(documents)
        detector = min(node.id for node in compiled.given.nodes.values() if node.kind.role == "detector")
        objective = make_objective(documents, compiled, f"sum({detector}.power)")
        live = {node.id for group in objective.compiled.plan.groups for node in group.nodes}
        places = {name: [p for p in compiled.places(name) if p[0] in live] for name in documents.parameters}
        uses = {name: found for name, found in places.items() if found}
        forward = best(partial(forward_walk, compiled))
        backward = best(partial(METHODS["adjoint"], objective, uses, 0.0))
        ratio = backward / forward
        good &= ratio <= WALK_LIMIT
        print(
            f"{name:8} {len(uses):5} parameters, gradient {1e3 * backward:8.2f}ms, {ratio:.2f} forward walks"
        )
    return good


def named(net: Netlist) -> Netlist:
    """The same circuit with its couplings and lengths as parameters."""
    units = {"kappa": "1", "kappa_in": "1", "kappa_drop": "1", "length_um": "um"}
    for node, document in net.nodes.items():
        for parameter in units.keys() & document["params"].keys():
            value = document["params"][parameter]
            document["params"][parameter] = net.named(f"{node}_{parameter}", value, units[parameter])
    return net


def forward_walk(compiled: Compiled) -> None:
    """One generic walk, parameters laid out anew."""
    plan, grid = compiled.plan, compiled.circuit.grid.wavelengths_um
    bindings = bind(plan)
    for block in blocks(plan, grid.size):
        walk(plan, coefficients(plan, bindings, grid[block], block), injections(bindings, block), block.start)


def best(run: Callable[[], object]) -> float:
    """Least processor time of a call in seconds."""
    run()
    timings = []
    for _ in range(8):
        before = time.process_time()
        run()
        timings.append(time.process_time() - before)
    return min(timings)


def main() -> int:
    """Run from the command line; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description="Measure the engine.")
    parser.add_argument("--peer", help="the Python of an environment with SAX")
    parser.add_argument("--only", nargs="+", choices=LIMITS, default=list(LIMITS), metavar="NAME")
    parser.add_argument("--growth", action="store_true", help="measure growing problems instead")
    parser.add_argument("--walks", action="store_true", help="measure gradients in forward walks instead")
    arguments = parser.parse_args()
    if arguments.walks:
        return 0 if walks() else 1
    with tempfile.TemporaryDirectory() as name:
        if arguments.growth:
            growth(Path(name))
            return 0
        return 0 if compare(Path(name), arguments.peer, arguments.only) else 1


if __name__ == "__main__":
    sys.exit(main())
