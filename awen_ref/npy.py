"""Arrays as NPY 1.0 in one spelling (AWB-R-110 to AWB-R-118), written and checked without NumPy.

The format is NumPy Enhancement Proposal 1, narrowed: four dtypes, C order, one header text per dtype and
shape, finite elements. Nothing here can unpickle. NumPy is imported by `read` alone, and by the check of so
many truth values that importing it is quicker than doing without (ADR 0022).
"""

import math
import re
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, cast

from awen_ref.errors import AwenError, Finding
from awen_ref.limits import DEFAULT, Limits

if TYPE_CHECKING:
    import numpy as np
    from typing_extensions import Buffer

__all__ = ["ITEM_BYTES", "Header", "NpyError", "Scan", "check", "encode", "parse_header", "read"]

NOT_NPY, HEADER_TEXT, BAD_DTYPE, BAD_SIZE = "AWB-ENC-020", "AWB-ENC-021", "AWB-ENC-022", "AWB-ENC-023"
NOT_FINITE, NOT_BOOLEAN = "AWB-ENC-024", "AWB-ENC-025"
LONG_HEADER, MANY_DIMENSIONS = "AWB-LIM-014", "AWB-LIM-015"

ITEM_BYTES = {"<f8": 8, "<i8": 8, "<u8": 8, "|b1": 1}
"""The dtypes an array may have and the size of an element in bytes."""

_DTYPES = ", ".join(ITEM_BYTES)
_FORMATS = {"d": "<f8", "q": "<i8", "l": "<i8", "Q": "<u8", "L": "<u8", "?": "|b1"}
"""Buffer formats (PEP 3118) of the dtypes on a little-endian machine with a 64-bit `long`."""

_MAGIC = b"\x93NUMPY\x01\x00"
_PREFIX_BYTES = len(_MAGIC) + 2
_ALIGNMENT = 64
_HEADER = rb"\{'descr': '([^'\\]*)', 'fortran_order': False, 'shape': \(([0-9, ]*)\), \} *\n"

_MANY_TRUTH_VALUES = 128 << 20
"""From here on importing NumPy (0.08 s) costs less than looking at them without it (2 GB/s)."""


class NpyError(AwenError):
    """An array file is not NPY 1.0 as the specification spells it."""


class Header(NamedTuple):
    """What an array file says of itself.

    Attributes:
        descr: The dtype, a key of `ITEM_BYTES`.
        shape: Elements along each axis; `()` for a scalar.
    """

    descr: str
    shape: tuple[int, ...]

    @property
    def data_bytes(self) -> int:
        """Size of the elements together."""
        return math.prod(self.shape) * ITEM_BYTES[self.descr]

    def render(self) -> bytes:
        """The octets from the magic string to the LF, a multiple of 64 (AWB-R-110, AWB-R-111)."""
        shape = f"({self.shape[0]},)" if len(self.shape) == 1 else f"({', '.join(map(str, self.shape))})"
        text = f"{{'descr': '{self.descr}', 'fortran_order': False, 'shape': {shape}, }}"
        padding = -(_PREFIX_BYTES + len(text) + 1) % _ALIGNMENT
        body = f"{text}{' ' * padding}\n".encode()
        return _MAGIC + len(body).to_bytes(2, "little") + body


def encode(array: "np.ndarray | Buffer") -> bytes:
    """An array as the octets of its file.

    Args:
        array: A NumPy array, or any buffer that states its shape and one of the element formats of the four
            dtypes (a `memoryview` cast to `d`, `q`, `Q` or `?`); contiguous, in C order, little-endian.

    Raises:
        NpyError: The dtype or the order is another, there are more than 16 dimensions, or an element is NaN,
            an infinity, or a truth value other than 0 and 1.
    """
    view = memoryview(cast("Buffer", array))
    descr = _FORMATS.get(view.format) if sys.byteorder == "little" else None
    if descr is None:
        raise _refusal(Finding(BAD_DTYPE, f"the element format {view.format!r} is not one of {_DTYPES}"))
    if not view.c_contiguous:
        raise NpyError(
            "the array is not contiguous in C order", advice="Pass numpy.ascontiguousarray(array)."
        )
    file = Header(descr, view.shape or ()).render() + view.tobytes()
    findings = check([file])
    if findings:
        raise _refusal(*findings)
    return file


def parse_header(data: bytes, *, path: str = "", limits: Limits = DEFAULT) -> Header:
    """The header of an array file.

    Args:
        data: The file from its first octet on, at least to the end of the header.
        path: Path to put into findings.
        limits: Bounds on the header's size and the number of dimensions.

    Raises:
        NpyError: The file does not begin with a header of the one spelling.
    """
    if data[:8] != _MAGIC:
        raise _refusal(Finding(NOT_NPY, f"begins with {data[:8]!r} instead of {_MAGIC!r}", path))
    size = int.from_bytes(data[8:10], "little")
    if size > limits.npy_header_bytes:
        message = f"the header has {size} octets, allowed are {limits.npy_header_bytes}"
        raise _refusal(Finding(LONG_HEADER, message, path))
    body = data[_PREFIX_BYTES : _PREFIX_BYTES + size]
    match = re.fullmatch(_HEADER, body)
    if match is None:
        raise _refusal(Finding(HEADER_TEXT, f"the header is not of the template: {body[:64]!r}", path))
    return _header_of(match, data[: _PREFIX_BYTES + size], path, limits)


def check(
    chunks: Iterable[bytes | memoryview],
    *,
    path: str = "",
    limits: Limits = DEFAULT,
) -> tuple[Finding, ...]:
    """What is wrong with an array file; memory is that of one piece.

    Args:
        chunks: The file in order, in pieces of any size.
        path: Path to put into findings.
        limits: As for `parse_header`.
    """
    scan = Scan(path=path, limits=limits)
    for chunk in chunks:
        scan.update(chunk)
    return scan.finish()


def read(data: bytes, *, path: str = "", limits: Limits = DEFAULT) -> "np.ndarray":
    """The array in a file, read-only and without a copy.

    Raises:
        NpyError: The file has a finding.
    """
    import numpy as np

    findings = check([data], path=path, limits=limits)
    if findings:
        raise _refusal(*findings)
    header = parse_header(data, path=path, limits=limits)
    return np.frombuffer(data, header.descr, offset=len(header.render())).reshape(header.shape)


class Scan:
    """The check of one array file while its pieces go by, beside a digest of the same pieces.

    Args:
        path: Path to put into findings.
        limits: As for `parse_header`.
    """

    def __init__(self, *, path: str = "", limits: Limits = DEFAULT) -> None:
        """Begin before the first octet."""
        self._path = path
        self._limits = limits
        self._header: Header | None = None
        self._flawed: Callable[[bytes | memoryview], int] | None = None
        self._rest = b""
        self._seen = 0
        self._findings: tuple[Finding, ...] = ()

    @property
    def header(self) -> Header | None:
        """What the file says of itself, once its header has gone by and is sound."""
        return self._header

    def update(self, chunk: bytes | memoryview) -> None:
        """Take the next piece of the file."""
        if self._findings:
            return
        if self._rest:
            chunk = self._rest + chunk
            self._rest = b""
        if self._header is None:
            if len(chunk) < _PREFIX_BYTES + int.from_bytes(chunk[8:10], "little"):
                self._rest = bytes(chunk)
                return
            chunk = self._open(chunk)
        self._elements(chunk)

    def finish(self) -> tuple[Finding, ...]:
        """End after the last octet, and say what is wrong."""
        if self._header is None and not self._findings:
            self._open(self._rest)
        elif self._header is not None and not self._findings:
            found, stated = self._seen + len(self._rest), self._header.data_bytes
            if found != stated:
                self._report(BAD_SIZE, f"{found} octets of elements, by the header {stated}")
        return self._findings

    def _open(self, chunk: bytes | memoryview) -> bytes | memoryview:
        """Read the header at the beginning of `chunk`; returns what follows it."""
        try:
            header = parse_header(
                bytes(chunk[: _PREFIX_BYTES + 0xFFFF]), path=self._path, limits=self._limits
            )
        except NpyError as error:
            self._findings = error.findings
            return b""
        self._header = header
        self._flawed = _check_of(header)
        return chunk[len(header.render()) :]

    def _elements(self, chunk: bytes | memoryview) -> None:
        if self._header is None or self._flawed is None:
            self._seen += len(chunk)
            return
        size = ITEM_BYTES[self._header.descr]
        if part := len(chunk) % size:
            self._rest = bytes(chunk[-part:])
            chunk = chunk[:-part]
        index = self._flawed(chunk)
        if index >= 0:
            code, what = _FLAWS[self._header.descr]
            self._report(code, f"element {self._seen // size + index} (in C order) is {what}")
        self._seen += len(chunk)

    def _report(self, code: str, message: str) -> None:
        self._findings += (Finding(code, message, self._path),)


def _refusal(*findings: Finding) -> NpyError:
    return NpyError(f"{findings[0].path or 'the array'}: {findings[0].message}", findings=findings)


def _header_of(match: re.Match[bytes], raw: bytes, path: str, limits: Limits) -> Header:
    """The header that the text spells, if it is allowed and rendered again gives the same octets."""
    descr, dimensions = match[1].decode("ascii", "backslashreplace"), match[2].decode()
    if descr not in ITEM_BYTES:
        raise _refusal(Finding(BAD_DTYPE, f"the dtype {descr!r} is not one of {_DTYPES}", path))
    shape = tuple(int(number) for number in re.findall("[0-9]{1,20}", dimensions))
    if len(shape) > limits.npy_rank:
        message = f"{len(shape)} dimensions, allowed are {limits.npy_rank}"
        raise _refusal(Finding(MANY_DIMENSIONS, message, path))
    header = Header(descr, shape)
    if header.render() != raw:
        raise _refusal(Finding(HEADER_TEXT, f"the header is not of the template: {raw[10:74]!r}", path))
    return header


# Elements

_FLAWS = {
    "<f8": (NOT_FINITE, "not finite"),
    "|b1": (NOT_BOOLEAN, "neither 0 nor 1"),
}

# A binary64 is NaN or an infinity iff its exponent is all ones: little-endian, 7 bits of octet 7 and the
# upper 4 bits of octet 6. Each table marks an octet that has its part of those ones.
_HIGH = bytes(octet & 0x7F == 0x7F for octet in range(256))
_LOW = bytes(octet >= 0xF0 for octet in range(256))


def _check_of(header: Header) -> Callable[[bytes | memoryview], int] | None:
    """The function that finds the first flawed element of a piece (-1: none) for arrays of this header."""
    if header.descr == "<f8":
        return _first_not_finite
    if header.descr != "|b1":
        return None
    if header.data_bytes >= _MANY_TRUTH_VALUES or "numpy" in sys.modules:
        return _first_not_boolean_numpy
    return _first_not_boolean


def _first_not_boolean(chunk: bytes | memoryview) -> int:
    data = _octets(chunk)
    return len(data) - len(data.lstrip(b"\0\1")) if data.translate(None, b"\0\1") else -1


def _first_not_boolean_numpy(chunk: bytes | memoryview) -> int:
    import numpy as np

    data = np.frombuffer(chunk, np.uint8)
    return int((data > 1).argmax()) if data.max(initial=0) > 1 else -1


def _first_not_finite(chunk: bytes | memoryview) -> int:
    data = _octets(chunk)
    high = data[7::8]
    if b"\x7f" not in high and b"\xff" not in high:
        return -1  # every magnitude is below 2^1009
    marks = int.from_bytes(high.translate(_HIGH), "little") & int.from_bytes(
        data[6::8].translate(_LOW), "little"
    )
    return (marks & -marks).bit_length() // 8 if marks else -1


def _octets(chunk: bytes | memoryview) -> bytes | bytearray:
    """The octets of a piece; those that fill their buffer, as nearly all do, are not copied."""
    if isinstance(chunk, bytes):
        return chunk
    buffer = chunk.obj
    if isinstance(buffer, bytes | bytearray) and chunk.nbytes == len(buffer) and chunk.c_contiguous:
        return buffer
    return bytes(chunk)
