"""An execution that does not complete, as an example of the specification: run while the text is made."""

from collections.abc import Mapping
from typing import Any

from sitegen.example import EXPERIMENT, sealed

GRAPH: Mapping[str, Any] = {
    "nodes": {
        "laser": {"kind": "source", "params": {"power_w": 1e6, "phase_rad": 0}},
        "counter": {
            "kind": "photon_counter",
            "params": {"efficiency": 1, "dark_rate_hz": 0, "window_ps": 1e15},
        },
    },
    "edges": [{"ends": ["counter.o1", "laser.o1"]}],
}


def block() -> str:
    """Graph, body and results id of a run that counts more photons than there are numbers for."""
    bundle = sealed({**EXPERIMENT, "shots": 1}, GRAPH, {})
    return "\n".join(
        [
            "```json",
            bundle.members["data/inputs/ir.json"].read().decode(),
            "```",
            "",
            "with the experiment of the [worked example](artifacts.md#worked-example) and one shot gives",
            "the `body.json`",
            "",
            "```json",
            bundle.members["data/results/body.json"].read().decode(),
            "```",
            "",
            "and, with `{}` as `outputs.json`,",
            "",
            "```text",
            bundle.ids.results_id,
            "```",
        ]
    )
