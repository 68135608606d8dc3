"""Two results side by side: metrics, a graded verdict, and everything in which the two records differ.

Pure: takes documents and arrays, knows no engine and no bundle. Sums are exactly rounded (`math.fsum`), so
that the same two results give the same metrics on every machine (AWB-R-302 to 306, AWB-R-310 to 314).
"""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from awen_ref import canonical

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

__all__ = ["LEVEL", "VERDICTS", "Record", "Tolerance", "Verdict", "attribute", "compare", "overlap", "worst"]

Verdict = Literal["bit_exact", "within_tolerance", "statistically_consistent", "different", "refused"]
VERDICTS: tuple[Verdict, ...] = (
    "bit_exact",
    "within_tolerance",
    "statistically_consistent",
    "different",
    "refused",
)
"""From best to worst."""

LEVEL = 1e-3
"""Probability that the test of an output calls two samples of one distribution different."""

_DESCRIBED = ("dtype", "shape", "unit", "quantity", "axes")
_FIELDS = frozenset({"optical_field"})
_CAUSES = ("graph", "parameter", "experiment", "seed", "calibration", "device", "task", "engine", "package")
_INERT_PACKAGES = frozenset({"click", "rich", "pygments", "markdown-it-py", "mdurl", "platformdirs"})


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far an element may be off: `|x - r| <= absolute + relative * |r|` (AWB-R-302).

    Attributes:
        absolute: In the unit of the output.
        relative: As a fraction of the recorded value.
    """

    absolute: float
    relative: float

    def tightened(self, other: "Tolerance | None") -> "Tolerance":
        """The stricter of the two in each part: a caller may tighten and never loosen (AWB-R-303)."""
        if other is None:
            return self
        return Tolerance(min(self.absolute, other.absolute), min(self.relative, other.relative))


@dataclass(frozen=True, slots=True)
class Record:
    """One side of a comparison.

    Attributes:
        documents: Path in the bundle to document, for attribution: inputs, calibration, environment.
        outputs: `outputs.json`.
        arrays: Output name to its values.
        digests: Path below `data/results/` to the SHA-256 of its manifest line.
        status: How the execution ended.
    """

    documents: Mapping[str, Mapping[str, Any]]
    outputs: Mapping[str, Mapping[str, Any]]
    arrays: "Mapping[str, Array]"
    digests: Mapping[str, str]
    status: str


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the recorded side claims about its outputs."""

    default: Tolerance
    single: Mapping[str, Tolerance] = field(default_factory=dict)

    def of(self, output: str) -> Tolerance:
        return self.single.get(output, self.default)


def compare(
    recorded: Record,
    replayed: Record,
    claim: Mapping[str, Any],
    *,
    stricter: Tolerance | None = None,
    level: float = LEVEL,
) -> dict[str, Any]:
    """Hold one result against another.

    Args:
        recorded: The side whose claim counts.
        replayed: The other side.
        claim: `claim.json` of the recorded side, whose tolerance is applied.
        stricter: A tolerance to apply where it is tighter than the sealed one.
        level: False-alarm probability of the tests of sampled outputs.

    Returns:
        A `Comparison` document.
    """
    tolerances = _claimed(claim, stricter)
    seeds_differ = _seed(recorded) != _seed(replayed)
    common = sorted(recorded.outputs.keys() & replayed.outputs.keys())
    outputs = {
        name: _output(name, recorded, replayed, tolerances.of(name), level=level, seeds_differ=seeds_differ)
        for name in common
    }
    only_recorded = sorted(recorded.outputs.keys() - replayed.outputs.keys())
    only_replayed = sorted(replayed.outputs.keys() - recorded.outputs.keys())
    if dict(recorded.digests) == dict(replayed.digests):
        verdict: Verdict = "bit_exact"
    elif only_recorded or only_replayed or recorded.status != replayed.status:
        verdict = "different"
    else:
        verdict = worst(["within_tolerance", *(output["verdict"] for output in outputs.values())])
    return {
        "verdict": verdict,
        "outputs": outputs,
        "only_recorded": only_recorded,
        "only_replayed": only_replayed,
        "attribution": attribute(recorded, replayed),
    }


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """The worst of several verdicts (AWB-R-305)."""
    return max(verdicts, key=VERDICTS.index)


def _claimed(claim: Mapping[str, Any], stricter: Tolerance | None) -> _Claim:
    def one(value: Mapping[str, float]) -> Tolerance:
        return Tolerance(value["absolute"], value["relative"]).tightened(stricter)

    single = claim.get("output_tolerances", {})
    return _Claim(one(claim["tolerance"]), {name: one(value) for name, value in single.items()})


def _seed(record: Record) -> object:
    return record.documents.get("data/inputs/experiment.json", {}).get("seed")


def _output(
    name: str, recorded: Record, replayed: Record, tolerance: Tolerance, *, level: float, seeds_differ: bool
) -> dict[str, Any]:
    """Metrics and verdict of one output that both sides have."""
    here, there = recorded.outputs[name], replayed.outputs[name]
    mismatch = next((member for member in _DESCRIBED if here[member] != there[member]), None)
    if mismatch is not None:
        return {"verdict": "different", "mismatch": mismatch}
    r, x = recorded.arrays[name], replayed.arrays[name]
    entry: dict[str, Any] = {
        "elements": int(r.size),
        **_distances(r, x),
        "tolerance_absolute": tolerance.absolute,
        "tolerance_relative": tolerance.relative,
    }
    if here["quantity"] in _FIELDS:
        shared = overlap(r, x)
        if shared is not None:
            entry["fidelity"] = shared
    redrawn = bool(here["sampled"]) and seeds_differ
    if not redrawn and r.tobytes() == x.tobytes():
        return {"verdict": "bit_exact", **entry}
    if not redrawn and _inside(r, x, tolerance):
        return {"verdict": "within_tolerance", **entry}
    if here["sampled"]:
        test = _two_sample_test(r, x, level)
        verdict = "statistically_consistent" if test["p_value"] >= level else "different"
        return {"verdict": verdict, **entry, "test": test}
    return {"verdict": "different", **entry}


def _inside(r: "Array", x: "Array", tolerance: Tolerance) -> bool:
    """Whether every element lies inside the tolerance (AWB-R-302)."""
    import numpy as np

    recorded = r.astype(np.float64)
    with np.errstate(over="ignore"):  # an infinite distance is outside every tolerance
        distance = np.abs(x.astype(np.float64) - recorded)
    return bool(np.all(distance <= tolerance.absolute + tolerance.relative * np.abs(recorded)))


def _distances(r: "Array", x: "Array") -> dict[str, Any]:
    """Absolute, relative, root mean square and ULP distance, as the specification's table defines them."""
    import numpy as np

    if not r.size:
        return {}
    recorded, replayed = r.astype(np.float64).reshape(-1), x.astype(np.float64).reshape(-1)
    zero = recorded == 0.0
    with np.errstate(over="ignore", under="ignore"):
        # What exceeds binary64 is given as its greatest number: JSON has no infinity.
        distance = np.minimum(np.abs(replayed - recorded), sys.float_info.max)
        greatest = float(distance.max())
        scaled = distance / greatest if greatest else distance
        ratio = np.minimum(distance[~zero] / np.abs(recorded[~zero]), sys.float_info.max)
        squares = (scaled * scaled).tolist()
    found: dict[str, Any] = {
        "max_absolute_error": greatest,
        "zero_mismatches": int(np.count_nonzero(zero & (distance != 0.0))),
        "rms_error": greatest * math.sqrt(math.fsum(squares) / distance.size),
    }
    if ratio.size:
        found["max_relative_error"] = float(ratio.max())
    if r.dtype == np.float64:
        found["max_ulp"] = str(_ulp_distance(r, x))
    return found


def _ulp_distance(r: "Array", x: "Array") -> int:
    """The greatest distance in the ordered sequence of binary64 values, -0 and +0 one apart."""
    import numpy as np

    def ordered(values: "Array") -> "Array":
        # A negative number's bits grow with its magnitude: flip them all; a positive one's go above.
        bits = np.ascontiguousarray(values, np.float64).view(np.uint64).reshape(-1)
        return np.where(bits >> np.uint64(63) == 1, ~bits, bits | np.uint64(1 << 63))

    here, there = ordered(r), ordered(x)
    return int(np.where(here > there, here - there, there - here).max())


def overlap(r: "Array", x: "Array") -> float | None:
    """`|sum r* x|^2 / (sum |r|^2 sum |x|^2)` of fields with a trailing axis of real and imaginary part."""
    import numpy as np

    largest_r, largest_x = float(np.abs(r).max(initial=0.0)), float(np.abs(x).max(initial=0.0))
    if largest_r == 0.0 or largest_x == 0.0:
        return None
    r_re, r_im = (np.ascontiguousarray(r[..., part] / largest_r).reshape(-1) for part in (0, 1))
    x_re, x_im = (np.ascontiguousarray(x[..., part] / largest_x).reshape(-1) for part in (0, 1))
    overlap_re = math.fsum((r_re * x_re).tolist() + (r_im * x_im).tolist())
    overlap_im = math.fsum((r_re * x_im).tolist() + (-(r_im * x_re)).tolist())
    norm_r = math.fsum((r_re * r_re).tolist() + (r_im * r_im).tolist())
    norm_x = math.fsum((x_re * x_re).tolist() + (x_im * x_im).tolist())
    return (overlap_re / norm_r) * (overlap_re / norm_x) + (overlap_im / norm_r) * (overlap_im / norm_x)


def _two_sample_test(r: "Array", x: "Array", level: float) -> dict[str, Any]:
    """Two-sample Kolmogorov-Smirnov over the shots of each channel, corrected for the number of channels.

    The first axis is the shot. The p-value is that of the worst channel times the number of channels
    (Bonferroni), with Stephens' approximation for finite samples (J. R. Stat. Soc. B 32, 115, 1970); it is
    rounded to six digits, within which every C library agrees.
    """
    shots_r, shots_x = r.reshape(r.shape[0], -1), x.reshape(x.shape[0], -1)
    statistics = [
        _ks_statistic(shots_r[:, channel], shots_x[:, channel]) for channel in range(shots_r.shape[1])
    ]
    statistic = max(statistics, default=0.0)
    effective = math.sqrt(len(shots_r) * len(shots_x) / (len(shots_r) + len(shots_x)))
    p_value = _kolmogorov((effective + 0.12 + 0.11 / effective) * statistic)
    corrected = min(1.0, p_value * max(1, len(statistics)))
    return {
        "name": "kolmogorov_smirnov",
        "level": level,
        "statistic": statistic,
        "p_value": float(f"{corrected:.6g}"),
    }


def _ks_statistic(first: "Array", second: "Array") -> float:
    """The greatest distance of the two empirical distribution functions."""
    import numpy as np

    first, second = np.sort(first), np.sort(second)
    points = np.concatenate([first, second])
    below_first = np.searchsorted(first, points, side="right") / len(first)
    below_second = np.searchsorted(second, points, side="right") / len(second)
    return float(np.abs(below_first - below_second).max())


def _kolmogorov(argument: float) -> float:
    """The survival function of Kolmogorov's distribution: 2 sum (-1)^(k-1) exp(-2 k^2 z^2)."""
    if argument < 0.2:
        return 1.0  # the series converges slowly there, and the value is 1 to twelve digits
    terms = ((-1.0) ** (k - 1) * math.exp(-2.0 * k * k * argument * argument) for k in range(1, 101))
    return 2.0 * math.fsum(terms)


def attribute(recorded: Record, replayed: Record) -> list[dict[str, str]]:
    """Everything in which the two records differ, the likeliest cause first (AWB-R-311).

    Returns:
        `Difference` entries; `effect` is `possible` where the thing can act on results, else `irrelevant`.
    """
    found = [
        _difference(path, pointer, values)
        for path in sorted(recorded.documents.keys() | replayed.documents.keys())
        for pointer, values in _differences(recorded.documents.get(path), replayed.documents.get(path))
    ]
    order = (*_CAUSES, "platform", "evidence")
    return sorted(
        found, key=lambda one: (one["effect"] == "irrelevant", order.index(one["subject"]), one["name"])
    )


_ABSENT = object()


def _differences(
    here: object, there: object, pointer: str = ""
) -> Iterator[tuple[str, tuple[object, object]]]:
    """Pointers at which two JSON values differ, with both values; descends into objects, not into lists."""
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        for key in sorted(here.keys() | there.keys()):
            token = key.replace("~", "~0").replace("/", "~1")
            yield from _differences(here.get(key, _ABSENT), there.get(key, _ABSENT), f"{pointer}/{token}")
    elif here != there or isinstance(here, bool) != isinstance(there, bool):
        yield pointer, (_ABSENT if here is None else here, _ABSENT if there is None else there)


def _difference(path: str, pointer: str, values: tuple[object, object]) -> dict[str, str]:
    subject = _subject(path, pointer)
    inert = subject == "evidence" or (subject == "package" and pointer.split("/")[2] in _INERT_PACKAGES)
    entry = {
        "subject": subject,
        "name": pointer or "/",
        "path": path,
        "effect": "irrelevant" if inert else "possible",
    }
    for side, value in zip(("recorded", "replayed"), values, strict=True):
        if value is not _ABSENT:
            entry[side] = canonical.dumps(value).decode()
    return entry


_SUBJECTS = {
    "data/inputs/ir.json": "graph",
    "data/inputs/parameters.json": "parameter",
    "data/inputs/calibration.json": "calibration",
    "data/inputs/device.json": "device",
    "data/inputs/task.json": "task",
}


def _subject(path: str, pointer: str) -> str:
    """What kind of thing stands at a pointer of a document."""
    if path in _SUBJECTS:
        return _SUBJECTS[path]
    if path == "data/inputs/experiment.json":
        return "seed" if pointer == "/seed" else "experiment"
    member = pointer.split("/")[1] if pointer else ""
    match member:
        case "runtime":
            return "engine"
        case "dependencies":
            return "package"
        case "cpu" | "os" | "numerics" | "python":
            return "platform"
        case _:
            return "evidence"
