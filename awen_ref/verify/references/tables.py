"""Tabulated scattering matrices: whether a table's entries fit together (AWB-R-410).

Whether it is passive (AWB-R-411) takes computing and is left to engines; the order of its wavelengths is
judged as that of any sorted list (AWB-R-103).
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["problem"]


def problem(table: Mapping[str, Any]) -> str:
    """What is wrong with a table; empty where nothing is.

    Args:
        table: A ScatteringTable: `ports`, `wavelengths_um` and `entries`.
    """
    wavelengths, ports = table["wavelengths_um"], table["ports"]
    if min(wavelengths) <= 0:
        return "wavelengths_um must be positive"
    before = (0, 0)
    for index, row in enumerate(table["entries"]):
        entry = (int(row["output"][1:]), int(row["input"][1:]))
        if entry <= before:
            return f"entry {index} does not stand above the one before it, by output port, then input port"
        if max(entry) > ports:
            return f"entry {index} names a port beyond o{ports}"
        if not len(row["re"]) == len(row["im"]) == len(wavelengths):
            return f"entry {index} has not {len(wavelengths)} values in re and in im"
        before = entry
    return ""
