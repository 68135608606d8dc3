"""Write the example folders, or with --check say whether one is stale.

Usage: python examples/make.py [--check] [--plots] [NAME ...]

The same sources give the same bytes on every machine: `expected.json` holds the names that each example has
to get wherever it runs. Plots are drawn on demand, since their bytes depend on the drawing library.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from awen_ref import environment, record
from awen_ref.bundle import Bundle
from awen_ref.engine import ReferenceEngine
from catalogue import EXAMPLES, Example

HERE = Path(__file__).resolve().parent
CREATED = "2026-11-22T00:00:00+00:00"


def documents_of(name: str, example: Example) -> dict[str, str]:
    """The files that define an example, and its README."""
    net = example.circuit()
    experiment = net.experiment(example.grid, shots=example.shots, seed=example.seed)
    if example.origin_ps:
        experiment["clock"] = {"origin_ps": str(example.origin_ps)}
    more = {file: json.dumps(document, indent=2) + "\n" for file, document in example.more.items()}
    return more | {
        "ir.json": _graph(net.ir()),
        "parameters.json": _lines(net.parameters),
        "experiment.json": json.dumps(experiment, indent=2) + "\n",
        "metadata.json": json.dumps(_metadata(example), indent=2) + "\n",
        "README.md": _readme(name, example),
    }


def _metadata(example: Example) -> dict[str, Any]:
    return {
        "title": example.title,
        "description": example.about,
        "created": CREATED,
        "license": {"name": "Apache License 2.0", "spdx_id": "Apache-2.0"},
        "creators": [{"type": "organization", "name": "AWEN"}],
        "keywords": sorted(example.keywords),
    }


def _lines(members: Mapping[str, Any]) -> str:
    """An object with one member a line."""
    rows = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in members.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n" if rows else "{}\n"


def _graph(ir: Mapping[str, Any]) -> str:
    """`ir.json` with one node and one edge a line."""
    nodes = _lines(ir["nodes"]).rstrip().replace("\n", "\n  ")
    edges = ",\n".join(f"    {json.dumps(edge)}" for edge in ir["edges"])
    rules = ",\n".join(f"    {json.dumps(rule)}" for rule in ir.get("control", []))
    control = f',\n  "control": [\n{rules}\n  ]' if rules else ""
    return f'{{\n  "nodes": {nodes},\n  "edges": [\n{edges}\n  ]{control}\n}}\n'


def _readme(name: str, example: Example) -> str:
    grid = example.grid
    where = (
        f"at {grid['start_um']} um"
        if grid["points"] == 1
        else f"at {grid['points']} wavelengths from {grid['start_um']} to {grid['stop_um']} um"
    )
    shots = f", {example.shots} shots, seed {example.seed}" if example.shots else ", noiseless"
    return f"""# {example.title}

{example.about}

    awen run examples/{name}

Solved {where}{shots}. The names printed must be those in `expected.json`, on any machine.

{example.look}

![{", ".join(example.curves[:4])}](plot.svg)

`python examples/make.py {name}` writes this folder anew; `--plots` draws the figure.
"""


def sealed(folder: Path) -> Bundle:
    """Run an example as a user would."""
    return record.record(
        record.load(folder),
        engine=ReferenceEngine(),
        clock=environment.SystemClock(),
        environment=environment.capture(anonymous=True),
    ).bundle


def names_of(bundle: Bundle) -> str:
    """`expected.json`."""
    ids = bundle.ids
    names = {"artifact_id": ids.artifact_id, "inputs_id": ids.inputs_id, "results_id": ids.results_id}
    return json.dumps(names, indent=2) + "\n"


def stale(name: str) -> list[str]:
    """One line for each file of an example that is not what its sources make of it."""
    folder = HERE / name
    files = documents_of(name, EXAMPLES[name])
    lines = [
        f"stale   {name}/{file}"
        for file, text in files.items()
        if not (folder / file).is_file() or (folder / file).read_text("utf-8") != text
    ]
    expected = folder / "expected.json"
    if not lines and (not expected.is_file() or expected.read_text("utf-8") != names_of(sealed(folder))):
        lines.append(f"stale   {name}/expected.json")
    return lines


def write(name: str, *, plots: bool) -> None:
    """Write one example folder."""
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    for file, text in documents_of(name, EXAMPLES[name]).items():
        (folder / file).write_text(text, "utf-8")
    bundle = sealed(folder)
    (folder / "expected.json").write_text(names_of(bundle), "utf-8")
    if plots:
        from plot import draw

        draw(EXAMPLES[name], bundle, folder / "plot.svg")


def main() -> int:
    """Run from the command line; 0 done or up to date, 1 stale."""
    parser = argparse.ArgumentParser(description="Write the example folders.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these examples")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where one is stale")
    parser.add_argument("--plots", action="store_true", help="draw plot.svg as well")
    arguments = parser.parse_args()
    names = arguments.names or list(EXAMPLES)
    if arguments.check:
        lines = [line for name in names for line in stale(name)]
        print("\n".join([*lines, "run python examples/make.py" if lines else "up to date"]))
        return int(bool(lines))
    for name in names:
        write(name, plots=arguments.plots)
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
