"""The table of component kinds, as the specification shows it."""

from collections.abc import Iterator

from awen_schema.kinds import KINDS, Kind, Param
from sitegen.words import code

__all__ = ["outputs", "table"]


def table() -> str:
    """One row for each kind: ports, parameters with unit and bounds, scattering entries, the requirement."""
    rows = ["| Kind | Ports | Parameters | Entries (to ← from) | Defined in |", "|---|---|---|---|---|"]
    return "\n".join([*rows, *map(_row, KINDS.values())])


def outputs() -> str:
    """One row for each output of a detector: what `outputs.json` says of it."""
    rows = ["| Kind | Output | dtype | Unit | Quantity | Axes | There |", "|---|---|---|---|---|---|---|"]
    return "\n".join([*rows, *(row for kind in KINDS.values() for row in _outputs(kind))])


def _outputs(kind: Kind) -> Iterator[str]:
    """The outputs of one kind, those that are always there first."""
    for when, readings in (("always", kind.outputs), ("where shots are taken", kind.sampled)):
        for one in readings.values():
            stated = (f".{one.name}", one.dtype, one.unit, one.quantity)
            yield f"| `{kind.name}` | {' | '.join(map(code, stated))} | {', '.join(one.axes)} | {when} |"


def _row(kind: Kind) -> str:
    ports = "of its table" if kind.table else f"o1-o{kind.ports}" if kind.ports > 1 else "o1"
    cells = (
        f"`{kind.name}`<br>{kind.title}",
        ports,
        "<br>".join(map(_param, kind.params.values())) or "none",
        "<br>".join(_entries(kind)) or "none",
        kind.requirement,
    )
    return f"| {' | '.join(cells)} |"


def _param(param: Param) -> str:
    bounds = [
        f"> {param.above:g}" if param.above is not None else "",
        f"≥ {param.minimum:g}" if param.minimum is not None else "",
        f"≤ {param.maximum:g}" if param.maximum is not None else "",
    ]
    return f"`{param.name}` ({param.unit}) " + ", ".join(bound for bound in bounds if bound)


def _entries(kind: Kind) -> list[str]:
    """The entries by coefficient."""
    if kind.table:
        return ["of its table"]
    return [
        f"{name}: " + ", ".join(f"o{to} ← o{start}" for to, start, k in kind.entries if k == index)
        for index, name in enumerate(kind.coefficients)
    ]
