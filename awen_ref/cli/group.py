"""The verbs as a click group: each imported when it is called."""

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from awen_ref import __version__
from awen_ref.cli import EXIT_INTERRUPTED, VERBS

__all__ = ["awen", "carry_out"]


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called: start-up pays for one verb only."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the journey."""
        del ctx
        return list(VERBS)

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

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Parse, which may print help."""
        with _kept_from_click():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Call the verb."""
        with _kept_from_click():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs from `VERBS` without importing them."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl([*VERBS.items()])


class _SystemError(Exception):
    """What the operating system refused; a closed pipe would be exit code 1 to click, which is a finding."""


@contextmanager
def _kept_from_click() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _SystemError from error


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


def carry_out(arguments: Sequence[str]) -> int:
    """Parse a command line, call its verb and give the exit code.

    Raises:
        AwenError: The verb's own.
    """
    try:
        outcome = awen.main(args=[*arguments], prog_name="awen", standalone_mode=False)
    except _SystemError as refused:
        raise refused.__cause__ or refused from None
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return outcome if isinstance(outcome, int) else 0
