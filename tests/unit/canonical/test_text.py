"""RFC 8785 text: published vectors, the reference package, and what has no text."""

import hashlib
import math
import random
import struct
from collections.abc import Iterator
from enum import IntEnum, StrEnum
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import rfc8785

from awen_ref import canonical
from awen_ref.canonical import CanonicalError

ASSETS = Path(__file__).parents[2] / "assets" / "jcs"

PUBLISHED = {
    10**3: "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687",
    10**4: "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
    10**5: "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7",
    10**6: "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16",
}
"""SHA-256 of the first lines of the published sequence; see tests/assets/jcs/README.md."""


def published_numbers() -> Iterator[int]:
    """The bits of the published sequence: edge cases, the smallest normal numbers, then a chain of hashes."""
    yield from (int(word, 16) for word in (ASSETS / "es6-static.txt").read_text().split())
    yield from range(0x0010000000000000, 0x0010000000000000 + 2000)
    block = bytes(32)
    while True:
        block = hashlib.sha256(block).digest()
        yield from (
            bits
            for (bits,) in struct.iter_unpack("<Q", block)
            if bits << 1 & (2**64 - 1) and bits >> 52 & 0x7FF != 0x7FF
        )


def published_digest(lines: int) -> str:
    digest = hashlib.sha256()
    for bits in islice(published_numbers(), lines):
        (number,) = struct.unpack("<d", struct.pack("<Q", bits))
        digest.update(b"%x,%s\n" % (bits, canonical.dumps(number)))
    return digest.hexdigest()


@pytest.mark.parametrize("lines", [10**3, 10**4, 10**5])
def test_published_numbers_are_written_as_published(lines: int) -> None:
    assert published_digest(lines) == PUBLISHED[lines]


def test_a_million_published_numbers_are_written_as_published() -> None:
    assert published_digest(10**6) == PUBLISHED[10**6]


@pytest.mark.parametrize(
    ("number", "text"),
    [  # RFC 8785 appendix B, and the borders of the layouts
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
        ("4341c37937e08000", "10000000000000000"),
        ("3f1a36e2eb1c432d", "0.0001"),
        ("3ee4f8b588e368f1", "0.00001"),
    ],
)
def test_number_of_the_rfc_has_its_text(number: str, text: str) -> None:
    (value,) = struct.unpack(">d", bytes.fromhex(number))
    assert canonical.dumps(value) == text.encode()
    assert canonical.loads(text.encode()) == value


PUBLISHED_DOCUMENTS = {  # testdata/ of cyberphone/json-canonicalization
    "weird": (
        rb"""{
  "\u20ac": "Euro Sign",
  "1": "One",
  "\u0080": "Control\u007f",
  "\ud83d\ude02": "Smiley",
  "\u00f6": "Latin Small Letter O With Diaeresis",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "</script>": "Browser Challenge"
}
""",
        """{"1":"One","</script>":"Browser Challenge","\x80":"Control\x7f",\
"\xf6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\U0001f602":"Smiley",\
"\ufb33":"Hebrew Letter Dalet With Dagesh"}""",
    ),
    "values": (
        rb"""{
  "numbers": [1E30, 4.50, 333333333.33333329, 2e-3, 0.000000000000000000000000001],
  "escaping": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}""",
        """{"escaping":"\u20ac$\\u000f\\nA'B\\"\\\\\\\\\\"/","literals":[null,true,false],\
"numbers":[1e+30,4.5,333333333.3333333,0.002,1e-27]}""",
    ),
    "structures": (
        rb"""{
  "1": {"f": {"f": "hi","F": 5} ,"\n": 56.0},
  "10": { },
  "": "empty",
  "a": { },
  "111": [ { } ],
  "A": { }
}""",
        r"""{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}""",
    ),
    "french": (
        """{"peach": "This sorting order", "p\xe9ch\xe9": "is wrong",
  "p\xeache": "but", "sin": "ignore"}""".encode(),
        """{"peach":"This sorting order","p\xe9ch\xe9":"is wrong","p\xeache":"but","sin":"ignore"}""",
    ),
}


@pytest.mark.parametrize("name", PUBLISHED_DOCUMENTS)
def test_published_document_has_its_text(name: str) -> None:
    given, expected = PUBLISHED_DOCUMENTS[name]
    assert canonical.dumps(canonical.loads(given)) == expected.encode()
    assert canonical.loads_canonical(expected.encode()) == canonical.loads(given)


def test_members_are_ordered_by_utf16_not_by_code_point() -> None:
    value = {"\ue000": 1, "\U00010000": 2, "z": 3}
    assert canonical.dumps(value) == '{"z":3,"\U00010000":2,"\ue000":1}'.encode()


def test_random_numbers_have_the_reference_packages_text() -> None:
    generator = random.Random(7)
    for _ in range(20_000):
        (value,) = struct.unpack("<d", generator.randbytes(8))
        if math.isfinite(value):
            assert canonical.dumps(value) == rfc8785.dumps(value)


def test_control_characters_have_their_shortest_escapes() -> None:
    every = "".join(map(chr, [*range(0x21), 0x22, 0x5C, 0x7F, 0x2028, 0xFFFF]))
    assert canonical.dumps(every) == rfc8785.dumps(every)


class Colour(StrEnum):
    RED = "red"


class Count(IntEnum):
    TWO = 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([Colour.RED, Count.TWO, np.float64(0.5), (1, 2)], b'["red",2,0.5,[1,2]]'),
        ([True, False, None], b"[true,false,null]"),
        ({}, b"{}"),
        ([], b"[]"),
        (2**53 - 1, b"9007199254740991"),
        (1 - 2**53, b"-9007199254740991"),
        (-0.0, b"0"),
    ],
)
def test_value_has_one_text(value: object, text: bytes) -> None:
    assert canonical.dumps(value) == text


@pytest.mark.parametrize(
    ("value", "code", "pointer"),
    [
        (math.nan, "AWB-ENC-005", ""),
        ({"a": [1, math.inf]}, "AWB-ENC-005", "/a/1"),
        ([2**53], "AWB-ENC-010", "/0"),
        ([-(2**53)], "AWB-ENC-010", "/0"),
        ({"a": {1: 2}}, "AWB-ENC-010", "/a"),
        ({"a/b~": [b"x"]}, "AWB-ENC-010", "/a~1b~0/0"),
        ([{1, 2}], "AWB-ENC-010", "/0"),
        (["\ud800"], "AWB-ENC-006", "/0"),
        ({"\udfff": 1}, "AWB-ENC-006", ""),
        ([np.float32(1)], "AWB-ENC-010", "/0"),
    ],
)
def test_value_without_a_text_is_refused_with_its_place(value: object, code: str, pointer: str) -> None:
    with pytest.raises(CanonicalError) as caught:
        canonical.dumps(value)
    assert [(f.code, f.pointer) for f in caught.value.findings] == [(code, pointer)]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nesting_is_written_to_32_levels_and_no_deeper(opening: str) -> None:
    value: object = 1
    for _ in range(32):
        value = [value] if opening == "[" else {"a": value}
    assert canonical.loads_canonical(canonical.dumps(value)) == value
    with pytest.raises(CanonicalError) as caught:
        canonical.dumps([value])
    assert caught.value.findings[0].code == "AWB-LIM-011"


def test_value_that_holds_itself_is_refused() -> None:
    value: list[object] = []
    value.append(value)
    with pytest.raises(CanonicalError):
        canonical.dumps(value)
