"""Results held against what a case states: names, arrays within a tolerance, parts of a comparison."""

import hashlib
import json
import math
import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["differences", "elements", "mismatch", "results_id"]

FOLDER = "data/results/"
_HEADER = re.compile(
    rb"\{'descr': '(<f8|<i8|<u8|\|b1)', 'fortran_order': False, 'shape': \(([0-9, ]*)\), \} *\n"
)
_LETTERS = {"<f8": "d", "<i8": "q", "<u8": "Q", "|b1": "?"}


def results_id(tree: Mapping[str, bytes]) -> str:
    """The name of results, from their octets (AWB-R-057)."""
    lines = (
        f"{hashlib.sha256(tree[path]).hexdigest()}  {path}\n"
        for path in sorted(tree, key=str.encode)
        if path.startswith(FOLDER)
    )
    return f"res_{hashlib.sha256(''.join(lines).encode()).hexdigest()}"


def elements(data: bytes) -> tuple[float, ...]:
    """The elements of an NPY file, in order.

    Raises:
        ValueError: It is not NPY as section Arrays of the specification has it.
    """
    found = _HEADER.match(data, 10)
    if data[:8] != b"\x93NUMPY\x01\x00" or found is None:
        raise ValueError("no NPY 1.0")
    letter = _LETTERS[found[1].decode()]
    size = struct.calcsize(letter)
    count, rest = divmod(len(data) - found.end(), size)
    shape = [int(length) for length in found[2].replace(b",", b" ").split()]
    if rest or count != math.prod(shape):
        raise ValueError("other octets than the header says")
    return struct.unpack_from(f"<{count}{letter}", data, found.end())


def differences(tree: Mapping[str, bytes], expect: Mapping[str, Any]) -> str:
    """The first thing in which results differ from those that a case states; empty where nothing does.

    Args:
        tree: Paths below `data/results/` and their content.
        expect: `outputs`: the document, each entry with the expected `values` where it is not sampled;
            `body`: members that it has to have; `tolerance`: `absolute` and `relative`.
    """
    try:
        outputs = json.loads(tree[f"{FOLDER}outputs.json"])
        body = json.loads(tree[f"{FOLDER}body.json"])
        stated = {name: {**entry} for name, entry in expect["outputs"].items()}
        values = {name: entry.pop("values", None) for name, entry in stated.items()}
        if outputs != stated:
            return f"other outputs: {', '.join(sorted(_unequal(outputs, stated)))}"
        for name, wanted in values.items():
            if wanted is not None:
                wrong = _beyond(
                    elements(tree[f"{FOLDER}{outputs[name]['file']}"]), wanted, expect["tolerance"]
                )
                if wrong:
                    return f"{name}: {wrong}"
    except (KeyError, ValueError) as error:
        return f"results are not of the form: {error!r}"
    return mismatch(expect["body"], body)


def _unequal(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    return (name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _beyond(got: tuple[float, ...], wanted: list[float], tolerance: Mapping[str, float]) -> str:
    if len(got) != len(wanted):
        return f"{len(got)} elements for {len(wanted)}"
    for index, (x, r) in enumerate(zip(got, wanted, strict=True)):
        if not abs(x - r) <= tolerance["absolute"] + tolerance["relative"] * abs(r):
            return f"element {index} is {x!r} for {r!r}"
    return ""


def mismatch(stated: object, got: object, place: str = "") -> str:
    """The first place where a value is not as stated; empty where there is none.

    Objects have to have the stated members and may have more; lists are as long as stated; a floating-point
    number is right within a relative 1e-9 (AWB-R-313).
    """
    if isinstance(stated, dict):
        if not isinstance(got, dict):
            return f"{place or '/'}: no object"
        pairs = ((f"{place}/{name}", value, got.get(name)) for name, value in stated.items())
    elif isinstance(stated, list):
        if not isinstance(got, list) or len(got) != len(stated):
            return f"{place or '/'}: {got!r} for {stated!r}"
        pairs = ((f"{place}/{i}", value, got[i]) for i, value in enumerate(stated))
    elif isinstance(stated, float):
        close = isinstance(got, int | float) and math.isclose(got, stated, rel_tol=1e-9)
        return "" if close else f"{place}: {got!r} for {stated!r}"
    else:
        return "" if got == stated and type(got) is type(stated) else f"{place}: {got!r} for {stated!r}"
    return next((wrong for path, value, found in pairs if (wrong := mismatch(value, found, path))), "")
