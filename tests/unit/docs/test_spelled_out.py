"""Algorithms that the specification spells out give the engine's numbers, taken from the text itself."""

import math
import re
from functools import reduce

import gmpy2  # type: ignore[import-untyped]  # ships no types
import numpy as np

from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.philox import philox4x64
from sitegen.registry import SPEC

TEXT = (SPEC / "ir.md").read_text("utf-8")
WORD = (1 << 64) - 1


def test_the_rounds_of_philox_are_those_of_the_text() -> None:
    """AWB-R-511."""
    block = TEXT.partition("philox(c0, c1, c2, c3; k0, k1):  ten times")[2].partition("```")[0]
    m0, m1, w0, w1 = (int(number, 16) for number in re.findall(r"0x[0-9a-f]{16}", block))
    assert "(c0, c1, c2, c3) = (h1 xor c1 xor k0, l1, h0 xor c3 xor k1, l0)" in block
    counter, key = (11, 7, 5, 3), (1 << 63, 12345)
    (c0, c1, c2, c3), (k0, k1) = counter, key
    for _ in range(10):
        first, second = m0 * c0, m1 * c2
        c0, c1, c2, c3 = (second >> 64) ^ c1 ^ k0, second & WORD, (first >> 64) ^ c3 ^ k1, first & WORD
        k0, k1 = (k0 + w0) & WORD, (k1 + w1) & WORD
    a, b, c, d = (np.array([word], dtype=np.uint64) for word in counter)
    assert philox4x64((a, b, c, d), key).tolist() == [[c0, c1, c2, c3]]


def polynomials() -> dict[str, list[float]]:
    """The columns of the table of coefficients, from the highest power."""
    lines = TEXT.partition("### Normal numbers")[2].split("\n")
    head, _, *rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")][:10]
    assert [row[0] for row in rows] == [f"c{power}" for power in range(7, -1, -1)]
    names = [name.strip() for name in head if name.strip()]
    return {name: [float(row[1 + column]) for row in rows] for column, name in enumerate(names)}


def quantile(u: float, table: dict[str, list[float]]) -> float:
    """The normal number of u, as the text says, with the logarithm of MPFR."""
    q = u - 0.5
    place, r, factor = "centre", 0.180625 - q * q, q
    if abs(q) > 0.425:
        s = math.sqrt(-float(gmpy2.log(gmpy2.mpfr(u if q < 0 else 1 - u))))
        place, r = ("near", s - 1.6) if s <= 5 else ("far", s - 5)
        factor = -1.0 if q < 0 else 1.0
    above, below = (reduce(lambda value, c: value * r + c, table[f"{place} {name}"]) for name in "ND")
    return (factor * above) / below


def test_the_coefficients_of_normal_numbers_are_those_of_the_text() -> None:
    """AWB-R-512."""
    table = polynomials()
    assert sorted(table) == ["centre D", "centre N", "far D", "far N", "near D", "near N"]
    draw = np.random.Generator(np.random.PCG64(8))
    numbers = [*draw.random(200).tolist(), *(2.0 ** draw.uniform(-52, -3, 100)).tolist(), 2.0**-53]
    numbers += [1 - number for number in numbers if 1 - number < 1]
    with gmpy2.context(precision=53, round=gmpy2.RoundToNearest):
        expected = [quantile(u, table) for u in numbers]
    assert normal_quantile(np.array(numbers)).tolist() == expected
