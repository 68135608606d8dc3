"""Component kinds of `awen-ir/1.0`: ports, parameters with unit and bounds, scattering entries, outputs.

The table is `schema/kinds.yaml`; the equations are in the specification (`ir.md`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["KINDS", "Kind", "Param", "Reading"]


class Param(NamedTuple):
    """One parameter of a kind.

    Attributes:
        name: Its name; the unit is part of it.
        unit: The unit that an entry of `parameters.json` must carry.
        minimum: Smallest value allowed, or `None`.
        maximum: Largest value allowed, or `None`.
        above: Exclusive lower bound, or `None`.
    """

    name: str
    unit: str
    minimum: float | None
    maximum: float | None
    above: float | None


class Reading(NamedTuple):
    """One output of a kind, as `outputs.json` describes it.

    Attributes:
        name: What follows the node's id and a dot in the output's name.
        dtype: Element type of its array.
        unit: Its unit.
        quantity: What it measures.
        axes: Its axes; what control has set by shot puts the axis `shot` before those of an expectation.
    """

    name: str
    dtype: str
    unit: str
    quantity: str
    axes: tuple[str, ...]


class Kind(NamedTuple):
    """One component kind.

    Attributes:
        name: The value of a node's `kind`.
        title: One line for people.
        role: `source`, `passive`, `composite` or `detector`.
        requirement: The sentence of the specification with its equations or its expansion.
        ports: How many ports, o1 to oN; 0 where the node's table says.
        params: Its parameters, all required, by name.
        table: Whether a node of this kind carries a tabulated scattering matrix.
        coefficients: Names of the distinct scattering coefficients.
        entries: Non-zero entries of the scattering matrix: port number to, port number from, index of the
            coefficient; ascending.
        outputs: Outputs that a detector always leaves, by name.
        sampled: Outputs that it leaves besides where shots are taken, by name.
    """

    name: str
    title: str
    role: str
    requirement: str
    ports: int
    params: Mapping[str, Param]
    table: bool
    coefficients: tuple[str, ...]
    entries: tuple[tuple[int, int, int], ...]
    outputs: Mapping[str, Reading]
    sampled: Mapping[str, Reading]


def _params(*rows: tuple[str, str, float | None, float | None, float | None]) -> Mapping[str, Param]:
    return MappingProxyType({row[0]: Param(*row) for row in rows})


def _readings(*rows: tuple[str, str, str, str, tuple[str, ...]]) -> Mapping[str, Reading]:
    return MappingProxyType({row[0]: Reading(*row) for row in rows})


_ROWS: tuple[Kind, ...] = (
    # rows
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""Every kind by name, in the order of the table."""
