"""SHA-256 of members, the lines of a manifest, and the four ids (AWB-R-050 to AWB-R-064).

A manifest is checked against its grammar before any id is made from it: with `./` paths, upper-case digits or
other orders, other tools still accept the bag while the selection of lines silently gives another id.
"""

import hashlib
import operator
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, Protocol

from awen_ref.errors import Finding, UsageError, VerificationError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.paths import all_sound, path_problem, shown_path

__all__ = [
    "MANIFEST",
    "SHORT_DIGITS",
    "TAG_MANIFEST",
    "IdPrefix",
    "Ids",
    "Line",
    "Streamed",
    "ids_from_lines",
    "ids_of",
    "parse_id",
    "parse_manifest",
    "render_manifest",
    "sha256_hex",
    "sha256_of",
    "short_id",
]

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"

SHORT_DIGITS = 16
"""Hexadecimal digits of the short form of an id (AWB-R-064)."""

MALFORMED, REPEATED, UNSORTED, NOT_ENDED = "AWB-INT-001", "AWB-INT-002", "AWB-INT-003", "AWB-INT-004"
UPPER_CASE, PATH_NOT_PLAIN, EMPTY, NO_SELECTION = "AWB-INT-005", "AWB-INT-006", "AWB-INT-007", "AWB-IDN-001"
TOO_LARGE, TOO_MANY = "AWB-LIM-007", "AWB-LIM-001"

_MOST_FINDINGS = 20
# Compiled when they are first used: a process that reads no manifest does not pay for them.
_ANY_CASE_DIGEST = rb"[0-9a-fA-F]{64}"
_ID = rf"(awen|inp|res|seal)_([0-9a-f]{{{SHORT_DIGITS},64}})"


class Line(NamedTuple):
    """One line of a manifest.

    Attributes:
        sha256: 64 lower-case hexadecimal digits.
        path: Path of the file in the bundle.
    """

    sha256: str
    path: str


class Ids(NamedTuple):
    """The four names of a bundle, each with its prefix and 64 hexadecimal digits.

    Attributes:
        inputs_id: `inp_…`, over the lines below `data/inputs/`.
        results_id: `res_…`, over the lines below `data/results/`.
        artifact_id: `awen_…`, over the lines below `data/inputs/`, `data/claim/` and `data/results/`.
        seal: `seal_…`, over the whole of `tagmanifest-sha256.txt`.
    """

    inputs_id: str
    results_id: str
    artifact_id: str
    seal: str


class IdPrefix(NamedTuple):
    """An id as somebody typed it: whole, or its beginning.

    Attributes:
        kind: `awen`, `inp`, `res` or `seal`.
        digits: 16 to 64 hexadecimal digits.
    """

    kind: str
    digits: str

    @property
    def whole(self) -> bool:
        """Whether this is the full id."""
        return len(self.digits) == 64

    def __str__(self) -> str:
        """The text that ids begin with."""
        return f"{self.kind}_{self.digits}"

    def matches(self, full_id: str) -> bool:
        """Whether a full id begins so."""
        return full_id.startswith(str(self))


def sha256_hex(data: bytes | memoryview) -> str:
    """SHA-256 (FIPS 180-4) in lower-case hexadecimal."""
    return hashlib.sha256(data, usedforsecurity=False).hexdigest()


class Streamed(Protocol):
    """Something whose content comes in pieces; a bundle's member is one."""

    def chunks(self) -> Iterator[bytes | memoryview]:
        """The content in order."""
        ...


def sha256_of(member: Streamed) -> str:
    """SHA-256 of a member in lower-case hexadecimal; memory is that of one piece."""
    digest = hashlib.sha256(usedforsecurity=False)
    for chunk in member.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def render_manifest(lines: Iterable[Line]) -> bytes:
    """The octets of a manifest: the lines sorted by the octets of their paths, each ended by LF."""
    ordered = sorted(lines, key=lambda line: line.path.encode())
    return "".join([f"{sha256}  {path}\n" for sha256, path in ordered]).encode()


def parse_manifest(
    data: bytes, *, path: str = MANIFEST, limits: Limits = DEFAULT
) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """The lines of a manifest and what is wrong with it.

    Args:
        data: The whole file.
        path: Path to put into findings.
        limits: Bounds on the file's size and the paths.

    Returns:
        The well-formed lines in the order of the file, and up to 20 findings. No id may be made from the
        lines unless there is no finding (AWB-R-055).
    """
    if len(data) > limits.tag_file_bytes:
        message = f"{path} has {len(data)} octets, allowed are {limits.tag_file_bytes}"
        return (), (Finding(TOO_LARGE, message, path),)
    if not data:
        return (), (Finding(EMPTY, f"{path} has no line", path),)
    if (count := data.count(b"\n")) > limits.entries:
        message = f"{path} has {count} lines, and {limits.entries} files are allowed"
        return (), (Finding(TOO_MANY, message, path),)
    lines = _well_formed(data, limits)
    if lines:
        return lines, ()
    good: list[Line] = []
    findings = tuple(islice(_manifest_problems(data, good, path, limits), _MOST_FINDINGS))
    return tuple(good), findings


def ids_from_lines(lines: Iterable[Line], tag_manifest: bytes) -> Ids:
    """The four ids from the lines of a manifest without findings and the octets of the tag manifest.

    Raises:
        VerificationError: No line lies below one of the folders that make up an id (AWB-R-060).
    """
    parts: dict[str, list[str]] = {"data/inputs/": [], "data/claim/": [], "data/results/": []}
    artifact: list[str] = []
    for sha256, path in lines:
        part = parts.get(path[: path.find("/", 5) + 1])
        if part is not None:
            text = f"{sha256}  {path}\n"
            part.append(text)
            artifact.append(text)
    empty = [folder for folder, part in parts.items() if not part]
    if empty:
        findings = [Finding(NO_SELECTION, f"{MANIFEST} lists nothing below {f}", MANIFEST) for f in empty]
        raise VerificationError(f"there is no id: {findings[0].message}", findings=findings)
    return Ids(
        inputs_id="inp_" + sha256_hex("".join(parts["data/inputs/"]).encode()),
        results_id="res_" + sha256_hex("".join(parts["data/results/"]).encode()),
        artifact_id="awen_" + sha256_hex("".join(artifact).encode()),
        seal="seal_" + sha256_hex(tag_manifest),
    )


def ids_of(manifest: bytes, tag_manifest: bytes, *, limits: Limits = DEFAULT) -> Ids:
    """The four ids of a bundle, from the octets of its two manifests.

    Raises:
        VerificationError: One of the two breaks the grammar, or a selection is empty (AWB-R-055, AWB-R-060).
    """
    lines, findings = parse_manifest(manifest, limits=limits)
    _, tag_findings = parse_manifest(tag_manifest, path=TAG_MANIFEST, limits=limits)
    findings += tag_findings
    if findings:
        raise VerificationError(f"there is no id: {findings[0].message}", findings=findings)
    return ids_from_lines(lines, tag_manifest)


def parse_id(text: str) -> IdPrefix:
    """An id, or its beginning of at least 16 digits, as a person gives it.

    Raises:
        UsageError: The text is neither.
    """
    match = re.fullmatch(_ID, text)
    if match is None:
        raise UsageError(
            f"{shown_path(text)!r} is not an id",
            advice=f"An id is awen_, seal_, inp_ or res_ and {SHORT_DIGITS} to 64 lower-case hex digits.",
        )
    return IdPrefix(match[1], match[2])


def short_id(full_id: str) -> str:
    """The short form of an id: its prefix and the first 16 digits."""
    kind, _, digits = full_id.partition("_")
    return f"{kind}_{digits[:SHORT_DIGITS]}"


def _well_formed(data: bytes, limits: Limits) -> tuple[Line, ...]:
    """The lines of a manifest without a flaw; empty for any other, which the slow path explains."""
    text = data.decode("ascii", "replace")
    rows = text.split("\n")[:-1]
    digests, paths = [row[:64] for row in rows], [row[66:] for row in rows]
    if "\n".join([*map("  ".join, zip(digests, paths, strict=True)), ""]) != text:
        return ()
    # The grammar is ASCII, where the order of characters is the order of octets.
    ascending = all(map(operator.lt, paths, islice(paths, 1, None)))
    if not (ascending and _are_hexadecimal(digests) and all_sound(paths, limits=limits)):
        return ()
    return tuple(map(Line._make, zip(digests, paths, strict=True)))


def _are_hexadecimal(digests: list[str]) -> bool:
    """Whether there are lower-case hexadecimal digits only, which is what a computer writes again."""
    digits = "".join(digests)
    try:
        return len(digits) == 64 * len(digests) and bytes.fromhex(digits).hex() == digits
    except ValueError:
        return False


def _manifest_problems(data: bytes, good: list[Line], path: str, limits: Limits) -> Iterator[Finding]:
    """Everything wrong with a manifest, line by line; fills `good` with the lines that are well-formed."""
    *texts, rest = data.split(b"\n")
    if rest:
        yield Finding(NOT_ENDED, f"line {len(texts) + 1} of {path}, the last one, is not ended by LF", path)
        texts.append(rest)
    seen: set[str] = set()
    for number, text in enumerate(texts, start=1):
        where = f"line {number} of {path}"
        line = _line_or_problem(text, where, path, limits)
        if isinstance(line, Finding):
            yield line
        elif line.path in seen:
            yield Finding(REPEATED, f"{where} repeats the path {line.path}", path)
        else:
            if good and line.path < good[-1].path:
                yield Finding(UNSORTED, f"{where} has the path {line.path} after {good[-1].path}", path)
            good.append(line)
            seen.add(line.path)


def _line_or_problem(text: bytes, where: str, path: str, limits: Limits) -> Line | Finding:
    digest, separator, name = text[:64], text[64:66], text[66:].decode("utf-8", "surrogateescape")
    if not re.fullmatch(_ANY_CASE_DIGEST, digest):
        return Finding(MALFORMED, f"{where} {_bad_start(text)}", path)
    if separator != b"  ":
        marker = " (`*` marks binary mode, which has no place here)" if separator == b" *" else ""
        return Finding(MALFORMED, f"{where} has no two spaces after the digest{marker}", path)
    if name.endswith("\r"):
        return Finding(MALFORMED, f"{where} ends in CR LF", path)
    if digest != digest.lower():
        return Finding(UPPER_CASE, f"{where} has a digest with upper-case digits", path)
    problem = path_problem(name, limits=limits)
    if problem is not None:
        return Finding(PATH_NOT_PLAIN, f"{where}: {problem.message}", path)
    return Line(digest.decode(), name)


def _bad_start(text: bytes) -> str:
    if not text.strip():
        return "is blank"
    if text.startswith(b"\xef\xbb\xbf"):
        return "begins with a byte order mark"
    if text.startswith(b"\\"):
        return "begins with a backslash, the mark of an escaped path"
    return "does not begin with 64 hexadecimal digits"
