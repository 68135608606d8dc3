"""Write the vectors of the bit-exact numerics with mpmath, which shares nothing with the implementation.

Run from anywhere: `python tests/assets/numerics/make_vectors.py`. Floats are hexadecimal; every result is the
float nearest to the exact value (`quantile` excepted: 30 decimal digits of it).
"""

import json
import math
import random
from pathlib import Path

import mpmath  # type: ignore[import-untyped]  # ships no types

FOLDER = Path(__file__).parent
SEED = 20260301
HARD_RADIANS = [
    "0x1.6ac5b262ca1ffp+849",  # nearest of all floats to a multiple of pi/2 (Kahan; 2**-60.9 away)
    "0x1.921fb54442d18p+0",
    "0x1.921fb54442d18p+1",
    "0x1.2d97c7f3321d2p+1",
    "0x1.e0000000001c2p-20",  # worst cases of sine and cosine on a binade (Lefevre, Muller)
    "0x1.8000000000009p-23",
    "0x1.598bae9e632f6p-7",
    "0x1.fffffffffffffp+1023",
    "0x1p+19",
    "0x1.0000000000001p+19",
    "0x1p-27",
    "0x1.fffffffffffffp-28",
    "0x1p-1074",
    "0x1p-1022",
    "0x1.fffffffffffffp-1023",
]
HARD_EXP = [
    "0x1.9e9cbbfd6080bp-31",  # worst cases of the exponential (Lefevre, Muller)
    "-0x1.1d5c2daebe367p+4",
    "0x1.83d4bcdebb3f4p+2",
    "0x1p-53",
    "-0x1p-54",
    "0x1.fffffffffffffp-54",
    "-0x1p-53",
    "0x1.62e42fefa39efp+9",  # last finite result
    "-0x1.74385446d71c3p+9",  # last result that is not zero
    "-0x1.6232bdd7abcd2p+9",  # least normal result
    "0x0p+0",
    "-0x1p-1074",
]
HARD_LOG = [
    "0x1.62a88613629b5p+678",  # worst cases of the logarithm (Lefevre, Muller)
    "0x1.f1c3c4d3a8b1ep-384",
    "0x1p+0",
    "0x1.0000000000001p+0",
    "0x1.fffffffffffffp-1",
    "0x1p-1074",
    "0x1.fffffffffffffp-1023",
    "0x1.fffffffffffffp+1023",
    "0x1.6a09e667f3bcdp+0",
    "0x1.6a09e667f3bccp-1",
]


def nearest(value: mpmath.mpf) -> str:
    """The float nearest to a number of many digits, subnormals included, in hexadecimal."""
    sign, mantissa, exponent, _ = value._mpf_  # mpmath's own float() rounds subnormals twice
    size = float(int(mantissa) << exponent) if exponent >= 0 else int(mantissa) / (1 << -exponent)
    return (-size if sign else size).hex()


def angles(draw: random.Random) -> list[str]:
    """Radians: hard ones, neighbours of multiples of pi/2, every binade."""
    quarters = [k * math.pi / 2 for k in (1, 3, 7, 22, 355, 99999)]
    near = [math.nextafter(q, side * math.inf).hex() for q in quarters for side in (-1, 1)]
    binades = [math.ldexp(draw.uniform(-2, 2), e).hex() for e in range(-1070, 1023, 23)]
    return [*HARD_RADIANS, *near, *binades]


def sincos() -> list[dict[str, str]]:
    """Sine and cosine of radians."""
    rows = []
    for text in angles(random.Random(SEED)):
        x = mpmath.mpf(float.fromhex(text))
        rows.append({"x": text, "sin": nearest(mpmath.sin(x)), "cos": nearest(mpmath.cos(x))})
    return rows


def sincos_turns() -> list[dict[str, str]]:
    """Sine and cosine of turns, given as double-doubles; exact zeros are signed by rule and tested apart."""
    draw, rows = random.Random(SEED + 1), []
    pairs = [(math.ldexp(draw.uniform(-2, 2), e), 0.0) for e in range(-1074, 60, 17)]
    turns = [draw.uniform(-4e5, 4e5) for _ in range(60)]
    pairs += [(t, t * draw.uniform(-0.49, 0.49) * 2.0**-52) for t in turns]
    pairs += [(k / 4, math.ldexp(draw.uniform(-1, 1), -60 - 40 * k)) for k in range(1, 25)]
    for t, low in pairs:
        angle = 2 * mpmath.pi * (mpmath.mpf(t) + mpmath.mpf(low))
        row = {"turns": t.hex(), "low": low.hex()}
        rows.append(row | {"sin": nearest(mpmath.sin(angle)), "cos": nearest(mpmath.cos(angle))})
    return rows


def exp() -> list[dict[str, str]]:
    """Exponentials with a finite result."""
    draw = random.Random(SEED + 2)
    arguments = HARD_EXP + [draw.uniform(-745, 709).hex() for _ in range(100)]
    arguments += [math.ldexp(draw.uniform(-1, 1), e).hex() for e in range(-80, 9)]
    return [{"x": x, "exp": nearest(mpmath.exp(mpmath.mpf(float.fromhex(x))))} for x in arguments]


def log() -> list[dict[str, str]]:
    """Logarithms."""
    draw = random.Random(SEED + 3)
    arguments = HARD_LOG + [math.ldexp(draw.uniform(1, 2), e).hex() for e in range(-1074, 1024, 17)]
    arguments += [(1 + math.ldexp(draw.uniform(-1, 1), -e)).hex() for e in range(1, 53)]
    return [{"x": x, "log": nearest(mpmath.log(mpmath.mpf(float.fromhex(x))))} for x in arguments]


def normal() -> list[dict[str, str]]:
    """Standard normal quantiles, to 30 digits."""
    draw = random.Random(SEED + 4)
    edge = [2.0**-53, 1 - 2.0**-53, 0.075, 0.925, math.exp(-25), 1e-300]
    rows = []
    for u in [*edge, *(draw.random() for _ in range(100)), *(10 ** -draw.uniform(0, 15) for _ in range(50))]:
        p = mpmath.mpf(u)
        quantile = mpmath.findroot(lambda z, p=p: mpmath.log(mpmath.ncdf(z) / p), _start(u))
        rows.append({"u": u.hex(), "quantile": mpmath.nstr(quantile, 30)})
    return rows


def _start(u: float) -> float:
    """A first guess of the quantile."""
    r = math.sqrt(-2 * math.log(min(u, 1 - u)))
    size = max(0.0, r - (2.30753 + 0.27061 * r) / (1 + 0.99229 * r + 0.04481 * r * r))
    return -size if u < 0.5 else size


def poisson() -> list[dict[str, str]]:
    """Poisson quantiles, by the exact distribution."""
    draw, rows = random.Random(SEED + 5), []
    for mean in (0.0, 1e-9, 0.3, 1.0, 7.5, 100.0, 256.0):
        for u in [2.0**-53, 1 - 2.0**-53, *(draw.random() for _ in range(20))]:
            term = total = mpmath.exp(-mpmath.mpf(mean))
            count = 0
            while total < u:
                count += 1
                term = term * mean / count
                total += term
            rows.append({"mean": mean.hex(), "u": u.hex(), "count": str(count)})
    return rows


def decibels() -> list[dict[str, str]]:
    """Amplitude factors of losses."""
    draw = random.Random(SEED + 6)
    losses = [0.0, 20.0, 3.0, 0.1, 6400.0, 5e-324, -6.0, *(draw.uniform(0, 100) for _ in range(60))]
    return [{"loss_db": x.hex(), "amplitude": nearest(mpmath.power(10, -mpmath.mpf(x) / 20))} for x in losses]


def main() -> None:
    """Write every file."""
    mpmath.mp.prec = 2400  # argument reduction of 2**1023 and cancellation down to 2**-1074
    for make in (sincos, sincos_turns, exp, log, decibels):
        _write(make.__name__, make())
    mpmath.mp.prec = 300
    _write("poisson", poisson())
    mpmath.mp.prec = 1200
    _write("normal", normal())


def _write(name: str, rows: object) -> None:
    (FOLDER / f"{name}.json").write_text(json.dumps(rows, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
