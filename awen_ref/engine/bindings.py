"""Parameter values laid out for the models, and the coefficients that they give."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np

from awen_ref.engine.circuit import Node
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
    given = overrides or {}
    params = tuple(_stack(group.nodes, group.nodes[0].kind.params, given) for group in plan.groups)
    sources = _stack([node for _, node in plan.injected], ("power_w", "phase_rad"), given)
    prepared = tuple(
        _prepare(group, values, tracer) for group, values in zip(plan.groups, params, strict=True)
    )
    return Bindings(params, sources, prepared)


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


def _stack(nodes: Iterable[Node], names: Iterable[str], overrides: Overrides) -> dict[str, Array]:
    """One row for each node, one column or as many as the widest override has."""
    listed = list(nodes)
    found = {}
    for name in names:
        column = np.array([[node.params[name].value] for node in listed], dtype=np.float64).reshape(-1, 1)
        changed = {
            row: overrides[node.id, name] for row, node in enumerate(listed) if (node.id, name) in overrides
        }
        width = max((values.size for values in changed.values()), default=1)
        if changed:
            column = np.repeat(column, width, axis=1)
            for row, values in changed.items():
                column[row] = values
        found[name] = column
    return found


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
