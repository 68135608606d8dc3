import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from awen_ref.engine.numerics.philox import Stream, Words, philox4x64, uniform

ASSETS = Path(__file__).parents[3] / "assets" / "numerics"
FALSE_ALARM = 1e-3  # of each statistical test here, had its seed not been fixed


def words(values: list[int]) -> tuple[Words, Words, Words, Words]:
    a, b, c, d = (np.array([v], dtype=np.uint64) for v in values)
    return a, b, c, d


def test_known_answers_of_random123_are_met() -> None:
    rows = json.loads((ASSETS / "philox.json").read_text(encoding="utf-8"))
    assert len(rows) == 3
    for row in rows:
        key = int(row["key"][0], 16), int(row["key"][1], 16)
        block = philox4x64(words([int(w, 16) for w in row["counter"]]), key)
        assert [f"{int(w):016x}" for w in block[0]] == row["words"]


def test_the_raw_stream_of_numpy_is_ours_one_counter_later() -> None:
    key = 0x0123456789ABCDEF, 0xFEDCBA9876543210
    counter = np.arange(1, 2_501, dtype=np.uint64)
    zero = np.zeros_like(counter)
    expected = np.random.Philox(key=np.array(key, dtype=np.uint64), counter=0).random_raw(10_000)
    assert np.array_equal(philox4x64((counter, zero, zero, zero), key).ravel(), expected)


def test_every_word_of_the_counter_counts_as_in_numpy() -> None:
    key = 7, 9
    for start in ([5, 1, 0, 0], [5, 2**40, 3, 0], [0, 2**64 - 1, 2**63, 11]):
        expected = np.random.Philox(
            key=np.array(key, dtype=np.uint64), counter=np.array(start, dtype=np.uint64)
        )
        ours = philox4x64(words([start[0] + 1, *start[1:]]), key)[0]
        assert np.array_equal(ours, expected.random_raw(4))


def test_the_key_is_the_digest_of_a_canonical_array() -> None:
    digest = hashlib.sha256(b'["awen-ir/1.0","42","pd1","shot"]').hexdigest()
    assert Stream.of("42", "pd1", "shot").key == (int(digest[:16], 16), int(digest[16:32], 16))


def test_names_that_would_collide_when_concatenated_have_streams_of_their_own() -> None:
    keys = {
        Stream.of(*names).key
        for names in (("4", "2a", "b"), ("42", "a", "b"), ("42", "ab", ""), ("42", "", "ab"))
    }
    assert len(keys) == 4


@pytest.mark.parametrize("name", ['a"b', "a\\b", "ä", "a\n"])
def test_names_that_json_would_escape_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="plain ASCII"):
        Stream.of("1", name, "shot")


def test_uniform_numbers_are_never_zero_or_one() -> None:
    """AWB-R-511."""
    extremes = uniform(np.array([0, 2**64 - 1], dtype=np.uint64))
    assert extremes.tolist() == [2.0**-53, 1.0 - 2.0**-53]


def test_a_number_depends_on_its_address_alone() -> None:
    stream = Stream.of("1", "counter", "counts")
    table = stream.uniforms(50, 11)
    assert np.array_equal(stream.uniforms(50, 6), table[:, :6])
    assert np.array_equal(stream.uniforms(3, 11, first_shot=40), table[40:43])
    assert not np.array_equal(stream.uniforms(50, 11, event=1), table)
    assert np.array_equal(Stream.of("1", "counter", "counts").uniforms(5_000, 11)[:50], table)


def test_number_i_is_a_word_of_block_i_div_4() -> None:
    """AWB-R-511."""
    stream = Stream.of("1", "node", "purpose")
    block = philox4x64(words([2, 7, 3, 0]), stream.key)
    assert np.array_equal(stream.uniforms(1, 12, event=3, first_shot=7)[0, 8:], uniform(block[0]))


def test_no_shots_or_no_numbers_give_an_empty_table() -> None:
    stream = Stream.of("1", "node", "purpose")
    assert stream.uniforms(0, 3).shape == (0, 3)
    assert stream.uniforms(3, 0).shape == (3, 0)


@pytest.mark.parametrize("shape", [(200_000, 1), (1, 200_000), (400, 500)])
def test_uniform_numbers_are_uniform(shape: tuple[int, int]) -> None:
    u = Stream.of("11", "node", "uniformity").uniforms(*shape).ravel()
    assert stats.kstest(u, "uniform").pvalue > FALSE_ALARM
    assert stats.chisquare(np.bincount((u * 1000).astype(int), minlength=1000)).pvalue > FALSE_ALARM


def test_neighbouring_addresses_are_uncorrelated() -> None:
    first, second = (Stream.of("11", node, "correlation").uniforms(500, 400) - 0.5 for node in ("a", "b"))
    pairs = [(first, second), (first[:-1], first[1:]), (first[:, :-1], first[:, 1:])]
    for a, b in pairs:
        scaled = float((a * b).mean()) * 12 * np.sqrt(a.size)
        assert abs(scaled) < stats.norm.isf(FALSE_ALARM / 2)
