r"""BibTeX (`@misc`) and biblatex (`@dataset`) entries.

Written in UTF-8 with LaTeX's special characters escaped and nothing else: every engine and `biber`
read UTF-8, and a letter that LaTeX has no command for stays a letter. BibTeX counts every brace, escaped or
not, when it looks for the end of a field: braces that balance become `\{`, which all readers know, and
others `$\lbrace$`.
Ligatures that the plain text does not mean (`--`, two apostrophes) are taken apart with `{}`.
Name syntax: O. Patashnik, "BibTeXing" (1988), section 4; N. Markey, "Tame the BeaST" (2009), part II.
"""

import re
from collections.abc import Sequence

from awen_ref.rendering.names import Creator, Organization, Person
from awen_ref.rendering.plain import flat
from awen_ref.rendering.work import Work

__all__ = ["biblatex", "bibtex", "escape", "is_particle"]

_SPECIAL = str.maketrans(
    {
        "\\": "\\textbackslash{}",
        "$": "\\$",
        "&": "\\&",
        "#": "\\#",
        "%": "\\%",
        "_": "\\_",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        "<": "$<$",
        ">": "$>$",
        "|": "$|$",
        "\u00a0": "~",
    }
)
_BRACES = {
    True: str.maketrans({"{": r"\{", "}": r"\}"}),
    False: str.maketrans({"{": r"$\lbrace$", "}": r"$\rbrace$"}),
}
_LIGATURE = re.compile("(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)|(?<=,)(?=,)")
_BRACE = re.compile("[{}]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PLAIN_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f'\u2019.\-\u2010]*")
_PARTICLE_WORD = re.compile(r"['\u2019]?[^\W\d_][\w'\u2019.\-\u2010]*")


def escape(text: str) -> str:
    r"""Plain text as LaTeX source that typesets exactly that text.

    Args:
        text: Plain text: a dollar sign is a dollar sign, not the beginning of mathematics.

    Returns:
        The source, with balanced braces.
    """
    special = _SPECIAL | _BRACES[_balances(text)]
    return "{}".join(piece.translate(special) for piece in _LIGATURE.split(text))


def _balances(text: str) -> bool:
    """Whether every brace has its other half."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _group(text: str) -> str:
    return f"{{{escape(text)}}}"


def _is_plain(words: list[str]) -> bool:
    """Whether BibTeX and its readers leave the words alone: letters, and no `and` among them."""
    return all(
        _PLAIN_WORD.fullmatch(word) and not word.endswith(".-") and word.lower() != "and" for word in words
    )


def _family(text: str) -> str:
    """A family name, in one group unless nobody can take a word of it for a particle.

    A word with a small initial is one to BibTeX, a word without case (Han, Arabic) to some readers.
    """
    words = text.split(" ")
    safe = all(word[0].isupper() for word in words) or (len(words) == 1 and not text[0].islower())
    return escape(text) if safe and _is_plain(words) else _group(text)


def _given(text: str) -> str:
    return escape(text) if _is_plain(text.split(" ")) else _group(text)


def is_particle(text: str) -> bool:
    """Whether BibTeX sees a particle: words whose first letter is a small one."""
    return all(
        _PARTICLE_WORD.fullmatch(word)
        and word.lstrip("'\u2019")[0].islower()
        and word.lower() != "and"
        and "--" not in word
        for word in text.split(" ")
    )


def _name(creator: Creator) -> str:
    return _group(creator.name) if isinstance(creator, Organization) else _person(creator)


def _person(person: Person) -> str:
    particle = person.particle if person.particle and is_particle(person.particle) else ""
    family = f"{particle} {_family(person.family)}" if particle else _family(person.surname)
    given = _given(person.given) if person.given else "{}"
    if person.suffix:
        # `Last, Jr, First`: an empty group keeps the third place of somebody without given names.
        return f"{family}, {_given(person.suffix)}, {given}"
    if person.given or particle:
        return f"{family}, {given}"
    return _group(person.surname) if " " in person.surname else family


def _verbatim(text: str) -> str:
    """A DOI or URL: printed as it stands by every style, so only what would break the field is encoded."""
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _keyword(text: str) -> str:
    return f"{{{escape(text)}}}" if "," in text else escape(text)


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    body = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{body}}}\n"


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _shared(work: Work) -> dict[str, str]:
    return {
        "author": _braced(" and ".join(_name(creator) for creator in work.creators)),
        "title": f"{{{{{escape(work.title)}}}}}",
    }


def _trailer(work: Work) -> dict[str, str]:
    return {
        "version": _braced(escape(work.version)),
        "doi": _braced(_verbatim(work.doi)),
        "url": _braced(_verbatim(work.url)),
        "keywords": _braced(", ".join(_keyword(word) for word in work.keywords)),
        # A blank line ends a paragraph in LaTeX and an argument in many styles: only the words are kept.
        "abstract": _braced(escape(flat(work.description))),
    }


def _note(work: Work) -> str:
    names = f"AWEN artifact {work.artifact_id}" + (f", seal {work.seal}" if work.seal else "")
    return _braced(escape(names))


def _related(keys: Sequence[str]) -> str:
    # Every key has an entry in the same file: biber complains of others.
    return _braced(",".join(keys))


def bibtex(work: Work, related: Sequence[str] = ()) -> str:
    """One `@misc` entry for BibTeX: classic styles know no data sets.

    Args:
        work: The work.
        related: Keys of the entries of its parents, as far as they stand in the same file. BibTeX's own
            styles pass over the field.

    Returns:
        The entry, ending in a newline. The artifact id stands in `note`, which every style prints.
    """
    publisher = escape(work.publisher.name) if work.publisher else ""
    fields = {
        **_shared(work),
        "year": f"{{{work.day.year}}}",
        "month": _MONTHS[work.day.month - 1],
        "howpublished": _braced(f"Data set, {publisher}" if publisher else "Data set"),
        "note": _note(work),
        "related": _related(related),
        **_trailer(work),
        "annote": _braced(escape(flat(work.notes))),
    }
    return _entry("misc", work.key, fields)


def biblatex(work: Work, related: Sequence[str] = ()) -> str:
    """One `@dataset` entry for biblatex, the artifact id as `eprint` of type `awen`.

    Args:
        work: The work.
        related: Keys of the entries of its parents, as far as they stand in the same file.

    Returns:
        The entry, ending in a newline.
    """
    fields = {
        **_shared(work),
        "date": f"{{{work.day.isoformat()}}}",
        "publisher": _braced(escape(work.publisher.name)) if work.publisher else "",
        "eprint": _braced(work.artifact_id),
        "eprinttype": "{awen}",
        "note": _note(work) if work.seal else "",
        "related": _related(related),
        **_trailer(work),
        "annotation": _braced(escape(flat(work.notes))),
    }
    return _entry("dataset", work.key, fields)
