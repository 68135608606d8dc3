"""Which difference is the cause: swap one at a time into the recorded inputs; does the result move?"""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from awen_ref.bundle.assemble import Inputs, files_of
from awen_ref.compare import attribute
from awen_ref.errors import InvalidInputError
from awen_ref.execution import INPUTS, inputs_of, results_of, typed
from awen_ref.replay.sides import recorded_side

if TYPE_CHECKING:
    from awen_ref.engine import Clock, Engine
    from awen_ref.verify import VerifiedBundle

__all__ = ["bisect"]

_NAMES = {path: name for name, path in INPUTS.items()}


def bisect(
    recorded: "VerifiedBundle", other: "VerifiedBundle", *, engine: "Engine", clock: "Clock"
) -> list[dict[str, str]]:
    """Try every difference of two runs by itself.

    Args:
        recorded: The run to start from.
        other: The run whose values are swapped in, one at a time.
        engine: What executes.
        clock: Stamps telemetry, which is thrown away.

    Returns:
        The `Difference` entries of the two records. `effect` is `cause` where the one value moved the
        results, `no_effect` where it did not, and stays as attributed where it cannot be swapped by itself:
        packages, platforms, and values that make no valid experiment alone.
    """
    inputs = inputs_of(recorded)
    baseline = _digests(inputs, engine, clock)
    found = attribute(recorded_side(recorded), recorded_side(other))
    return sorted(
        (_tried(entry, inputs, baseline, engine=engine, clock=clock) for entry in found),
        key=lambda entry: entry["effect"] != "cause",
    )


def _tried(
    entry: dict[str, str], inputs: Inputs, baseline: Mapping[str, str], *, engine: "Engine", clock: "Clock"
) -> dict[str, str]:
    """The entry with the effect that swapping its value had."""
    name = _NAMES.get(entry["path"])
    if name is None:
        return entry
    swapped = replace(inputs, **{name: _with(getattr(inputs, name), entry)})
    try:
        digests = _digests(swapped, engine, clock)
    except (InvalidInputError, ValidationError):
        return entry
    return {**entry, "effect": "no_effect" if digests == baseline else "cause"}


def _digests(inputs: Inputs, engine: "Engine", clock: "Clock") -> dict[str, str]:
    """The manifest lines of what these inputs give."""
    result = engine.run(typed(inputs), clock=clock)
    return {path: member.sha256 for path, member in files_of(results_of(result), "").items()}


def _with(document: Mapping[str, Any], entry: Mapping[str, str]) -> dict[str, Any]:
    """The document with the other side's value at the pointer, or without it where that side has none."""
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in entry["name"].split("/")[1:]]
    changed: dict[str, Any] = deepcopy(dict(document))
    place = changed
    for token in tokens[:-1]:
        place = place[token]
    if "replayed" in entry:
        place[tokens[-1]] = json.loads(entry["replayed"])
    else:
        del place[tokens[-1]]
    return changed
