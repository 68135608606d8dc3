"""Parameter values laid out for the models, and the coefficients that they give."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from awen_ref.engine.components import Coefficients, Constants, Params
from awen_ref.engine.components.source import amplitude
from awen_ref.engine.flow import Group
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.plan import Index, Plan
from awen_ref.engine.telemetry import SILENT, Tracer

__all__ = ["Bindings", "Overrides", "bind", "coefficients", "injections", "only"]

Overrides = Mapping[tuple[str, str], Array]
"""(node id, parameter) to values that stand in for the node's own: shape (1,), or (columns,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A group before the wavelengths are known.

    Attributes:
        flat: Its coefficients where they are the same in every column, else `None`.
        constants: What the coefficients are made of, one row for each distinct node.
        rows: The row of each node; `None` where every node has its own.
    """

    flat: Coefficients | None
    constants: Constants
    rows: Index | None


@dataclass(frozen=True, slots=True, eq=False)
class Bindings:
    """Values of every parameter that the plan needs.

    Attributes:
        params: For each group of the plan, parameter name to values, shape (n, 1) or (n, columns).
        sources: The same for the sources, in the order of the plan's injections.
        prepared: For each group, what its coefficients are made of.
    """

    params: tuple[Params, ...]
    sources: Params
    prepared: tuple[Prepared, ...]


def bind(plan: Plan, overrides: Overrides | None = None, tracer: Tracer = SILENT) -> Bindings:
    """Lay out the values of the circuit's nodes.

    Args:
        plan: The plan.
        overrides: Values that differ from the nodes' own.
        tracer: Sees the kinds whose coefficients are computed here, once for all columns.
    """
    values = _changed(_base(plan), overrides) if overrides else _base(plan).values
    params = values[:-1]
    prepared = tuple(_prepare(group, given, tracer) for group, given in zip(plan.groups, params, strict=True))
    return Bindings(params, values[-1], prepared)


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """The values that the circuit states; made once for a plan.

    Attributes:
        values: For each group, and last for the sources, parameter name to values of shape (n, 1).
        rows: Node id to the index of its values and its row in them.
    """

    values: tuple[dict[str, Array], ...]
    rows: dict[str, tuple[int, int]]


@lru_cache(maxsize=16)
def _base(plan: Plan) -> _Base:
    """Lay out the nodes' own values."""
    stacks = [(group.nodes, tuple(group.nodes[0].kind.params)) for group in plan.groups]
    stacks.append((tuple(node for _, node in plan.injected), ("power_w", "phase_rad")))
    values = tuple(
        {
            name: np.array([node.params[name].value for node in nodes], dtype=np.float64).reshape(-1, 1)
            for name in names
        }
        for nodes, names in stacks
    )
    rows = {node.id: (k, row) for k, (nodes, _) in enumerate(stacks) for row, node in enumerate(nodes)}
    return _Base(values, rows)


def _changed(base: _Base, overrides: Overrides) -> tuple[dict[str, Array], ...]:
    """The values with some replaced; a replacement by column widens its parameter to all columns."""
    found = [dict(values) for values in base.values]
    owned: set[tuple[int, str]] = set()
    for (node, name), given in overrides.items():
        if node not in base.rows:
            continue
        index, row = base.rows[node]
        former = found[index][name]
        if (index, name) not in owned or former.shape[1] < given.size:
            former = np.repeat(former, given.size, axis=1) if former.shape[1] < given.size else former.copy()
            found[index][name] = former
            owned.add((index, name))
        former[row] = given
    return tuple(found)


def _prepare(group: Group, params: Params, tracer: Tracer) -> Prepared:
    """Everything that can be computed before the columns: all of a flat kind, once for equal nodes."""
    with component_span(tracer, group):
        constants = group.model.prepare(params)
    if any(given.shape[1] > 1 for given in params.values()) or not constants:
        return Prepared(None, constants, None)
    if group.model.flat:
        return Prepared(group.model.coefficients(constants, np.ones(1)), constants, None)
    bits = np.ascontiguousarray(np.hstack(constants)).view(np.int64)  # as numbers, -0.0 would equal 0.0
    distinct, rows = np.unique(bits, axis=0, return_inverse=True)
    if len(distinct) == len(group.nodes):
        return Prepared(None, constants, None)
    values = distinct.view(np.float64)
    return Prepared(None, [values[:, k : k + 1] for k in range(len(constants))], rows.reshape(-1))


def component_span(tracer: Tracer, group: Group) -> AbstractContextManager[None]:
    """A span around the coefficients of one kind."""
    kind = group.nodes[0].kind.name
    return tracer.span("awen.component", awen__component__kind=kind, awen__component__nodes=len(group.nodes))


def _columns(values: Array, columns: slice) -> Array:
    """Some columns; a single one stands for all."""
    return values if values.shape[1] == 1 else values[:, columns]


def only(params: Params, columns: slice) -> dict[str, Array]:
    """The values of some columns."""
    return {name: _columns(values, columns) for name, values in params.items()}


def coefficients(
    plan: Plan, bindings: Bindings, grid: Array, columns: slice, tracer: Tracer = SILENT
) -> tuple[Array, Array]:
    """Real and imaginary part of every coefficient, shape (coefficients, columns of the slice).

    Args:
        plan: The plan.
        bindings: Parameter values.
        grid: The wavelengths of those columns in um.
        columns: Which columns of the bindings.
        tracer: Sees the kinds.
    """
    re = np.empty((plan.coefficients, grid.size))
    im = np.empty_like(re)
    for group, prepared in zip(plan.groups, bindings.prepared, strict=True):
        found = prepared.flat
        if found is None:
            with component_span(tracer, group):
                constants = [_columns(values, columns) for values in prepared.constants]
                found = group.model.coefficients(constants, grid)
        for k, (real, imaginary) in enumerate(found):
            first = group.base + k * len(group.nodes)
            rows = slice(first, first + len(group.nodes))
            re[rows] = real if prepared.rows is None else real[prepared.rows]
            im[rows] = imaginary if prepared.rows is None else imaginary[prepared.rows]
    return re, im


def injections(bindings: Bindings, columns: slice) -> tuple[Array, Array]:
    """Amplitude of each source in the plan's order, shape (sources, 1) or (sources, columns)."""
    return amplitude(only(bindings.sources, columns))
