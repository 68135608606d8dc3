"""The `awen-conform` command: put the suite to an implementation and say where it stands.

Exit codes: 0 conformant to what it declares, 1 not, 2 usage, 3 infrastructure, 4 nothing ran (AWB-R-662).
"""

import json
import shlex
import sys
from pathlib import Path

import click

from awen_conformance import __version__, corpus
from awen_conformance.driver import Limits
from awen_conformance.runner import Run, expected_failures, report, run

__all__ = ["main"]

EXIT_NOT_CONFORMANT, EXIT_INFRASTRUCTURE, EXIT_NOTHING_RAN = 1, 3, 4

_corpus_option = click.option(
    "--corpus",
    "root",
    type=click.Path(path_type=Path),
    default=corpus.default_root,
    show_default="the corpus of this package",
    help="Folder that holds cases/.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="awen-conform")
def main() -> None:
    """Tell a right implementation of AEP-0006, in any language, from a wrong one.

    \b
    Example:
      awen-conform run --driver './my-driver'
      awen-conform show int/altered-payload
    """


@main.command("run")
@click.option("--driver", required=True, help="The driver's command line.")
@click.option("--serve", is_flag=True, help="Use one serving process instead of one process a call.")
@click.option("--profile", "profiles", multiple=True, help="Only cases of this profile (repeatable).")
@click.option("--phase", "phases", multiple=True, help="Only cases of this phase (repeatable).")
@click.option("--requirement", "requirements", multiple=True, help="Only cases that test this requirement.")
@click.option("--xfail", type=click.Path(path_type=Path), help="Expected failures (TOML).")
@click.option("--report", "report_path", type=click.Path(path_type=Path), help="Write report.json here.")
@click.option("--timeout", default=30.0, show_default=True, help="Seconds a call may take.")
@_corpus_option
def run_command(
    *,
    driver: str,
    serve: bool,
    profiles: tuple[str, ...],
    phases: tuple[str, ...],
    requirements: tuple[str, ...],
    xfail: Path | None,
    report_path: Path | None,
    timeout: float,
    root: Path,
) -> None:
    """Put the cases to an implementation.

    \b
    Example:
      awen-conform run --driver 'conformance/drivers/awen_ref/driver' --serve
    """
    wanted = [
        case
        for case in corpus.load(root)
        if (not profiles or case.profile in profiles)
        and (not phases or case.phase in {phase.lower() for phase in phases})
        and (not requirements or set(requirements) & set(case.requirements))
    ]
    if not wanted:
        click.echo("no case matches: nothing was run", err=True)
        sys.exit(EXIT_NOTHING_RAN)
    try:
        outcome = run(
            _command(driver),
            wanted,
            serve=serve,
            limits=Limits(wall_s=timeout),
            excused=expected_failures(xfail) if xfail else (),
        )
    except (OSError, ConnectionError) as error:
        click.echo(f"awen-conform: {error}", err=True)
        sys.exit(EXIT_INFRASTRUCTURE)
    if report_path is not None:
        report_path.write_text(
            report(outcome, suite_version=__version__, corpus=corpus.corpus_digest(root)), encoding="utf-8"
        )
    _summarise(outcome)
    sys.exit(0 if outcome.conformant else EXIT_NOT_CONFORMANT)


def _command(line: str) -> tuple[str, ...]:
    """The driver's command; a path is taken from here, since each call runs in a folder of its own."""
    first, *rest = shlex.split(line)
    return (str(Path(first).resolve()) if "/" in first else first, *rest)


def _summarise(outcome: Run) -> None:
    counts: dict[str, int] = {}
    for result in outcome.results:
        counts[result.outcome] = counts.get(result.outcome, 0) + 1
        if result.outcome not in ("pass", "xfail"):
            click.echo(f"{result.outcome:14} {result.case_id}: {result.detail}")
    for line in outcome.stale:
        click.echo(f"stale excuse    {line}")
    said = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    claim = "conformant" if outcome.conformant else "not conformant"
    qualified = f"{claim} (partial)" if outcome.conformant and outcome.partial else claim
    click.echo(f"{outcome.hello.implementation} {outcome.hello.version}: {qualified}; {said}")


@main.command("list")
@_corpus_option
def list_command(root: Path) -> None:
    """List the cases: id, profile, kind, title.

    \b
    Example:
      awen-conform list
    """
    for case in corpus.load(root):
        click.echo(f"{case.case_id:44} {case.profile:3} {case.kind:10} {case.title}")


@main.command("show")
@click.argument("case_id")
@_corpus_option
def show_command(case_id: str, root: Path) -> None:
    """Explain one case: what was changed, which sentences it tests, what a right answer is.

    \b
    Example:
      awen-conform show int/altered-payload
    """
    case = next((case for case in corpus.load(root) if case.case_id == case_id), None)
    if case is None:
        raise click.UsageError(f"there is no case {case_id!r}; see awen-conform list")
    click.echo(f"{case.case_id}: {case.title}")
    click.echo(f"  profile      {case.profile}, verb {case.verb}, kind {case.kind}")
    click.echo(f"  requirements {', '.join(case.requirements)}")
    if case.operator:
        click.echo(f"  made by      {json.dumps(dict(case.operator), ensure_ascii=False)}")
    click.echo(f"  input        {case.input_path}")
    click.echo(f"  right answer {case.expect.verdict} {' '.join(sorted(case.expect.codes))}".rstrip())
    if case.expect.allowed:
        click.echo(f"  may add      {' '.join(sorted(case.expect.allowed))}")
