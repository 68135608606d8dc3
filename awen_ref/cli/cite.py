"""`awen cite`: the citation of a bundle, in the formats that papers, repositories and tools take."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awen_ref.cli.options import store_option
from awen_ref.cli.output import echo
from awen_ref.cli.source import open_bundle, open_catalog
from awen_ref.errors import MissingError, UsageError

if TYPE_CHECKING:
    from awen_ref.citation import Citation
    from awen_ref.verify import VerifiedBundle

__all__ = ["command"]


@click.command()
@click.argument("reference")
@click.option(
    "--format",
    "-f",
    "names",
    metavar="NAME",
    multiple=True,
    help="Format; may be given several times.  [text]",
)
@click.option(
    "--style", type=click.Choice(["apa", "ieee"]), default="apa", help="Style of the format text.  [apa]"
)
@click.option("--output", "-o", "folder", metavar="DIR", help="Write one file a format into this folder.")
@click.option("--with-parents", is_flag=True, help="Cite the artifacts that this one stands on, too.")
@click.option(
    "--resolver",
    metavar="URL",
    default="",
    help="Link to the artifact: a URL with {artifact_id} or {seal} in it.",
)
@click.option(
    "--edit", metavar="FILE", help="Describe the artifact again with this metadata record; its id stays."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@store_option
def command(reference: str, **options: Any) -> None:  # noqa: ANN401 - click hands over the options by name
    """Cite the bundle REFERENCE: a directory, a ZIP, an id in the store, or - for a ZIP on standard input.

    The bundle is verified first. Formats: biblatex, bibtex, cff, codemeta, csl-json, datacite-json,
    datacite-xml, json, markdown, ris, text, zenodo. What of the record a format has no place for is said
    on standard error.

    With --edit, FILE is a metadata record (JSON; its members replace those of the present one, and a
    member that is null is taken out). The new record is put into the store; awen export gives it out.

    \b
    Example:
      awen cite awen_7f3a... --format bibtex
      awen cite result.zip -f cff -f datacite-xml -o citation/
      awen cite awen_7f3a... --edit metadata.json
    """
    from awen_ref import verify

    verified = verify.verify(open_bundle(reference, options["store"]))
    if options["edit"]:
        verified = _described(verified, Path(options["edit"]))
    citation = _citation(verified, options)
    names = [*options["names"], *(["json"] if options["as_json"] else [])] or ["text"]
    texts = {name: citation.text(name, style=options["style"]) for name in dict.fromkeys(names)}
    if options["edit"]:
        # Kept only now: a format or a template that is refused must not leave a new record behind.
        open_catalog(options["store"]).put(verified.bundle)
        echo(verified.ids.seal, err=True)
    _tell_missing(citation, texts, options["style"])
    if options["folder"]:
        _write(texts, Path(options["folder"]))
        return
    for text in texts.values():
        echo(text, nl=False)


def _tell_missing(citation: "Citation", names: Iterable[str], style: str) -> None:
    """Say on standard error which parents are not cited, and what the formats leave out (AWB-R-291)."""
    for artifact_id in citation.missing:
        echo(f"awen: {artifact_id} is not in the store; it is not cited", err=True)
    for name in names:
        if lost := citation.losses(name, style=style):
            said = ", ".join(lost)
            echo(f"awen: {name} leaves out: {said}; json leaves out nothing", err=True)


def _citation(verified: "VerifiedBundle", options: dict[str, Any]) -> "Citation":
    from awen_ref import citation, verify

    if not options["with_parents"]:
        return citation.cite(verified, resolver=options["resolver"])
    catalog = open_catalog(options["store"])
    return citation.cite_with_parents(
        verified, lambda artifact_id: verify.verify(catalog.get(artifact_id)), resolver=options["resolver"]
    )


def _write(texts: dict[str, str], folder: Path) -> None:
    """Write one file a format and print its path.

    Raises:
        MissingError: The folder cannot be written.
    """
    from awen_ref.citation import FILE_NAMES

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / FILE_NAMES[name]
            # RIS has line ends of its own: nothing may be translated.
            path.write_bytes(text.encode())
            echo(str(path))
    except OSError as error:
        raise MissingError(f"cannot write to {folder}: {error.strerror}") from error


def _described(verified: "VerifiedBundle", path: Path) -> "VerifiedBundle":
    """The same artifact under a new description, not kept yet (AWB-R-066).

    Raises:
        MissingError: There is no such file.
        InvalidInputError: It holds no JSON object, or what comes out is no metadata record.
        UsageError: It changes nothing.
    """
    from awen_ref import record, verify
    from awen_ref.bundle import describe
    from awen_ref.environment import TOOL, timestamp

    before = verified.document("metadata.json")
    merged = {**before, **record.read_object(path)}
    metadata = {name: value for name, value in merged.items() if value is not None}
    if metadata == before:
        raise UsageError(f"{path} changes nothing")
    return verify.verify(describe(verified.bundle, metadata, created=timestamp(datetime.now(UTC)), tool=TOOL))
