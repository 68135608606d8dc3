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

__all__ = ["PROTOCOL", "Answer", "Driver", "Limits", "OneShot", "Serve", "Trouble"]

PROTOCOL = "awen-driver/1"
EXIT_UNSUPPORTED = 64
_SHELL = "/bin/sh", "-c", 'ulimit -d "$1"; ulimit -f "$2"; ulimit -c 0; shift 2; exec "$@"', "sh"
_BLOCKS_A_KIB = 2  # POSIX counts the size of files in blocks of 512 octets

Trouble = Literal["crash", "hang", "protocol_error", "limit_exceeded", "unsupported"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use.

    Attributes:
        wall_s: Seconds.
        memory_kib: Private memory of each process (`RLIMIT_DATA`).
        written_kib: Size of any one written file (`RLIMIT_FSIZE`).
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


def _environment(home: Path) -> dict[str, str]:
    """Nothing of ours but the search path: an empty home, one locale, one time zone."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _bounded(command: Sequence[str], limits: Limits) -> list[str]:
    return [*_SHELL, str(limits.memory_kib), str(limits.written_kib * _BLOCKS_A_KIB), *command]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the whole process group, forks included, and reap the leader."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read(process: subprocess.Popen[bytes], limits: Limits, *, line: bool) -> tuple[bytes, bool]:
    """Standard output up to its end or, with `line`, to a line feed; and whether time ran out."""
    if process.stdout is None:
        raise TypeError("a driver runs with its standard output in a pipe")
    descriptor, deadline, data = process.stdout.fileno(), time.monotonic() + limits.wall_s, bytearray()
    while len(data) <= limits.answer_bytes:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return bytes(data), True
        piece = os.read(descriptor, 1 << 16)
        data += piece
        if not piece or (line and piece.endswith(b"\n")):
            break
    return bytes(data), False


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
    """

    command: tuple[str, ...]
    limits: Limits = Limits()

    def call(self, request: Mapping[str, Any], workdir: Path) -> Answer:
        """Write the request, run the driver, read its one answer (AWB-R-640, AWB-R-641)."""
        file = workdir / "request.json"
        file.write_text(json.dumps(request), encoding="utf-8")
        home = workdir / "home"
        home.mkdir(exist_ok=True)
        process = subprocess.Popen(  # noqa: S603 - running the driver that the user names is the purpose
            _bounded([*self.command, request["verb"], "--request", str(file)], self.limits),
            cwd=workdir,
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        data, timed_out = _read(process, self.limits, line=False)
        if not timed_out and len(data) <= self.limits.answer_bytes:
            try:
                process.wait(self.limits.wall_s)
            except subprocess.TimeoutExpired:
                timed_out = True
        status = process.returncode
        _end(process)
        if process.stdout is not None:
            process.stdout.close()
        return self._judged(data, status, request, timed_out=timed_out)

    def _judged(
        self, data: bytes, status: int | None, request: Mapping[str, Any], *, timed_out: bool
    ) -> Answer:
        if timed_out:
            return Answer({}, "hang", f"no answer within {self.limits.wall_s} s")
        if len(data) > self.limits.answer_bytes:
            return Answer({}, "limit_exceeded", f"an answer of more than {self.limits.answer_bytes} bytes")
        if status == EXIT_UNSUPPORTED:
            return Answer({}, "unsupported", "exit status 64")
        if status == -signal.SIGXFSZ:
            return Answer({}, "limit_exceeded", "wrote too large a file")
        if status != 0:
            return Answer({}, "crash", f"exit status {status}")
        return _parsed(data, request)

    def close(self) -> None:
        """Nothing outlives a call."""


class Serve:
    """One process that answers request after request; started again after it died or hung (AWB-R-642)."""

    def __init__(self, command: Sequence[str], home: Path, limits: Limits | None = None) -> None:
        """Keep what is needed to start the process; it starts with the first call.

        Args:
            command: The driver and its first arguments.
            home: An empty folder, its home and working directory.
            limits: What each call may use.
        """
        self._command = tuple(command)
        self._home = home
        self._limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._seq = 0

    def call(self, request: Mapping[str, Any], workdir: Path) -> Answer:
        """Send one line and read one line."""
        del workdir  # named in the request; the process keeps its own working directory
        self._seq += 1
        numbered = {**request, "seq": self._seq}
        process = self._running()
        if process.stdin is None:
            raise TypeError("a serving driver runs with its standard input in a pipe")
        try:
            process.stdin.write(json.dumps(numbered).encode() + b"\n")
            process.stdin.flush()
        except OSError as error:
            self.close()
            return Answer({}, "crash", f"the process has gone: {error.strerror}")
        data, timed_out = _read(process, self._limits, line=True)
        if data.endswith(b"\n") and data.count(b"\n") == 1:
            return _parsed(data, numbered)
        self.close()
        if timed_out:
            return Answer({}, "hang", f"no answer within {self._limits.wall_s} s")
        if len(data) > self._limits.answer_bytes:
            return Answer({}, "limit_exceeded", f"an answer of more than {self._limits.answer_bytes} bytes")
        return Answer({}, "protocol_error" if data else "crash", f"{data[:80]!r}")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - running the driver that the user names is the purpose
                _bounded([*self._command, "serve"], self._limits),
                cwd=self._home,
                env=_environment(self._home),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process

    def close(self) -> None:
        """Kill the process and forget it."""
        if self._process is None:
            return
        _end(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):  # what was not sent went to a process that is gone
                    pipe.close()
        self._process = None
