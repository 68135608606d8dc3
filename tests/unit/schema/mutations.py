"""Instances near the examples: one small change each, in every place where it can be made."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Place = tuple[str | int, ...]

ABSENT = object()


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance for all validators to judge.

    Attributes:
        name: The class it is judged by.
        origin: The example it was made from.
        change: What was changed; empty for the example itself.
        place: Where.
        value: The instance.
    """

    name: str
    origin: str
    change: str
    place: Place
    value: Any


def places(value: object, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value inside a value with its place, outermost first. Extensions stay: all is right in them."""
    yield place, value
    if isinstance(value, dict):
        for name, member in value.items():
            if name != "extensions":
                yield from places(member, (*place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*place, index))


def _string(value: str) -> Mapping[str, Any]:
    return {
        "line feed at the end": value + "\n",
        "space before": " " + value,
        "empty string": "",
        "upper case": value.upper(),
        "letter that is not ASCII": value + "\u00e9",
        "digit that is not ASCII": value + "\u0663",
        "NUL at the end": value + "\0",
        "character beyond the BMP": value + "\U0001f600",
        "string to number": 1,
    }


def _number(value: float) -> Mapping[str, Any]:
    return {
        "negated": -value - 1,
        "half more": value + 0.5,
        "integer as 1.0": float(int(value)),
        "2 to the 53": 2**53,
        "2 to the 64": 2**64,
        "1e300": 1e300,
        "number to truth": True,
        "number to string": str(value),
    }


def _list(value: list[Any]) -> Mapping[str, Any]:
    return {
        "emptied": [],
        "first item twice": [*value, *value[:1]],
        "null item": [*value, None],
        "list to object": {str(index): item for index, item in enumerate(value)},
        "list to its first item": value[0] if value else None,
    }


def _object(value: dict[str, Any]) -> Mapping[str, Any]:
    return {
        "unknown member": {**value, "surprise": 1},
        "member with a line feed": {**value, "surprise\n": next(iter(value.values()), 1)},
        "emptied": {},
        "object to list": [value],
    }


_CHANGES: Mapping[type, Callable[[Any], Mapping[str, Any]]] = {
    str: _string,
    int: _number,
    float: _number,
    list: _list,
    dict: _object,
    bool: lambda value: {"truth to number": int(value), "truth to string": str(value).lower()},
}


def instances(examples: Mapping[str, Any]) -> Iterator[Instance]:
    """The examples, each as it is and with every change in every place."""
    for origin, example in examples.items():
        name = origin.partition("-")[0]
        yield Instance(name, origin, "", (), example)
        for place, value in places(example):
            for change, new in _changes(place, value):
                yield Instance(name, origin, change, place, _with(example, place, new))


def _changes(place: Place, value: object) -> Iterator[tuple[str, Any]]:
    """Everything that can be done to one value."""
    yield from _CHANGES.get(type(value), lambda _: {})(value).items()
    if place:
        yield "null", None
        if isinstance(place[-1], str):
            yield "left out", ABSENT


def _with(example: object, place: Place, new: object) -> object:
    """The example with another value, or none, in one place."""
    if not place:
        return new
    changed = copy.deepcopy(example)
    holder: Any = changed
    for part in place[:-1]:
        holder = holder[part]
    if new is ABSENT:
        del holder[place[-1]]
    else:
        holder[place[-1]] = new
    return changed
