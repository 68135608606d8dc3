"""JSON Lines: documents that hold one canonical value a line."""

from collections.abc import Iterable, Iterator

from awen_ref.canonical.documents import JSON, TOO_LARGE, loads_canonical
from awen_ref.canonical.flaws import CanonicalError, refusal
from awen_ref.errors import Finding
from awen_ref.limits import DEFAULT, Limits

__all__ = ["iter_lines", "loads_lines"]

LAST_LINE, EMPTY_LINE, NOT_AN_OBJECT = "AWB-ENC-008", "AWB-ENC-009", "AWB-ENC-011"


def loads_lines(data: bytes, *, path: str = "", limits: Limits = DEFAULT) -> list[dict[str, JSON]]:
    """The objects of a JSON Lines document: each line canonical and ended by LF, the last one too.

    Pointers begin with the index of the line, counted from 0, as if the document were an array.

    Raises:
        CanonicalError: As for `loads_canonical`, or a line is blank or no object, or the last LF is missing.
    """
    return list(iter_lines([data], path=path, limits=limits))


def iter_lines(
    chunks: Iterable[bytes | memoryview], *, path: str = "", limits: Limits = DEFAULT
) -> Iterator[dict[str, JSON]]:
    """The objects of a JSON Lines document that arrives in pieces; memory is bounded by the longest line.

    Raises:
        CanonicalError: As for `loads_lines`, once the flawed line is reached.
    """
    for index, line in enumerate(_split_lines(chunks, path, limits)):
        if not line:
            raise refusal(Finding(EMPTY_LINE, f"line {index + 1} is empty", path, f"/{index}"))
        try:
            value = loads_canonical(line, path=path, limits=limits)
        except CanonicalError as error:
            raise refusal(*(_in_line(finding, index) for finding in error.findings)) from None
        if not isinstance(value, dict):
            raise refusal(Finding(NOT_AN_OBJECT, f"line {index + 1} is not an object", path, f"/{index}"))
        yield value


def _split_lines(chunks: Iterable[bytes | memoryview], path: str, limits: Limits) -> Iterator[bytes]:
    """The lines without their LF; a part that no LF ends is a finding."""
    held: list[bytes] = []
    size = 0
    number = 0
    for chunk in chunks:
        *ended, rest = bytes(chunk).split(b"\n")
        for part in ended:
            yield b"".join([*held, part])
            held, size = [], 0
            number += 1
        held.append(rest)
        size += len(rest)
        if size > limits.json_bytes:
            message = f"line {number + 1} has more than {limits.json_bytes} bytes"
            raise refusal(Finding(TOO_LARGE, message, path, f"/{number}"))
    if size:
        message = f"line {number + 1}, the last one, is not ended by a line feed"
        raise refusal(Finding(LAST_LINE, message, path, f"/{number}"))


def _in_line(finding: Finding, index: int) -> Finding:
    return finding._replace(
        message=f"line {index + 1}: {finding.message}", pointer=f"/{index}{finding.pointer}"
    )
