"""The `awen` command: one file a verb, loaded when it is called, and one place that ends in an exit code.

Exit codes: 0 done or valid; 1 a finding; 2 usage; 3 something needed is missing; 70 a bug of ours.
"""

import importlib
import os
import sys
from collections.abc import Sequence

import click

from awen_ref import __version__
from awen_ref.cli.output import show_error
from awen_ref.errors import AwenError

__all__ = ["awen", "main", "run"]

EXIT_BUG = 70
EXIT_INTERRUPTED = 130
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


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called: start-up pays for one verb only."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the journey."""
        del ctx
        return [*VERBS]  # not list(): once `awen list` is imported, that name is its module here

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import `awen_ref.cli.<verb>` and take its `command`."""
        del ctx
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(
            f"awen_ref.cli.{cmd_name}_" if cmd_name == "import" else f"awen_ref.cli.{cmd_name}"
        )
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__}.command is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs from `VERBS` without importing them."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl([*VERBS.items()])


@click.command(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="awen")
def awen() -> None:
    """Run photonic experiments into sealed bundles; verify, exchange, inspect and cite them.

    \b
    Example:
      awen run examples/mzi_mesh_4x4
      awen export awen_7f3a... result.zip
      awen verify result.zip
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing escapes but the interpreter's own exits."""
    as_json = "--json" in arguments
    try:
        outcome = awen.main(args=[*arguments], prog_name="awen", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AwenError as error:
        show_error(error, as_json=as_json)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone: not an error of ours, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the one place that turns a bug into exit code 70
        if os.environ.get("AWEN_DEBUG"):
            import traceback

            traceback.print_exc()
        click.echo(f"awen: {type(error).__name__}: {error}; {_REPORT}", err=True)
        return EXIT_BUG
    return outcome if isinstance(outcome, int) else 0


def main() -> None:
    """Entry point of the console script."""
    sys.exit(run(sys.argv[1:]))
