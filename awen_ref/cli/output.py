"""What the command line prints: JSON for machines, short lines for people.

Strings of a bundle come from strangers: what a terminal would obey is shown as an escape instead (AWB-R-371).
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from awen_ref.errors import AwenError, Finding, MissingError

if TYPE_CHECKING:
    from awen_ref.storage import Entry

__all__ = [
    "echo",
    "echo_json",
    "error_report",
    "finding_lines",
    "printable",
    "record_line",
    "show_error",
    "tell_unreadable",
    "write_out",
]

_NO_OUTPUT = "Send it where there is room; what the verb had to do may be done: see awen list."
_MARK = {"error": "✗", "warning": "!", "info": "·"}


def printable(text: str) -> str:
    """The text with every control, format and line-breaking character written as an escape."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def write_out(write: Callable[[TextIO], object]) -> None:
    """Write on standard output.

    Args:
        write: Writes on the stream that it is given; it is flushed afterwards.

    Raises:
        BrokenPipeError: Its reader has gone.
        MissingError: It is closed, or takes no more.
    """
    stream: TextIO | None = getattr(sys, "stdout", None)  # None where it was closed from the start
    if stream is None:
        raise MissingError("cannot write to standard output: it is closed", advice=_NO_OUTPUT)
    try:
        write(stream)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"cannot write to standard output: {error.strerror}"
        raise MissingError(message, advice=_NO_OUTPUT) from error


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a line on standard output, or on standard error.

    Args:
        text: What to print; a character that the stream's encoding does not have is shown as an escape.
        err: On standard error, of whose failure nothing can be said.
        nl: End the line.

    Raises:
        BrokenPipeError: The reader of standard output has gone.
        MissingError: Standard output is closed, or takes no more.
    """
    line = text + "\n" * nl
    if not err:
        write_out(lambda stream: stream.write(_encodable(line, stream)))
    elif sys.stderr is not None:
        try:
            sys.stderr.write(_encodable(line, sys.stderr))
            sys.stderr.flush()
        except OSError:
            return


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def echo_json(value: object) -> None:
    """Print one JSON value on one line of standard output; ASCII only, so no terminal can be driven by it."""
    echo(json.dumps(value, sort_keys=True))


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Two lines a finding: what and where; which requirement and how to mend it."""
    for finding in findings:
        place = f" {finding.path}" if finding.path else ""
        pointer = f"#{finding.pointer}" if finding.pointer else ""
        yield printable(f"{_MARK[finding.severity]} {finding.code}{place}{pointer}: {finding.message}")
        yield f"    {finding.requirement}: {finding.registered.mend}"


def record_line(entry: "Entry") -> str:
    """One record of a store in a list: short id, type, second of creation, title."""
    names = f"{entry.artifact_id[:21]}  {entry.artifact_type:11}"
    return printable(f"{names}  {entry.created[:19]}{entry.created[-6:]}  {entry.title}")


def error_report(error: AwenError) -> dict[str, object]:
    """An error for machines."""
    return {
        "message": error.message,
        "advice": error.advice,
        "findings": [finding.as_dict() for finding in error.findings],
    }


def show_error(error: AwenError, *, as_json: bool) -> None:
    """Report an error: for people on standard error, for machines as `{"error": …}` on standard output."""
    if as_json:
        echo_json({"error": error_report(error)})
        return
    echo(f"awen: {printable(error.message)}", err=True)
    for line in finding_lines(error.findings):
        echo(line, err=True)
    if error.advice:
        echo(f"  {printable(error.advice)}", err=True)


def tell_unreadable(records: Mapping[str, str]) -> None:
    """Say on standard error which records of a store a search could not look at."""
    for seal, why in records.items():
        echo(printable(f"awen: {seal} cannot be searched: {why}"), err=True)
    if records:
        echo("  `awen store check` says what to restore; then `awen store reindex`.", err=True)
