"""Counter-based random numbers: every draw has an address, so that the order cannot matter (AWB-R-510, 511).

Philox4x64-10 (Salmon, Moraes, Dror, Shaw, SC'11, "Parallel random numbers: as easy as 1, 2, 3"), equal to
Random123's known answers. A stream is a key, 128 bits of SHA-256 over the canonical JSON of `[tag, seed,
node, purpose]`: an array, because plain concatenation collides. Inside a stream, number `i` of a shot and
an event is word `i mod 4` of the block at counter `(i div 4, shot, event, 0)`.

numpy's `Philox` increments its counter before it generates: its block at counter c is ours at c + 1.
"""

import hashlib
import json
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from awen_ref.engine.numerics.double_double import Array

__all__ = ["TAG", "Stream", "Words", "philox4x64", "uniform"]

Words = npt.NDArray[np.uint64]

TAG = "awen-ir/1.0"
"""First element of every key: the semantics that define the stream."""

_ROUNDS = 10
_WORD = (1 << 64) - 1
_MULTIPLIERS = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
_WEYL = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)  # golden ratio and sqrt(3) - 1
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_BLOCK = 4096


def _multiply(a: Words, multiplier: int) -> tuple[Words, Words]:
    """High and low word of `a * multiplier`, from 32-bit halves."""
    b_hi, b_lo = np.uint64(multiplier >> 32), np.uint64(multiplier & 0xFFFFFFFF)
    a_hi, a_lo = a >> _HALF, a & _LOW
    low, cross, other = a_lo * b_lo, a_lo * b_hi, a_hi * b_lo
    middle = (low >> _HALF) + (cross & _LOW) + other
    return a_hi * b_hi + (cross >> _HALF) + (middle >> _HALF), a * np.uint64(multiplier)


def philox4x64(counter: tuple[Words, Words, Words, Words], key: tuple[int, int]) -> Words:
    """The blocks at an array of counters.

    Args:
        counter: Four arrays of words of one shape; the first is the least significant.
        key: Two words.

    Returns:
        The four words of each block, along a new last axis.
    """
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        hi0, lo0 = _multiply(c0, _MULTIPLIERS[0])
        hi1, lo1 = _multiply(c2, _MULTIPLIERS[1])
        c0, c1, c2, c3 = hi1 ^ c1 ^ np.uint64(k0), lo1, hi0 ^ c3 ^ np.uint64(k1), lo0
        k0, k1 = (k0 + _WEYL[0]) & _WORD, (k1 + _WEYL[1]) & _WORD
    return np.stack([c0, c1, c2, c3], axis=-1)


def uniform(words: Words) -> Array:
    """`(k + 1/2) * 2**-52` with k the upper 52 bits of each word: never 0 or 1, and exact.

    With 53 bits the largest k + 1/2 would round up to 2**53, and the uniform number to 1.
    """
    return ((words >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


@dataclass(frozen=True, slots=True)
class Stream:
    """An addressable sequence of uniform numbers.

    Attributes:
        key: The Philox key.
    """

    key: tuple[int, int]

    @classmethod
    def of(cls, seed: str, node: str, purpose: str) -> "Stream":
        """The stream of one purpose at one node of a run.

        The key is the first two big-endian words of the SHA-256 of `["awen-ir/1.0",seed,node,purpose]` in
        canonical JSON (RFC 8785).

        Args:
            seed: The experiment's seed, as its digit string.
            node: Node id.
            purpose: What the numbers are for, as the specification names it.

        Raises:
            ValueError: A string is not printable ASCII without quotes or backslashes, where JSON has escapes.
        """
        strings = [TAG, seed, node, purpose]
        if not all(s.isascii() and s.isprintable() and not set(s) & {'"', "\\"} for s in strings):
            raise ValueError(f"a stream is named by plain ASCII strings, not {strings[1:]}")
        digest = hashlib.sha256(json.dumps(strings, separators=(",", ":")).encode("ascii")).digest()
        return cls((int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big")))

    def uniforms(self, shots: int, count: int, *, event: int = 0, first_shot: int = 0) -> Array:
        """Numbers 0 to `count - 1` of consecutive shots.

        Args:
            shots: How many shots.
            count: How many numbers for each.
            event: Index of the event inside the shot.
            first_shot: Index of the first shot.

        Returns:
            Uniform numbers in (0, 1), shape (shots, count).
        """
        blocks = -(-count // 4)
        result = np.empty((shots, 4 * blocks))
        step = max(1, _BLOCK // max(1, blocks))
        for start in range(0, shots, step):
            stop = min(start + step, shots)
            index, shot = np.meshgrid(
                np.arange(blocks, dtype=np.uint64),
                np.arange(first_shot + start, first_shot + stop, dtype=np.uint64),
            )
            event_word = np.full_like(shot, event)
            words = philox4x64((index, shot, event_word, np.zeros_like(shot)), self.key)
            result[start:stop] = uniform(words).reshape(stop - start, 4 * blocks)
        return result[:, :count]

    def scattered(self, shots: npt.NDArray[np.uint64], numbers: npt.NDArray[np.uint64]) -> Array:
        """One number each of arbitrary addresses, of event 0.

        Args:
            shots: Shot of each.
            numbers: Number inside that shot.
        """
        zero = np.zeros_like(shots)
        blocks = philox4x64((numbers >> np.uint64(2), shots, zero, zero), self.key)
        words = (numbers & np.uint64(3)).astype(np.intp)
        return uniform(blocks[np.arange(shots.size), words])
