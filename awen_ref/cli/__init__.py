"""The `awen` command: one file a verb, loaded when it is called, and one place that ends in an exit code.

Exit codes: 0 done or valid; 1 a finding; 2 usage; 3 something needed is missing; 70 a bug of ours.
"""

import errno
import os
import sys
from collections.abc import Sequence

from awen_ref.errors import AwenError, MissingError

__all__ = ["VERBS", "execute", "main"]

EXIT_BUG = 70
EXIT_INTERRUPTED = 130
_LONGEST_PATH = 200
_SYSTEM_ADVICE = {
    errno.EACCES: "You lack the permission; ask its owner.",
    errno.ENAMETOOLONG: "Give a path that the file system takes.",
}
_REPORT = "this is a bug of awen: please report it with the command and the lines below AWEN_DEBUG=1 prints"

VERBS: dict[str, str] = {
    "run": "Run a circuit and seal what came out",
    "verify": "Check a bundle against the specification",
    "inspect": "Show what a bundle holds",
    "id": "Print the four names of a bundle",
    "export": "Write a bundle as one file or a directory",
    "import": "Verify a stranger's bundle and keep it",
    "gradient": "Differentiate a cost on a run",
    "calibrate": "Calibrate the device of a run",
    "replay": "Execute a bundle again and say whether it holds",
    "compare": "Compare two results and say in what the records differ",
    "validate": "Hold a result against declared constraints",
    "cite": "Cite a bundle in the formats that papers and tools take",
    "sign": "Put a signature under a bundle",
    "list": "List the bundles of a store",
    "find": "Find bundles by type, tag, value, inputs, results, parent, time or creator",
    "lineage": "Show what an artifact came from and what came from it",
    "store": "Look after a store",
    "migrate": "Keep a bundle of the ancestor's layout",
    "schema": "Print the JSON Schema of a document",
    "bindings": "Write types and schemas for other languages and tools",
}
"""Every verb with its line of help, so that `awen --help` loads none of them."""


def execute(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing escapes but the interpreter's own exits."""
    as_json = "--json" in arguments
    try:
        return _carried_out(arguments, as_json=as_json)
    except AwenError as error:
        return _told(error, as_json=as_json)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return (
            0  # the reader of our output has gone: not an error of ours, and nothing more can be said to it
        )
    except Exception as error:  # noqa: BLE001 - the one place that turns a bug into exit code 70
        if isinstance(error, OSError) and error.filename is not None:
            return _told(_refused(error), as_json=as_json)
        if os.environ.get("AWEN_DEBUG"):
            import traceback

            traceback.print_exc()
        sys.stderr.write(f"awen: {type(error).__name__}: {error}; {_REPORT}\n")
        return EXIT_BUG


def _carried_out(arguments: Sequence[str], *, as_json: bool) -> int:
    """Call the verb; a plain check goes without a parser, which costs as much as the check (ADR 0105)."""
    if (reference := _plain_check(arguments)) is not None:
        from awen_ref.cli.verdict import give

        return give(reference, as_json=as_json)
    from awen_ref.cli.group import carry_out

    return carry_out(arguments)


def _refused(error: OSError) -> MissingError:
    """What the operating system says of a path: something is missing, be it a permission, and not a bug."""
    path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(error.filename)
    shown = path if len(path) <= _LONGEST_PATH else f"{path[:_LONGEST_PATH]}…"
    return MissingError(
        f"cannot use {shown}: {error.strerror}", advice=_SYSTEM_ADVICE.get(error.errno or 0, "")
    )


def _told(error: AwenError, *, as_json: bool) -> int:
    """Report an error and give its exit code."""
    from awen_ref.cli.output import show_error

    try:
        show_error(error, as_json=as_json)
    except (AwenError, BrokenPipeError):  # it is standard output that is wrong
        show_error(error, as_json=False)
    return error.exit_code


def _plain_check(arguments: Sequence[str]) -> str | None:
    """The reference of `awen verify REFERENCE [--json]`; `None` for every other command line."""
    if not arguments or arguments[0] != "verify":
        return None
    references = [argument for argument in arguments[1:] if argument != "--json"]
    if len(references) != 1 or (references[0].startswith("-") and references[0] != "-"):
        return None
    return references[0]


def main() -> None:
    """Entry point of the console script."""
    status = execute(sys.argv[1:])
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:  # told above; the interpreter would try again when it ends, and change the exit code
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)
