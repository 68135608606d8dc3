"""Test vectors of what the engine draws and adds: random numbers by their address, drift, sums, decays."""

from collections.abc import Iterator, Sequence

import numpy as np

from awen_ref.engine.coherence import visibility
from awen_ref.engine.numerics import double_double as dd
from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.pairwise import pairwise_sum
from awen_ref.engine.numerics.philox import Stream
from awen_ref.engine.ornstein import drift
from sitegen.words import code

_ADDRESSES: Sequence[tuple[str, str, str, int, int, int]] = (
    ("42", "probe", "samples", 0, 0, 0),
    ("42", "probe", "samples", 0, 0, 5),
    ("42", "probe", "samples", 3, 2, 1),
    ("42", "counter", "counts", 0, 0, 0),
    ("18446744073709551615", "phi_a", "phase_drift", 9, 0, 7),
)
_PATH = ("7", "phi_a", "phase_drift")
_SIGMA, _TAU = 0.01, 3600.0
_TIMES = (0, 1, 10**12, 3_600_000_000_000_001, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)
_LISTS: Sequence[Sequence[float]] = ((), (0.1,), (1.0, 1e16, -1e16), (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7))
_WINDOWS: Sequence[tuple[float, str, float]] = (
    (1e6, "100000", 0.0),
    (1e7, "4300", 421.7),
    (0.0, "1000", 250.0),
)


def block() -> Iterator[str]:
    """The sections."""
    yield from _uniform()
    yield from _drift()
    yield from _pairs()
    yield from _sums()
    yield from _visibility()


def _table(title: str, about: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """A section with one table, whose cells are code."""
    yield from (f"## {title}", "", about, "", f"| {' | '.join(names)} |", "|" + "---|" * len(names))
    yield from ("| " + " | ".join(code(str(cell)) for cell in row) + " |" for row in rows)
    yield ""


def _uniform() -> Iterator[str]:
    rows = []
    for seed, owner, purpose, shot, event, number in _ADDRESSES:
        stream = Stream.of(seed, owner, purpose)
        u = stream.uniforms(1, number + 1, event=event, first_shot=shot)[0, number]
        key = " ".join(f"{word:016x}" for word in stream.key)
        normal = normal_quantile(np.array([u]))[0]
        address = f"{shot}, {event}, {number}"
        rows.append((f'["awen-ir/1.0","{seed}","{owner}","{purpose}"]', key, address, u.hex(), normal.hex()))
    about = "The key of a stream, and one number of it: AWB-R-510 to AWB-R-512."
    names = ("Array", "Key", "Shot, event, number", "u", "Normal number")
    yield from _table("Numbers by their address", about, names, rows)


def _drift() -> Iterator[str]:
    stream = Stream.of(*_PATH)
    rows = [(time, drift(stream, time, sigma=_SIGMA, tau_s=_TAU).hex()) for time in _TIMES]
    about = (
        f"x of AWB-R-547 for the stream of seed {_PATH[0]} and the parameter `{_PATH[1]}`, with "
        f"`ou_sigma_rad` {_SIGMA} and `ou_tau_s` {_TAU:g}."
    )
    yield from _table("Ornstein-Uhlenbeck path", about, ("Time in ps", "x"), rows)


def _pairs() -> Iterator[str]:
    third, seventh = _rational(1, 3), _rational(1, 7)
    rows = [
        (name, *(float(part[0]).hex() for part in operation(third, seventh)))
        for name, operation in (("add", dd.add), ("multiply", dd.multiply), ("divide", dd.divide))
    ]
    parts = ", ".join(f"`{float(part[0]).hex()}`" for part in (*third, *seventh))
    about = f"Of ⅓ and ⅐ as pairs ({parts}): AWB-R-485."
    yield from _table("Double-doubles", about, ("Operation", "High", "Low"), rows)


def _rational(numerator: int, denominator: int) -> dd.DoubleDouble:
    """A fraction as a pair: the nearest float, and the one nearest to the rest."""
    high = numerator / denominator
    above, below = high.as_integer_ratio()
    low = (numerator * below - above * denominator) / (denominator * below)
    return np.array([high]), np.array([low])


def _sums() -> Iterator[str]:
    rows = [
        (list(values), float(pairwise_sum(np.array(values, dtype=np.float64))).hex()) for values in _LISTS
    ]
    yield from _table("Pairwise sums", "AWB-R-484.", ("List", "Sum"), rows)


def _visibility() -> Iterator[str]:
    rows = [
        (width, time, spread, visibility({"linewidth_hz": width, "decoherence_time_ps": time}, spread).hex())
        for width, time, spread in _WINDOWS
    ]
    names = ("`linewidth_hz`", "`decoherence_time_ps`", "D in ps", "Visibility")
    yield from _table("Visibility", "AWB-R-542.", names, rows)
