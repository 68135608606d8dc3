"""The log of a store: what was put, signed, described again, deleted and collected, in a hash chain.

Each line is canonical JSON (RFC 8785) ended by LF, and carries the SHA-256 of the line before it, LF
included; the first one carries 64 zeros. The SHA-256 of the last line, the *head*, so stands for the whole
log.

What it proves. Given a checkpoint (number of lines and head) kept elsewhere: that none of those lines has
been altered, removed, inserted or reordered since. Together with the store: which records were put and have
gone without a deletion being logged.

What it does not prove. Without a checkpoint from elsewhere: nothing against somebody who can write to the
store, for a chain can be computed anew. With one: not that a line was true when it was written, nor when or
by whom (times are those of the machine's clock, and no user is recorded); not that nothing was done by
other means than these tools; and nothing about lines younger than the checkpoint.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from awen_ref import canonical
from awen_ref.digest import sha256_hex
from awen_ref.errors import StorageError, UsageError
from awen_ref.storage.durable import faults, open_file, sync_folder

__all__ = ["EVENTS", "NOTHING", "AuditLog", "AuditReport", "Checkpoint", "Event", "now"]

EVENTS = frozenset(["put", "describe", "sign", "delete", "gc", "repair"])
"""What a line may be about; `repair` tells of a torn line that was cut off."""

NOTHING = "0" * 64
"""What the first line carries as the digest of the line before it."""

_LINE_BYTES = 1 << 16
_DIGEST = re.compile(r"[0-9a-f]{64}")


def now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """One line, as it was read.

    Attributes:
        number: Which line, from 1.
        event: One of `EVENTS`.
        values: All members of the line.
    """

    number: int
    event: str
    values: Mapping[str, canonical.JSON]

    @property
    def seal(self) -> str:
        """The record that the line is about; empty where it is about none."""
        return str(self.values.get("seal", ""))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What to keep elsewhere, in order to hold the log to it later.

    Attributes:
        lines: Number of lines.
        head: SHA-256 of the last of them, or `NOTHING`.
    """

    lines: int
    head: str

    def dump(self) -> bytes:
        """As a file: one line of canonical JSON."""
        return canonical.dumps(asdict(self)) + b"\n"

    @classmethod
    def load(cls, data: bytes) -> "Checkpoint":
        """From such a file.

        Raises:
            UsageError: It is none.
        """
        try:
            value = canonical.loads(data.removesuffix(b"\n"), path="checkpoint")
        except canonical.CanonicalError as error:
            raise UsageError("this is no checkpoint", findings=error.findings) from error
        match value:
            case {"lines": int(lines), "head": str(head), **rest} if not rest and _DIGEST.fullmatch(head):
                return cls(lines, head)
        raise UsageError('a checkpoint is {"head":"<64 hexadecimal digits>","lines":<number>}')


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What reading the whole log has shown.

    Attributes:
        checkpoint: The log as it stands now.
        events: Its sound lines.
        problems: Where the chain, a line or an older checkpoint does not hold, each in a sentence.
        torn_bytes: Length of a last line that was never finished; what it told of was not acknowledged. The
            next line that is written cuts it off.
    """

    checkpoint: Checkpoint
    events: tuple[Event, ...]
    problems: tuple[str, ...]
    torn_bytes: int


class AuditLog:
    """The log in one file.

    Args:
        path: The file; made by the first line, in a folder that is there.
        clock: Gives the time for each line.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] = now) -> None:
        """Remember the place."""
        self.path = path
        self._clock = clock
        self._broken = False

    def append(self, event: str, **values: str | int) -> None:
        """Add one line; when this returns, it is durable.

        A last line that a crash has torn is cut off first, and a `repair` line tells its length and digest.

        Args:
            event: One of `EVENTS`.
            **values: What else the line carries (`seal`, `artifact_id`, `reason` …).

        Raises:
            UsageError: There is no such event, or the line gets too long.
            MissingError: The folder or the permission is not there.
            StorageError: The line could not be written; it may be there or torn.
        """
        if event not in EVENTS:
            raise UsageError(f"{event!r} is no event of the log")
        if self._broken:
            raise StorageError(
                f"an earlier write to {self.path} failed: look at the medium, then start again"
            )
        with faults("write the store's log", self.path), self._locked() as descriptor:
            last, torn = _tail(descriptor)
            lines = b""
            if torn:
                lines = last = self._line("repair", last, {"bytes": len(torn), "sha256": sha256_hex(torn)})
            lines += self._line(event, last, values)
            self._broken = True  # until it is flushed: a flush that failed is never tried again
            os.ftruncate(descriptor, os.fstat(descriptor).st_size - len(torn))
            _write(descriptor, lines)
            self._broken = False

    def last(self, seal: str, events: frozenset[str]) -> str:
        """The last of some events that a record has a line of; empty where it has none.

        Raises:
            MissingError: The log is there and not ours to read.
            StorageError: The medium failed.
        """
        found, name = "", seal.encode()
        for line in self._lines():
            if name in line:
                try:
                    values = _values(line)
                except (canonical.CanonicalError, TypeError):
                    continue  # torn or no line of ours: `verify` tells of it
                if values.get("seal") == seal and (event := str(values.get("event"))) in events:
                    found = event
        return found

    def verify(self, checkpoint: Checkpoint | None = None) -> AuditReport:
        """Read the whole log and hold it to its chain, and to a checkpoint kept from earlier.

        Raises:
            MissingError: The log is there and not ours to read.
            StorageError: The medium failed.
        """
        events: list[Event] = []
        problems: list[str] = []
        previous, number, torn = NOTHING, 0, 0
        marks = {0: NOTHING}
        for line in self._lines():
            if not line.endswith(b"\n"):
                torn = len(line)
                if torn > _LINE_BYTES:
                    problems.append(f"line {number + 1} is longer than any line that these tools write")
                break
            number += 1
            problem = _problem(line, previous)
            if problem:
                problems.append(f"line {number} {problem}")
            else:
                values = _values(line)
                events.append(Event(number, str(values["event"]), values))
            previous = sha256_hex(line)
            if checkpoint and number == checkpoint.lines:
                marks[number] = previous
        if checkpoint and marks.get(checkpoint.lines) != checkpoint.head:
            why = (
                "lines are missing at its end" if number < checkpoint.lines else "its history is another one"
            )
            problems.append(f"the log does not continue the checkpoint of {checkpoint.lines} lines: {why}")
        return AuditReport(Checkpoint(number, previous), tuple(events), tuple(problems), torn)

    def _line(self, event: str, last: bytes, values: Mapping[str, str | int]) -> bytes:
        """A line that follows another one."""
        line = canonical.dumps(
            {
                **values,
                "event": event,
                "previous": sha256_hex(last) if last else NOTHING,
                "time": self._clock().astimezone(UTC).isoformat(timespec="seconds"),
            }
        )
        if len(line) >= _LINE_BYTES:
            raise UsageError(f"a line of the log has at most {_LINE_BYTES} bytes; shorten the reason")
        return line + b"\n"

    def _lines(self) -> Iterator[bytes]:
        """The lines as they lie in the file, LF included; the last one may lack it."""
        with faults("read the store's log", self.path):
            try:
                descriptor = open_file(self.path)
            except FileNotFoundError:
                return
            with os.fdopen(descriptor, "rb") as stream:
                # A line without end must not fill the memory.
                while line := stream.readline(2 * _LINE_BYTES):
                    yield line

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """The file, opened to append, with nobody else writing to it."""
        fresh = not self.path.exists()
        descriptor = open_file(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if fresh or not os.fstat(descriptor).st_size:
                sync_folder(self.path.parent)
            yield descriptor
        finally:
            os.close(descriptor)


def _tail(descriptor: int) -> tuple[bytes, bytes]:
    """The last whole line, and what follows it: empty unless a crash has torn a line."""
    size = os.fstat(descriptor).st_size
    data = os.pread(descriptor, 4 * _LINE_BYTES, max(0, size - 4 * _LINE_BYTES))
    end = data.rfind(b"\n") + 1
    if not end and size > len(data):
        raise StorageError("the log ends in more bytes than any line has: it was not written by these tools")
    start = data.rfind(b"\n", 0, end - 1) + 1 if end else 0
    return data[start:end], data[end:]


def _write(descriptor: int, data: bytes) -> None:
    """Write and flush, once."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


def _problem(line: bytes, previous: str) -> str:
    """What is wrong with a line, if anything."""
    try:
        values = _values(line)
    except (canonical.CanonicalError, TypeError):
        return "is not canonical JSON of one object"
    if values.get("previous") != previous:
        return "does not carry the digest of the line before it"
    if values.get("event") not in EVENTS:
        return f"tells of an unknown event {values.get('event')!r}"
    return ""


def _values(line: bytes) -> dict[str, canonical.JSON]:
    """The members of a line.

    Raises:
        CanonicalError: It is no canonical JSON.
        TypeError: It is no object.
    """
    value = canonical.loads_canonical(line.removesuffix(b"\n"))
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value
