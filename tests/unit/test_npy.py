"""Array files: the one spelling, and everything else refused with its code."""

import io
import struct
import subprocess
import sys
from array import array
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awen_ref import npy
from awen_ref.limits import DEFAULT
from awen_ref.npy import Header, NpyError

THREE = npy.encode(np.array([1.0, -0.0, 5e-324]))


def header(text: str, *, magic: bytes = b"\x93NUMPY\x01\x00", pad: int = 64) -> bytes:
    """A header with any text, padded as asked."""
    spaces = -(len(magic) + 2 + len(text) + 1) % pad if pad else 0
    body = f"{text}{' ' * spaces}\n".encode("latin-1")
    return magic + struct.pack("<H", len(body)) + body


def of(descr: str = "'<f8'", order: str = "False", shape: str = "(3,)") -> str:
    """Header text with one thing changed."""
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}"


DATA = bytes(24)

EDGES = [
    int.from_bytes(struct.pack(">d", value)) + step
    for value in (0.0, -0.0, 1.0, -1.0, 2.0**1008, 2.0**1009, -(2.0**1009), float("inf"), float("-inf"))
    for step in (-1, 0, 1)
    if 0 <= int.from_bytes(struct.pack(">d", value)) + step < 2**64
]
"""Bit patterns about the values at which an octet of the exponent, or all of it, becomes ones."""

BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "AWB-ENC-020"),
    "text": (b"1.0, 2.0\n" * 20, "AWB-ENC-020"),
    "version 2": (header(of(), magic=b"\x93NUMPY\x02\x00") + DATA, "AWB-ENC-020"),
    "pickle": (b"\x80\x04\x95" + bytes(100), "AWB-ENC-020"),
    "cut in the magic": (THREE[:7], "AWB-ENC-020"),
    "cut in the header": (THREE[:60], "AWB-ENC-021"),
    "cut after the length": (THREE[:10], "AWB-ENC-021"),
    "fortran order": (header(of(order="True")) + DATA, "AWB-ENC-021"),
    "other key order": (
        header("{'shape': (3,), 'fortran_order': False, 'descr': '<f8', }") + DATA,
        "AWB-ENC-021",
    ),
    "double quotes": (
        header('{"descr": "<f8", "fortran_order": False, "shape": (3,), }') + DATA,
        "AWB-ENC-021",
    ),
    "no last comma": (
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}") + DATA,
        "AWB-ENC-021",
    ),
    "one more key": (header(of()[:-1] + "'x': 1, }") + DATA, "AWB-ENC-021"),
    "padded to 16": (header(of("'|b1'", shape="(2, 3, 4, 5, 6)"), pad=16), "AWB-ENC-021"),
    "not padded": (header(of(), pad=0) + DATA, "AWB-ENC-021"),
    "padded too far": (header(of() + " " * 64) + DATA, "AWB-ENC-021"),
    "code in the shape": (header(of(shape="__import__('os').system('true')")) + DATA, "AWB-ENC-021"),
    "list as shape": (header(of(shape="[3]")) + DATA, "AWB-ENC-021"),
    "shape without comma": (header(of(shape="(3)")) + DATA, "AWB-ENC-021"),
    "negative shape": (header(of(shape="(-3,)")) + DATA, "AWB-ENC-021"),
    "leading zero": (header(of(shape="(03,)")) + DATA, "AWB-ENC-021"),
    "old long": (header(of(shape="(3L,)")) + DATA, "AWB-ENC-021"),
    "spaces in the shape": (header(of(shape="(3 ,)")) + DATA, "AWB-ENC-021"),
    "trailing comma": (header(of(shape="(1, 3,)")) + DATA, "AWB-ENC-021"),
    "digits that int() takes": (header(of(shape="(1_0,)")) + DATA, "AWB-ENC-021"),
    "huge number": (header(of(shape=f"({'9' * 100},)")) + DATA, "AWB-ENC-021"),
    "structured": (header(of("[('a', '<f8')]")) + DATA, "AWB-ENC-021"),
    "objects": (header(of("'|O'")) + DATA, "AWB-ENC-022"),
    "big-endian": (header(of("'>f8'")) + DATA, "AWB-ENC-022"),
    "native": (header(of("'=f8'")) + DATA, "AWB-ENC-022"),
    "single precision": (header(of("'<f4'")) + DATA, "AWB-ENC-022"),
    "complex": (header(of("'<c16'")) + DATA, "AWB-ENC-022"),
    "strings": (header(of("'<U8'")) + DATA, "AWB-ENC-022"),
    "header bomb": (header(of() + " " * 60_000) + DATA, "AWB-LIM-014"),
    "too many dimensions": (header(of(shape=f"({', '.join(['1'] * 17)})")) + bytes(8), "AWB-LIM-015"),
    "one octet short": (THREE[:-1], "AWB-ENC-023"),
    "one octet more": (THREE + b"\0", "AWB-ENC-023"),
    "no elements": (THREE[:128], "AWB-ENC-023"),
    "shape lie": (header(of(shape="(1000000000000, 1000000000000)")) + DATA, "AWB-ENC-023"),
    "elements of an empty array": (header(of(shape="(0,)")) + DATA, "AWB-ENC-023"),
    "NaN": (header(of()) + struct.pack("<3d", 1, 2, float("nan")), "AWB-ENC-024"),
    "infinity": (header(of()) + struct.pack("<3d", 1, float("inf"), 2), "AWB-ENC-024"),
    "negative infinity": (header(of()) + struct.pack("<3d", float("-inf"), 1, 2), "AWB-ENC-024"),
    "signalling NaN": (header(of()) + bytes.fromhex("010000000000f07f") + bytes(16), "AWB-ENC-024"),
    "truth of 2": (header(of("'|b1'")) + b"\0\1\2", "AWB-ENC-025"),
    "truth of 255": (header(of("'|b1'")) + b"\xff\0\1", "AWB-ENC-025"),
}


@pytest.fixture(params=["with numpy", "without numpy"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "without numpy":
        monkeypatch.setattr(npy, "_first_not_boolean_numpy", npy._first_not_boolean)


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize("case", BROKEN)
def test_broken_array_file_has_one_precise_finding(case: str) -> None:
    data, code = BROKEN[case]
    findings = npy.check([data], path="x.npy")
    assert [(finding.code, finding.path) for finding in findings] == [(code, "x.npy")]
    assert [f.code for f in npy.check([data[i : i + 7] for i in range(0, len(data), 7)])] == [code]
    with pytest.raises(NpyError):
        npy.read(data)


@pytest.mark.parametrize(
    "values",
    [
        np.array(1.5),
        np.array([1.0, -0.0, 5e-324, 1.7976931348623157e308]),
        np.arange(6.0).reshape(2, 3),
        np.zeros((0,)),
        np.zeros((3, 0, 2)),
        np.array([True, False, True]),
        np.array(True),
        np.array([0, 2**64 - 1], np.uint64),
        np.array([-(2**63), 2**63 - 1]),
        np.ones((1,) * 16),
    ],
    ids=lambda values: f"{values.dtype.str}{values.shape}",
)
def test_array_is_read_back_bit_for_bit_by_us_and_by_numpy(values: np.ndarray) -> None:
    """AWB-R-110 to AWB-R-113; a scalar has the shape `()` (AWB-R-117)."""
    data = npy.encode(values)
    for found in (npy.read(data), np.load(io.BytesIO(data), allow_pickle=False)):
        assert (found.dtype, found.shape, found.tobytes()) == (values.dtype, values.shape, values.tobytes())
    assert npy.parse_header(data) == Header(values.dtype.str, values.shape)
    assert len(data) - values.nbytes == len(Header(values.dtype.str, values.shape).render())
    assert (len(data) - values.nbytes) % 64 == 0


def test_common_headers_are_those_numpy_writes() -> None:
    for values in (np.array(1.5), np.zeros((101, 2)), np.zeros(3, np.uint64), np.zeros(7, bool)):
        file = io.BytesIO()
        np.save(file, values)
        assert npy.encode(values) == file.getvalue()


def test_header_of_the_specification_is_these_octets() -> None:
    text = b"{'descr': '<f8', 'fortran_order': False, 'shape': (101, 2), }"
    assert (
        Header("<f8", (101, 2)).render()
        == b"\x93NUMPY\x01\x00\x76\x00" + text + b" " * (117 - len(text)) + b"\n"
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (np.zeros(3, "f4"), "AWB-ENC-022"),
        (np.zeros(3, ">f8"), "AWB-ENC-022"),
        (np.zeros(3, complex), "AWB-ENC-022"),
        (np.zeros(3, np.int32), "AWB-ENC-022"),
        (np.array([None]), "AWB-ENC-022"),
        (np.array([np.nan]), "AWB-ENC-024"),
        (np.array([2], np.uint8).view(bool), "AWB-ENC-025"),
        (np.ones((1,) * 17), "AWB-LIM-015"),
    ],
    ids=lambda value: str(getattr(value, "dtype", value)),
)
def test_array_that_may_not_be_sealed_is_not_encoded(values: np.ndarray, code: str) -> None:
    with pytest.raises(NpyError) as caught:
        npy.encode(values)
    assert [finding.code for finding in caught.value.findings] == [code]


def test_array_in_another_order_is_not_encoded() -> None:
    for values in (np.zeros((2, 3)).T, np.arange(6.0)[::2]):
        with pytest.raises(NpyError, match="C order"):
            npy.encode(values)


def test_array_without_numpy_is_encoded() -> None:
    assert npy.encode(memoryview(array("d", [1.0, -0.0, 5e-324]))) == THREE
    table = memoryview(array("q", [1, 2, 3, 4])).cast("B").cast("q", (2, 2))
    assert npy.read(npy.encode(table)).tolist() == [[1, 2], [3, 4]]


def test_what_is_read_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        npy.read(THREE)[0] = 2.0


def test_first_flaw_is_named_by_its_index() -> None:
    values = np.ones(10_000)
    values[7_654] = np.inf
    data = Header("<f8", values.shape).render() + values.tobytes()
    for chunk in (len(data), 4096, 1000, 13):
        findings = npy.check(data[i : i + chunk] for i in range(0, len(data), chunk))
        assert "element 7654 " in findings[0].message


@pytest.mark.parametrize("low", [0, 1, 2**48 - 1], ids=hex)
def test_finiteness_is_that_of_numpy_for_every_sign_exponent_and_edge_of_the_fraction(low: int) -> None:
    """All 65,536 values of the upper two octets."""
    patterns = (np.arange(2**16, dtype="<u8") << np.uint64(48)) | np.uint64(low)
    finite = np.isfinite(patterns.view("<f8"))
    assert finite.sum() == 2**16 - 2 * 16
    found = [npy._first_not_finite(bytes(16) + pattern.tobytes()) for pattern in patterns]
    assert found == np.where(finite, -1, 2).tolist()


@given(st.lists(st.sampled_from(EDGES), max_size=40), st.integers(0, 2**64 - 1), st.data())
def test_first_element_that_is_not_finite_is_the_one_that_numpy_finds(
    words: list[int], other: int, data: st.DataObject
) -> None:
    patterns = np.array([*words, other], dtype="<u8")
    finite = np.isfinite(patterns.view("<f8"))
    expected = -1 if finite.all() else int(finite.argmin())
    octets = patterns.tobytes()
    buffer = bytearray(octets)
    for piece in (octets, memoryview(octets), memoryview(buffer), memoryview(b"12345678" + octets)[8:]):
        assert npy._first_not_finite(piece) == expected
    assert npy._first_not_finite(memoryview(bytearray(octets[::-1]))[::-1]) == expected
    file = Header("<f8", patterns.shape).render() + octets
    step = data.draw(st.integers(1, len(file)))
    findings = npy.check(file[start : start + step] for start in range(0, len(file), step))
    assert [finding.message.split()[1] for finding in findings] == ([str(expected)] if expected >= 0 else [])


@pytest.mark.parametrize("search", [npy._first_not_boolean, npy._first_not_boolean_numpy])
def test_only_the_octets_0_and_1_are_truth_values(search: Callable[[bytes | memoryview], int]) -> None:
    for octet in range(256):
        expected = -1 if octet < 2 else 2
        data = bytes([0, 1, octet, octet])
        for piece in (data, memoryview(data), memoryview(bytearray(data)), memoryview(b"2" + data)[1:]):
            assert search(piece) == expected
    assert search(b"") == npy._first_not_finite(b"") == -1


def test_limits_are_the_callers() -> None:
    strict = DEFAULT._replace(npy_header_bytes=100, npy_rank=0)
    assert [f.code for f in npy.check([THREE], limits=strict)] == ["AWB-LIM-014"]
    assert [f.code for f in npy.check([THREE], limits=DEFAULT._replace(npy_rank=0))] == ["AWB-LIM-015"]


def test_checking_an_array_imports_no_numpy() -> None:
    code = (
        "import sys; from array import array; from awen_ref import npy;"
        "data = npy.encode(memoryview(array('d', range(1000)))); assert not npy.check([data]);"
        "assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
