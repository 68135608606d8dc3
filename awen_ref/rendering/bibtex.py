r"""BibTeX (`@misc`) and biblatex (`@dataset`) entries.

Written in UTF-8 with LaTeX's special characters escaped and nothing else: every engine and `biber`
read UTF-8, and a letter that LaTeX has no command for stays a letter. Braces become `$\lbrace$`, not
`\{`, because BibTeX counts every brace, escaped or not, when it looks for the end of a field.
Ligatures that the plain text does not mean (`--`, two apostrophes) are taken apart with `{}`.
Name syntax: O. Patashnik, "BibTeXing" (1988), section 4; N. Markey, "Tame the BeaST" (2009), part II.
"""

import re

from awen_ref.rendering.names import Creator, Organization, Person
from awen_ref.rendering.work import Work

__all__ = ["biblatex", "bibtex", "escape"]

_SPECIAL = str.maketrans(
    {
        "\\": "\\textbackslash{}",
        "{": "$\\lbrace$",
        "}": "$\\rbrace$",
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
    }
)
_LIGATURE = re.compile("(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)|(?<=,)(?=,)")
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
    return "{}".join(piece.translate(_SPECIAL) for piece in _LIGATURE.split(text))


def _part(text: str, *, may_be_lower: bool) -> str:
    """One part of a name, braced where BibTeX would otherwise cut it apart or take it for another part."""
    words = text.split(" ")
    simple = all(
        _PLAIN_WORD.fullmatch(word)
        and not word.endswith(".-")
        and word.lower() != "and"
        and (may_be_lower or not word[0].islower())
        for word in words
    )
    return escape(text) if simple else f"{{{escape(text)}}}"


def _is_particle(text: str) -> bool:
    """Whether BibTeX sees a particle: words whose first letter is a small one."""
    return all(
        _PARTICLE_WORD.fullmatch(word) and word.lstrip("'\u2019")[0].islower() and word.lower() != "and"
        for word in text.split(" ")
    )


def _name(creator: Creator) -> str:
    if isinstance(creator, Organization):
        return f"{{{escape(creator.name)}}}"
    return _person(creator)


def _person(person: Person) -> str:
    if person.particle and _is_particle(person.particle):
        family = f"{person.particle} {_part(person.family, may_be_lower=False)}"
    else:
        family = _part(person.surname, may_be_lower=False)
    given = _part(person.given, may_be_lower=True) if person.given else ""
    if person.suffix:
        # `Last, Jr, First`; an empty group keeps the third place of somebody without given names.
        return f"{family}, {_part(person.suffix, may_be_lower=True)}, {given or '{}'}"
    if given:
        return f"{family}, {given}"
    if family != _part(person.surname, may_be_lower=False):
        return f"{family}, {{}}"
    return family if " " not in family or family.startswith("{") else f"{{{family}}}"


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


def _paragraphs(text: str) -> str:
    # A blank line ends a paragraph in LaTeX and an argument in many styles: only the words are kept.
    return escape(" ".join(text.split("\n")).replace("  ", " "))


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
        "abstract": _braced(_paragraphs(work.description)),
    }


def _note(work: Work) -> str:
    names = f"AWEN artifact {work.artifact_id}" + (f", seal {work.seal}" if work.seal else "")
    return _braced(escape(names))


def bibtex(work: Work) -> str:
    """One `@misc` entry for BibTeX: classic styles know no data sets.

    Args:
        work: The work.

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
        **_trailer(work),
    }
    return _entry("misc", work.key, fields)


def biblatex(work: Work) -> str:
    """One `@dataset` entry for biblatex, the artifact id as `eprint` of type `awen`.

    Args:
        work: The work.

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
        **_trailer(work),
    }
    return _entry("dataset", work.key, fields)
