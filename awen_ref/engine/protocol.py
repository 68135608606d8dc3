"""What an engine is: sealed documents in, named arrays and a body out, observed through one clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from awen_ref.engine.telemetry import Clock, Telemetry

if TYPE_CHECKING:
    from awen_schema.models import Calibration, Device, Experiment, Graph, Parameters

__all__ = ["Clock", "Engine", "Output", "RunInputs", "RunResult"]

AnyArray = npt.NDArray[np.float64] | npt.NDArray[np.int64] | npt.NDArray[np.uint64] | npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RunInputs:
    """Everything that determines the results: the documents of `data/inputs/`, each valid by its schema.

    Attributes:
        experiment: `experiment.json`.
        ir: `ir.json`.
        parameters: `parameters.json`.
        calibration: `calibration.json`; the identity calibration is written out.
        device: `device.json`.
    """

    experiment: "Experiment"
    ir: "Graph"
    parameters: "Parameters"
    calibration: "Calibration"
    device: "Device"


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """One named result.

    Attributes:
        array: C order; `<f8`, `<i8`, `<u8` or `|b1`; complex numbers as a trailing axis of 2.
        unit: A unit of the closed list.
        quantity: A member of the `Quantity` enumeration (`optical_power`, `gradient`, ...).
        axes: One name for each dimension (`wavelength`, `shot`, `complex`, ...).
        sampled: Whether the values were drawn, and another seed gives others.
    """

    array: AnyArray
    unit: str
    quantity: str
    axes: tuple[str, ...]
    sampled: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """What one execution leaves behind.

    Attributes:
        outputs: Name to output, ascending by name.
        body: `data/results/body.json` as plain JSON values.
        control: Lines of `data/results/control.jsonl`, in the order of the decisions.
        lowered: `data/evidence/ir.lowered.json`: what the engine made of the graph.
        telemetry: Spans, events and metrics of the execution.
    """

    outputs: Mapping[str, Output]
    body: Mapping[str, Any]
    control: tuple[Mapping[str, Any], ...]
    lowered: Mapping[str, Any]
    telemetry: Telemetry


class Engine(Protocol):
    """An implementation of one or more semantics; `awen_ref.testing.EngineTests` is its contract.

    Attributes:
        name: Its name, as provenance states it.
        version: Its version.
        semantics: The semantics it implements (`awen-ir/1.0`).
        capabilities: The component kinds it implements.
    """

    name: str
    version: str
    semantics: frozenset[str]
    capabilities: frozenset[str]

    def run(self, inputs: RunInputs, *, clock: Clock) -> RunResult:
        """Execute one experiment.

        The outputs are a function of `inputs` alone: neither the clock nor an earlier run has a part in them.
        An execution that had to stop gives a result whose body says so; nothing is raised for it.

        Args:
            inputs: The documents of the experiment.
            clock: Stamps telemetry, and nothing else.

        Raises:
            InvalidInputError: The documents are no experiment: every finding at once, before anything runs.
        """
        ...
