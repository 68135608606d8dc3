"""The index of an archive, read so that every octet of the file belongs to exactly one thing.

The end record is the last of the file, the central directory stands right before it, and the entries fill
the file up to there in the directory's order (AWB-R-130, AWB-R-146). So there is one reading of the archive
and no room for a second.
"""

from awen_ref.archive.end import Directory, read_end
from awen_ref.archive.foreign import Central
from awen_ref.archive.records import (
    CENTRAL,
    CENTRAL_SIGNATURE,
    DEFLATED,
    LOCAL,
    LOCAL_SIGNATURE,
    STORED,
    Entry,
    central_header,
    local_header,
)
from awen_ref.archive.source import Source, refuse
from awen_ref.errors import ContainerError, Finding
from awen_ref.limits import Limits
from awen_ref.paths import is_folder_name, path_problem, prefix_problems, shown_path

__all__ = ["read_index"]

BROKEN_DIRECTORY, GAP, BROKEN_LOCAL = "AWB-PKG-013", "AWB-PKG-014", "AWB-PKG-015"
HEADERS_DISAGREE, UNKNOWN_METHOD, FOLDER = "AWB-PKG-016", "AWB-PKG-020", "AWB-PKG-025"
REPEATED, STORED_SIZES, NOT_CANONICAL = "AWB-PKG-028", "AWB-PKG-029", "AWB-PKG-032"
NOT_IN_ORDER, WRAPPER = "AWB-PKG-033", "AWB-PKG-034"
TOO_MANY, RATIO, TOTAL = "AWB-LIM-001", "AWB-LIM-005", "AWB-LIM-006"

_LONGEST_EXTRA = 4 + 3 * 8
_MANIFEST = "manifest.json"
_EXCEPTION = "CITATION.cff"
"""The one name with upper-case letters; below a folder it breaks the grammar before the folder is seen."""


def read_index(
    source: Source, limits: Limits, *, wrapped: bool = False
) -> tuple[dict[str, Entry], list[Finding]]:
    """The entries of an archive by their paths, ascending, and what is harmless but not canonical.

    Args:
        source: The archive.
        limits: Bounds on numbers, names and sizes.
        wrapped: Whether everything has to lie in one folder, which is taken off the paths.

    Raises:
        ContainerError: The file is not an archive that this specification describes.
    """
    directory = read_end(source)
    if directory.files > limits.entries:
        raise refuse(TOO_MANY, f"the archive holds {directory.files} files, allowed are {limits.entries}")
    reading = _Reading(source, directory, limits, wrapped=wrapped)
    reading.take_all()
    return dict(sorted(reading.entries.items())), reading.findings()


class _Reading:
    """An archive being read entry by entry; the next one has to begin where the last one ended."""

    def __init__(self, source: Source, directory: Directory, limits: Limits, *, wrapped: bool) -> None:
        self.entries: dict[str, Entry] = {}
        self._source = source
        self._directory = directory
        self._limits = limits
        self._wrapped = wrapped
        self._wrapper = ""
        self._end = 0
        self._inflated = 0
        self._differing: dict[str, list[str]] = {}
        if not directory.canonical:
            self._differing["end record"] = ["version made by"]

    def take_all(self) -> None:
        """Take every entry of the central directory.

        Raises:
            ContainerError: Something is refused.
        """
        directory = self._directory
        # In what is longer than this, a name, extra field or comment is refused before its end is reached.
        longest = directory.files * (CENTRAL.size + self._limits.path_bytes + _LONGEST_EXTRA)
        data = self._source.read_at(directory.offset, min(directory.size, longest))
        position = 0
        for _ in range(directory.files):
            position = self._take(data, position)
        if position != directory.size:
            raise refuse(
                BROKEN_DIRECTORY, f"{directory.size - position} octets after the last central header"
            )
        if self._end != directory.offset:
            raise refuse(GAP, f"{directory.offset - self._end} octets before the central directory")
        problems = list(prefix_problems(self.entries))
        if problems:
            raise ContainerError(problems[0].message, findings=problems)
        self._check_wrapper()

    def findings(self) -> list[Finding]:
        """What is harmless but not canonical."""
        found = []
        names = list(self.entries)
        if names != sorted(names):
            found.append(Finding(NOT_IN_ORDER, "the entries are not ascending by their names"))
        if self._differing:
            first, fields = next(iter(self._differing.items()))
            count = len(self._differing)
            message = f"{count} headers differ from the canonical archive, first {first}: {', '.join(fields)}"
            found.append(Finding(NOT_CANONICAL, message))
        return found

    def _take(self, data: bytes, position: int) -> int:
        """Take the entry whose central header stands at a position; returns where the next one stands."""
        if position + CENTRAL.size > len(data) or data[position : position + 4] != CENTRAL_SIGNATURE:
            raise refuse(BROKEN_DIRECTORY, f"no central header for entry {len(self.entries) + 1}")
        central = Central(data, position)
        entry = central.entry
        name = self._name(entry)
        self._check_method(entry, name)
        if central.raw == central_header(entry):
            locals_ = {local_header(entry)}
        else:
            self._differing[name] = central.harmless_differences()
            locals_ = central.local_headers()
        if not central.whole:
            raise refuse(BROKEN_DIRECTORY, "the central directory is cut short", name)
        self._check_place(entry, name, locals_)
        self._check_sizes(entry, name)
        self.entries[name] = entry
        self._end = entry.end
        return position + len(central.raw)

    def _name(self, entry: Entry) -> str:
        name = entry.name.decode("utf-8", "surrogateescape")
        if name.endswith("/") and len(name) > 1:
            raise refuse(FOLDER, "an entry for a folder", shown_path(name))
        if self._wrapped:
            name = self._unwrapped(name)
        problem = path_problem(name, limits=self._limits)
        if problem is not None:
            wrapper, _, rest = name.partition("/")
            if rest == _EXCEPTION and path_problem(wrapper, limits=self._limits) is None:
                raise refuse(WRAPPER, f"the bundle lies in a folder {wrapper} of the archive, not at its top")
            raise ContainerError(problem.message, findings=[problem])
        if name in self.entries:
            raise refuse(REPEATED, "two entries have this name", name)
        return name

    def _unwrapped(self, name: str) -> str:
        """The name without the one folder, which is that of the first entry; nothing is done with it."""
        wrapper, _, rest = name.partition("/")
        self._wrapper = self._wrapper or wrapper
        if not is_folder_name(wrapper):
            raise refuse(WRAPPER, f"{shown_path(wrapper)!r} is no name of a folder", shown_path(name))
        if not rest or wrapper != self._wrapper:
            message = f"lies outside the folder {shown_path(self._wrapper)}"
            raise refuse(WRAPPER, message, shown_path(name))
        return rest

    def _check_method(self, entry: Entry, name: str) -> None:
        if entry.method not in {STORED, DEFLATED}:
            raise refuse(UNKNOWN_METHOD, f"compression method {entry.method}", name)

    def _check_place(self, entry: Entry, name: str, agreeing: set[bytes]) -> None:
        """The local header stands where the last entry ended, and the data ends before the directory."""
        if entry.offset != self._end:
            raise refuse(GAP, f"begins at {entry.offset} where the last entry ended at {self._end}", name)
        if entry.offset + LOCAL.size > self._directory.offset:
            raise refuse(BROKEN_LOCAL, "the local header is cut short", name)
        length = min(len(next(iter(agreeing))), self._directory.offset - entry.offset)
        found = self._source.read_at(entry.offset, length)
        if found[:4] != LOCAL_SIGNATURE:
            raise refuse(BROKEN_LOCAL, "there is no local header", name)
        if found not in agreeing:
            raise refuse(HEADERS_DISAGREE, "the local and the central header disagree", name)
        if entry.end > self._directory.offset:
            raise refuse(GAP, "the data reaches into the central directory", name)

    def _check_sizes(self, entry: Entry, name: str) -> None:
        if entry.method == STORED:
            if entry.compressed != entry.size:
                message = f"is stored, in {entry.compressed} octets for {entry.size}"
                raise refuse(STORED_SIZES, message, name)
            return
        limits = self._limits
        if entry.size > max(limits.deflate_ratio_floor_bytes, limits.deflate_ratio * entry.compressed):
            raise refuse(RATIO, f"inflates from {entry.compressed} to {entry.size} octets", name)
        self._inflated += entry.size
        if self._inflated > limits.inflated_bytes:
            raise refuse(TOTAL, f"the entries inflate to more than {limits.inflated_bytes} octets", name)

    def _check_wrapper(self) -> None:
        """One folder around everything is how people zip a folder; its name carries nothing, so say so."""
        tops = {name.partition("/")[0] for name in self.entries}
        if len(tops) == 1 and f"{(top := tops.pop())}/{_MANIFEST}" in self.entries:
            raise refuse(WRAPPER, f"the bundle lies in a folder {top} of the archive, not at its top")
