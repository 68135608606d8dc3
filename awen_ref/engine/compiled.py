"""An experiment made ready to solve: documents checked, circuit expanded, plan made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from awen_ref.engine.bindings import Overrides, bind
from awen_ref.engine.circuit import Circuit, Port
from awen_ref.engine.expand import expand
from awen_ref.engine.graph import read_circuit
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.plan import Plan, make_plan
from awen_ref.engine.solver import Waves, solve
from awen_ref.engine.telemetry import SILENT, Tracer

if TYPE_CHECKING:
    from awen_ref.engine.protocol import RunInputs

__all__ = ["Compiled", "Documents", "compile_experiment", "documents_of"]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of `data/inputs/` as plain JSON values."""

    experiment: Mapping[str, Any]
    ir: Mapping[str, Any]
    parameters: Mapping[str, Any]
    calibration: Mapping[str, Any]
    device: Mapping[str, Any]


def documents_of(inputs: "RunInputs") -> Documents:
    """The documents behind the models; what is absent in a document is absent here."""
    return Documents(
        inputs.experiment.document(),
        inputs.ir.document(),
        {name: parameter.document() for name, parameter in inputs.parameters.items()},
        inputs.calibration.document(),
        inputs.device.document(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A circuit with its plan; parameter values may be replaced without making it again.

    Attributes:
        given: The circuit of the documents.
        circuit: The same of primitive nodes.
        plan: How to solve it.
        readings: The waves that results are made of.
    """

    given: Circuit
    circuit: Circuit
    plan: Plan
    readings: tuple[Port, ...]

    def solve(self, overrides: Overrides | None = None, tracer: Tracer = SILENT) -> Waves:
        """The readings at every point of the grid, shape (readings, points).

        Args:
            overrides: Values that stand in for those of the documents; one for all points, or one for each.
            tracer: Sees what is done.

        Raises:
            SingularResonanceError: A loop has no finite solution.
        """
        return self.solve_at(self.circuit.grid.wavelengths_um, overrides, tracer)

    def solve_at(
        self, wavelengths_um: Array, overrides: Overrides | None = None, tracer: Tracer = SILENT
    ) -> Waves:
        """As `solve`, at other wavelengths; shots and shifted parameters stand in further columns."""
        with tracer.span("awen.bind"):
            bindings = bind(self.plan, overrides, tracer)
        with tracer.span("awen.solve", awen__solve__columns=wavelengths_um.size):
            return solve(self.plan, bindings, wavelengths_um, self.readings, tracer)

    def reading(self, ports: tuple[Port, ...]) -> "Compiled":
        """The same circuit with a plan that reads other waves."""
        return Compiled(self.given, self.circuit, make_plan(self.circuit, ports), ports)

    def row(self, port: Port) -> int:
        """The row of a reading."""
        return self.readings.index(port)

    def places(self, name: str) -> list[tuple[str, str, float]]:
        """Where an entry of `parameters.json` is used: node of the expanded circuit, parameter and scale."""
        return [
            (node.id, parameter, bound.scale)
            for node in self.circuit.nodes.values()
            for parameter, bound in node.params.items()
            if bound.name == name
        ]

    def overrides(self, values: Mapping[str, Array]) -> dict[tuple[str, str], Array]:
        """Values of entries of `parameters.json` as overrides of the nodes that use them."""
        if not values:
            return {}
        return {
            (node.id, parameter): bound.scale * values[bound.name]
            for node in self.circuit.nodes.values()
            for parameter, bound in node.params.items()
            if bound.name in values
        }


def compile_experiment(
    documents: Documents, *, used: frozenset[str] = frozenset(), tracer: Tracer = SILENT
) -> Compiled:
    """Check the documents and make the plan.

    Args:
        documents: The experiment.
        used: Parameters that something besides the nodes refers to.
        tracer: Sees what is done.

    Raises:
        InvalidInputError: The documents are no experiment.
    """
    with tracer.span("awen.graph.read"):
        given = read_circuit(
            documents.experiment, documents.ir, documents.parameters, documents.device, used=used
        )
    with tracer.span("awen.graph.expand"):
        circuit = expand(given)
    with tracer.span("awen.plan"):
        readings = _readings(circuit)
        plan = make_plan(circuit, readings)
    return Compiled(given, circuit, plan, readings)


def _readings(circuit: Circuit) -> tuple[Port, ...]:
    """The wave into each detector; at each recorded port, the wave in and the wave out."""
    ports = [(node.id, 1) for node in circuit.nodes.values() if node.kind.role == "detector"]
    for port in circuit.record:
        ports += [port, circuit.peers[port]]
    return tuple(dict.fromkeys(ports))
