"""The table of component kinds, as the specification shows it."""

from awen_schema.kinds import KINDS, Kind, Param

__all__ = ["table"]


def table() -> str:
    """One row for each kind: ports, parameters with unit and bounds, scattering entries, outputs."""
    rows = ["| Kind | Ports | Parameters | Entries (to ← from) | Outputs |", "|---|---|---|---|---|"]
    return "\n".join([*rows, *map(_row, KINDS.values())])


def _row(kind: Kind) -> str:
    ports = "of its table" if kind.table else f"o1-o{kind.ports}" if kind.ports > 1 else "o1"
    cells = (
        f"`{kind.name}`<br>{kind.title}",
        ports,
        "<br>".join(map(_param, kind.params.values())) or "none",
        "<br>".join(_entries(kind)) or "none",
        ", ".join(
            [*(f"`.{name}`" for name in kind.outputs), *(f"`.{name}` (sampled)" for name in kind.sampled)]
        )
        or "none",
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
