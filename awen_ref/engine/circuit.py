"""The circuit as the solver takes it: nodes with bound values, and which port meets which."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from awen_ref.engine.grid import Grid
from awen_ref.engine.numerics.double_double import Array
from awen_schema.kinds import Kind

__all__ = ["Bound", "Circuit", "Node", "Port", "Table", "port_name"]

Port = tuple[str, int]
"""Node id and port number; ports compare in this order (AWB-R-470)."""


def port_name(port: Port) -> str:
    """The endpoint as documents write it: `node.o1`."""
    return f"{port[0]}.o{port[1]}"


@dataclass(frozen=True, slots=True)
class Bound:
    """The value that a parameter of a node has.

    Attributes:
        value: The number, in the unit of the kind's parameter.
        name: The entry of `parameters.json` it comes from; empty for a literal.
        scale: Derivative of `value` with respect to that entry; an expansion may halve a length.
    """

    value: float
    name: str = ""
    scale: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A tabulated scattering matrix.

    Attributes:
        ports: How many ports.
        wavelengths_um: Strictly ascending, shape (T,).
        entries: (to, from) port numbers, ascending.
        re: Real parts, shape (entries, T).
        im: Imaginary parts, shape (entries, T).
    """

    ports: int
    wavelengths_um: Array
    entries: tuple[tuple[int, int], ...]
    re: Array
    im: Array


@dataclass(frozen=True, slots=True)
class Node:
    """One component.

    Attributes:
        id: Its id in the graph; a part of an expansion has its whole's id, a slash and its own name.
        kind: The row of the table of kinds.
        params: Parameter name to bound value, in the order of the kind.
        ports: How many ports it has.
        table: The scattering matrix of an `s_matrix` node.
        origin: The id in `ir.json` that it comes from; for a delay of an edge, the edge's first end.
    """

    id: str
    kind: Kind
    params: Mapping[str, Bound]
    ports: int
    table: Table | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Circuit:
    """A valid graph on a grid.

    Attributes:
        nodes: Id to node, ascending by id.
        peers: Each port to the port it meets; symmetric and complete.
        grid: Where to solve.
        record: Ports whose waves are results.
        delays_ps: Delay of an edge, by both of its ports; absent where there is none.
    """

    nodes: Mapping[str, Node]
    peers: Mapping[Port, Port]
    grid: Grid
    record: tuple[Port, ...] = ()
    delays_ps: Mapping[Port, float] = field(default_factory=dict)
