"""The `awen` command: one file a verb, loaded when it is called, and one place that ends in an exit code.

Exit codes: 0 done or valid; 1 a finding; 2 usage; 3 something needed is missing; 70 a bug of ours.
"""

import os
import sys
from collections.abc import Sequence

from awen_ref.cli.output import say, show_error
from awen_ref.errors import AwenError

__all__ = ["VERBS", "main", "run"]

EXIT_BUG = 70
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


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing escapes but the interpreter's own exits."""
    try:
        return _outcome([*arguments])
    except AwenError as error:
        show_error(error, as_json="--json" in arguments)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone: not an error of ours, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the one place that turns a bug into exit code 70
        if os.environ.get("AWEN_DEBUG"):
            import traceback

            traceback.print_exc()
        say(f"awen: {type(error).__name__}: {error}; {_REPORT}", err=True)
        return EXIT_BUG


def _outcome(arguments: list[str]) -> int:
    """Carry out one command line: by click, but for the one that pipelines call by the thousand.

    `awen verify REFERENCE [--json]` needs nothing that click gives, and starts in half the time without it.
    """
    match arguments:
        case ["verify", reference] | ["verify", reference, "--json"] if not _is_option(reference):
            from awen_ref.cli.verdict import show_verdict

            return show_verdict(reference, as_json=len(arguments) > len(("verify", reference)))
        case _:
            from awen_ref.cli.group import invoke

            return invoke(arguments)


def _is_option(argument: str) -> bool:
    """Whether click would read an argument as an option; a lone `-` is standard input."""
    return argument.startswith("-") and argument != "-"


def main() -> None:
    """Entry point of the console script."""
    sys.exit(run(sys.argv[1:]))
