"""One execution in progress: the settings in force, the waves they give, and the measurements that were made.

Without settings there is one column for each wavelength. Once control has set something by shot, the grid
has one point (AWB-R-536) and there is one column for each shot.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from awen_ref.engine.bindings import Overrides
from awen_ref.engine.circuit import Node, port_name
from awen_ref.engine.compiled import Compiled, Documents
from awen_ref.engine.detectors import Draws, Light, Measured, measure
from awen_ref.engine.group_delay import DELAY_MONITOR, Sides, beside
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.protocol import Output
from awen_ref.engine.solver import Waves
from awen_ref.engine.state import Pair
from awen_ref.engine.telemetry import SILENT, Tracer
from awen_ref.engine.twin import Effective, effective

__all__ = ["Session", "Setting", "StoppedError"]

Setting = tuple[str, str]
"""Node id and parameter."""


class StoppedError(Exception):
    """An execution ended before it was complete; what it left is a result all the same.

    Attributes:
        status: `aborted`, `coherence_violated` or `failed`.
        code: The finding that says why.
        node: Where; empty where it concerns the whole graph.
    """

    def __init__(self, status: str, code: str, message: str, node: str = "") -> None:
        """Keep the reason."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.node = node


@dataclass(slots=True, eq=False)
class Session:
    """The state of one execution.

    Attributes:
        compiled: The circuit and its plan.
        documents: The experiment.
        tracer: Sees what is done.
        settings: What control has set, shape (columns,).
        asked: The phases under calibration that control has asked for, by name, of the same shape.
        measured: Outputs of each detector that control has measured.
    """

    compiled: Compiled
    documents: Documents
    tracer: Tracer = SILENT
    settings: dict[Setting, Array] = field(default_factory=dict)
    asked: dict[str, Array] = field(default_factory=dict)
    measured: dict[str, Measured] = field(default_factory=dict)
    _waves: Waves | None = None
    _beside: tuple[Waves, Waves] | None = None
    _events: dict[str, int] = field(default_factory=dict)

    @property
    def shots(self) -> int:
        """Samples of each sampled output."""
        return int(self.documents.experiment["shots"])

    @property
    def columns(self) -> int:
        """Executions that control tells apart: the shots, or one of expectations."""
        return max(1, self.shots)

    @property
    def by_shot(self) -> bool:
        """Whether the settings differ from shot to shot."""
        return bool(self.settings or self.asked) and self.shots > 0

    def device(self) -> Effective:
        """Phases and dark counts of the device under the settings in force."""
        return effective(self.documents, self.asked)

    def set(self, setting: Setting, values: Array, acts: Array) -> None:
        """Put values in force where a decision acts; elsewhere the former ones stay."""
        node, parameter = setting
        bound = self.compiled.given.nodes[node].params[parameter]
        if bound.name in self.device().phases:
            self.asked[bound.name] = np.where(acts, values, self.asked.get(bound.name, bound.value))
        else:
            self.settings[setting] = np.where(acts, values, self.settings.get(setting, bound.value))
        self._waves = self._beside = None

    def waves(self) -> Waves:
        """The waves under the settings in force.

        Raises:
            SingularResonanceError: A loop has no finite solution.
        """
        if self._waves is None:
            self._waves = self._solved(self.compiled.circuit.grid.wavelengths_um)
        return self._waves

    def _solved(self, wavelengths_um: Array) -> Waves:
        """The waves at some wavelengths, for each execution that control tells apart."""
        columns = np.repeat(wavelengths_um, self.columns) if self.by_shot else wavelengths_um
        return self.compiled.solve_at(columns, self._overrides(), self.tracer)

    def _overrides(self) -> Overrides:
        """Settings, and on top of them the phases that the device really shows."""
        return {**self.settings, **self.compiled.overrides(self.device().phases)}

    def light(self, node: Node) -> Light:
        """The field at a detector."""
        row = self.compiled.row((node.id, 1))
        sides = self._sides(row) if node.kind.name == DELAY_MONITOR else None
        return Light(*self._wave(self.waves(), row), self.compiled.circuit.grid.wavelengths_um, sides)

    def _sides(self, row: int) -> Sides:
        """A wave beside every point of the grid, under the same settings (AWB-R-488)."""
        if self._beside is None:
            longer, shorter = beside(self.compiled.circuit.grid.wavelengths_um)
            self._beside = self._solved(longer), self._solved(shorter)
        return self._wave(self._beside[0], row), self._wave(self._beside[1], row)

    def _wave(self, waves: Waves, row: int) -> Pair:
        return self._shaped(waves.re[row]), self._shaped(waves.im[row])

    def _shaped(self, row: Array) -> Array:
        """Shape (wavelengths,), or (shots, 1) where settings differ by shot."""
        return row.reshape(-1, 1) if self.by_shot else row

    def params(self, node: Node) -> dict[str, float | Array]:
        """Parameters of a detector: its own, what control has set, and what the device makes of them."""
        device = self.device()
        values: dict[str, float | Array] = {name: bound.value for name, bound in node.params.items()}
        given = {name: values for (owner, name), values in self.settings.items() if owner == node.id}
        for name, bound in node.params.items():
            if bound.name in device.phases:
                given[name] = device.phases[bound.name]
        for name, column in given.items():
            values[name] = column.reshape(-1, 1) if column.size > 1 else float(column[0])
        if node.id in device.dark_rates:
            values["dark_rate_hz"] = device.dark_rates[node.id]
        return values

    def measure(self, node_id: str) -> Measured:
        """Measure a detector once more; the k-th measurement takes the random numbers of event k.

        Raises:
            CountRangeError: A photon counter expects more than its range.
        """
        node = self.compiled.given.nodes[node_id]
        event = self._events.get(node_id, 0)
        self._events[node_id] = event + 1
        draws = Draws(self.documents.experiment["seed"], node_id, self.shots, event)
        with self.tracer.span("awen.detector", awen__component__kind=node.kind.name, awen__node=node_id):
            self.measured[node_id] = measure(node.kind.name, self.params(node), self.light(node), draws=draws)
        return self.measured[node_id]

    def outputs(self) -> Mapping[str, Output]:
        """Every output of the experiment; detectors that control has measured keep their last measurement."""
        found: dict[str, Output] = {}
        for node in self.compiled.given.nodes.values():
            if node.kind.role == "detector":
                outputs = self.measured.get(node.id) or self.measure(node.id)
                found |= {f"{node.id}.{suffix}": output for suffix, output in outputs.items()}
        return dict(sorted((found | self._recorded()).items()))

    def _recorded(self) -> dict[str, Output]:
        """`.incident`, the wave into the node, and `.emergent`, that out of it, by recorded endpoint."""
        circuit, found = self.compiled.circuit, {}
        axes = ("shot", "wavelength", "complex") if self.by_shot else ("wavelength", "complex")
        for given, port in zip(self.compiled.given.record, circuit.record, strict=True):
            for name, wave in (("incident", port), ("emergent", circuit.peers[port])):
                row = self.compiled.row(wave)
                field_array = np.stack(self._wave(self.waves(), row), axis=-1)
                found[f"{port_name(given)}.{name}"] = Output(
                    field_array, "sqrt(W)", "optical_field", axes, sampled=self.by_shot
                )
        return found
