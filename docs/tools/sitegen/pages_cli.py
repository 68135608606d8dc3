"""The command line reference, from the commands themselves."""

from collections.abc import Iterator, Mapping

import click


def texts() -> Mapping[str, str]:
    """The one page."""
    from awen_ref.cli.group import awen

    context = click.Context(awen, info_name="awen")
    lines = ["# Command line", "", *_about(awen), *_exit_codes()]
    for verb in awen.list_commands(context):
        command = awen.get_command(context, verb)
        if command is not None:
            lines += _command(command, click.Context(command, info_name=verb, parent=context), level=2)
    return {"reference/cli.md": "\n".join(lines) + "\n"}


def _command(command: click.Command, context: click.Context, *, level: int) -> Iterator[str]:
    """One verb and what lies under it."""
    yield from ("", f"{'#' * level} {context.command_path}", "")
    yield from (
        "```text",
        " ".join([context.command_path, *command.collect_usage_pieces(context)]),
        "```",
        "",
    )
    yield from _about(command)
    rows = [record for parameter in command.params if (record := parameter.get_help_record(context))]
    if rows:
        yield from ("", "| Option | |", "|---|---|")
        yield from (f"| `{_cell(option)}` | {_unlinked(_cell(text))} |" for option, text in rows)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _command(
                    inner, click.Context(inner, info_name=name, parent=context), level=level + 1
                )


def _unlinked(text: str) -> str:
    """The text with brackets that are brackets: `[all] [x>=0]` is no reference."""
    return text.replace("[", "\\[").replace("]", "\\]")


def _about(command: click.Command) -> Iterator[str]:
    """The help text: paragraphs, and blocks after a backspace (click's mark) kept line by line."""
    for paragraph in (command.help or "").split("\n\n"):
        head, kept, rest = paragraph.partition("\b")
        if not kept:
            yield from (" ".join(paragraph.split()), "")
            continue
        lines = [line for line in (head + rest).splitlines() if line.strip()]
        title = [f"{lines.pop(0).strip()}", ""] if lines and lines[0].strip().endswith(":") else []
        yield from (*title, "```console", *(f"$ {line.strip()}" for line in lines), "```", "")


def _exit_codes() -> Iterator[str]:
    """What the process ends with."""
    yield from ("| Exit code | Means |", "|---:|---|")
    yield "| 0 | done, or valid |"
    yield "| 1 | a finding: invalid or damaged bundle, different result, not conformant, invalid experiment |"
    yield "| 2 | wrong use, an ambiguous short id too |"
    yield "| 3 | something that is needed is missing: a path, an id, a permission, a server |"
    yield "| 70 | a bug of ours |"


def _cell(text: str) -> str:
    """Text on one line, safe inside a table."""
    return " ".join(text.split()).replace("|", "\\|")
