"""One implementation behind its driver: a process per call or one that serves, bounded in every resource."""

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

__all__ = ["PROTOCOL", "Answer", "Driver", "Limits", "OneShot", "Serve", "Trouble", "written_below"]

PROTOCOL = "awen-driver/1"
EXIT_UNSUPPORTED = 64
_SHELL = "/bin/sh", "-c", 'ulimit -d "$1"; ulimit -f "$2"; ulimit -c 0; umask "$3"; shift 3; exec "$@"', "sh"
_BLOCKS_A_KIB = 2  # POSIX counts the size of files in blocks of 512 octets
_LOOK_S = 0.2
"""How often the folder of a call that takes its time is looked at."""
_PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
_HOSTILE = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "COLUMNS": "1"}
"""Dotless letters, a day ahead of everybody, a terminal of one column."""

Trouble = Literal["crash", "hang", "protocol_error", "limit_exceeded", "unsupported"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use.

    Attributes:
        wall_s: Seconds.
        memory_kib: Private memory of each process (`RLIMIT_DATA`).
        written_kib: Octets written below the folder of the call, and size of any one file (`RLIMIT_FSIZE`).
        answer_bytes: Size of one answer.
    """

    wall_s: float = 30.0
    memory_kib: int = 4 << 20
    written_kib: int = 1 << 20
    answer_bytes: int = 16 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a result, or what went wrong.

    Attributes:
        result: The answer's `result`; empty on trouble.
        trouble: Why there is none.
        detail: What was seen, for the report.
    """

    result: Mapping[str, Any]
    trouble: Trouble | None = None
    detail: str = ""


class Driver(Protocol):
    """A way to put requests to an implementation."""

    def call(self, request: Mapping[str, Any], workdir: Path) -> Answer:
        """Put one request and wait for its answer."""
        ...

    def close(self) -> None:
        """End whatever still runs."""
        ...


def _environment(home: Path, *, hostile: bool) -> dict[str, str]:
    """Nothing of ours but the search path: an empty home, one locale, one time zone."""
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "HOME": str(home), **(_HOSTILE if hostile else _PLAIN)}


def _started(
    command: Sequence[str], home: Path, limits: Limits, *, stdin: int, hostile: bool
) -> subprocess.Popen[bytes]:
    """A driver in a session of its own; in a hostile environment it works in `/`, its files for itself."""
    bounds = [limits.memory_kib, limits.written_kib * _BLOCKS_A_KIB, "077" if hostile else "022"]
    return subprocess.Popen(  # noqa: S603 - running the driver that the user names is the purpose
        [*_SHELL, *map(str, bounds), *command],
        cwd="/" if hostile else home.parent,
        env=_environment(home, hostile=hostile),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes], home: Path) -> None:
    """Kill the whole process group, forks included, and reap the leader; then whoever left the group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    mark = b"\0HOME=%s\0" % os.fsencode(home)
    for entry in Path("/proc").glob("[0-9]*/environ"):  # empty where there is no such thing
        with contextlib.suppress(OSError):
            if mark in b"\0" + entry.read_bytes():
                os.kill(int(entry.parent.name), signal.SIGKILL)


def written_below(folder: Path) -> int:
    """Octets of everything below a folder; what vanishes meanwhile does not count."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.lstat().st_size
    return total


def _read(
    process: subprocess.Popen[bytes], limits: Limits, folder: Path, *, line: bool
) -> tuple[bytes, Answer | None]:
    """Standard output up to its end or, with `line`, to a line feed; and what kept it from getting there."""
    if process.stdout is None:
        raise TypeError("a driver runs with its standard output in a pipe")
    descriptor, deadline, data = process.stdout.fileno(), time.monotonic() + limits.wall_s, bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            return bytes(data), Answer({}, "hang", f"no answer within {limits.wall_s} s")
        ready, _, _ = select.select([descriptor], [], [], min(left, _LOOK_S))
        if not ready:
            if written_below(folder) > limits.written_kib << 10:
                return bytes(data), Answer({}, "limit_exceeded", f"wrote more than {limits.written_kib} KiB")
            continue
        piece = os.read(descriptor, 1 << 16)
        data += piece
        if len(data) > limits.answer_bytes:
            text = f"an answer of more than {limits.answer_bytes} bytes"
            return bytes(data), Answer({}, "limit_exceeded", text)
        if not piece or (line and piece.endswith(b"\n")):
            return bytes(data), None


def _parsed(data: bytes, request: Mapping[str, Any]) -> Answer:
    """The answer in `data`, or the protocol error that it is."""
    try:
        answer = json.loads(data)
    except ValueError:
        return Answer({}, "protocol_error", f"no JSON: {data[:80]!r}")
    if (
        not isinstance(answer, dict)
        or answer.get("protocol") != PROTOCOL
        or answer.get("verb") != request["verb"]
    ):
        return Answer({}, "protocol_error", "protocol or verb is missing or wrong")
    if "seq" in request and answer.get("seq") != request["seq"]:
        return Answer({}, "protocol_error", f"seq {answer.get('seq')} answers {request['seq']}")
    if "unsupported" in answer:
        return Answer({}, "unsupported", str(answer["unsupported"]))
    result = answer.get("result")
    return Answer(result) if isinstance(result, dict) else Answer({}, "protocol_error", "result is no object")


@dataclass(frozen=True, slots=True)
class OneShot:
    """A fresh process for every call.

    Attributes:
        command: The driver and its first arguments.
        limits: What each call may use.
        hostile: Whether locale, time zone, umask and working directory are such as nobody expects.
    """

    command: tuple[str, ...]
    limits: Limits = Limits()
    hostile: bool = False

    def call(self, request: Mapping[str, Any], workdir: Path) -> Answer:
        """Write the request, run the driver, read its one answer (AWB-R-640, AWB-R-641)."""
        file = workdir / "request.json"
        file.write_text(json.dumps(request), encoding="utf-8")
        home = workdir / "home"
        home.mkdir(exist_ok=True)
        command = [*self.command, request["verb"], "--request", str(file)]
        process = _started(command, home, self.limits, stdin=subprocess.DEVNULL, hostile=self.hostile)
        data, trouble = _read(process, self.limits, workdir, line=False)
        if trouble is None:
            try:
                process.wait(self.limits.wall_s)
            except subprocess.TimeoutExpired:
                trouble = Answer({}, "hang", f"still there after {self.limits.wall_s} s")
        status = process.returncode
        _end(process, home)
        if process.stdout is not None:
            process.stdout.close()
        return trouble or self._judged(data, status, request)

    def _judged(self, data: bytes, status: int | None, request: Mapping[str, Any]) -> Answer:
        if status == EXIT_UNSUPPORTED:
            return Answer({}, "unsupported", "exit status 64")
        if status == -signal.SIGXFSZ:
            return Answer({}, "limit_exceeded", "wrote too large a file")
        if status != 0:
            return Answer({}, "crash", f"exit status {status}")
        return _parsed(data, request)

    def close(self) -> None:
        """Nothing outlives a call."""


def _instead_of_a_line(process: subprocess.Popen[bytes], data: bytes) -> str:
    """What came in place of one line: too much, too little, or the end."""
    if data:
        return f"not one line: {data[:80]!r}"
    try:
        return f"it ended with exit status {process.wait(_LOOK_S)}"
    except subprocess.TimeoutExpired:
        return "it closed its streams"


class Serve:
    """One process that answers request after request; started again after it died or hung (AWB-R-642)."""

    def __init__(
        self, command: Sequence[str], home: Path, limits: Limits | None = None, *, hostile: bool = False
    ) -> None:
        """Keep what is needed to start the process; it starts with the first call.

        Args:
            command: The driver and its first arguments.
            home: An empty folder, its home.
            limits: What each call may use.
            hostile: As for `OneShot`.
        """
        self._command = tuple(command)
        self._home = home
        self._limits = limits or Limits()
        self._hostile = hostile
        self._process: subprocess.Popen[bytes] | None = None
        self._seq = 0

    def call(self, request: Mapping[str, Any], workdir: Path) -> Answer:
        """Send one line and read one line."""
        self._seq += 1
        numbered = {**request, "seq": self._seq}
        process = self._running()
        if process.stdin is None:
            raise TypeError("a serving driver runs with its standard input in a pipe")
        try:
            process.stdin.write(json.dumps(numbered).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            gone = _instead_of_a_line(process, b"")
            self.close()
            return Answer({}, "crash", gone)
        data, trouble = _read(process, self._limits, workdir, line=True)
        if trouble is None and data.endswith(b"\n") and data.count(b"\n") == 1:
            return _parsed(data, numbered)
        if trouble is None:
            trouble = Answer({}, "protocol_error" if data else "crash", _instead_of_a_line(process, data))
        self.close()
        return trouble

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = _started(
                [*self._command, "serve"],
                self._home,
                self._limits,
                stdin=subprocess.PIPE,
                hostile=self._hostile,
            )
        return self._process

    def close(self) -> None:
        """Kill the process and forget it."""
        if self._process is None:
            return
        _end(self._process, self._home)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):  # what was not sent went to a process that is gone
                    pipe.close()
        self._process = None
