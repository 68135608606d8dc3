"""JSON Lines: one canonical object a line, each ended by one line feed."""

from collections.abc import Iterator

import pytest

from awen_ref import canonical
from awen_ref.canonical import CanonicalError
from awen_ref.limits import DEFAULT


def test_lines_are_objects_in_order() -> None:
    assert canonical.loads_lines(b'{"a":1}\n{"b":[]}\n') == [{"a": 1}, {"b": []}]
    assert canonical.loads_lines(b"") == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_pieces_of_any_size_give_the_same_lines(size: int) -> None:
    data = b'{"a":1}\n' * 5 + '{"\u00e9":"x"}\n'.encode()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert list(canonical.iter_lines(map(memoryview, pieces))) == canonical.loads_lines(data)


@pytest.mark.parametrize(
    ("data", "code", "pointer"),
    [
        (b'{"a":1}', "AWB-ENC-008", "/0"),
        (b'{"a":1}\n{}', "AWB-ENC-008", "/1"),
        (b"\n", "AWB-ENC-009", "/0"),
        (b"{}\n\n{}\n", "AWB-ENC-009", "/1"),
        (b"{}\n\n", "AWB-ENC-009", "/1"),
        (b"{}\r\n", "AWB-ENC-007", "/0"),
        (b"{}\n[1]\n", "AWB-ENC-011", "/1"),
        (b"{}\n1\n", "AWB-ENC-011", "/1"),
        (b'{}\n{"a": 1}\n', "AWB-ENC-007", "/1"),
        (b'{}\n{"a":{"b":1,"b":2}}\n', "AWB-ENC-004", "/1/a/b"),
        (b'{}\n{"a":\n', "AWB-ENC-003", "/1"),
        (b'{}\n{"a":NaN}\n', "AWB-ENC-005", "/1/a"),
        (b"\xef\xbb\xbf{}\n", "AWB-ENC-002", "/0"),
        (b"{}\n\xff\n", "AWB-ENC-001", "/1"),
    ],
)
def test_flawed_line_is_refused_with_its_index(data: bytes, code: str, pointer: str) -> None:
    with pytest.raises(CanonicalError) as caught:
        canonical.loads_lines(data, path="t.jsonl")
    finding = caught.value.findings[0]
    assert (finding.code, finding.path, finding.pointer) == (code, "t.jsonl", pointer)


def test_line_without_end_is_refused_before_it_is_held() -> None:
    given = 0

    def endless() -> Iterator[bytes]:
        nonlocal given
        while True:
            given += 1000
            yield b"x" * 1000

    with pytest.raises(CanonicalError) as caught:
        list(canonical.iter_lines(endless(), limits=DEFAULT._replace(json_bytes=5000)))
    assert caught.value.findings[0].code == "AWB-LIM-010"
    assert given <= 7000
