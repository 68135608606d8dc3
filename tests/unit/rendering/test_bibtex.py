"""BibTeX and biblatex, read back by pybtex and by bibtexparser (AWB-R-281, AWB-R-284)."""

from collections.abc import Sequence

import pybtex.database  # type: ignore[import-untyped]  # ships no types
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts

from awen_ref.rendering.bibtex import biblatex, bibtex, escape
from awen_ref.rendering.names import Creator, Organization, Person
from awen_ref.rendering.work import Work
from tests.unit.rendering.reading import decoded, spaced, split_keywords

MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
          "nov": 11, "dec": 12}  # fmt: skip

Parts = tuple[str, str, str, str]


def says(creator: Creator) -> Parts:
    """Particle, family, suffix, given: what BibTeX can hold of a name."""
    if isinstance(creator, Organization):
        return "", creator.name, "", ""
    return creator.particle, creator.family, creator.suffix, creator.given


def same_name(read: Parts, creator: Creator) -> bool:
    if read == says(creator):
        return True
    # The loss table: a particle with a capital letter first, or with dashes, is part of the family name.
    assert isinstance(creator, Person)
    merged = ("", creator.surname, creator.suffix, creator.given)
    odd = "--" in creator.particle or not creator.particle[:2].lstrip("'").islower()
    return odd and read == merged


def from_pybtex(entry: pybtex.database.Entry) -> list[Parts]:
    return [
        (
            decoded(" ".join(person.prelast_names)),
            decoded(" ".join(person.last_names)),
            decoded(" ".join(person.lineage_names)),
            decoded(" ".join(person.first_names + person.middle_names)),
        )
        for person in entry.persons["author"]
    ]


def from_bibtexparser(names: list[NameParts]) -> list[Parts]:
    return [
        (
            decoded(" ".join(n.von)),
            decoded(" ".join(n.last)),
            decoded(" ".join(n.jr)),
            decoded(" ".join(n.first)),
        )
        for n in names
    ]


def in_one_line(text: str) -> str:
    return " ".join(line for line in text.split("\n") if line)


def check_fields(fields: dict[str, str], work: Work) -> None:
    assert decoded(fields["title"]) == spaced(work.title)
    assert decoded(fields.get("version", "")) == work.version
    assert decoded(fields["abstract"]) == spaced(in_one_line(work.description))
    if work.keywords:
        assert split_keywords(fields["keywords"]) == [spaced(word) for word in work.keywords]
    assert fields.get("url", "") == work.url
    doi = fields.get("doi", "")
    assert doi.replace("%7B", "{").replace("%7D", "}") == work.doi
    if work.seal:
        assert work.seal in decoded(fields["note"])


def test_pybtex_reads_every_awkward_record_back(works: Sequence[Work]) -> None:
    for work in works:
        data = pybtex.database.parse_string(bibtex(work), "bibtex")
        (key, entry), *others = data.entries.items()
        assert (key, others, entry.type) == (work.key, [], "misc")
        read = from_pybtex(entry)
        assert len(read) == len(work.creators)
        for name, creator in zip(read, work.creators, strict=True):
            assert same_name(name, creator), (name, creator, bibtex(work))
        check_fields(dict(entry.fields.items()), work)
        assert entry.fields["year"] == str(work.day.year)
        assert entry.fields["month"].lower()[:3] in MONTHS
        assert work.artifact_id in decoded(entry.fields["note"])


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_bibtexparser_reads_every_awkward_record_back(dialect: str, works: Sequence[Work]) -> None:
    write = {"bibtex": bibtex, "biblatex": biblatex}[dialect]
    for work in works:
        middleware = [SeparateCoAuthors(), SplitNameParts()]
        library = parse_string(write(work), append_middleware=middleware)
        assert library.failed_blocks == [], write(work)
        (entry,) = library.entries
        assert entry.key == work.key
        fields = {name: field.value for name, field in entry.fields_dict.items() if name != "author"}
        for name, creator in zip(from_bibtexparser(entry["author"]), work.creators, strict=True):
            assert same_name(name, creator), (name, creator, write(work))
        check_fields(fields, work)
        if dialect == "biblatex":
            assert entry.entry_type == "dataset"
            assert fields["date"] == work.day.isoformat()
            assert fields["eprint"] == work.artifact_id


def test_braces_of_the_text_never_unbalance_the_entry() -> None:
    assert escape("a{b}c}d{") == "a$\\lbrace$b$\\rbrace$c$\\rbrace$d$\\lbrace$"
    assert escape("}{") == "$\\rbrace$$\\lbrace$"
    assert escape("a{b{c}}") == "a\\{b\\{c\\}\\}"


def test_ligatures_that_the_text_does_not_mean_are_taken_apart() -> None:
    assert escape("a--b ``c'' ?`") == "a-{}-b `{}`c'{}' ?{}`"


def test_two_works_of_one_author_and_year_have_two_keys(works: Sequence[Work]) -> None:
    assert len({work.key for work in works}) == len(works)


def test_keys_are_plain_ascii(works: Sequence[Work]) -> None:
    assert all(work.key.isascii() and work.key.replace("-", "").isalnum() for work in works)
