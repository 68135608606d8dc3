"""The `awen-conform` command: put the suite to an implementation and say where it stands.

Exit codes: 0 conformant to what it declares, 1 not, 2 usage, 3 infrastructure, 4 nothing ran (AWB-R-662).
"""

import json
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import click

from awen_conformance import __version__, claims, corpus, excuses, formats, report, runner
from awen_conformance.corpus import Case, NotRepresentableError
from awen_conformance.driver import Limits
from awen_conformance.runner import Run
from awen_schema.codes import CODES

__all__ = ["command_of", "main"]

_SHOWN = frozenset({"verdict", "codes", "allowed"})
EXIT_NOT_CONFORMANT, EXIT_INFRASTRUCTURE, EXIT_NOTHING_RAN = 1, 3, 4

_PATH = click.Path(path_type=Path)
_corpus_option = click.option(
    "--corpus",
    "root",
    type=_PATH,
    default=corpus.default_root,
    show_default="the corpus of this package",
    help="Folder that holds cases/.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="awen-conform")
def main() -> None:
    """Tell a right implementation of AWEN artifacts, in any language, from a wrong one.

    \b
    Example:
      awen-conform run --driver './my-driver'
      awen-conform show int/altered-payload
    """


@main.command("run")
@click.option("--driver", required=True, help="The driver's command line.")
@click.option("--serve", is_flag=True, help="Use one serving process a job instead of one process a call.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Calls at one time.")
@click.option("--profile", "profiles", multiple=True, help="Only cases of this profile (repeatable).")
@click.option("--phase", "phases", multiple=True, help="Only cases of this phase (repeatable).")
@click.option("--requirement", "requirements", multiple=True, help="Only cases that test this requirement.")
@click.option("--xfail", type=_PATH, help="Expected failures (TOML).")
@click.option("--report", "report_path", type=_PATH, help="Write report.json here.")
@click.option("--out", type=_PATH, help="Write the report in every form into this folder.")
@click.option("--bundle", "bundle_path", type=_PATH, help="Seal the report as a validation bundle here.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted run that wrote to the same --report.")
@click.option("--twice", is_flag=True, help="Put every case two times, to find what is flaky.")
@click.option("--hostile", is_flag=True, help="Put every case, not one of 25, in a hostile environment, too.")
@click.option("--timeout", default=30.0, show_default=True, help="Seconds a call may take.")
@_corpus_option
def run_command(
    *,
    driver: str,
    serve: bool,
    jobs: int,
    profiles: tuple[str, ...],
    phases: tuple[str, ...],
    requirements: tuple[str, ...],
    xfail: Path | None,
    report_path: Path | None,
    out: Path | None,
    bundle_path: Path | None,
    resume: bool,
    twice: bool,
    hostile: bool,
    timeout: float,
    root: Path,
) -> None:
    """Put the cases to an implementation.

    \b
    Example:
      awen-conform run --driver 'conformance/drivers/awen_ref/driver' --serve --jobs 2
    """
    if resume and report_path is None:
        raise click.UsageError("--resume goes on with a run that wrote to --report")
    wanted = _wanted(root, profiles, phases, requirements)
    digest = corpus.corpus_digest(root)
    plan = runner.Plan(
        command_of(driver),
        serve=serve,
        jobs=jobs,
        twice=twice,
        hostile=hostile,
        limits=Limits(wall_s=timeout),
        excuses=_excuses(xfail),
        needed=claims.required(root),
    )
    outcome = _carried_out(plan, wanted, digest=digest, path=report_path, resume=resume)
    made = report.document(outcome, wanted, digest)
    if report_path is not None:
        report_path.write_text(report.text(made), encoding="utf-8")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, form in formats.FORMATS.values():
            (out / name).write_text(form(made), encoding="utf-8")
    if bundle_path is not None:
        from awen_conformance import validation

        validation.write(made, bundle_path)
    _summarise(outcome)
    sys.exit(0 if outcome.conformant else EXIT_NOT_CONFORMANT)


def _wanted(
    root: Path, profiles: tuple[str, ...], phases: tuple[str, ...], requirements: tuple[str, ...]
) -> list[Case]:
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
    return wanted


def _excuses(path: Path | None) -> tuple[excuses.Expected, ...]:
    try:
        return excuses.expected_failures(path) if path else ()
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path}: {error}") from error


def _carried_out(
    plan: runner.Plan, cases: list[Case], *, digest: str, path: Path | None, resume: bool
) -> Run:
    """The run, with its journal beside the report while it goes on."""
    try:
        if path is None:
            return runner.run(plan, cases)
        journal = report.Journal(path.with_name(path.name + ".part"), command=plan.command, corpus=digest)
        known = journal.known() if resume else {}
        journal.begin(known.values())
        path.write_text(report.text(report.unfinished(digest)), encoding="utf-8")
        outcome = runner.run(replace(plan, known=known, done=journal.note), cases)
        journal.end()
    except OSError as error:
        click.echo(f"awen-conform: {error}", err=True)
        sys.exit(EXIT_INFRASTRUCTURE)
    return outcome


def command_of(line: str) -> tuple[str, ...]:
    """The driver's command; what names a file is taken from here: each call runs in a folder of its own."""
    first, *rest = shlex.split(line)
    program = str(Path(first).absolute()) if "/" in first else first
    return (program, *(str(Path(word).absolute()) if Path(word).exists() else word for word in rest))


_CLAIMS: Mapping[claims.Claim, str] = {
    "conformant": "conformant",
    "partial": "partial: of the cases that it needs, some were not put or could not be, none failed",
    "none": "no claim: a case that it needs failed",
}
"""What a claim is called where people read it."""


def _summarise(outcome: Run) -> None:
    counts: dict[str, int] = {}
    for result in outcome.results:
        counts[result.outcome] = counts.get(result.outcome, 0) + 1
        if result.outcome not in ("pass", "xfail", "unsupported"):
            click.echo(f"{result.outcome:14} {result.case_id}: {result.detail}")
    if not outcome.conformant:
        click.echo(
            "awen-conform show CASE says what a case is about and which sentences it stands for", err=True
        )
    for line in outcome.stale:
        click.echo(f"stale excuse    {line}")
    said = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    claim = "conformant" if outcome.conformant else "not conformant"
    qualified = f"{claim} (partial)" if outcome.conformant and outcome.partial else claim
    for profile, one in outcome.claims.items():
        click.echo(f"{profile}: {_CLAIMS[one]}")
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


def explained(case: Case) -> Iterator[str]:
    """What a case is about, line by line: how it was made, which sentences it tests, what is right."""
    stated = json.loads((case.folder / "case.json").read_text(encoding="utf-8"))
    yield f"{case.case_id}: {case.title}"
    yield f"  profile      {case.profile}, verb {case.verb}, kind {case.kind}"
    for name, value in case.recipe.items():
        yield f"  {name:12} {json.dumps(value, ensure_ascii=False)}"
    if "other" in stated:
        yield f"  other input  {json.dumps(stated['other'], ensure_ascii=False)}"
    if case.request:
        yield f"  request      {json.dumps(dict(case.request), ensure_ascii=False)}"
    yield f"  input        {case.stored()}"
    yield f"  right answer {case.expect.verdict} {' '.join(sorted(case.expect.codes))}".rstrip()
    for code in sorted(case.expect.codes):
        yield f"    {code}  {CODES[code].title}"
    if case.expect.allowed:
        yield f"  may add      {' '.join(sorted(case.expect.allowed))}"
    further = {name: value for name, value in case.expect.stated.items() if name not in _SHOWN}
    if further:
        yield f"  and          {json.dumps(further, ensure_ascii=False)}"
    for number, text in corpus.clauses(case.requirements).items():
        yield f"  {number}    {text}"


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
    click.echo("\n".join(explained(case)))


@main.command("diff")
@click.argument("before", type=_PATH)
@click.argument("after", type=_PATH)
def diff_command(before: Path, after: Path) -> None:
    """Compare two reports: 0 where every outcome is the same, 1 where one differs.

    \b
    Example:
      awen-conform diff yesterday/report.json today/report.json
    """
    try:
        changed = report.changes(report.read(before), report.read(after))
    except (OSError, report.TruncatedError) as error:
        click.echo(f"awen-conform: {error}", err=True)
        sys.exit(EXIT_INFRASTRUCTURE)
    for case, one, two in changed:
        click.echo(f"{case:44} {one} -> {two}")
    sys.exit(EXIT_NOT_CONFORMANT if changed else 0)


@main.command("export")
@click.argument("folder", type=_PATH)
@_corpus_option
def export_command(folder: Path, root: Path) -> None:
    """Lay out every case for those who run them without Python: `case.json`, `input`, `expect/`.

    \b
    Example:
      awen-conform export ./awen-cases
    """
    if folder.exists():
        raise click.UsageError(f"{folder} exists already")
    for case in corpus.load(root):
        try:
            corpus.export(case, folder / case.case_id)
        except NotRepresentableError as error:
            click.echo(f"not representable here: {error}", err=True)
    click.echo(f"corpus {corpus.corpus_digest(root)}, suite {__version__}")


@main.command("challenge")
@click.option("--driver", required=True, help="The driver's command line.")
@click.option("--seed", required=True, type=int, help="Which set is made.")
@click.option("--serve", is_flag=True, help="Use one serving process instead of one process a call.")
@click.option("--count", default=40, show_default=True, type=click.IntRange(2, 1000), help="Number of cases.")
@_corpus_option
def challenge_command(driver: str, seed: int, *, serve: bool, count: int, root: Path) -> None:
    """Make fresh bundles and broken twins of them, and put them under opaque names.

    \b
    Example:
      awen-conform challenge --driver './my-driver' --seed 7
    """
    import tempfile

    from awen_conformance import challenge

    with tempfile.TemporaryDirectory(prefix="awen-challenge-") as name:
        cases = challenge.made_set(root, Path(name), seed=seed, count=count)
        try:
            outcome = runner.run(runner.Plan(command_of(driver), serve=serve), cases)
        except OSError as error:
            click.echo(f"awen-conform: {error}", err=True)
            sys.exit(EXIT_INFRASTRUCTURE)
    _summarise(outcome)
    sys.exit(0 if outcome.conformant else EXIT_NOT_CONFORMANT)
