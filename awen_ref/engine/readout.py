"""What detectors and recorded endpoints leave behind, from the waves that were solved (AWB-R-478, 479)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from awen_ref.engine.circuit import Node, port_name
from awen_ref.engine.compiled import Compiled
from awen_ref.engine.detectors import Draws, Light, measure
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.protocol import Output
from awen_ref.engine.solver import Waves
from awen_ref.engine.telemetry import SILENT, Tracer

__all__ = ["detected", "light_at", "recorded"]


def light_at(compiled: Compiled, waves: Waves, node: Node) -> Light:
    """The field that arrives at a detector."""
    row = compiled.row((node.id, 1))
    return Light(waves.re[row], waves.im[row], compiled.circuit.grid.wavelengths_um)


def detected(
    compiled: Compiled, waves: Waves, experiment: Mapping[str, Any], tracer: Tracer = SILENT
) -> dict[str, Output]:
    """The outputs of every detector.

    Args:
        compiled: The experiment.
        waves: Its solution.
        experiment: `experiment.json`, for the seed and the shots.
        tracer: Sees each detector.

    Raises:
        CountRangeError: A photon counter expects more than its range.
    """
    found: dict[str, Output] = {}
    for node in compiled.given.nodes.values():
        if node.kind.role != "detector":
            continue
        draws = Draws(experiment["seed"], node.id, experiment["shots"])
        params = {name: bound.value for name, bound in node.params.items()}
        with tracer.span("awen.detector", awen__component__kind=node.kind.name, awen__node=node.id):
            outputs = measure(node.kind.name, params, light_at(compiled, waves, node), draws=draws)
        found |= {f"{node.id}.{suffix}": output for suffix, output in outputs.items()}
    return found


def recorded(compiled: Compiled, waves: Waves) -> dict[str, Output]:
    """`.incident`, the wave into the node, and `.emergent`, the wave out of it, at each recorded endpoint."""
    found: dict[str, Output] = {}
    for given, port in zip(compiled.given.record, compiled.circuit.record, strict=True):
        for name, wave in (("incident", port), ("emergent", compiled.circuit.peers[port])):
            row = compiled.row(wave)
            found[f"{port_name(given)}.{name}"] = _field(waves.re[row], waves.im[row])
    return found


def _field(re: Array, im: Array) -> Output:
    """A field over the grid, shape (points, 2)."""
    return Output(np.stack([re, im], axis=-1), "sqrt(W)", "optical_field", ("wavelength", "complex"))
