"""The grammar of names in a bundle (AWB-R-014 to AWB-R-018).

Lower-case ASCII segments leave no traversal, absolute path, drive, stream, device, case or Unicode trick to
be detected one by one: what the grammar does not make is refused.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from awen_ref.errors import Finding
from awen_ref.limits import DEFAULT, Limits

__all__ = [
    "CITATION_FILE",
    "all_sound",
    "is_folder_name",
    "path_problem",
    "prefix_problems",
    "shown_path",
]

CITATION_FILE = "CITATION.cff"
"""The one name outside the grammar, at the top level only: the Citation File Format fixes its spelling."""

NOT_GRAMMAR, TRAILING_DOT = "AWB-INV-001", "AWB-INV-002"
DEVICE_NAME, FILE_AND_FOLDER = "AWB-INV-003", "AWB-INV-004"
LONG_PATH, LONG_SEGMENT, DEEP_PATH = "AWB-LIM-002", "AWB-LIM-003", "AWB-LIM-004"

_DEVICE = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])"
_SEGMENT = r"[a-z0-9][a-z0-9._-]*"
_DEVICE_SEGMENT = rf"{_DEVICE}(?:\..*)?"


@lru_cache(maxsize=8)
def _segments(limits: Limits) -> re.Pattern[str]:
    """Any number of segments, each followed by a slash. A device name counts up to the first dot."""
    segment = rf"(?!{_DEVICE}[./])[a-z0-9][a-z0-9._-]{{0,{limits.segment_bytes - 1}}}+(?<!\.)/"
    return re.compile(rf"(?:{segment})*+", re.ASCII)


def all_sound(paths: Collection[str], *, limits: Limits = DEFAULT) -> bool:
    """Whether no path has a problem, at a fraction of what it takes to look at each.

    Args:
        paths: Whole paths.
        limits: As for `path_problem`.
    """
    plain = [path for path in paths if path != CITATION_FILE]
    return (
        "" not in plain
        and max(map(len, plain), default=0) <= limits.path_bytes
        and max([path.count("/") for path in plain], default=0) < limits.path_depth
        and _segments(limits).fullmatch("/".join([*plain, ""])) is not None
    )


def path_problem(path: str, *, limits: Limits = DEFAULT) -> Finding | None:
    """What is wrong with the name of a file in a bundle, if anything.

    Args:
        path: The whole path, segments joined by `/`.
        limits: Bounds on its length, the length of a segment and their number.
    """
    if all_sound([path], limits=limits):
        return None
    shown = shown_path(path)
    code, message = _grammar_problem(path) or _length_problem(path, limits)
    return Finding(code, f"the path {shown} {message}", shown)


def is_folder_name(name: str) -> bool:
    """Whether a name that a person chose can be a folder's in an archive: one segment, no way up or out."""
    return name.isprintable() and name.strip(" ") not in ("", ".", "..") and not set(name) & set("/\\:")


def shown_path(path: str) -> str:
    """A path from a stranger as a message may carry it: printable ASCII, of bearable length."""
    escaped = path.encode("utf-8", "surrogateescape").decode("ascii", "backslashreplace")
    printable = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in escaped)
    return printable if len(printable) <= 200 else f"{printable[:197]}..."


def prefix_problems(paths: Iterable[str]) -> Iterator[Finding]:
    """Names that are both a file and a folder (AWB-R-018)."""
    files = set(paths)
    parents = {path.rpartition("/")[0] for path in files}
    folders = {folder for parent in parents for folder in _with_ancestors(parent)}
    for path in sorted(files & folders):
        yield Finding(FILE_AND_FOLDER, f"the path {path} is both a file and a folder", path)


def _with_ancestors(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _grammar_problem(path: str) -> tuple[str, str] | None:
    for segment in path.split("/"):
        if not segment:
            return NOT_GRAMMAR, "is empty, begins or ends with `/`, or has an empty segment"
        if segment in {".", ".."}:
            return NOT_GRAMMAR, f"has the segment `{segment}`"
        if not re.fullmatch(_SEGMENT, segment):
            return NOT_GRAMMAR, "has a segment that is not of the grammar [a-z0-9][a-z0-9._-]*"
        if segment.endswith("."):
            return TRAILING_DOT, "has a segment that ends in a dot"
        if re.fullmatch(_DEVICE_SEGMENT, segment):
            return DEVICE_NAME, f"has the segment `{segment[:16]}`, which Windows takes for a device"
    return None


def _length_problem(path: str, limits: Limits) -> tuple[str, str]:
    segments = path.split("/")
    if len(path) > limits.path_bytes:
        return LONG_PATH, f"is {len(path)} octets long, allowed are {limits.path_bytes}"
    if len(segments) > limits.path_depth:
        return DEEP_PATH, f"has {len(segments)} segments, allowed are {limits.path_depth}"
    longest = max(map(len, segments))
    return LONG_SEGMENT, f"has a segment of {longest} octets, allowed are {limits.segment_bytes}"
