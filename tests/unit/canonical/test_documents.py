"""The strict parse: what is refused, with which code, and where."""

import pytest

from awen_ref import canonical
from awen_ref.canonical import CanonicalError
from awen_ref.limits import DEFAULT

SYNTAX = [
    b"",
    b" ",
    b"\n",
    b"nul",
    b"tru",
    b"True",
    b"nan",
    b"-NaN",
    b"+1",
    b"01",
    b"-01",
    b"1.",
    b".1",
    b"-",
    b"--1",
    b"1e",
    b"1e+",
    b"1.e1",
    b"0x1",
    b"1_000",
    b"1,",
    b"-Inf",
    b"[",
    b"]",
    b"{",
    b"}",
    b"[1",
    b"[1,]",
    b"[,1]",
    b"[1 2]",
    b"[1,,2]",
    b'{"a"}',
    b'{"a":}',
    b'{"a":1,}',
    b"{a:1}",
    b"{'a':1}",
    b'{"a":1 "b":2}',
    b"{1:2}",
    b'{"a":1}}',
    b"[1]]",
    b"1 2",
    b"[]{}",
    b'"',
    b'"a',
    b'"\n"',
    b'"\t"',
    b'"\x00"',
    b'"\x1f"',
    b'"\\x41"',
    b'"\\u12"',
    b'"\\u12G4"',
    b'"\\u+123"',
    b'"\\u 123"',
    b'"\\',
    b'"\\a"',
    b"'a'",
    b"// c\n1",
    b"/* c */1",
    b"# c\n1",
    b"1 // c",
    b"[1]\x00",
    b"\x0c1",
    b"\x0b1",
    "\u00a01".encode(),
    "\u20281".encode(),
    "\uff11".encode(),
    "[\u0661]".encode(),
    b"[1;2]",
    b"{,}",
    b"{:1}",
    b"(1)",
    b"undefined",
    b"[-]",
    b"[1e1.5]",
    b"[0e]",
    b"-0x1",
    b'"\\\x00"',
    b'["a",\n4\n,1,',
    b"<null>",
    b"[1]x",
    b'{"a":"b"}#',
    b'{"a":/*c*/"b"}',
    b"[\xe2\x81\xa0]",
    b"[+Inf]",
    b"[.-1]",
    b"[1+2]",
    b"[0.1.2]",
    b"[2.e-3]",
    b"[9.e+]",
]
"""Not JSON; a good part after the must-fail files of nst/JSONTestSuite."""

NOT_UTF8 = [
    b"\xff",
    b'"\xc0\xaf"',
    b'"\xed\xa0\x80"',
    b'"\xf4\x90\x80\x80"',
    b'"\xe2\x82"',
    "1".encode("utf-16-le"),
    b"\xfe\xff\x001",
    b'"\xf0\x80\x80\x80"',
    b'{"\xe9":1}',
]


def code_of(data: bytes) -> list[tuple[str, str]]:
    """Code and pointer of what the strict parse finds."""
    with pytest.raises(CanonicalError) as caught:
        canonical.loads(data, path="x.json")
    assert {finding.path for finding in caught.value.findings} == {"x.json"}
    return [(finding.code, finding.pointer) for finding in caught.value.findings]


@pytest.mark.parametrize("data", SYNTAX, ids=repr)
def test_text_that_is_not_json_is_refused(data: bytes) -> None:
    assert code_of(data) == [("AWB-ENC-003", "")]


@pytest.mark.parametrize("data", NOT_UTF8, ids=repr)
def test_octets_that_are_not_utf8_are_refused(data: bytes) -> None:
    if data == b"1\x00":
        assert code_of(data) == [("AWB-ENC-003", "")]  # UTF-8 as it happens, and no JSON
    else:
        assert code_of(data) == [("AWB-ENC-001", "")]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\xef\xbb\xbf{}", [("AWB-ENC-002", "")]),
        (b'{"a":1,"a":1}', [("AWB-ENC-004", "/a")]),
        (b'{"a":1,"\\u0061":2}', [("AWB-ENC-004", "/a")]),
        (b'{"x":[{"b":1,"c":2,"b":3}]}', [("AWB-ENC-004", "/x/0/b")]),
        (b'{"x/y":{"~":1,"~":1}}', [("AWB-ENC-004", "/x~1y/~0")]),
        (b"NaN", [("AWB-ENC-005", "")]),
        (b"[Infinity,-Infinity]", [("AWB-ENC-005", "/0"), ("AWB-ENC-005", "/1")]),
        (b'{"a":1e400}', [("AWB-ENC-005", "/a")]),
        (b"-1e309", [("AWB-ENC-005", "")]),
        (b"1" * 400, [("AWB-ENC-005", "")]),
        (b"1" * 5000, [("AWB-ENC-005", "")]),
        (b'["\\ud800"]', [("AWB-ENC-006", "/0")]),
        (b'["\\udc00\\ud800"]', [("AWB-ENC-006", "/0")]),
        (b'["\\ud800\\u0041"]', [("AWB-ENC-006", "/0")]),
        (b'{"\\udfff":1}', [("AWB-ENC-006", "")]),
        (b"[" * 33 + b"]" * 33, [("AWB-LIM-011", "/0" * 32)]),
        (b"[" * 100_000 + b"]" * 100_000, [("AWB-LIM-011", "")]),
        (b'{"a":' * 100_000, [("AWB-LIM-011", "")]),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_flawed_value_is_refused_with_its_place(data: bytes, found: list[tuple[str, str]]) -> None:
    assert code_of(data) == found


def test_only_the_first_twenty_flaws_are_reported() -> None:
    assert len(code_of(b"[" + b",".join([b"NaN"] * 1000) + b"]")) == 20


@pytest.mark.parametrize(
    ("token", "value"),
    [
        (b"9007199254740991", 9007199254740991),
        (b"-9007199254740991", -9007199254740991),
        (b"9007199254740992", 9007199254740992.0),
        (b"9007199254740993", 9007199254740992.0),
        (b"9007199254740995", 9007199254740996.0),
        (b"18446744073709551615", 1.8446744073709552e19),
        (b"1" + b"0" * 308, 1e308),
        (b"-0", 0),
        (b"-0.0", -0.0),
        (b"1e-400", 0.0),
        (b"4.9e-324", 5e-324),
        (b"1.0", 1.0),
        (b"1E2", 100.0),
    ],
)
def test_number_token_is_the_nearest_binary64(token: bytes, value: float) -> None:
    found = canonical.loads(token)
    assert (found, type(found), str(found)) == (value, type(value), str(value))


@pytest.mark.parametrize(
    "data",
    [
        b"1 ",
        b" 1",
        b"[1, 2]",
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b"1.0",
        b"-0",
        b"-0.0",
        b"1e2",
        b"1E4",
        b"0.10",
        b"1e21",
        b"1e-7 ",
        b"1E-7",
        b"1e-07",
        b"0.0000001",
        b"100000000000000000000000",
        b"9007199254740993",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000a"',
        b'"\\u001F"',
        b'"\\u00e9"',
        b'{"a":1}\n',
        b'["\\u007f"]',
        b'{"\\u20ac":1}',
        b"0e0",
        b"1.50",
        b"-1.0e1",
    ],
    ids=repr,
)
def test_other_spelling_is_parsed_but_not_canonical(data: bytes) -> None:
    canonical.loads(data)
    with pytest.raises(CanonicalError) as caught:
        canonical.loads_canonical(data, path="x.json")
    assert [(f.code, f.path, f.pointer) for f in caught.value.findings] == [("AWB-ENC-007", "x.json", "")]


@pytest.mark.parametrize("before", [0, 1, 2, 3, 100])
def test_difference_is_told_by_its_offset(before: int) -> None:
    name = b"k" * before
    with pytest.raises(CanonicalError, match=f"at byte {before + 4} stands b' 2}}' where b'2' belongs"):
        canonical.loads_canonical(b'{"%b": 2}' % name)
    with pytest.raises(CanonicalError, match=f"at byte {before + 2} stands b' ' where b'' belongs"):
        canonical.loads_canonical(b'"%b" ' % name)


def test_both_ways_of_accepting_agree() -> None:
    plain, escaped = b'{"a":[1,2.5,1e-7,1e+21],"b":{"c":"x y"}}', '{"a":"\u00e9","b":"\\n"}'.encode()
    assert canonical.loads_canonical(plain) == {"a": [1, 2.5, 1e-7, 1e21], "b": {"c": "x y"}}
    assert canonical.loads_canonical(escaped) == {"a": "\u00e9", "b": "\n"}


@pytest.mark.parametrize("escape", ["", "\u00e9"], ids=["plain", "not plain"])
def test_limits_are_applied_whatever_way_a_document_goes(escape: str) -> None:
    small = DEFAULT._replace(json_bytes=200, json_depth=3, json_keys=4, json_string_bytes=20)
    cases: list[tuple[object, str]] = [
        ([escape, "x" * 300], "AWB-LIM-010"),
        ([escape, [[[1]]]], "AWB-LIM-011"),
        ({"e": escape, **dict.fromkeys("abcd", 1)}, "AWB-LIM-012"),
        ([escape, "y" * 21], "AWB-LIM-013"),
        ({"e": escape, "k" * 21: 1}, "AWB-LIM-013"),
    ]
    for value, code in cases:
        with pytest.raises(CanonicalError) as caught:
            canonical.loads_canonical(canonical.dumps(value), limits=small)
        assert [finding.code for finding in caught.value.findings] == [code]
    for value in (
        [escape, [[1]]],
        {"e": escape, **dict.fromkeys("abc", 1)},
        [escape, "y" * 20],
        [escape, *["z" * 9] * 14],
    ):
        assert canonical.loads_canonical(canonical.dumps(value), limits=small) == value


def test_input_by_hand_may_be_laid_out_freely() -> None:
    assert canonical.parse_input(b'{\n  "b": 1.0,\n  "a": [1e2]\n}\n') == {"b": 1.0, "a": [100.0]}
    with pytest.raises(CanonicalError) as caught:
        canonical.parse_input(b'{"a":1,\n"a":2}', path="mine.json")
    assert caught.value.advice
    assert caught.value.findings[0].path == "mine.json"


def test_strings_of_strangers_are_shown_short_and_printable() -> None:
    data = b'{"\\u001b[31m' + b"x" * 5000 + b'":1,"\\u001b[31m' + b"x" * 5000 + b'":2}'
    with pytest.raises(CanonicalError) as caught:
        canonical.loads(data)
    finding = caught.value.findings[0]
    assert finding.code == "AWB-ENC-004"
    assert len(finding.message) < 200
    assert finding.message.isprintable()
    assert finding.pointer.isprintable()
